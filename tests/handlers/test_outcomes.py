"""What each answer of Slack's means for a message: a table, as the promise that nothing is said twice hangs on it."""

import ssl
from datetime import timedelta
from http.client import RemoteDisconnected
from socket import gaierror
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from handlers import outcomes


def _refusal(reason: str, status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    answer = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data={"ok": False, "error": reason},
        headers=headers or {}, status_code=status,
    )  # fmt: skip
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped


@pytest.mark.parametrize(
    ("reason", "status", "state"),
    [
        ("ratelimited", 429, "pending"),
        ("channel_not_found", 200, "dead"),
        ("is_archived", 200, "dead"),
        ("account_inactive", 200, "dead"),
        ("token_revoked", 200, "dead"),
        ("msg_too_long", 200, "dead"),
        ("invalid_blocks", 200, "dead"),
        ("internal_error", 200, "unconfirmed"),
        ("fatal_error", 200, "unconfirmed"),
        ("service_unavailable", 503, "unconfirmed"),
        ("whatever", 500, "unconfirmed"),
        ("something_new", 200, "pending"),
    ],
)
def test_an_answer_that_is_not_ok_is_classed(reason: str, status: int, state: str) -> None:
    assert outcomes.of_refusal(_refusal(reason, status), tried=1).state == state


def test_a_limit_says_how_long_to_wait() -> None:
    assert outcomes.of_refusal(_refusal("ratelimited", 429, {"Retry-After": "7"}), 1).wait == timedelta(seconds=7)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (URLError(ConnectionRefusedError()), "pending"),
        (URLError(gaierror()), "pending"),
        (URLError(ssl.SSLCertVerificationError()), "pending"),
        (URLError(TimeoutError()), "unconfirmed"),
        (TimeoutError(), "unconfirmed"),
        (ConnectionResetError(), "unconfirmed"),
        (RemoteDisconnected(""), "unconfirmed"),
    ],
)
def test_no_answer_is_unknown_unless_nobody_was_reached(error: OSError, state: str) -> None:
    assert outcomes.of_silence(error, tried=1).state == state


def test_each_try_waits_longer_and_there_is_an_end() -> None:
    waits = [outcomes.again("x", tried).wait for tried in range(1, outcomes.MOST_TRIES)]
    assert waits == sorted(waits)
    assert max(waits) <= outcomes.LONGEST_WAIT
    assert outcomes.again("x", outcomes.MOST_TRIES).state == "dead"
