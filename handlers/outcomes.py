"""What became of a message, as far as Slack's answer tells: delivered, certainly not, never, or unknown.

Slack knows no key against doubles (slack-api-specs#10), and of its own errors some say that part of the work may have been done.
So what is unknown is never said again without looking.
"""

import ssl
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException
from socket import gaierror
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

# Nothing was delivered, and nothing ever will be.
FINAL = frozenset(
    {"channel_not_found", "not_in_channel", "is_archived", "account_inactive", "user_not_found", "user_disabled",
     "token_revoked", "token_expired", "invalid_auth", "not_authed", "missing_scope", "msg_too_long", "no_text",
     "invalid_blocks", "invalid_arguments", "messages_tab_disabled", "cannot_dm_bot", "message_not_found",
     "cant_update_message", "edit_window_closed", "not_enabled", "view_too_large", "restricted_action", "is_inactive"}
)  # fmt: skip
# "It's possible some aspect of the operation succeeded before the error was raised": docs.slack.dev, each method's errors.
UNKNOWN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)
MOST_TRIES = 20

# Whatever can come instead of an answer; http.client's own errors are no OSError.
NO_ANSWER = (OSError, HTTPException)


@dataclass(frozen=True)
class Outcome:
    """What became of a try: `state` of the row, and how long to `wait` where it is to be tried again."""

    state: str
    wait: timedelta = timedelta(0)
    error: str = ""


def of_refusal(error: SlackApiError, tried: int) -> Outcome:
    """Classes an answer of Slack's that is not ok."""
    answer: Any = error.response
    status = getattr(answer, "status_code", None) or answer.get("status", 200)
    reason = str(answer.get("error") or f"http {status}")
    if status == 429 or reason == "ratelimited":
        headers = getattr(answer, "headers", None) or answer.get("headers", {})
        return Outcome("pending", timedelta(seconds=int(headers.get("Retry-After", 30))), reason)
    if status >= 500 or reason in UNKNOWN:
        return Outcome("unconfirmed", error=reason)
    return Outcome("dead", error=reason) if reason in FINAL else again(reason, tried)


def of_silence(error: OSError | HTTPException, tried: int) -> Outcome:
    """Classes what came instead of an answer: never sent when nobody could be reached, else unknown."""
    reason = error.reason if isinstance(error, URLError) else error
    what = type(reason).__name__
    never_sent = isinstance(reason, (ConnectionRefusedError, gaierror, ssl.SSLCertVerificationError))
    return again(what, tried) if never_sent else Outcome("unconfirmed", error=what)


def again(reason: str, tried: int) -> Outcome:
    """Has a row tried again, later each time, and gives it up in the end."""
    if tried >= MOST_TRIES:
        return Outcome("dead", error=reason)
    return Outcome("pending", min(FIRST_WAIT * 2 ** min(tried, 10), LONGEST_WAIT), reason)
