"""The Web API's front door: token, scope and argument checks, then the method. Knows no HTTP.

`call` is the one place where faults towards the bot's own calls are put in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground.errors import RateLimitedError, SlackError
from playground.methods import METHODS
from playground.slack import Slack
from playground.traffic import FROM_BOT
from playground.workspace import Json, Workspace

TABLE: Json = json.loads(Path(__file__).with_name("api.json").read_text(encoding="utf-8"))["methods"]
EVERYWHERE = {"token", "team_id", "client_msg_id", "unfurl_links", "unfurl_media", "include_locale", "link_names"}
AS_JSON = {"attachments", "blocks", "files", "metadata", "view"}
AS_BOOL = {
    "exclude_archived",
    "full",
    "include_all_metadata",
    "include_locale",
    "include_num_members",
    "inclusive",
    "prevent_creation",
    "reply_broadcast",
    "return_im",
}
AS_NUMBER = {"length", "limit"}


@dataclass(frozen=True)
class Answer:
    """What goes back to the bot."""

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def call(slack: Slack, method: str, given: Json, token: str | None) -> Answer:
    """Answers one Web API call as Slack would, and records it."""
    workspace = slack.workspace_of(token) if token else None
    shown = {key: value for key, value in given.items() if key != "token"}
    exchange = slack.traffic.record(slack.clock(), FROM_BOT, method, shown, workspace.id if workspace else "")
    try:
        answer = _answer(slack, method, given, token, workspace)
    except RateLimitedError as error:
        answer = Answer(error.body(), 429, {"Retry-After": str(error.retry_after)})
    except SlackError as error:
        answer = Answer(error.body())
    status = "ok" if answer.body.get("ok") else str(answer.body.get("error"))
    slack.traffic.finish(exchange, slack.clock(), answer.body, status)
    return answer


def _answer(slack: Slack, method: str, given: Json, token: str | None, workspace: Workspace | None) -> Answer:
    row = TABLE.get(method)
    if row is None:
        raise SlackError("unknown_method", req_method=method)
    if row["caller"] == "anyone":
        return Answer(METHODS[method](slack, Workspace("", "", "", "", ""), given))
    workspace = _authorized(slack, row, token, workspace)
    arguments = checked_arguments(row, given)
    body = METHODS[method](slack, workspace, arguments)
    return Answer({"ok": True} | body, headers={"x-oauth-scopes": ",".join(workspace.scopes)})


def _authorized(slack: Slack, row: Json, token: str | None, workspace: Workspace | None) -> Workspace:
    if not token:
        raise SlackError("not_authed")
    if token == slack.app_token:
        if row["caller"] != "app":
            raise SlackError("not_allowed_token_type")
        return slack.workspace()
    if workspace is None:
        raise SlackError("invalid_auth")
    if not workspace.installed:
        raise SlackError("account_inactive")
    if row["caller"] == "app":
        raise SlackError("not_allowed_token_type")
    if row["scopes"] and not set(row["scopes"]) & set(workspace.scopes):
        raise SlackError("missing_scope", needed=",".join(row["scopes"]), provided=",".join(workspace.scopes))
    return workspace


def checked_arguments(row: Json, given: Json) -> Json:
    """Returns the arguments with their types restored from a form's strings; raises invalid_arguments."""
    known = EVERYWHERE | set(row["arguments"])
    faults = [f"[ERROR] unknown argument: {name}" for name in sorted(given) if name not in known]
    arguments = {name: value for name, value in given.items() if name in known and value is not None}
    missing = [name for name in row["required"] if arguments.get(name) in (None, "")]
    faults += [f"[ERROR] missing required field: {name}" for name in missing]
    if faults:
        raise SlackError("invalid_arguments", faults)
    return {name: _typed(name, value) for name, value in arguments.items()}


def _typed(name: str, value: Any) -> Any:
    if name in AS_BOOL:
        return value if isinstance(value, bool) else str(value).lower() in ("1", "true")
    if name in AS_NUMBER:
        if not str(value).isdigit():
            raise SlackError(
                "invalid_limit" if name == "limit" else "invalid_arguments", [f"[ERROR] not a number: {name}"]
            )
        return int(value)
    if name in AS_JSON and isinstance(value, str):
        return _from_json(name, value)
    return value


def _from_json(name: str, value: str) -> object:
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError as error:
        if name == "blocks":
            raise SlackError("invalid_blocks_format") from error
        raise SlackError("invalid_arguments", [f"[ERROR] invalid JSON: {name}"]) from error
