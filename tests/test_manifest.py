"""The Slack app as `manifest.json` says it is: what it hears is what listens, and it asks for no more than it uses."""

import ast
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from slack_sdk import WebClient

from handlers.features import listening
from handlers.routes import Routes
from handlers.scopes import OPTIONAL
from handlers.workspaces.installing import BACK_PATH, INSTALL_PATH

TESTS = Path(__file__).parent
ROOT = TESTS.parent
MANIFEST = json.loads((ROOT / "manifest.json").read_text())
FACTS = json.loads((TESTS / "slack_facts.json").read_text())
SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]


def _routes() -> Routes:
    return listening()


def _called_methods() -> set[str]:
    """Returns the methods of Slack's Web API that handlers/ call: whatever has the name of a method of the client."""
    known = {name for name in vars(WebClient) if "_" in name.strip("_")}
    nodes = [node for file in (ROOT / "handlers").rglob("*.py") for node in ast.walk(ast.parse(file.read_text()))]
    called = {node.attr for node in nodes if isinstance(node, ast.Attribute)} & known
    return {name.replace("_", ".") for name in called}


def test_slack_takes_the_manifest() -> None:
    jsonschema.validate(MANIFEST, json.loads((TESTS / "manifest.schema.json").read_text()))


def test_slack_takes_it_with_what_many_workspaces_need_as_the_docs_say() -> None:
    many = json.loads(json.dumps(MANIFEST))
    many["oauth_config"]["redirect_urls"] = ["https://bot.example.org/slack/oauth_redirect"]
    switches = {"socket_mode_enabled": False, "org_deploy_enabled": True, "token_rotation_enabled": True}
    many["settings"] |= switches
    jsonschema.validate(many, json.loads((TESTS / "manifest.schema.json").read_text()))
    docs = (ROOT / "docs/operators.md").read_text()
    for name in (*switches, BACK_PATH, INSTALL_PATH, "redirect_urls"):
        assert name in docs, name


def test_every_command_has_a_listener_and_every_listener_a_command() -> None:
    assert {one["command"] for one in MANIFEST["features"]["slash_commands"]} == set(_routes().commands)


def test_every_shortcut_has_a_listener_and_every_listener_a_shortcut() -> None:
    assert {one["callback_id"] for one in MANIFEST["features"]["shortcuts"]} == set(_routes().shortcuts)


def test_every_event_has_a_listener_and_every_listener_an_event() -> None:
    assert {event.split(".")[0] for event in EVENTS} == set(_routes().events)


def test_commands_come_with_mentions_as_ids_and_say_who_will_see_it() -> None:
    for command in MANIFEST["features"]["slash_commands"]:
        assert command["should_escape"] is True
        assert command["description"]
        assert command["usage_hint"]


def test_the_facts_are_about_what_is_used_and_nothing_else() -> None:
    assert set(FACTS["methods"]) == _called_methods()
    assert set(FACTS["events"]) == set(EVENTS)


def _unmet(scopes: set[str]) -> list[str]:
    """Returns what could not be done with these scopes."""
    needs = {**FACTS["methods"], **FACTS["events"]}
    needs |= {feature: any_of for feature, any_of in FACTS["features"].items() if MANIFEST["features"].get(feature)}
    return [
        name for name, any_of in {**needs, **FACTS["conversations.open"]}.items() if any_of and not scopes & set(any_of)
    ]


def test_the_app_asks_for_every_scope_it_needs() -> None:
    assert _unmet(set(SCOPES)) == []


@pytest.mark.parametrize("scope", SCOPES)
def test_the_app_asks_for_no_scope_it_can_do_without(scope: str) -> None:
    assert _unmet(set(SCOPES) - {scope}) != []


def test_what_may_be_left_out_is_asked_for_and_looked_for_as_such() -> None:
    optional = MANIFEST["oauth_config"]["scopes"]["bot_optional"]
    assert set(optional) <= set(SCOPES)  # https://docs.slack.dev/reference/app-manifest
    assert set(optional) == OPTIONAL


def test_home_and_messages_are_open_as_the_bot_uses_both() -> None:
    home = MANIFEST["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]


def test_every_button_and_every_form_that_is_shown_is_heard() -> None:
    routes = _routes()
    shown = [json.loads(file.read_text()) for file in sorted((TESTS / "views" / "golden").glob("*.json"))]
    assert shown
    for surface in shown:
        if surface.get("submit"):
            assert surface["callback_id"] in routes.forms
        for action in _pressed(surface["blocks"]):
            assert action in routes.buttons, action


def _pressed(blocks: list[dict[str, Any]]) -> list[str]:
    elements = [one for block in blocks for one in (*block.get("elements", []), block.get("accessory") or {})]
    return [one["action_id"] for one in elements if "action_id" in one]
