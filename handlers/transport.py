"""How requests come in: over Slack's sockets, or as signed HTTP. Both hand them to a small pool of threads."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from typing import Any

import aiohttp
import structlog
import uvicorn
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import SocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from handlers import health
from handlers.requests import Clock

log = structlog.get_logger(__name__)

EVENTS_PATH = "/slack/events"
# SQLite has one writer, and a request is a few milliseconds: more threads would only wait.
THREADS = 8
# What is waiting beyond this could not be answered within Slack's three seconds.
MOST_WAITING = 400
DRAIN_SECONDS = 3
MOST_BODY_BYTES = 1_000_000
MOST_DIGITS = 20  # of a timestamp: Python refuses to read a number of more than 4,300


class Intake:
    """Hands requests to Bolt, on threads, and no more of them than can be answered in time."""

    def __init__(self, app: App, clock: Clock, pool: Executor) -> None:
        self.app = app
        self._clock = clock
        self._pool = pool
        self._waiting = 0
        self.idle = asyncio.Event()
        self.idle.set()

    async def take(
        self, body: str | dict[str, Any], headers: Mapping[str, Any] | None, mode: str = "http"
    ) -> BoltResponse | None:
        """Returns Bolt's response, or None for a request that is one too many."""
        if self._waiting >= MOST_WAITING:
            log.warning("one request too many", waiting=self._waiting)
            return None
        self._waiting += 1
        self.idle.clear()
        try:
            context = {"arrived_at": self._clock()}
            request = BoltRequest(body=body, headers=headers, context=context, mode=mode)  # type: ignore[arg-type]
            return await asyncio.get_running_loop().run_in_executor(self._pool, self.app.dispatch, request)
        finally:
            self._waiting -= 1
            if self._waiting == 0:
                self.idle.set()


class Socket(SocketModeHandler):
    """Bolt's handler of Slack's sockets, with the work done on the pool instead of in the event loop."""

    def __init__(self, intake: Intake, app_token: str, api_url: str) -> None:
        super().__init__(intake.app, app_token, web_client=AsyncWebClient(token=app_token, base_url=api_url))
        self._intake = intake

    async def connect(self, stop: asyncio.Event) -> None:
        """Connects, trying until it succeeds or the program is to stop; raises SlackApiError for a token Slack does not take."""
        with contextlib.suppress(
            aiohttp.ClientError, TimeoutError
        ):  # what is passing, connecting tries again by itself
            await self._ask_for_a_socket()
        connecting = asyncio.ensure_future(self.connect_async())  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in (connecting, stopping):
            task.cancel()

    async def _ask_for_a_socket(self) -> None:
        try:
            self.client.wss_uri = await self.client.issue_new_wss_url()
        except SlackApiError:
            await self.close_async()  # type: ignore[no-untyped-call]
            raise

    async def drain(self) -> None:
        """Waits until what came in is answered, as long as an answer is worth anything."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._intake.idle.wait(), DRAIN_SECONDS)

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Takes one envelope, and acknowledges it if Bolt did."""
        started = time.time()
        response = await self._intake.take(req.payload, build_headers(req), mode="socket_mode")
        if response is not None:
            await send_async_response(client, req, response, started)


def http_app(intake: Intake | None) -> Starlette:
    """Returns what is served over HTTP: health, and Slack's requests where they come that way."""

    async def take_request(request: Request) -> Response:
        body = await _body(request)
        if body is None or not _is_plausible(request):
            return PlainTextResponse("this is no request of Slack's", status_code=401)
        assert intake is not None
        response = await intake.take(body, request.headers)
        if response is None:
            return PlainTextResponse("too many requests are waiting", status_code=503)
        return to_starlette_response(response)

    served = health.routes()
    if intake is not None:
        served.append(Route(EVENTS_PATH, take_request, methods=["POST"]))
    return Starlette(routes=served)


class Server(uvicorn.Server):
    """A uvicorn that leaves signals to this program."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


async def serve(http: Starlette, host: str, port: int, socket: Socket | None) -> None:
    """Serves until SIGTERM or SIGINT, then stops cleanly: no socket is left behind for Slack to send to."""
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    server = Server(uvicorn.Config(http, host=host, port=port, log_config=None, access_log=False, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    serving.add_done_callback(lambda _: stop.set())
    if socket is not None:
        await socket.connect(stop)
    log.info("serving", transport="socket" if socket else "http", port=port)
    await stop.wait()
    if socket is not None:
        await socket.drain()
        await socket.close_async()  # type: ignore[no-untyped-call]
    server.should_exit = True
    await serving


async def _body(request: Request) -> str | None:
    """Returns the body, or None for one that Slack would never send."""
    if int(request.headers.get("content-length") or 0) > MOST_BODY_BYTES:
        return None
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > MOST_BODY_BYTES:
            return None
    try:
        return read.decode()
    except UnicodeDecodeError:
        return None


def _is_plausible(request: Request) -> bool:
    """Says whether Bolt can check the signature.

    A timestamp that is no number or one without end, or a signature that is not ASCII, would end in a 500.
    """
    timestamp = request.headers.get("x-slack-request-timestamp", "0")
    is_number = timestamp.isascii() and timestamp.isdigit() and len(timestamp) < MOST_DIGITS
    return is_number and request.headers.get("x-slack-signature", "").isascii()
