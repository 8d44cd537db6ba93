"""Keeps what people could see in one JSON file. Not forms, triggers, deliveries or traffic: those are of the moment."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from playground.slack import Slack
from playground.workspace import Conversation, File, Json, Message, Person, View, Workspace

FORMAT = 1
_OF_THE_MOMENT = ("modals", "notices", "seen")
Kept = TypeVar("Kept")


def dump(slack: Slack) -> str:
    """Returns everything to be kept as JSON text."""
    teams = [_workspace_json(one) for one in slack.workspaces.values()]
    return json.dumps({"format": FORMAT, "workspaces": teams}, ensure_ascii=False)


def load(slack: Slack, text: str) -> None:
    """Puts what `dump` kept into an empty Slack; scopes are those of today's manifest."""
    kept = json.loads(text)
    if kept.get("format") != FORMAT:
        raise ValueError("This data file is of another version of the playground.")
    for team in kept["workspaces"]:
        workspace = _workspace(team)
        workspace.scopes = slack.manifest.scopes
        slack.workspaces[workspace.id] = workspace
    slack.changed()


def write(file: Path, text: str) -> None:
    """Writes the file so that a reader, or a crash, meets the old text or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(file.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def _workspace_json(workspace: Workspace) -> Json:
    kept = {one.name: getattr(workspace, one.name) for one in fields(workspace) if one.name not in _OF_THE_MOMENT}
    for table in ("people", "conversations", "homes", "files"):
        kept[table] = {key: asdict(value) for key, value in kept[table].items()}
    for file in kept["files"].values():
        file["content"] = None if file["content"] is None else base64.b64encode(file["content"]).decode()
    return kept


def _workspace(team: Json) -> Workspace:
    workspace = _made(Workspace, team | {"people": {}, "conversations": {}, "homes": {}, "files": {}})
    workspace.people = {key: _made(Person, one) for key, one in team["people"].items()}
    workspace.homes = {key: _made(View, one) for key, one in team["homes"].items()}
    for key, one in team["conversations"].items():
        conversation = workspace.conversations[key] = _made(Conversation, one)
        conversation.messages = {ts: _made(Message, message) for ts, message in one["messages"].items()}
        conversation.whispers = {ts: _made(Message, message) for ts, message in one["whispers"].items()}
    for key, one in team["files"].items():
        content = None if one["content"] is None else base64.b64decode(one["content"])
        workspace.files[key] = _made(File, one | {"content": content})
    return workspace


def _made(kind: type[Kept], given: dict[str, Any]) -> Kept:
    known = kind.__annotations__
    return kind(**{name: value for name, value in given.items() if name in known})
