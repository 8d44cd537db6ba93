"""Slack's own JSON objects: user, conversation, message, file, view. Pure: workspace in, JSON out."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from playground.elements import state_values
from playground.slack import APP_ID
from playground.workspace import Conversation, File, Json, Message, Person, View, Workspace

COLORS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5", "2b6836")
ZONE_LABELS = {
    "CST": "Central Standard Time",
    "CDT": "Central Daylight Time",
    "EST": "Eastern Standard Time",
    "EDT": "Eastern Daylight Time",
    "PST": "Pacific Standard Time",
    "PDT": "Pacific Daylight Time",
    "MST": "Mountain Standard Time",
    "MDT": "Mountain Daylight Time",
    "CET": "Central European Time",
    "CEST": "Central European Summer Time",
}


def color_of(person: Person) -> str:
    """Returns the color of a person's initials, six hex digits."""
    return COLORS[sum(person.id.encode()) % len(COLORS)]


def user_object(workspace: Workspace, person: Person, now: datetime, with_locale: bool = False) -> Json:
    """Returns a person as `users.info` shows them."""
    real_name = person.real_name or person.name
    profile = {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": real_name,
        "real_name_normalized": real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "status_text": "",
        "status_emoji": "",
        "avatar_hash": "",
        "team": person.team_id or workspace.id,
    }
    user: Json = {
        "id": person.id,
        "team_id": person.team_id or workspace.id,
        "name": person.name,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    if person.id == workspace.bot_user:
        profile |= {"api_app_id": APP_ID, "bot_id": workspace.bot_id}
    if not person.deleted:  # Slack leaves zone and rights out for somebody who is gone
        user |= {"color": color_of(person), "real_name": real_name} | _zone(person, now) | _rights(person)
    if person.is_stranger:
        user["is_stranger"] = True
    if with_locale and not person.deleted:
        user["locale"] = person.locale
    return user


def channel_name(conversation: Conversation) -> str:
    """Returns the name by which payloads call a conversation; private ones are not named."""
    return {"im": "directmessage", "private": "privategroup"}.get(conversation.kind, conversation.name)


def conversation_object(workspace: Workspace, conversation: Conversation) -> Json:
    """Returns a conversation as `conversations.info` shows it to the app."""
    kind = conversation.kind
    shown: Json = {
        "id": conversation.id,
        "created": conversation.created,
        "is_archived": conversation.archived,
        "is_im": kind == "im",
        "is_org_shared": False,
        "context_team_id": workspace.id,
        "updated": conversation.created * 1000,
    }
    if kind == "im":
        other = next((one for one in conversation.members if one != workspace.bot_user), workspace.bot_user)
        gone = workspace.people[other].deleted
        return shown | {"user": other, "is_user_deleted": gone, "is_archived": gone, "priority": 0}
    return shown | {
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": kind == "channel",
        "is_group": kind == "private",
        "is_mpim": kind == "mpim",
        "is_private": kind != "channel",
        "is_general": conversation.name == "general",
        "is_shared": conversation.shared,
        "is_ext_shared": conversation.shared,
        "is_pending_ext_shared": False,
        "is_member": workspace.bot_user in conversation.members,
        "creator": conversation.creator,
        "unlinked": 0,
        "topic": {"value": conversation.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def message_object(
    workspace: Workspace, conversation: Conversation, message: Message, with_metadata: bool = False
) -> Json:
    """Returns a message as history and payloads show it; metadata only where it was asked for."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    shown["team"] = workspace.id
    optional = {
        "subtype": message.subtype,
        "client_msg_id": message.client_msg_id,
        "thread_ts": message.thread_ts,
        "blocks": message.blocks,
        "attachments": message.attachments,
    }
    shown |= {key: value for key, value in optional.items() if value is not None}
    if message.by_app:
        shown |= {"bot_id": workspace.bot_id, "app_id": APP_ID, "bot_profile": _bot_profile(workspace)}
    if message.edited_ts:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.files:
        shown["files"] = [file_object(workspace, workspace.files[one]) for one in message.files]
    if message.reactions:
        shown["reactions"] = reaction_objects(message)
    if with_metadata and message.metadata is not None:
        shown["metadata"] = message.metadata
    return shown | _thread(conversation, message)


def reaction_objects(message: Message) -> list[Json]:
    """Returns who reacted with what."""
    return [{"name": name, "users": list(who), "count": len(who)} for name, who in message.reactions.items()]


def file_object(workspace: Workspace, file: File) -> Json:
    """Returns a file as `files.info` shows it."""
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2],
        "user": workspace.bot_user,
        "size": file.length,
        "alt_txt": file.alt,
        "mode": "hosted",
        "channels": list(file.channels),
        "url_private": f"/files/{file.id}",
    }


def view_object(workspace: Workspace, view: View) -> Json:
    """Returns a form or Home tab as payloads and `views.*` show it."""
    content = view.content
    modal = content["type"] == "modal"
    return {
        "id": view.id,
        "team_id": workspace.id,
        "type": content["type"],
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "external_id": content.get("external_id", ""),
        "state": {"values": state_values(view.blocks, view.values)},
        "hash": view.hash,
        "title": content.get("title") if modal else {"type": "plain_text", "text": "View Title", "emoji": True},
        "submit": content.get("submit"),
        "close": content.get("close"),
        "clear_on_close": bool(content.get("clear_on_close", False)),
        "notify_on_close": bool(content.get("notify_on_close", False)),
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": APP_ID,
        "app_installed_team_id": workspace.id,
        "bot_id": workspace.bot_id,
    }


def _zone(person: Person, now: datetime) -> Json:
    if not person.tz:
        return {}
    local = now.astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    short = local.tzname() or person.tz
    return {
        "tz": person.tz,
        "tz_label": ZONE_LABELS.get(short, short),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def _rights(person: Person) -> Json:
    return {
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
    }


def _bot_profile(workspace: Workspace) -> Json:
    person = workspace.people[workspace.bot_user]
    return {
        "id": workspace.bot_id,
        "app_id": APP_ID,
        "name": person.real_name or person.name,
        "deleted": False,
        "team_id": workspace.id,
    }


def _thread(conversation: Conversation, message: Message) -> Json:
    if message.to is not None or (message.thread_ts and message.thread_ts != message.ts):
        return {}
    replies = conversation.replies_to(message.ts)
    if not replies:
        return {}
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": sorted({one.user for one in replies}),
        "latest_reply": replies[-1].ts,
    }
