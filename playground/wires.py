"""Carries envelopes to the bot: over its open sockets, or as signed HTTP requests. The asyncio side of deliveries."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Coroutine
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

from playground.deliveries import ACK_WITHIN, COMMAND, EVENT, UNREACHABLE, Delivery
from playground.slack import Slack

TRANSPORT = web.ResponseKey("transport", asyncio.Transport)
GRACE = 0.5  # seconds between asking for a refresh and closing: the SDK hangs up by itself, and is let do so
RETRY_REASONS = {"timeout": "http_timeout"}  # sockets say "timeout", HTTP headers "http_timeout"


class Wires:
    """The carrier of a running server. Each envelope takes exactly one of the sockets, in turn."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.sockets: list[web.WebSocketResponse] = []
        self._turn = 0
        self._session: ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def is_connected(self) -> bool:
        """Returns whether a socket is open, or an address is set in HTTP mode."""
        return bool(self.sockets) or self.slack.deliver_to is not None

    def carry(self, delivery: Delivery) -> bool:
        """Starts sending, and the three seconds in which the ack must come."""
        if self.slack.deliver_to is not None:
            self._start(self._post(delivery, self.slack.deliver_to))
        elif self.sockets:
            self._turn += 1
            self._start(self._send(delivery, self.sockets[self._turn % len(self.sockets)]))
        else:
            return False
        loop = asyncio.get_running_loop()
        overdue = loop.call_later(ACK_WITHIN.total_seconds(), self.slack.deliveries.fail, delivery)
        delivery.whenever_settled.append(overdue.cancel)
        return True

    def count(self) -> int:
        """Returns how many sockets are open."""
        return len(self.sockets)

    def announce(self, reason: str) -> None:
        """Sends `disconnect` with this reason over each socket; `refresh_requested` closes it as well."""
        for socket in list(self.sockets):
            self._start(_say_goodbye(socket, reason))

    def drop(self) -> None:
        """Breaks each socket without a word, as a network does."""
        for transport in [one[TRANSPORT] for one in self.sockets if TRANSPORT in one]:
            transport.abort()

    async def close(self) -> None:
        """Stops what is on its way and closes every socket."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in list(self.sockets):
            await socket.close(code=1001)
        if self._session is not None:
            await self._session.close()

    def _start(self, sending: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(sending)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, delivery: Delivery, socket: web.WebSocketResponse) -> None:
        try:
            await socket.send_json(delivery.envelope())
        except ConnectionError:  # the other end went away first: nobody will ack, the timer tells
            await socket.close()

    async def _post(self, delivery: Delivery, url: str) -> None:
        deliveries = self.slack.deliveries
        body, headers = _signed(self.slack, delivery)
        if self._session is None:
            timeout = ClientTimeout(total=ACK_WITHIN.total_seconds())
            self._session = ClientSession(timeout=timeout, connector=TCPConnector(limit=0))  # Slack does not queue
        try:
            async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as response:
                text = await response.text()
                if response.ok:
                    deliveries.ack(delivery.envelope_id, _answer(text))
                else:
                    retry = response.headers.get("x-slack-no-retry") != "1"
                    deliveries.fail(delivery, reason="http_error", wants_retry=retry)
        except TimeoutError:
            deliveries.fail(delivery, reason="http_timeout")
        except (ClientError, OSError):
            deliveries.fail(delivery, UNREACHABLE, "connection_failed")


async def _say_goodbye(socket: web.WebSocketResponse, reason: str) -> None:
    try:
        await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}})
    except ConnectionError:
        return  # it went away by itself
    if reason == "refresh_requested":
        await asyncio.sleep(GRACE)
        await socket.close()


def _signed(slack: Slack, delivery: Delivery) -> tuple[bytes, dict[str, str]]:
    """The body and headers of a request signed as Slack signs (v0): docs.slack.dev, verifying requests."""
    if delivery.kind == EVENT:
        body, content_type = json.dumps(delivery.payload), "application/json"
    else:
        fields = delivery.payload if delivery.kind == COMMAND else {"payload": json.dumps(delivery.payload)}
        body, content_type = urlencode(fields), "application/x-www-form-urlencoded"
    timestamp = str(int(time.time()))  # real time, against which the bot's SDK checks it, wherever the clock stands
    signature = hmac.new(slack.signing_secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={signature.hexdigest()}",
    }
    if delivery.attempt:
        headers["X-Slack-Retry-Num"] = str(delivery.attempt)
        headers["X-Slack-Retry-Reason"] = RETRY_REASONS.get(delivery.reason, delivery.reason)
    return body.encode(), headers


def _answer(text: str) -> object:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text  # a command may be answered in plain text
