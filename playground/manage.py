"""What stands above the people: a fresh start, new people, archived channels, an uninstalled app, the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from playground import events, membership, seed
from playground.breaking import BREAKING
from playground.clock import PlaygroundClock
from playground.oauth import OAUTH
from playground.slack import PlaygroundError, Slack
from playground.workspace import Conversation, Json, Person, Workspace

ANOTHER_COMPANY = "T0ELSEWHERE"


def manage(slack: Slack, request: Json) -> Json:
    """Does one managing thing and returns what came of it; raises PlaygroundError with a sentence."""
    doing = MANAGING.get(str(request.get("do")))
    if doing is None:
        raise PlaygroundError(f"Nobody can do “{request.get('do')}” here.")
    result = doing(slack, request)
    slack.changed()
    return {"ok": True} | result


def move_clock(slack: Slack, request: Json) -> Json:
    """Moves the clock by `add` seconds, `to` an ISO moment with its zone, or back with `reset`."""
    clock = slack.clock
    if not isinstance(clock, PlaygroundClock):
        raise PlaygroundError("This clock cannot be moved.")
    if "add" in request:
        clock.move_by(float(request["add"]))
    elif "to" in request:
        clock.move_to(_moment(str(request["to"])))
    elif request.get("reset"):
        clock.reset()
    slack.catch_up()
    slack.deliveries.resend_due()
    slack.changed()
    return {"now": clock().isoformat(), "offset": clock.offset}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise PlaygroundError(f"“{text}” is not a moment like 2026-03-06T16:00:00-06:00.") from error
    if moment.tzinfo is None:
        raise PlaygroundError(f"“{text}” needs a zone, like 2026-03-06T16:00:00-06:00.")
    return moment


def _reset(slack: Slack, request: Json) -> Json:
    seed.reset(slack, request.get("cast") or seed.AUSTIN)
    return {"teams": list(slack.workspaces)}


def _person(slack: Slack, request: Json) -> Json:
    workspace = slack.workspace(request.get("team"))
    fields = _fields(Person, request)
    _check_zone(fields.get("tz"))
    now = int(slack.clock().timestamp())
    person = workspace.people.get(fields.get("id", ""))
    if person is None:
        fields.setdefault("id", workspace.new_id("U"))
        fields.setdefault("name", fields["id"].lower())
        person = workspace.people[fields["id"]] = Person(**fields | {"updated": now})
        events.person_changed(slack, workspace, person, joined=True)
        return {"user": person.id}
    for name, value in fields.items():
        setattr(person, name, value)
    person.updated = now
    events.person_changed(slack, workspace, person, joined=False)
    return {"user": person.id}


def _channel(slack: Slack, request: Json) -> Json:
    workspace = slack.workspace(request.get("team"))
    conversation = workspace.conversations.get(request.get("id", "")) or workspace.named(str(request.get("name")))
    if conversation is None:
        if not request.get("name"):
            raise PlaygroundError("A new channel needs a name.")
        conversation = seed.add_channel(slack, workspace, request)
        events.channel_changed(slack, workspace, conversation, "channel_created", conversation.creator)
        return {"channel": conversation.id}
    _change_channel(slack, workspace, conversation, request)
    return {"channel": conversation.id}


def _change_channel(slack: Slack, workspace: Workspace, conversation: Conversation, request: Json) -> None:
    user = conversation.creator
    if "archived" in request and request["archived"] != conversation.archived:
        conversation.archived = request["archived"]
        what = "channel_archive" if conversation.archived else "channel_unarchive"
        events.channel_changed(slack, workspace, conversation, what, user)
    if request.get("name") and request["name"] != conversation.name:
        conversation.name = request["name"]
        events.channel_changed(slack, workspace, conversation, "channel_rename", user)
    if "shared" in request and request["shared"] != conversation.shared:
        conversation.shared = request["shared"]
        events.shared(slack, workspace, conversation, ANOTHER_COMPANY)
    conversation.topic = request.get("topic", conversation.topic)
    if "private" in request:
        conversation.kind = "private" if request["private"] else "channel"
    if "members" in request:
        _change_members(slack, workspace, conversation, seed.members_of(workspace, request))


def _change_members(slack: Slack, workspace: Workspace, conversation: Conversation, wanted: list[str]) -> None:
    for user in [one for one in conversation.members if one not in wanted]:
        membership.leave(slack, workspace, conversation, user)
    for user in wanted:
        membership.join(slack, workspace, conversation, user)


def _pace(slack: Slack, request: Json) -> Json:
    slack.pace = bool(request.get("on"))
    return {"on": slack.pace}


def _deliver(slack: Slack, request: Json) -> Json:
    slack.deliver_to = request.get("url") or None
    return {"url": slack.deliver_to}


def _uninstall(slack: Slack, request: Json) -> Json:
    workspace = slack.workspace(request.get("team"))
    if workspace.installed:
        workspace.installed = False
        events.uninstalled(slack, workspace)
    return {}


def _install(slack: Slack, request: Json) -> Json:
    """Installs the app again; `optional` says whether it gets the scopes that may be left out."""
    workspace = slack.workspace(request.get("team"))
    workspace.installed, workspace.revoked = True, False
    if "optional" in request:
        left_out = () if request["optional"] else slack.manifest.optional_scopes
        workspace.scopes = tuple(scope for scope in slack.manifest.scopes if scope not in left_out)
    return {"scopes": list(workspace.scopes)}


def _check_zone(tz: str | None) -> None:
    try:
        ZoneInfo(tz or "UTC")
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise PlaygroundError(f"There is no time zone called {tz}.") from error


def _fields(kind: type, request: Json) -> dict[str, Any]:
    return {name: request[name] for name in kind.__annotations__ if name in request}


MANAGING: dict[str, Callable[[Slack, Json], Json]] = {
    "reset": _reset,
    "person": _person,
    "channel": _channel,
    "pace": _pace,
    "deliver": _deliver,
    "uninstall": _uninstall,
    "install": _install,
    **BREAKING,
    **OAUTH,
}
