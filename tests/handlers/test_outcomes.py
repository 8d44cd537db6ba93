"""What each answer of Slack's means for a message: a table, as the promise that nothing is said twice hangs on it."""

import json
import ssl
from datetime import timedelta
from http.client import RemoteDisconnected
from socket import gaierror
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from handlers import outcomes

HTML = "Received a response in a non-JSON format: <!doctype html>"  # as slack_sdk puts it


def _refusal(reason: Any, status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    answer = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, headers=headers or {}, status_code=status,
        data={"ok": False, "error": reason},
    )  # fmt: skip
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped


@pytest.mark.parametrize(
    ("reason", "status", "became"),
    [
        ("ratelimited", 429, outcomes.REFUSED),
        ("ratelimited", 200, outcomes.REFUSED),
        (HTML, 429, outcomes.REFUSED),
        ("channel_not_found", 200, outcomes.FINAL),
        ("not_in_channel", 200, outcomes.FINAL),
        ("is_archived", 200, outcomes.FINAL),
        ("account_inactive", 200, outcomes.FINAL),
        ("token_revoked", 200, outcomes.FINAL),
        ("missing_scope", 200, outcomes.FINAL),
        ("msg_too_long", 200, outcomes.FINAL),
        ("something_new", 200, outcomes.FINAL),
        ("invalid_blocks", 200, outcomes.PLAINER),
        ("invalid_blocks_format", 200, outcomes.PLAINER),
        ("internal_error", 200, outcomes.UNKNOWN),
        ("fatal_error", 200, outcomes.UNKNOWN),
        ("service_unavailable", 503, outcomes.UNKNOWN),
        ("request_timeout", 200, outcomes.UNKNOWN),
        ("channel_not_found", 500, outcomes.UNKNOWN),
        (HTML, 200, outcomes.UNKNOWN),
        (HTML, 502, outcomes.UNKNOWN),
        (HTML, 404, outcomes.UNKNOWN),
        (None, 200, outcomes.UNKNOWN),
        (7, 200, outcomes.UNKNOWN),
    ],
)
def test_an_answer_that_is_not_ok_is_classed(reason: Any, status: int, became: str) -> None:
    assert outcomes.of_refusal(_refusal(reason, status)).became == became


def test_what_somebody_between_us_and_slack_answered_is_not_kept() -> None:
    assert outcomes.of_refusal(_refusal(HTML)).error == "http 200"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"Retry-After": "7"}, 7), ({"retry-after": "7"}, 7), ({}, 30), ({"Retry-After": "soon"}, 30)],
)
def test_a_limit_says_how_long_to_wait(headers: dict[str, str], seconds: int) -> None:
    limited = outcomes.of_refusal(_refusal("ratelimited", 429, headers))
    assert (limited.error, limited.wait) == (outcomes.LIMITED, timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("error", "became"),
    [
        (URLError(ConnectionRefusedError()), outcomes.REFUSED),
        (URLError(gaierror()), outcomes.REFUSED),
        (URLError(ssl.SSLCertVerificationError()), outcomes.REFUSED),
        (URLError(TimeoutError()), outcomes.UNKNOWN),
        (URLError("unknown url type"), outcomes.UNKNOWN),
        (TimeoutError(), outcomes.UNKNOWN),
        (ConnectionResetError(), outcomes.UNKNOWN),
        (RemoteDisconnected(""), outcomes.UNKNOWN),
    ],
)
def test_no_answer_is_unknown_unless_nobody_was_reached(error: OSError, became: str) -> None:
    assert outcomes.of_silence(error).became == became


@pytest.mark.parametrize(
    ("raised", "became"),
    [
        (None, outcomes.DELIVERED),
        (_refusal("is_archived"), outcomes.FINAL),
        (TimeoutError(), outcomes.UNKNOWN),
        (json.JSONDecodeError("no", "", 0), outcomes.UNKNOWN),
        (KeyError("ts"), outcomes.UNKNOWN),
    ],
)
def test_a_call_gives_what_became_of_it_and_columns_only_when_it_was_delivered(
    raised: Exception | None, became: str
) -> None:
    def call() -> dict[str, Any]:
        if raised is not None:
            raise raised
        return {"slack_ts": "1.2"}

    outcome, columns = outcomes.of_call(call)
    assert outcome.became == became
    assert columns == ({"slack_ts": "1.2"} if raised is None else {})


def test_each_wait_is_longer_up_to_ten_minutes_and_each_row_has_its_own() -> None:
    waits = [outcomes.backoff("row", refused) for refused in range(12)]
    assert waits[0] >= outcomes.FIRST_WAIT * 0.75
    assert waits[5] > waits[3] > waits[1]
    assert max(waits) <= outcomes.LONGEST_WAIT * 1.25
    assert len({outcomes.backoff(f"row {number}", 1) for number in range(20)}) > 10
