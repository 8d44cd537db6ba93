"""One connection of Slack's Socket Mode: pings, envelopes, and their acknowledgements. Which ones are open: `sockets.py`."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import structlog
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from handlers.serving.pulse import Pulse
from handlers.serving.transport import Intake

PING_EVERY = 10  # seconds
# Three pings without a pong: the connection is gone, whatever the network says of it.
PONG_WITHIN = 30
# What came in is answered before a connection is closed, as long as an answer is worth anything.
DRAIN_SECONDS = 3


class Connection:
    """One connection, from its hello to its end; it is replaced, and never opened again."""

    def __init__(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        intake: Intake,
        pulse: Pulse,
        acknowledge_elsewhere: Callable[[str], Awaitable[None]],
    ) -> None:
        self.is_spent = asyncio.Event()  # the next one is needed
        self.has_ended = asyncio.Event()
        self.ends_because = "connection lost"
        self._socket = socket
        self._intake = intake
        self._acknowledge_elsewhere = acknowledge_elsewhere
        self._pulse = pulse
        self._ponged_at = pulse.now()
        self._is_leaving = False
        self._answering: set[asyncio.Task[None]] = set()

    async def listen(self) -> None:
        """Takes what comes, until the connection ends."""
        pinging = asyncio.create_task(self._ping())
        try:
            with contextlib.suppress(ConnectionError, ValueError):
                async for frame in self._socket:
                    await self._take(frame)
        finally:
            pinging.cancel()
            self.is_spent.set()
            self.has_ended.set()
            await self._socket.close()

    async def say(self, text: str) -> None:
        """Sends something; raises ConnectionError where the connection has ended."""
        await self._socket.send_str(text)

    async def leave(self, after: float = 0) -> None:
        """Closes after so many seconds, unless Slack does before. What came in is answered; nothing new is taken."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.has_ended.wait(), after)
        self._is_leaving = True
        if self._answering:
            await asyncio.wait(self._answering, timeout=DRAIN_SECONDS)
        await self._socket.close()

    async def _ping(self) -> None:
        """Asks the other end whether it is there, and closes when it has not answered."""
        with contextlib.suppress(ConnectionError):
            while self._pulse.now() - self._ponged_at < PONG_WITHIN:
                await self._socket.ping()
                await asyncio.sleep(PING_EVERY)
            self.ends_because = "no answer to pings"
        await self._socket.close()

    async def _take(self, frame: aiohttp.WSMessage) -> None:
        if frame.type is aiohttp.WSMsgType.PONG:
            self._ponged_at = self._pulse.beat("pong")
        elif frame.type is aiohttp.WSMsgType.PING:
            await self._socket.pong(frame.data)
        elif frame.type is aiohttp.WSMsgType.TEXT:
            self._hear(json.loads(frame.data))

    def _hear(self, message: dict[str, Any]) -> None:
        if message.get("type") == "disconnect":
            self.ends_because = str(message.get("reason"))
            self.is_spent.set()
        request = SocketModeRequest.from_dict(message)
        if request is not None and not self._is_leaving:
            self._pulse.beat("envelope")
            answering = asyncio.create_task(self._answer(request))
            self._answering.add(answering)
            answering.add_done_callback(self._answering.discard)

    async def _answer(self, request: SocketModeRequest) -> None:
        """Takes one envelope, and acknowledges it if Bolt did."""
        with structlog.contextvars.bound_contextvars(envelope=request.envelope_id):
            response = await self._intake.take(request.payload, build_headers(request), mode="socket_mode")
            if response is None or response.status != 200:
                return
            text = json.dumps(_acknowledgement(request.envelope_id, response))
            try:
                await self.say(text)
            except ConnectionError:
                await self._acknowledge_elsewhere(text)


def _acknowledgement(envelope_id: str, response: BoltResponse) -> dict[str, Any]:
    """Returns what Slack takes for an answer: JSON as it is, other text as a message, nothing as nothing."""
    payload: Any = None
    if response.body:
        is_json = str(response.headers.get("content-type", [""])[0]).startswith("application/json")
        payload = json.loads(response.body) if is_json else {"text": response.body}
    return SocketModeResponse(envelope_id=envelope_id, payload=payload).to_dict()
