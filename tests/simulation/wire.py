"""The wire between the bot and the pretend Slack, in one process: what a client opens, and what can go wrong with that."""

import json
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message as Headers
from io import BytesIO
from random import Random
from typing import Any
from unittest.mock import patch
from urllib.error import HTTPError, URLError

from slack_sdk.web.base_client import BaseClient
from slack_sdk.webhook import WebhookClient, WebhookResponse

from playground import responses, web_api
from playground.faults import Fault
from playground.slack import Slack

# Slack's errors: those that leave it open what was done, and one that asks for plainer words.
ERRORS = ("internal_error", "fatal_error", "service_unavailable", "request_timeout")
PLAINER = "invalid_blocks"
LATEST_LANDING = 20  # seconds after which a post that timed out has landed, or never does: what the design assumes
LONGEST_LAG = 3  # seconds by which a history lags
# How often out of a thousand calls something goes wrong with a post, and with any other call.
POSTS = {
    "limited": 40, "http_500": 20, "http_500_delivered": 30, "timeout": 30, "timeout_delivered": 40, "timeout_late": 40,
    "reset": 20, "reset_delivered": 30, "refused": 30, "error": 15, "error_delivered": 15, "nonsense": 10,
    "nonsense_delivered": 10,
}  # fmt: skip
OTHERS = {"limited": 20, "http_500": 20, "timeout": 20, "reset": 10, "refused": 20, "error": 10, "nonsense": 5}
SAYING = ("chat.postMessage", "files.completeUploadExternal")
DELIVERIES = {"twice": 60, "again": 60, "overtaken": 40, "ack_lost": 30}


@contextmanager
def opened_by(slack: Slack, open_url: Callable[[BaseClient, urllib.request.Request], dict[str, Any]]) -> Iterator[None]:
    """Has every client of slack_sdk open its URLs so; nothing else about it changes.

    Answers to a response_url always arrive: nothing that was promised rides on them.
    """

    def perform(client: BaseClient, _url: str, request: urllib.request.Request) -> dict[str, Any]:
        return open_url(client, request)

    def respond(_client: WebhookClient, url: str, request: urllib.request.Request) -> WebhookResponse:
        key = urllib.parse.urlsplit(url).path.rpartition("/")[2]
        status, body = responses.respond(slack, key, json.loads(bytes(request.data or b"")))  # type: ignore[arg-type]
        return WebhookResponse(url=url, status_code=status, body=body, headers={})

    with (
        patch.object(BaseClient, "_perform_urllib_http_request_internal", perform),
        patch.object(WebhookClient, "_perform_http_request_internal", respond),
    ):
        yield


def ask(slack: Slack, request: urllib.request.Request) -> web_api.Answer:
    """Makes a client's request as a call of the core."""
    path = urllib.parse.urlsplit(request.full_url).path
    method = path.rpartition("/")[2]
    if path.startswith("/upload/"):
        return web_api.bring(slack, path.split("/")[2], method, request.data.read())  # type: ignore[union-attr]  # a file
    body = bytes(request.data or b"").decode()  # type: ignore[arg-type]  # slack_sdk sends bytes or nothing
    is_json = str(request.headers.get("Content-type", "")).startswith("application/json")
    given = json.loads(body) if is_json else dict(urllib.parse.parse_qsl(body))
    token = str(request.headers.get("Authorization", "")).removeprefix("Bearer ")
    return web_api.call(slack, method, given, token or None)


def hand_over(answer: web_api.Answer) -> dict[str, Any]:
    """Returns an answer as urllib gives it to slack_sdk, or raises what urllib would."""
    if answer.lost == "timeout":
        raise TimeoutError
    if answer.lost == "reset":
        raise ConnectionResetError
    if answer.lost == "refused":
        raise URLError(ConnectionRefusedError())
    headers = Headers()
    for name, value in answer.headers.items():
        headers[name] = value
    if answer.status != 200:
        raise HTTPError("", answer.status, "", headers, BytesIO(answer.text().encode()))
    return {"status": 200, "headers": headers, "body": answer.text()}


class Weather:
    """What goes wrong by chance, as long as it is `bad`."""

    def __init__(self, chance: Random) -> None:
        self.is_bad = True
        self.history_is_refused = False
        self._chance = chance

    def refuse_history(self) -> None:
        """Has Slack let nobody look any more."""
        self.history_is_refused = True

    def allow_history(self) -> None:
        """Has it let them look again."""
        self.history_is_refused = False

    def of_call(self, method: str, given: Any, _team: str) -> Fault | None:
        """Returns what goes wrong with a call."""
        if method == "conversations.history" and self.history_is_refused:
            return Fault("history_refused", on=method)
        if not self.is_bad:
            return None
        drawn = self._drawn(POSTS if method in SAYING else OTHERS)
        if drawn is None:
            lags = method == "conversations.history"
            return Fault("history_lag", on=method, seconds=LONGEST_LAG) if lags else None
        late = {"limited": self._chance.randint(1, 40), "timeout_late": self._chance.uniform(1, LATEST_LANDING)}
        can_be_plainer = drawn == "error" and len(given.get("blocks") or []) > 1
        error = self._chance.choice((*ERRORS, PLAINER) if can_be_plainer else ERRORS)
        return Fault(drawn, on=method, seconds=late.get(drawn, 0), error=error if "error" in drawn else "")

    def of_delivery(self, kind: str, _payload: Any, _team: str) -> Fault | None:
        """Returns what goes wrong with a delivery to the bot; only events come again by themselves."""
        drawn = self._drawn(DELIVERIES) if self.is_bad else None
        if drawn is None or (kind != "event" and drawn != "twice"):
            return None
        return Fault(drawn, on=kind)

    def _drawn(self, table: dict[str, int]) -> str | None:
        drawn = self._chance.randrange(1000)
        for what, share in table.items():
            if drawn < share:
                return what
            drawn -= share
        return None
