"""The shape of what Slack sends, as far as we read it: whatever has another one is refused before anything looks into it.

A value of another kind would end in an error somewhere, and an error is no answer. What a value says is for others to judge.
"""

import json
import urllib.parse
from collections.abc import Mapping
from typing import Any

TEXT, TYPED, YES_OR_NO, NUMBER = "text", "typed", "yes or no", "number"
_LATEST = 4e9  # a time after the year 2090 is none
ANYTHING = "anything"  # where an id of ours stands: whatever is none is answered as one that is not there
_OPTION = {"value": TYPED}
_STATE = {
    "type": TEXT, "value": TYPED, "selected_user": TEXT, "selected_users": [TEXT], "selected_conversation": TEXT,
    "selected_channel": TEXT, "selected_date": TEXT, "selected_time": TEXT, "selected_option": _OPTION,
    "selected_options": [_OPTION],
}  # fmt: skip
_STATES = {"values": {"*": {"*": _STATE}}}
_NAMED = {"id": TEXT, "name": TEXT, "enterprise_id": TEXT}
_PROFILE = {"display_name": TEXT, "real_name": TEXT}
_PERSON = {
    "id": TEXT, "team_id": TEXT, "username": TEXT, "name": TEXT, "real_name": TEXT, "tz": TEXT, "locale": TEXT, "updated": NUMBER,
    "profile": _PROFILE, "enterprise_user": {"teams": [TEXT]},
}  # fmt: skip
_VIEW = {
    "id": TEXT, "hash": TEXT, "type": TEXT, "callback_id": TEXT, "private_metadata": ANYTHING, "team_id": TEXT,
    "app_installed_team_id": TEXT, "state": _STATES, "blocks": [{"type": TEXT, "block_id": TEXT}],
}  # fmt: skip
_MESSAGE = {"user": TEXT, "bot_id": TEXT, "text": TEXT, "ts": TEXT, "thread_ts": TEXT, "subtype": TEXT}
_ACTION = {"action_id": TEXT, "block_id": TEXT, "action_ts": TEXT, **_STATE, "value": ANYTHING}
_ENTERPRISE = (TEXT, _NAMED)
_EVENT = {
    "type": TEXT, "user": TEXT, "event_ts": TEXT, "channel": (TEXT, _NAMED), "team": (TEXT, _NAMED), "user_team": TEXT,
    "text": TEXT, "ts": TEXT, "thread_ts": TEXT, "channel_type": TEXT, "subtype": TEXT, "bot_id": TEXT, "tab": TEXT,
    "inviter": TEXT, "reaction": TEXT, "item_user": TEXT, "item": {"type": TEXT, "channel": TEXT, "ts": TEXT},
    "tokens": {"bot": [TEXT]}, "team_ids": [TEXT], "is_ext_shared": YES_OR_NO,
    "message": _MESSAGE, "previous_message": _MESSAGE, "enterprise": _ENTERPRISE, "team_id": TEXT, "view": _VIEW,
    "assistant_thread": {"channel_id": TEXT, "thread_ts": TEXT},
}  # fmt: skip
_ABOUT_A_PERSON = _EVENT | {"user": _PERSON}  # it tells of them, and is nothing that they did
_AUTHORIZATION = {"enterprise_id": TEXT, "team_id": TEXT, "user_id": TEXT, "is_enterprise_install": YES_OR_NO}
_PAYLOAD = {
    "type": TEXT, "command": TEXT, "text": TEXT, "callback_id": TEXT, "trigger_id": TEXT, "response_url": TEXT,
    "api_app_id": TEXT, "team_id": TEXT, "user_id": TEXT, "user_name": TEXT, "channel_id": TEXT, "channel_name": TEXT,
    "team": (TEXT, _NAMED),
    "user": _PERSON, "channel": _NAMED, "enterprise": _ENTERPRISE, "enterprise_id": TEXT, "message": _MESSAGE,
    "container": {"type": TEXT, "is_ephemeral": YES_OR_NO, "channel_id": TEXT, "message_ts": TEXT}, "view": _VIEW,
    "state": _STATES, "actions": [_ACTION], "event": _EVENT, "event_id": TEXT, "event_time": NUMBER,
    "authorizations": [_AUTHORIZATION], "is_ext_shared_channel": YES_OR_NO, "context_team_id": TEXT,
    "context_enterprise_id": TEXT, "thread_ts": TEXT, "function_data": {}, "item": {"channel": TEXT},
}  # fmt: skip


def is_readable(body: str | Mapping[str, Any]) -> bool:
    """Says whether a request has the shape that Slack's have, and a name by which it is heard."""
    try:
        payload = _payload(body) if isinstance(body, str) else body
    except (ValueError, RecursionError):
        return False
    if not isinstance(payload, Mapping):
        return False
    event = payload.get("event")
    is_about_one = isinstance(event, Mapping) and event.get("type") == "user_change"
    shape = _PAYLOAD | {"event": _ABOUT_A_PERSON} if is_about_one else _PAYLOAD
    return _fits(payload, shape) and _has_a_name(payload)


def _payload(body: str) -> Any:
    if body.startswith("{"):
        return json.loads(body)
    fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
    return json.loads(fields["payload"]) if "payload" in fields else fields


def _has_a_name(payload: Mapping[str, Any]) -> bool:
    """Says whether it is of a kind that there is, and says what it is about."""
    view, kind = payload.get("view") or {}, payload.get("type")
    if "view" in payload and not (view.get("type") and view.get("id")):
        return False
    if "command" in payload or "event" in payload:
        return bool(payload.get("command") or (payload.get("event") or {}).get("type"))
    if kind == "block_actions":
        return bool(payload.get("actions") and payload["actions"][0].get("action_id"))
    if kind in ("view_submission", "view_closed"):
        return bool(view.get("callback_id"))
    if kind in ("shortcut", "message_action"):
        return bool(payload.get("callback_id"))
    return kind == "url_verification" or "ssl_check" in payload  # Slack's own checks of an address


def _fits(value: Any, shape: Any) -> bool:
    """Says whether a value is of a shape, or not there."""
    if value is None or shape == ANYTHING:
        return not isinstance(value, str) or _can_be_written(value)
    if isinstance(shape, tuple):
        return any(_fits(value, one) for one in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(one is not None and _fits(one, shape[0]) for one in value)
    if isinstance(shape, dict):
        return isinstance(value, Mapping) and _all_fit(value, shape)
    if shape in (TEXT, TYPED):
        return isinstance(value, str) and _can_be_written(value) and (shape == TYPED or "\0" not in value)
    if shape == YES_OR_NO:
        return isinstance(value, bool) or value in ("true", "false")
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LATEST


def _all_fit(value: Mapping[str, Any], shape: Mapping[str, Any]) -> bool:
    every = shape.get("*", ANYTHING)
    return all(_fits(one, shape.get(key, every)) for key, one in value.items())


def _can_be_written(text: str) -> bool:
    """Says whether a text is one: half of a pair of code units is none, and no database takes it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
