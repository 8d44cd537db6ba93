"""Slack's sockets. One is kept open; before it ends by Slack's wish the next one is there, and where it breaks the next follows.

Ours, since the SDK's client closes the old socket before it opens the new one, sees a broken one after ten seconds only, and can
stay deaf while it seems connected (python-slack-sdk#1110, #1940). Frames and TLS are aiohttp's.
"""

import asyncio
import contextlib
import itertools
from typing import Any

import aiohttp
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.outcomes import NO_ANSWER
from handlers.serving.connection import Connection
from handlers.serving.pulse import Pulse
from handlers.serving.transport import Intake

log = structlog.get_logger(__name__)

# Nothing that this program can do has helped for five minutes; whoever watches over it starts it anew.
GIVE_UP_AFTER = 300
CONNECT_WITHIN = 10
# Slack may still send on a socket that it asked to have replaced, and says ten seconds before that it will end.
OVERLAP = 10
CLOSE_WITHIN = 1
WAITS = (0.5, 1, 2, 4, 8, 15)  # seconds between tries to connect; the last one again and again
SHORT_LIFE = 5  # a socket that ends sooner is followed by a wait, so that we do not spin
# What no further try will change: docs.slack.dev/reference/methods/apps.connections.open
NOT_TAKEN = frozenset(
    {"invalid_auth", "not_authed", "not_allowed_token_type", "account_inactive", "token_revoked", "token_expired",
     "missing_scope", "no_permission"}
)  # fmt: skip
_TROUBLE = (aiohttp.ClientError, ValueError, TypeError, *NO_ANSWER)


class Deaf(Exception):
    """Slack was not heard for so long that only a new start can help."""


class Refused(aiohttp.ClientError):
    """Slack closed a socket instead of saying hello; too many are open, or Socket Mode was switched off."""


class Sockets:
    """Keeps one socket open, and hands what comes to the intake."""

    def __init__(self, intake: Intake, client: WebClient, app_token: str, pulse: Pulse) -> None:
        self._intake = intake
        self._client = client
        self._app_token = app_token
        self._pulse = pulse
        self._open: list[Connection] = []  # the newest last
        self._was_connected = False
        self._tasks: set[asyncio.Task[None]] = set()
        pulse.sockets = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Runs until it is to stop, then answers what came in and closes cleanly, so that Slack sends nothing after us.

        Raises SlackApiError for a token that Slack does not take, and Deaf.
        """
        self._pulse.beat("pong")  # deafness counts from here
        async with aiohttp.ClientSession() as session:
            keeping = asyncio.create_task(self._keep_one_open(session))
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({keeping, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if not keeping.done():
                keeping.cancel()
            await asyncio.gather(*(socket.leave() for socket in list(self._open)))
            with contextlib.suppress(asyncio.CancelledError):
                await keeping

    async def acknowledge(self, text: str) -> None:
        """Sends an acknowledgement on the newest socket, for one whose own broke: Slack knows it by its envelope."""
        for wait in (0, *WAITS[:2]):
            await asyncio.sleep(wait)
            if self._open:
                with contextlib.suppress(ConnectionError):
                    await self._open[-1].say(text)
                    return
        log.warning("an answer found no socket")

    async def _keep_one_open(self, session: aiohttp.ClientSession) -> None:
        ended_because = "no socket yet"
        while True:
            socket = Connection(
                await self._connect(session, ended_because), self._intake, self._pulse, self.acknowledge
            )
            self._open.append(socket)
            self._count()
            self._start(self._listen(socket))
            for old in self._open[:-1]:
                self._start(old.leave(after=OVERLAP))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(socket.is_spent.wait(), SHORT_LIFE)
                await asyncio.sleep(WAITS[0])
            await socket.is_spent.wait()
            ended_because = socket.ends_because
            log.info("replacing a socket", reason=ended_because)

    async def _connect(self, session: aiohttp.ClientSession, reason: str) -> aiohttp.ClientWebSocketResponse:
        """Opens a connection that Slack has said hello on, trying until there is one; `reason` is why one is needed."""
        for wait in itertools.chain(WAITS, itertools.repeat(WAITS[-1])):
            if (self._pulse.age("pong") or 0) >= GIVE_UP_AFTER:
                raise Deaf(reason)
            try:
                async with asyncio.timeout(CONNECT_WITHIN):
                    connection = await self._ask_for_one(session)
            except SlackApiError as error:
                reason = str(error.response.get("error"))
                if reason in NOT_TAKEN and not self._was_connected:
                    raise
                wait = seconds_to_wait(error, wait)
            except _TROUBLE as error:
                reason = str(error) if isinstance(error, Refused) else type(error).__name__
            else:
                self._was_connected = True
                return connection
            log.warning("no socket yet", error=reason, again_in=wait)
            await asyncio.sleep(wait)
        raise AssertionError("it tries for ever")

    async def _ask_for_one(self, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        answer = await asyncio.to_thread(self._client.apps_connections_open, app_token=self._app_token)
        connection = await session.ws_connect(
            str(answer["url"]),
            autoping=False,  # so that we see the pongs
            timeout=aiohttp.ClientWSTimeout(ws_close=CLOSE_WITHIN),
            proxy=self._client.proxy,
            ssl=self._client.ssl or True,
        )
        try:
            hello = await connection.receive_json()
            if hello.get("type") != "hello":
                raise Refused(str(hello.get("reason")))
        except BaseException:
            await connection.close()  # left open, it would take a part of what members do
            raise
        self._pulse.connections = int(hello.get("num_connections") or 1)
        return connection

    def _count(self) -> None:
        """Notes how many sockets are ours; says so when Slack counts more."""
        self._pulse.sockets = len(self._open)
        log.info("connected", sockets=len(self._open), num_connections=self._pulse.connections)
        if self._pulse.connections > len(self._open):
            log.warning(
                "Slack sends a part of what members do elsewhere: another program is connected with this app's token, or a "
                "connection that nobody listens to is still open",
                ours=len(self._open),
                num_connections=self._pulse.connections,
            )

    async def _listen(self, socket: Connection) -> None:
        try:
            await socket.listen()
        finally:
            self._open.remove(socket)
            self._pulse.sockets = len(self._open)

    def _start(self, doing: Any) -> None:
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def seconds_to_wait(error: SlackApiError, otherwise: float) -> float:
    """Returns after how many seconds to ask for a socket again: as Slack says, where it says that it was asked too often."""
    headers = getattr(error.response, "headers", None) or {}
    return float(headers.get("Retry-After") or 30) if error.response.get("error") == "ratelimited" else otherwise
