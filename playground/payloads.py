"""What Slack sends when somebody types a command, presses, submits, closes or uses a shortcut.

Reads the workspace; the only things it makes are the trigger and the response_url that a payload carries.
"""

from __future__ import annotations

from playground.objects import channel_name, message_object, view_object
from playground.slack import APP_ID, Slack
from playground.workspace import Conversation, Json, Message, Person, View, Workspace

VERIFICATION = "verification"  # the deprecated token that Slack still sends


def command_payload(
    slack: Slack, workspace: Workspace, conversation: Conversation, person: Person, command: str, text: str
) -> Json:
    """Returns a slash command's fields."""
    return {
        "token": VERIFICATION,
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": conversation.id,
        "channel_name": channel_name(conversation),
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        **({"enterprise_id": workspace.org} if workspace.org else {}),
        "is_enterprise_install": "true" if workspace.by_org else "false",
        "response_url": slack.new_response_url(workspace, conversation.id, person.id),
        "trigger_id": slack.new_trigger(workspace, person.id),
    }


def message_press_payload(
    slack: Slack,
    workspace: Workspace,
    person: Person,
    conversation: Conversation,
    message: Message,
    action: Json,
    values: Json,
) -> Json:
    """Returns block_actions for an element on a message; an ephemeral message itself is not shown to the app."""
    whisper = message.to is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": whisper,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = _interaction(slack, workspace, person, "block_actions") | {
        "container": container,
        "channel": {"id": conversation.id, "name": channel_name(conversation)},
        "state": {"values": values},
        "response_url": slack.new_response_url(workspace, conversation.id, person.id, message.ts, whisper),
        "actions": [action],
    }
    if not whisper:
        payload["message"] = message_object(workspace, conversation, message, with_metadata=True)
    return payload


def view_press_payload(slack: Slack, workspace: Workspace, person: Person, view: View, action: Json) -> Json:
    """Returns block_actions for an element in a form or on Home."""
    return _interaction(slack, workspace, person, "block_actions", view) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_object(workspace, view),
        "actions": [action],
    }


def submission_payload(slack: Slack, workspace: Workspace, person: Person, view: View) -> Json:
    """Returns view_submission."""
    shown = {"view": view_object(workspace, view), "response_urls": []}
    return _interaction(slack, workspace, person, "view_submission", view) | shown


def closing_payload(slack: Slack, workspace: Workspace, person: Person, view: View, is_cleared: bool) -> Json:
    """Returns view_closed; `is_cleared` is true when the whole stack went."""
    payload = _interaction(slack, workspace, person, "view_closed", view)
    del payload["trigger_id"]
    return payload | {"view": view_object(workspace, view), "is_cleared": is_cleared}


def shortcut_payload(slack: Slack, workspace: Workspace, person: Person, callback_id: str) -> Json:
    """Returns a global shortcut, which has no response_url."""
    payload = _interaction(slack, workspace, person, "shortcut")
    return payload | {"callback_id": callback_id, "action_ts": action_ts(slack)}


def message_shortcut_payload(
    slack: Slack, workspace: Workspace, person: Person, conversation: Conversation, message: Message, callback_id: str
) -> Json:
    """Returns message_action: a shortcut from a message's menu, with the message."""
    return _interaction(slack, workspace, person, "message_action") | {
        "callback_id": callback_id,
        "action_ts": action_ts(slack),
        "message_ts": message.ts,
        "channel": {"id": conversation.id, "name": channel_name(conversation)},
        "message": message_object(workspace, conversation, message),
        "response_url": slack.new_response_url(workspace, conversation.id, person.id, message.ts),
    }


def action_ts(slack: Slack) -> str:
    """Returns the time of an action as Slack writes it."""
    now = slack.clock()
    return f"{int(now.timestamp())}.{now.microsecond:06d}"


def _interaction(slack: Slack, workspace: Workspace, person: Person, kind: str, view: View | None = None) -> Json:
    user = {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id or workspace.id}
    return {
        "type": kind,
        "team": None if workspace.by_org else {"id": workspace.id, "domain": workspace.domain},
        "user": user,
        "api_app_id": APP_ID,
        "token": VERIFICATION,
        "enterprise": {"id": workspace.org, "name": f"Organization {workspace.org}"} if workspace.org else None,
        "is_enterprise_install": workspace.by_org,
        "trigger_id": slack.new_trigger(workspace, person.id, view.id if view is not None and _is_form(view) else None),
    }


def _is_form(view: View) -> bool:
    return bool(view.content["type"] == "modal")
