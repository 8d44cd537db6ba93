"""conversations.history/replies and reactions.*: what was said, and what people put under it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from playground import membership
from playground.access import message_in, page_of, readable, visible
from playground.errors import SlackError
from playground.objects import message_object, reaction_objects
from playground.slack import Slack
from playground.workspace import Conversation, Json, Message, Workspace

MICROSECOND = timedelta(microseconds=1)
_TS = re.compile(r"\d+(\.\d+)?")


def until(moment: datetime, given: Json) -> Json:
    """Returns the arguments of a history call that does not see what was said after this moment."""
    end = f"{(moment + MICROSECOND).timestamp():.6f}"  # `latest` itself is not shown
    latest = str(given.get("latest") or end)
    is_earlier = not _TS.fullmatch(latest) or _micros(latest) < _micros(end)  # what is no ts is refused as ever
    return given if given.get("latest") and is_earlier else given | {"latest": end}


def _history(_slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation = readable(workspace, given["channel"], "history")
    top_level = [one for one in conversation.messages.values() if one.thread_ts in (None, one.ts)]
    newest_first = [one for one in reversed(top_level) if _is_between(one, given)]
    page, metadata = _page(workspace, conversation, newest_first, given)
    more = {"response_metadata": metadata} if metadata["next_cursor"] else {}
    return {"messages": page, "has_more": bool(more), "pin_count": 0} | more


def _replies(_slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation = readable(workspace, given["channel"], "history")
    asked = conversation.messages.get(str(given["ts"]))
    if asked is None:
        raise SlackError("thread_not_found")
    parent = conversation.messages.get(asked.thread_ts or "", asked)
    replies = [one for one in conversation.replies_to(parent.ts) if _is_between(one, given)]
    page, metadata = _page(workspace, conversation, [parent, *replies], given)
    more = {"response_metadata": metadata} if metadata["next_cursor"] else {}
    return {"messages": page, "has_more": bool(more)} | more


def _reactions_get(_slack: Slack, workspace: Workspace, given: Json) -> Json:
    if not given.get("channel") or not given.get("timestamp"):
        raise SlackError("no_item_specified")
    conversation = visible(workspace, given["channel"])
    message = message_in(conversation, given["timestamp"])
    shown = message_object(workspace, conversation, message) | {"reactions": reaction_objects(message)}
    return {"type": "message", "channel": conversation.id, "message": shown}


def _reactions_add(slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation, message = _reacted(workspace, given)
    if workspace.bot_user in message.reactions.get(given["name"], []):
        raise SlackError("already_reacted")
    membership.react(slack, workspace, conversation, message, workspace.bot_user, given["name"])
    return {}


def _reactions_remove(slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation, message = _reacted(workspace, given)
    if workspace.bot_user not in message.reactions.get(given["name"], []):
        raise SlackError("no_reaction")
    membership.unreact(slack, workspace, conversation, message, workspace.bot_user, given["name"])
    return {}


def _reacted(workspace: Workspace, given: Json) -> tuple[Conversation, Message]:
    conversation = visible(workspace, given.get("channel"))
    if conversation.archived:
        raise SlackError("is_archived")
    if workspace.bot_user not in conversation.members:
        raise SlackError("no_access")
    return conversation, message_in(conversation, given.get("timestamp"))


def _is_between(message: Message, given: Json) -> bool:
    """Says whether a message lies between `oldest` and `latest`; the ends count only with `inclusive`."""
    ts = _micros(message.ts)
    ends = [_micros(given[name]) for name in ("oldest", "latest") if given.get(name) and _valid(name, given[name])]
    oldest = _micros(given["oldest"]) if given.get("oldest") else 0
    latest = _micros(given["latest"]) if given.get("latest") else ts + 1
    return oldest < ts < latest or (bool(given.get("inclusive")) and ts in ends)


def _valid(name: str, ts: object) -> bool:
    if not _TS.fullmatch(str(ts)):
        raise SlackError(f"invalid_ts_{name}")
    return True


def _micros(ts: object) -> int:
    seconds, _, fraction = str(ts).partition(".")
    return int(seconds) * 1_000_000 + int(fraction.ljust(6, "0")[:6])


def _page(
    workspace: Workspace, conversation: Conversation, found: list[Message], given: Json
) -> tuple[list[Json], Json]:
    with_metadata = bool(given.get("include_all_metadata"))
    page, metadata = page_of([{"ts": one.ts} for one in found], given)
    shown = [conversation.messages[one["ts"]] for one in page]
    return [message_object(workspace, conversation, one, with_metadata) for one in shown], metadata


READING = {
    "conversations.history": _history,
    "conversations.replies": _replies,
    "reactions.get": _reactions_get,
    "reactions.add": _reactions_add,
    "reactions.remove": _reactions_remove,
}
