"""Signed requests as Slack sends them, and bots that take them in-process: each can be delivered again as it is."""

import hashlib
import hmac
import itertools
import json
import time
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

import app
from app import GoodTurn
from benchmarks.slack import NOWHERE
from config import Settings
from handlers.requests import Clock
from handlers.views.kit import Message
from storage import members
from storage.database import Database
from tests.lookout import LOOKOUT, SIGNING_SECRET, texts_of

TEAM, CHANNEL = "T1", "C1AUSTIN"
# What fields do that are looked for by it, and not by where they stand.
_ACTIONS = {"day": "callbacks.day", "time": "callbacks.time"}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Signed:
    """A request, signed anew each time it is delivered: Slack's signature is good for five minutes."""

    body: str
    kind: str

    @property
    def headers(self) -> Mapping[str, str]:
        stamp = str(int(time.time()))
        signature = hmac.new(SIGNING_SECRET.encode(), f"v0:{stamp}:{self.body}".encode(), hashlib.sha256).hexdigest()
        return {
            "content-type": self.kind,
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={signature}",
        }

    def with_payload(self, change: Callable[[dict[str, Any]], Any]) -> "Signed":
        """Returns an interaction with another payload."""
        fields = dict(urllib.parse.parse_qsl(self.body, keep_blank_values=True))
        return self.holding(change(json.loads(fields["payload"])))

    def holding(self, payload: Any) -> "Signed":
        """Returns a request of this kind with other content."""
        if self.body.startswith("{"):
            return Signed(json.dumps(payload), self.kind)
        is_command = "payload=" not in self.body
        return _form(payload if is_command and isinstance(payload, dict) else {"payload": json.dumps(payload)})


class Answers(Executor):
    """Keeps what would be posted to a response_url, and opens no connection."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        self.said += [str(one.answer()) for one in args if isinstance(one, Message)]
        done: Future[Any] = Future()
        done.set_result(None)
        return done


@dataclass
class Bot:
    """A bot as app.py puts it together, on a database of its own or one that it shares."""

    good_turn: GoodTurn
    clock: Clock
    answers: Answers = field(default_factory=Answers)

    @property
    def database(self) -> Database:
        return self.good_turn.database

    def takes(self, request: Signed, retry: int = 0) -> BoltResponse:
        """Has Bolt take a request that arrives now."""
        again = {"x-slack-retry-num": str(retry), "x-slack-retry-reason": "http_timeout"} if retry else {}
        context = {"arrived_at": self.clock()}
        headers: dict[str, str | Sequence[str]] = {**request.headers, **again}
        return self.good_turn.bolt.dispatch(
            BoltRequest(body=request.body, headers=headers, context=context, mode="http")
        )

    def tells(self, request: Signed, retry: int = 0) -> tuple[int, str]:
        """Returns the status and all that the member reads, in the answer or after it."""
        before = len(self.answers.said)
        response = self.takes(request, retry)
        return response.status, " ".join([response.body, *self.answers.said[before:]])


def assembled(url: str, clock: Clock, people: list[str]) -> Bot:
    """Returns a bot that has looked these people up today, and reaches nobody."""
    settings = Settings(
        slack_bot_token="xoxb-playground",
        slack_signing_secret=SIGNING_SECRET,
        slack_api_url=NOWHERE,
        database_url=url,
        transport="http",
        _env_file=None,
    )
    answers = Answers()
    bot = Bot(app.assemble(settings, clock, answers), clock, answers)
    with bot.database.transaction() as session:
        profiles = {one: {"name": one.title(), "zone": "UTC"} for one in people}
        members.meet(session, TEAM, people, clock(), profiles=profiles)
    bot.good_turn.desk.directory.remember(TEAM, people, clock())
    return bot


def command(slack_id: str, text: str, name: str = "/give") -> Signed:
    """Is a command typed in a channel."""
    LOOKOUT.hear(text)
    fields = {
        "team_id": TEAM,
        "channel_id": CHANNEL,
        "channel_name": "austin",
        "user_id": slack_id,
        "user_name": slack_id,
    }
    return _form(
        fields | {"command": name, "text": text, "trigger_id": _new("trigger"), "response_url": "https://x.invalid/1"}
    )


def press(slack_id: str, action_id: str, value: str, *, where: str = "ephemeral", picked: str = "") -> Signed:
    """Is a press of a button on an ephemeral message, on a posted one, or on Home; `picked` is a menu's entry."""
    action: dict[str, Any] = {"action_id": action_id, "action_ts": "1.2", "block_id": value if picked else "b"}
    action |= {"type": "button", "value": value} if not picked else {
        "type": "static_select", "selected_option": {"value": picked, "text": {"type": "plain_text", "text": picked}}
    }  # fmt: skip
    container = {"type": "message", "is_ephemeral": where == "ephemeral"}
    place = {"view": {"id": "V0", "type": "home"}} if where == "home" else {"response_url": "https://x.invalid/2"}
    return _interaction(
        slack_id, "block_actions", actions=[action], container=container, trigger_id=_new("trigger"), **place
    )


def form(slack_id: str, callback_id: str, keeps: str, **values: Any) -> Signed:
    """Is a form that is submitted: each field holds a text, a list of people, or a pair of the state's key and its value."""
    LOOKOUT.hear(*texts_of(values))
    held = {name: {_ACTIONS.get(name, "x"): _state(value)} for name, value in values.items()}
    blocks = [{"type": "input", "block_id": name} for name in values]
    view = {
        "id": _new("V"),
        "hash": _new("hash"),
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": keeps,
    }
    return _interaction(slack_id, "view_submission", view=view | {"state": {"values": held}, "blocks": blocks})


def shortcut(slack_id: str, words: str, author: str) -> Signed:
    """Is *Record a good turn* in a message's menu."""
    return _interaction(
        slack_id, "message_action", callback_id="record_good_turn", trigger_id=_new("trigger"),
        channel={"id": CHANNEL, "name": "austin"}, message={"user": author, "text": words, "ts": "1.1"},
        response_url="https://x.invalid/3",
    )  # fmt: skip


def event(slack_id: str, kind: str, **fields: Any) -> Signed:
    """Is an event; `event_ts` among the fields says when it happened."""
    told = {"type": kind, "user": slack_id, "event_ts": "1772463600.000000", **fields}
    body = {"type": "event_callback", "team_id": TEAM, "event_id": _new("Ev"), "event": told}
    return Signed(json.dumps(body), "application/json")


def emoji(slack_id: str, author: str, message: str, at: str, *, off: bool = False, name: str = "pray") -> Signed:
    """Is an emoji that was put on a message, or taken off, at Slack's time `at`."""
    item = {"type": "message", "channel": CHANNEL, "ts": message}
    kind = "reaction_removed" if off else "reaction_added"
    return event(slack_id, kind, reaction=name, item=item, item_user=author, event_ts=at)


def without(request: Signed, field: str) -> Signed:
    """Returns a request that lacks a field which Slack does not always send."""
    if request.body.startswith("{"):
        body = json.loads(request.body)
        del body[field]
        return Signed(json.dumps(body), "application/json")
    return request.with_payload(lambda payload: {name: one for name, one in payload.items() if name != field})


def _interaction(slack_id: str, kind: str, **fields: Any) -> Signed:
    user = {"id": slack_id, "team_id": TEAM, "username": slack_id}
    return _form(
        {"payload": json.dumps({"type": kind, "team": {"id": TEAM}, "user": user, "api_app_id": "A1", **fields})}
    )


def _state(value: Any) -> dict[str, Any]:
    if isinstance(value, tuple):
        return {value[0]: value[1]}
    if isinstance(value, list):
        return {"selected_users": value}
    return {"value": value}


def _form(fields: Mapping[str, str]) -> Signed:
    return Signed(urllib.parse.urlencode(fields, errors="surrogatepass"), "application/x-www-form-urlencoded")


def _new(what: str) -> str:
    return f"{what}{next(_numbers)}"
