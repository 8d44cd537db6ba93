"""conversations.open/info/list/members/join/leave and users.conversations: who talks where."""

from __future__ import annotations

from playground import membership
from playground.access import FAMILY, page_of, readable, require, visible
from playground.errors import SlackError
from playground.objects import conversation_object
from playground.posting import disabled_reason, open_direct
from playground.slack import Slack
from playground.workspace import Conversation, Json, Person, Workspace

MOST_PEOPLE = 8  # conversations.open: besides the app itself
KINDS = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}


def _open(slack: Slack, workspace: Workspace, given: Json) -> Json:
    if given.get("channel"):
        conversation = visible(workspace, given["channel"])
        if conversation.kind not in ("im", "mpim"):
            raise SlackError("method_not_supported_for_channel_type")
        return _opened(workspace, conversation, given, already=True)
    people = [workspace.bot_user, *_invited(workspace, given)]
    kind = "im" if len(people) == 2 else "mpim"
    require(workspace, f"{kind}:write")
    if given.get("prevent_creation") and workspace.direct(kind, people) is None:
        raise SlackError("channel_not_found")
    conversation, already = open_direct(slack, workspace, people)
    return _opened(workspace, conversation, given, already)


def _info(_slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation = readable(workspace, given["channel"], "read")
    shown = conversation_object(workspace, conversation)
    if given.get("include_num_members"):
        shown["num_members"] = len(conversation.members)
    if given.get("include_locale"):
        shown["locale"] = "en-US"
    return {"channel": shown}


def _list(_slack: Slack, workspace: Workspace, given: Json) -> Json:
    found = [one for one in workspace.conversations.values() if _is_seen(workspace, one)]
    return _listed(workspace, found, given)


def _users_conversations(_slack: Slack, workspace: Workspace, given: Json) -> Json:
    user = given.get("user") or workspace.bot_user
    if user not in workspace.people:
        raise SlackError("user_not_found")
    seen = [one for one in workspace.conversations.values() if _is_seen(workspace, one)]
    return _listed(workspace, [one for one in seen if user in one.members], given)


def _members(_slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation = readable(workspace, given["channel"], "read")
    present = [one for one in conversation.members if not workspace.people[one].deleted]
    page, metadata = page_of([{"id": one} for one in present], given)
    return {"members": [one["id"] for one in page], "response_metadata": metadata}


def _join(slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation = _channel(workspace, given)
    if conversation.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if conversation.archived:
        raise SlackError("is_archived")
    membership.join(slack, workspace, conversation, workspace.bot_user)
    return {"channel": conversation_object(workspace, conversation)}


def _leave(slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation = _channel(workspace, given)
    if workspace.bot_user not in conversation.members:
        return {"not_in_channel": True}
    membership.leave(slack, workspace, conversation, workspace.bot_user)
    return {}


def _channel(workspace: Workspace, given: Json) -> Conversation:
    conversation = visible(workspace, given["channel"])
    if conversation.kind in ("im", "mpim"):
        raise SlackError("method_not_supported_for_channel_type")
    return conversation


def _invited(workspace: Workspace, given: Json) -> list[str]:
    users = given.get("users")
    if users is None:
        raise SlackError("users_list_not_supplied")
    names = users if isinstance(users, list) else str(users).split(",")
    asked = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    asked = [one for one in asked if one != workspace.bot_user]
    if not asked:
        raise SlackError("not_enough_users")
    if len(asked) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    people = [workspace.people.get(one) for one in asked]
    for person in people:
        reason = "user_not_found" if person is None else disabled_reason(person)
        if reason:
            raise SlackError(reason)
    known = [one for one in people if one is not None]
    if len(known) > 1 and any(_is_foreign(workspace, one) for one in known):
        raise SlackError("invalid_user_combination")
    return asked


def _is_foreign(workspace: Workspace, person: Person) -> bool:
    channels = [one for one in workspace.conversations.values() if one.kind in ("channel", "private")]
    return person.is_stranger and not any(person.id in one.members for one in channels)


def _opened(workspace: Workspace, conversation: Conversation, given: Json, already: bool) -> Json:
    shown = {"id": conversation.id}
    if given.get("return_im"):
        shown = conversation_object(workspace, conversation)
    return {"channel": shown} | ({"no_op": True, "already_open": True} if already else {})


def _is_seen(workspace: Workspace, conversation: Conversation) -> bool:
    return conversation.kind == "channel" or workspace.bot_user in conversation.members


def _listed(workspace: Workspace, found: list[Conversation], given: Json) -> Json:
    asked = str(given.get("types") or "public_channel").replace(" ", "").split(",")
    if not set(asked) <= set(KINDS):
        raise SlackError("invalid_types")
    kinds = [KINDS[one] for one in asked]
    for kind in kinds:
        require(workspace, f"{FAMILY[kind]}:read")
    if given.get("exclude_archived"):
        found = [one for one in found if not one.archived]
    shown = [conversation_object(workspace, one) for one in found if one.kind in kinds]
    page, metadata = page_of(shown, given)
    return {"channels": page, "response_metadata": metadata}


CONVERSATIONS = {
    "conversations.open": _open,
    "conversations.info": _info,
    "conversations.list": _list,
    "conversations.members": _members,
    "conversations.join": _join,
    "conversations.leave": _leave,
    "users.conversations": _users_conversations,
}
