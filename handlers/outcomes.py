"""What became of a call to Slack, as far as its answer tells: delivered, certainly not, never, or unknown.

Slack knows no key against doubles (slack-api-specs#10), and of its own errors some say that part of the work may have been done.
So what is unknown is never said again without looking.
"""

import re
import ssl
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException
from socket import gaierror
from typing import Any
from urllib.error import HTTPError, URLError

import structlog
from slack_sdk.errors import SlackApiError

log = structlog.get_logger(__name__)

DELIVERED, REFUSED, PLAINER, FINAL, UNKNOWN = "delivered", "refused", "plainer", "final", "unknown"
LIMITED, NOT_REACHED, NOT_INSTALLED = "ratelimited", "not reached", "not_installed"

# Nothing was delivered, and nothing ever will be. Any other refusal is as final, and logged loudly: it is one we do not know.
KNOWN_FINAL = frozenset(
    {"channel_not_found", "not_in_channel", "is_archived", "account_inactive", "user_not_found", "user_disabled",
     "token_revoked", "invalid_auth", "not_authed", "missing_scope", "msg_too_long", "no_text",
     "messages_tab_disabled", "cannot_dm_bot", "message_not_found", "cant_update_message", "edit_window_closed",
     "not_enabled", "view_too_large", "restricted_action", "is_inactive", "file_uploads_disabled", "storage_limit_reached",
     "file_uploads_except_images_disabled", "file_type_not_allowed", "file_upload_size_restricted", "file_not_found",
     "file_update_failed", "access_denied", "invalid_channel", "posting_to_channel_denied", "alt_txt_too_large",
     "invalid_refresh_token", "invalid_client_id", "bad_client_secret"}
)  # fmt: skip
# Nothing was delivered, and the words alone may be: it is the blocks that are not taken.
BLOCKS_NOT_TAKEN = frozenset({"invalid_blocks", "invalid_blocks_format"})
# Nothing was delivered, and the next token is on its way, or the app is to be installed anew.
WITHOUT_TOKEN = frozenset({NOT_INSTALLED, "token_expired"})
# "It's possible some aspect of the operation succeeded before the error was raised": docs.slack.dev, each method's errors.
LEAVES_OPEN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)
UNTOLD_WAIT = 30  # seconds, where Slack limits and does not say for how long
_SLACKS_ERROR = re.compile(r"[a-z0-9_.:-]{1,80}")  # what is none comes from something in between, or from nowhere

# Whatever can come instead of an answer; http.client's own errors are no OSError.
NO_ANSWER = (OSError, HTTPException)


@dataclass(frozen=True)
class Outcome:
    """What became of a call. `wait` is how long Slack wants to be left alone, where it said so."""

    became: str
    error: str = ""
    wait: timedelta | None = None


# Nothing was sent: whoever claimed the row was held up, and another may be looking for it.
TOO_LONG_AFTER_ITS_CLAIM = Outcome(REFUSED, "too long after its claim", timedelta(0))


def of_call(call: Callable[[], dict[str, Any]]) -> tuple[Outcome, dict[str, Any]]:
    """Makes a call, and returns what became of it and, where it was delivered, what it gave."""
    try:
        return Outcome(DELIVERED), call()
    except SlackApiError as error:
        return of_refusal(error), {}
    except NO_ANSWER as error:
        return of_silence(error), {}
    except Exception as error:  # noqa: BLE001 - whatever is no answer leaves the outcome open; its text could hold a message
        log.error("no answer of Slack's", error=type(error).__name__)
        return Outcome(UNKNOWN, type(error).__name__), {}


def of_refusal(error: SlackApiError) -> Outcome:
    """Classes an answer of Slack's that is not ok, and what is no answer of Slack's at all."""
    answer: Any = error.response
    status = getattr(answer, "status_code", None) or answer.get("status", 200)
    reason = _reason(answer)
    if status == 429 or reason == LIMITED:
        headers = getattr(answer, "headers", None) or answer.get("headers", {})
        seconds = str(headers.get("Retry-After") or headers.get("retry-after") or "")
        wait = int(seconds) if seconds.isascii() and seconds.isdigit() else UNTOLD_WAIT
        return Outcome(REFUSED, LIMITED, timedelta(seconds=wait))
    if reason is None:
        log.error("no answer of Slack's", status=status)
    if status >= 500 or reason is None or reason in LEAVES_OPEN:
        return Outcome(UNKNOWN, reason or f"http {status}")
    if reason in WITHOUT_TOKEN:
        return Outcome(REFUSED, reason)
    if reason in BLOCKS_NOT_TAKEN:
        return Outcome(PLAINER, reason)
    if reason not in KNOWN_FINAL:
        log.error("an answer of Slack's that is not known here", error=reason)
    return Outcome(FINAL, reason)


def of_silence(error: OSError | HTTPException) -> Outcome:
    """Classes what came instead of an answer: never sent when nobody could be reached, else unknown."""
    if isinstance(error, HTTPError):  # of the address to which a file is brought
        return Outcome(UNKNOWN, f"http {error.code}")
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, (ConnectionRefusedError, gaierror, ssl.SSLCertVerificationError)):
        return Outcome(REFUSED, NOT_REACHED)
    return Outcome(UNKNOWN, type(reason).__name__)


def backoff(row_id: str, refused: int) -> timedelta:
    """Returns how long to wait after so many refusals: 5 s at first, 10 min at most, a quarter more or less by the row.

    A wait of one's own for each row keeps what failed together from coming back together.
    """
    jitter = 0.75 + zlib.crc32(f"{row_id}:{refused}".encode()) / 2**33
    doubled: timedelta = FIRST_WAIT * 2 ** min(refused, 10)
    return min(doubled, LONGEST_WAIT) * jitter


def _reason(answer: Any) -> str | None:
    """Returns Slack's word for what is wrong; None where the answer is not one of Slack's.

    Where the body is no JSON, slack_sdk puts a sentence and the body itself in the error's place.
    """
    reason = answer.get("error")
    return reason if isinstance(reason, str) and _SLACKS_ERROR.fullmatch(reason) else None
