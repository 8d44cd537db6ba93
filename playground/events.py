"""Events API: what happened in a workspace, sent to the app if it subscribed and may know. Not commands or clicks."""

from __future__ import annotations

from playground.access import FAMILY
from playground.deliveries import EVENT
from playground.objects import conversation_object, user_object, view_object
from playground.slack import APP_ID, Slack
from playground.workspace import Conversation, Json, Message, Person, Workspace

# event -> the scopes of which one is needed; docs.slack.dev/reference/events. Message events: _message_scope
SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_uninstalled": (),
    "tokens_revoked": (),
    "app_mention": ("app_mentions:read",),
    "channel_archive": ("channels:read",),
    "channel_created": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_shared": ("channels:read", "groups:read"),
    "channel_unarchive": ("channels:read",),
    "channel_unshared": ("channels:read", "groups:read"),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "team_access_granted": (),
    "team_access_revoked": (),
    "team_join": ("users:read",),
    "user_change": ("users:read",),
}
_OF_THE_END = ("tokens_revoked", "app_uninstalled", "team_access_revoked")  # told also where the app is gone
CHANNEL_TYPES = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}


def said(slack: Slack, workspace: Workspace, conversation: Conversation, message: Message) -> None:
    """Tells the app that a person wrote where it is a member."""
    if workspace.bot_user not in conversation.members:
        return
    event: Json = {
        "type": "message",
        "channel": conversation.id,
        "channel_type": CHANNEL_TYPES[conversation.kind],
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": workspace.id,
        "client_msg_id": message.client_msg_id,
        "event_ts": message.ts,
    }
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
    send(slack, workspace, f"message.{FAMILY[conversation.kind]}", event, conversation)
    if f"<@{workspace.bot_user}>" in message.text and conversation.kind != "im":
        send(slack, workspace, "app_mention", event | {"type": "app_mention"}, conversation)


def reacted(
    slack: Slack, workspace: Workspace, conversation: Conversation, message: Message, user: str, name: str, added: bool
) -> None:
    """Tells the app that somebody put a reaction on a message, or took it off, where it is a member."""
    if workspace.bot_user not in conversation.members:
        return
    event = {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": conversation.id, "ts": message.ts},
        "item_user": message.user,
        "event_ts": _event_ts(slack),
    }
    send(slack, workspace, str(event["type"]), event, conversation)


def moved(
    slack: Slack, workspace: Workspace, conversation: Conversation, user: str, joined: bool, inviter: str | None = None
) -> None:
    """Tells the app that somebody, perhaps itself, joined or left a channel it is in."""
    if user != workspace.bot_user and workspace.bot_user not in conversation.members:
        return
    event: Json = {
        "type": "member_joined_channel" if joined else "member_left_channel",
        "user": user,
        "channel": conversation.id,
        "channel_type": "C" if conversation.kind == "channel" else "G",
        "team": workspace.id,
        "event_ts": _event_ts(slack),
    }
    if inviter:
        event["inviter"] = inviter
    send(slack, workspace, event["type"], event, conversation)


def channel_changed(slack: Slack, workspace: Workspace, conversation: Conversation, what: str, user: str) -> None:
    """Tells the app of a public channel's `channel_archive`, `_unarchive`, `_rename` or `_created`."""
    if conversation.kind != "channel":
        return
    event: Json = {"type": what, "channel": conversation.id, "user": user, "event_ts": _event_ts(slack)}
    if what in ("channel_rename", "channel_created"):
        event["channel"] = conversation_object(workspace, conversation)
    send(slack, workspace, what, event, conversation)


def shared(slack: Slack, workspace: Workspace, conversation: Conversation, company: str) -> None:
    """Tells the app that another company came into a channel, or that it left and none is there any more."""
    if conversation.kind == "private" and workspace.bot_user not in conversation.members:
        return
    event: Json = {"channel": conversation.id, "event_ts": _event_ts(slack)}
    if conversation.shared:
        event |= {"type": "channel_shared", "connected_team_id": company}
    else:
        event |= {"type": "channel_unshared", "previously_connected_team_id": company, "is_ext_shared": False}
    send(slack, workspace, event["type"], event, conversation)


def access_changed(slack: Slack, workspace: Workspace, *, is_granted: bool) -> None:
    """Tells the app that its organization gave it access to a workspace, or took it away."""
    kind = "team_access_granted" if is_granted else "team_access_revoked"
    event = {"type": kind, "team_ids": [workspace.id], "event_ts": _event_ts(slack)}
    send(slack, workspace, kind, event, is_of_org=True)


def person_changed(slack: Slack, workspace: Workspace, person: Person, joined: bool) -> None:
    """Tells the app that somebody is new (`team_join`) or has another zone, name or status (`user_change`)."""
    now = slack.clock()
    event: Json = {
        "type": "team_join" if joined else "user_change",
        "user": user_object(workspace, person, now, with_locale=True),
        "cache_ts": int(now.timestamp()),
        "event_ts": _event_ts(slack),
    }
    send(slack, workspace, event["type"], event)


def home_opened(slack: Slack, workspace: Workspace, user: str, channel: str, tab: str) -> None:
    """Tells the app that somebody opened its Home (`home`) or its messages (`messages`)."""
    event: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": channel,
        "tab": tab,
        "event_ts": _event_ts(slack),
    }
    if tab == "home" and user in workspace.homes:
        event["view"] = view_object(workspace, workspace.homes[user])
    send(slack, workspace, "app_home_opened", event)


def uninstalled(slack: Slack, workspace: Workspace) -> None:
    """Tells the app that it was removed and its token is worth nothing any more."""
    tokens_revoked(slack, workspace)
    send(slack, workspace, "app_uninstalled", {"type": "app_uninstalled", "event_ts": _event_ts(slack)})


def tokens_revoked(slack: Slack, workspace: Workspace) -> None:
    """Tells the app that its token is worth nothing any more."""
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [workspace.bot_user]}}
    send(slack, workspace, "tokens_revoked", revoked | {"event_ts": _event_ts(slack)})


def ended(slack: Slack, workspace: Workspace, kind: str, *, is_org: bool) -> None:
    """Tells the app one of the two things of which both come when it is removed, also from a whole organization."""
    event: Json = {"type": kind, "event_ts": _event_ts(slack)}
    if kind == "tokens_revoked":
        event["tokens"] = {"oauth": [], "bot": [workspace.bot_user]}
    send(slack, workspace, kind, event, is_of_org=is_org)


def send(
    slack: Slack,
    workspace: Workspace,
    subscription: str,
    event: Json,
    conversation: Conversation | None = None,
    is_of_org: bool = False,
) -> None:
    """Sends an event in its wrapper, if the manifest subscribes to it and a scope allows it."""
    needed = SCOPES[subscription]
    allowed = not needed or set(needed) & set(workspace.scopes)
    told = (workspace.installed and not workspace.revoked) or subscription in _OF_THE_END
    if subscription not in slack.manifest.events or not allowed or not told:
        return
    number = slack.number()
    authorization = {
        "enterprise_id": workspace.org or None,
        "team_id": None if workspace.by_org else workspace.id,
        "user_id": workspace.bot_user,
        "is_bot": True,
        "is_enterprise_install": workspace.by_org,
    }
    payload = {
        "token": "verification",
        **({} if is_of_org else {"team_id": workspace.id}),
        **({"enterprise_id": workspace.org} if workspace.org else {}),
        "context_team_id": workspace.id,
        "context_enterprise_id": workspace.org or None,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number:010d}",
        "event_time": int(slack.clock().timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": conversation.shared if conversation else False,
        "event_context": f"4-{number}",
    }
    slack.deliveries.send(EVENT, workspace.id, subscription, payload)


def _event_ts(slack: Slack) -> str:
    now = slack.clock()
    return f"{int(now.timestamp())}.{now.microsecond:06d}"
