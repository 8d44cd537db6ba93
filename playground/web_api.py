"""The Web API's front door: token, scope and argument checks, then the method. Knows no HTTP.

`call` is the one place where faults towards the bot's own calls are put in; which one happens, faults.py says.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from playground import oauth
from playground.errors import RateLimitedError, SlackError
from playground.faults import Fault
from playground.methods import METHODS
from playground.methods_files import receive_bytes
from playground.methods_reading import until
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
SECRET = {"token", "client_secret", "code", "refresh_token"}  # not shown
UPLOAD = "upload"  # bringing bytes to an address that files.getUploadURLExternal gave
LOST = ("timeout", "reset", "refused")
NO_ANSWER = "<!doctype html><title>Server error</title><p>Something went wrong on our end.</p>"


@dataclass(frozen=True)
class Answer:
    """What goes back to the bot.

    `raw` is sent instead of `body` where it is no JSON; `lost` says why nothing goes back: timeout, reset or refused.
    """

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: str = ""
    lost: str = ""

    def text(self) -> str:
        """Returns what the HTTP answer's body holds."""
        return self.raw or json.dumps(self.body)


def call(slack: Slack, method: str, given: Json, token: str | None) -> Answer:
    """Answers one Web API call as Slack would, or as a fault has it, and records what the bot was told."""
    workspace = oauth.workspace_for(slack, token, given) if token else None
    team = workspace.id if workspace else ""
    shown = {key: value for key, value in given.items() if key not in SECRET}
    exchange = slack.traffic.record(slack.clock(), FROM_BOT, method, shown, team)
    fault = slack.faults.for_call(method, given, team)
    if fault is None:
        answer = _answered(slack, method, given, token)
    else:
        exchange.fault = fault.what
        answer = _with_fault(slack, fault, given, lambda asked: _answered(slack, method, asked, token))
    slack.traffic.finish(exchange, slack.clock(), answer.raw or answer.body or None, _status(answer))
    return answer


def bring(slack: Slack, team: str, file_id: str, content: bytes) -> Answer:
    """Takes the bytes of an upload at the address it was given, or not, as a fault on "upload" has it."""
    exchange = slack.traffic.record(slack.clock(), FROM_BOT, UPLOAD, {"file": file_id, "length": len(content)}, team)
    fault = slack.faults.for_call(UPLOAD, {}, team)
    if fault is not None:
        exchange.fault = fault.what
    is_taken = (fault is None or fault.what.endswith("_delivered")) and receive_bytes(slack, team, file_id, content)
    kept = Answer({}, raw=f"OK - {len(content)}") if is_taken else Answer({}, 400, raw="not expected")
    answer = kept if fault is None else _told(fault)
    slack.traffic.finish(exchange, slack.clock(), None, answer.lost or f"http {answer.status}")
    return answer


def _with_fault(slack: Slack, fault: Fault, given: Json, ask: Callable[[Json], Answer]) -> Answer:
    """Has done what was asked, now, later or never, and returns what the bot is told of it."""
    if fault.what == "history_lag":
        return ask(until(slack.clock() - timedelta(seconds=fault.seconds), given))
    if fault.what.endswith("_delivered"):
        ask(given)
    if fault.what == "timeout_late":
        slack.do_later(slack.clock() + timedelta(seconds=fault.seconds), partial(_land, ask, given))
    return _told(fault)


def _land(ask: Callable[[Json], Answer], given: Json) -> None:
    ask(given)  # nobody hears the answer any more


def _told(fault: Fault) -> Answer:
    kind = fault.what.removesuffix("_delivered").removesuffix("_late")
    if kind in LOST:
        return Answer({}, lost=kind)
    if kind == "http_500":
        return Answer({}, 500, raw=NO_ANSWER)
    if kind == "nonsense":
        return Answer({}, raw=NO_ANSWER)
    if kind == "limited" or fault.error == "ratelimited":
        return _refused(RateLimitedError(math.ceil(fault.seconds) or 1))
    return _refused(SlackError(fault.error))


def _refused(error: SlackError) -> Answer:
    if isinstance(error, RateLimitedError):
        return Answer(error.body(), 429, {"Retry-After": str(error.retry_after)})
    return Answer(error.body())


def _status(answer: Answer) -> str:
    """What the traffic says of an answer: ok, Slack's error, why there is none, or that it is no answer."""
    if answer.lost or answer.body.get("ok"):
        return answer.lost or "ok"
    if answer.raw:
        return f"http {answer.status}" if answer.status != 200 else "nonsense"
    return str(answer.body.get("error"))


def _answered(slack: Slack, method: str, given: Json, token: str | None) -> Answer:
    workspace = oauth.workspace_for(slack, token, given) if token else None
    try:
        return _answer(slack, method, given, token, workspace)
    except SlackError as error:
        return _refused(error)


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
        raise SlackError("team_access_not_granted" if oauth.is_of_org(slack, token) else "account_inactive")
    if workspace.revoked:
        raise SlackError("token_revoked")
    oauth.check(slack, token)
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
