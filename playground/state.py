"""What one person sees: the page's whole picture as JSON. Reads only."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from playground.breaking import faults_now
from playground.objects import color_of, file_object, reaction_objects
from playground.slack import APP_ID, Slack, person_in
from playground.workspace import Conversation, Json, Message, Person, View, Workspace

EMOJI = [
    *("wave", "pray", "raised_hands", "tada", "heart", "clap", "thumbsup", "handshake", "bulb", "eyes"),
    *("white_check_mark", "rocket", "star", "sunflower", "coffee", "thinking_face", "smile", "joy", "point_up"),
    *("telephone_receiver", "house_with_garden", "evergreen_tree"),
]


def seen_by(slack: Slack, user: str | None = None, team: str | None = None) -> Json:
    """Returns everything a person sees now; without `user`, what the first person of the workspace sees."""
    workspace = slack.workspace(team)
    me = person_in(workspace, user or _first_person(workspace))
    mine = [one for one in workspace.conversations.values() if _is_shown(one, me)]
    home = workspace.homes.get(me.id)
    return {
        "version": slack.version,
        "now": slack.clock().isoformat(),
        "offset": slack.offset,
        "team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain},
        "teams": [{"id": one.id, "name": one.name} for one in slack.workspaces.values()],
        "app": _app(slack, workspace),
        "me": _person(slack, me),
        "people": [_person(slack, one) for one in workspace.people.values()],
        "commands": [
            {"command": one.command, "description": one.description, "usage_hint": one.usage_hint}
            for one in slack.manifest.commands.values()
        ],
        "shortcuts": [
            {"name": one.name, "type": one.type, "callback_id": one.callback_id, "description": one.description}
            for one in slack.manifest.shortcuts.values()
        ],
        "emoji": EMOJI,
        "conversations": [_conversation(workspace, one, me) for one in mine],
        "home": _view(home) if home else None,
        "modals": [_view(one) for one in workspace.modals.get(me.id, [])],
        "notices": list(workspace.notices.get(me.id, [])),
        "faults": faults_now(slack, workspace),
    }


def _first_person(workspace: Workspace) -> str | None:
    return next((one.id for one in workspace.people.values() if not one.is_bot and not one.deleted), None)


def _is_shown(conversation: Conversation, me: Person) -> bool:
    if me.id not in conversation.members:
        return False
    if conversation.kind in ("channel", "private"):
        return True
    has_whisper = any(one.to == me.id for one in conversation.whispers.values())
    return bool(conversation.messages) or has_whisper or me.id in conversation.opened_by


def _app(slack: Slack, workspace: Workspace) -> Json:
    carrier = slack.deliveries.carrier
    return {
        "id": APP_ID,
        "name": slack.manifest.name,
        "bot_user_id": workspace.bot_user,
        "connected": carrier is not None and carrier.is_connected(),
        "install_state": "installed" if workspace.installed else "uninstalled",
    }


def _person(slack: Slack, person: Person) -> Json:
    real_name = person.real_name or person.name
    local = slack.clock().astimezone(ZoneInfo(person.tz)) if person.tz else slack.clock()
    words = real_name.split()
    return {
        "id": person.id,
        "name": person.name,
        "real_name": real_name,
        "display_name": person.display_name,
        "tz": person.tz,
        "local_time": f"{local.hour % 12 or 12}:{local:%M} {'AM' if local.hour < 12 else 'PM'}",
        "local_day": f"{local:%a} {local.day} {local:%b}",
        "locale": person.locale,
        "color": f"#{color_of(person)}",
        "initials": "".join(word[0] for word in (words if len(words) < 3 else [words[0], words[-1]])).upper(),
        "is_bot": person.is_bot,
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_restricted": person.is_restricted or person.is_ultra_restricted,
        "is_stranger": person.is_stranger,
        "deleted": person.deleted,
        "dnd": person.dnd_start <= slack.clock().timestamp() < person.dnd_end,
    }


def _conversation(workspace: Workspace, conversation: Conversation, me: Person) -> Json:
    whispers = [one for one in conversation.whispers.values() if one.to == me.id]
    messages = sorted([*conversation.messages.values(), *whispers], key=_order)
    read_until = conversation.read_until.get(me.id, "")
    shown: Json = {
        "id": conversation.id,
        "kind": conversation.kind,
        "name": conversation.name,
        "members": list(conversation.members),
        "unread": sum(1 for one in conversation.messages.values() if one.user != me.id and one.ts > read_until),
        "archived": conversation.archived,
        "shared": conversation.shared,
        "topic": conversation.topic,
        "messages": [_message(workspace, conversation, one, me) for one in messages],
    }
    if conversation.kind == "im":
        shown["with"] = next((one for one in conversation.members if one != me.id), me.id)
    return shown


def _message(workspace: Workspace, conversation: Conversation, message: Message, me: Person) -> Json:
    thread = conversation.replies_to(message.ts) if message.to is None and message.thread_ts is None else []
    return {
        "ts": message.ts,
        "user": message.user,
        "bot": message.by_app or workspace.people[message.user].is_bot,
        "text": message.text,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "reply_count": len(thread),
        "reactions": [{"name": one["name"], "users": one["users"]} for one in reaction_objects(message)],
        "edited": message.edited_ts is not None,
        "deleted": False,
        "ephemeral": message.to is not None,
        "files": [_file(workspace, one) for one in message.files],
        "failed": message.failed_for.get(me.id),
    }


def _file(workspace: Workspace, file_id: str) -> Json:
    file = workspace.files[file_id]
    shown = file_object(workspace, file)
    return {
        "id": file.id,
        "name": file.name,
        "mimetype": file.mimetype,
        "url": shown["url_private"],
        "alt": file.alt,
        "title": shown["title"],
    }


def _view(view: View) -> Json:
    content = view.content
    return {
        "id": view.id,
        "hash": view.hash,
        "type": content["type"],
        "callback_id": content.get("callback_id", ""),
        **{name: content.get(name) for name in ("title", "submit", "close")},
        "blocks": view.blocks,
        "private_metadata": content.get("private_metadata", ""),
        "errors": dict(view.errors),
        "values": view.values,
    }


def _order(message: Message) -> tuple[int, int]:
    seconds, _, fraction = message.ts.partition(".")
    return int(seconds), int(fraction)
