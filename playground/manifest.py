"""Reads the app's manifest: what the bot may do and hear. Not a check of the manifest itself."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

BESIDE = Path(__file__).parents[1] / "manifest.json"


@dataclass(frozen=True)
class Command:
    """A slash command as the manifest declares it."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    """A message or global shortcut as the manifest declares it."""

    name: str
    type: str
    callback_id: str
    description: str = ""


@dataclass(frozen=True)
class Manifest:
    """The parts of an app manifest that change what Slack does."""

    name: str = "App"
    bot_name: str = "app"
    commands: dict[str, Command] = field(default_factory=dict)
    shortcuts: dict[str, Shortcut] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()
    optional_scopes: tuple[str, ...] = ()
    events: frozenset[str] = frozenset()
    home_tab: bool = False
    messages_tab: bool = True


def read_manifest(file: Path) -> Manifest:
    """Returns the manifest kept in a JSON file."""
    return manifest_from(json.loads(file.read_text(encoding="utf-8")))


@cache
def manifest_here() -> Manifest:
    """Returns the manifest of the app whose folder this one stands in; an empty one if it stands alone."""
    return read_manifest(BESIDE) if BESIDE.exists() else Manifest()


def manifest_from(document: dict[str, Any]) -> Manifest:
    """Returns what a manifest document (version 2) says; whatever is absent is off."""
    features = document.get("features", {})
    home = features.get("app_home", {})
    name = document.get("display_information", {}).get("name", "App")
    commands = [Command(**_only(one, Command)) for one in features.get("slash_commands", [])]
    shortcuts = [Shortcut(**_only(one, Shortcut)) for one in features.get("shortcuts", [])]
    settings = document.get("settings", {})
    scopes = document.get("oauth_config", {}).get("scopes", {})
    return Manifest(
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        commands={one.command: one for one in commands},
        shortcuts={one.callback_id: one for one in shortcuts},
        scopes=tuple(scopes.get("bot", [])),
        optional_scopes=tuple(scopes.get("bot_optional", [])),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", False)),
    )


def _only(given: dict[str, Any], kind: type) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key in kind.__annotations__}
