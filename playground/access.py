"""Which conversation a call means, and whether the app may do there what it asks. Raises Slack's own errors."""

from __future__ import annotations

from playground.errors import SlackError
from playground.posting import disabled_reason, open_direct
from playground.slack import Slack
from playground.workspace import Conversation, Json, Message, Workspace

FAMILY = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
LARGEST_PAGE = 1000


def visible(workspace: Workspace, channel: object) -> Conversation:
    """Returns a conversation the app can see: any public channel, and whatever it is in."""
    found = workspace.conversations.get(str(channel))
    if found is None or (found.kind != "channel" and workspace.bot_user not in found.members):
        raise SlackError("channel_not_found")
    return found


def readable(workspace: Workspace, channel: object, scope: str) -> Conversation:
    """Returns a conversation for which the app has `<family>:<scope>`; `history` also needs membership."""
    conversation = visible(workspace, channel)
    require(workspace, f"{FAMILY[conversation.kind]}:{scope}")
    if scope == "history" and workspace.bot_user not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation


def writable(slack: Slack, workspace: Workspace, channel: object) -> Conversation:
    """Returns the conversation a post goes to: an id, a channel's name, or a person's id for their DM."""
    name = str(channel)
    if name in workspace.people:
        if disabled_reason(workspace.people[name]) == "cannot_dm_bot":
            raise SlackError("cannot_dm_bot")
        if workspace.people[name].deleted:
            raise SlackError("channel_not_found")
        conversation = open_direct(slack, workspace, [workspace.bot_user, name])[0]
    else:
        named = workspace.named(name.removeprefix("#"))
        conversation = visible(workspace, named.id if named else name)
    if is_closed(workspace, conversation):
        raise SlackError("is_archived")
    if conversation.kind == "im" and not slack.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    if workspace.bot_user not in conversation.members and "chat:write.public" not in workspace.scopes:
        raise SlackError("not_in_channel")
    return conversation


def is_closed(workspace: Workspace, conversation: Conversation) -> bool:
    """Returns whether nobody can write there: an archived channel, or the DM of somebody who is gone."""
    gone = conversation.kind == "im" and any(workspace.people[one].deleted for one in conversation.members)
    return conversation.archived or gone


def message_in(conversation: Conversation, ts: object) -> Message:
    """Returns a message everybody there can see; an ephemeral one is not found."""
    message = conversation.messages.get(str(ts))
    if message is None:
        raise SlackError("message_not_found")
    return message


def require(workspace: Workspace, *any_of: str) -> None:
    """Raises missing_scope unless the app has one of these scopes."""
    if not set(any_of) & set(workspace.scopes):
        raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(workspace.scopes))


def page_of(found: list[Json], given: Json, default: int = 100) -> tuple[list[Json], Json]:
    """Returns one page of a list and the response_metadata that leads to the next; raises invalid_cursor."""
    cursor = str(given.get("cursor") or "0")
    if not cursor.isdigit() or int(cursor) > len(found):
        raise SlackError("invalid_cursor")
    start = int(cursor)
    end = start + min(given.get("limit") or default, LARGEST_PAGE)
    return found[start:end], {"next_cursor": str(end) if end < len(found) else ""}
