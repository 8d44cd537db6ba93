"""A pretend Slack without its shell, with a frozen clock and a bot that lives in the same process."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from playground import actions, manage, seed, state, web_api
from playground.clock import PlaygroundClock
from playground.deliveries import Delivery
from playground.manifest import manifest_from
from playground.slack import Slack
from playground.workspace import Conversation, Message

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
SCOPES = [
    *("channels:history", "channels:join", "channels:read", "chat:write", "commands", "files:read", "files:write"),
    *("groups:history", "groups:read", "im:history", "im:read", "im:write", "mpim:history", "mpim:read"),
    *("dnd:read", "mpim:write", "reactions:read", "reactions:write", "team:read", "users:read"),
]
EVENTS = [
    *("app_home_opened", "app_uninstalled", "channel_archive", "channel_rename", "channel_shared"),
    *("channel_unshared", "member_joined_channel", "team_access_granted", "team_access_revoked"),
    *("member_left_channel", "message.im", "reaction_added", "reaction_removed", "team_join", "tokens_revoked"),
    "user_change",
]
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Helper"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "helper"},
        "shortcuts": [
            {"name": "Keep it", "type": "message", "callback_id": "keep", "description": "Keeps it"},
            {"name": "Start", "type": "global", "callback_id": "start", "description": "Starts"},
        ],
        "slash_commands": [
            {"command": "/give", "description": "Give", "usage_hint": "@name", "should_escape": True},
            {"command": "/plain", "description": "Plain", "should_escape": False},
        ],
    },
    "oauth_config": {"scopes": {"bot": SCOPES, "bot_optional": ["dnd:read"]}},
    "settings": {"event_subscriptions": {"bot_events": EVENTS}},
}
CAST: dict[str, Any] = {
    "team": {"id": "T1", "name": "Builders", "domain": "builders"},
    "people": [
        {"id": "U1", "name": "ana", "real_name": "Ana Torres", "is_admin": True},
        {"id": "U2", "name": "raj", "real_name": "Raj Patel"},
        {"id": "U3", "name": "mira", "real_name": "Mira Keller", "tz": "Europe/Stockholm", "locale": "sv-SE"},
        {"id": "U4", "name": "theo", "real_name": "Theo Marsh", "deleted": True},
        {"id": "U5", "name": "build", "real_name": "Build Bot", "is_bot": True},
        {"id": "U6", "name": "sten", "real_name": "Sten Strange", "is_stranger": True, "team_id": "T9"},
    ],
    "channels": [
        {"id": "C1", "name": "chapter", "members": ["U1", "U2", "U3"], "bot": True},
        {"id": "C2", "name": "general", "members": ["U1", "U2"]},
        {"id": "C3", "name": "quiet", "members": ["U1"], "private": True},
        {"id": "C4", "name": "old", "members": ["U1"], "bot": True, "archived": True},
    ],
    "bot": {"id": "UBOT"},
    "tokens": {"bot": "xoxb-1", "app": "xapp-1"},
}


class Pretend:
    """The core with a bot in the same process, which acks as `answers` says and keeps what it `heard`."""

    def __init__(self) -> None:
        self.now = NOON
        self.slack = Slack(manifest_from(MANIFEST), PlaygroundClock(real=lambda: self.now))
        self.slack.deliveries.carrier = self
        self.heard: list[Delivery] = []
        self.answers: Callable[[Delivery], object] | None = lambda _: None
        self.awake = True
        seed.reset(self.slack, CAST)

    def is_connected(self) -> bool:
        return self.awake

    def carry(self, delivery: Delivery) -> bool:
        if not self.awake:
            return False
        self.heard.append(delivery)
        if self.answers is not None:
            self.slack.deliveries.ack(delivery.envelope_id, self.answers(delivery))
        return True

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)

    def call(self, method: str, token: str | None = "xoxb-1", **given: Any) -> dict[str, Any]:
        return web_api.call(self.slack, method, given, token).body

    def act(self, who: str, do: str, **what: Any) -> dict[str, Any]:
        return actions.act(self.slack, {"as": who, "do": do, **what}).answer()

    def manage(self, do: str, **what: Any) -> dict[str, Any]:
        return manage.manage(self.slack, {"do": do, **what})

    def sees(self, who: str) -> dict[str, Any]:
        return state.seen_by(self.slack, who)

    def channel(self, channel_id: str) -> Conversation:
        return self.slack.workspace().conversations[channel_id]

    def messages(self, channel_id: str) -> list[Message]:
        return list(self.channel(channel_id).messages.values())

    def shown(self, who: str, channel_id: str) -> list[dict[str, Any]]:
        rooms = self.sees(who)["conversations"]
        messages: list[dict[str, Any]] = next(room["messages"] for room in rooms if room["id"] == channel_id)
        return messages

    def payloads(self) -> list[dict[str, Any]]:
        return [one.payload for one in self.heard]

    def trigger(self, who: str = "U1") -> str:
        return self.slack.new_trigger(self.slack.workspace(), who)


@pytest.fixture
def pretend() -> Pretend:
    return Pretend()


def text(words: str) -> dict[str, str]:
    return {"type": "plain_text", "text": words}


def button(action_id: str = "go", value: str = "7") -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": text("Go"), "value": value}


def buttons(*elements: dict[str, Any], block_id: str = "row") -> dict[str, Any]:
    return {"type": "actions", "block_id": block_id, "elements": list(elements or [button()])}


def field(element: dict[str, Any], block_id: str = "field", **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": text("Words"), "element": element, **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    shown = list(blocks) or [field({"type": "plain_text_input", "action_id": "words"})]
    return {"type": "modal", "callback_id": "form", "title": text("Form"), "submit": text("Go"), "blocks": shown} | more
