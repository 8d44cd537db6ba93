"""How requests come in, by socket or as signed HTTP: both hand them to a small pool of threads. And what is served over HTTP."""

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import structlog
import uvicorn
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_starlette_response
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from handlers.metrics import Metrics
from handlers.payloads import is_readable
from handlers.requests import Clock
from handlers.serving import health

log = structlog.get_logger(__name__)

Pages = Sequence[Route]
EVENTS_PATH = "/slack/events"
# SQLite has one writer, and a request is a few milliseconds: more threads would only wait.
THREADS = 8
# What is waiting beyond this could not be answered within Slack's three seconds.
MOST_WAITING = 400
# For an event nobody waits. It is worth its work also when it is late, since Slack then delivers it again, and finds it done.
EVENT_THREADS = 2
MOST_EVENTS_WAITING = 10_000  # some 20 MB
# An answer is worth something for three seconds, and whoever sends half a request must not hold us up.
HTTP_DRAIN_SECONDS = 4
MOST_BODY_BYTES = 1_000_000
MOST_DIGITS = 20  # of a timestamp: Python refuses to read a number of more than 4,300


class Intake:
    """Hands requests to Bolt, on threads, and no more of them than can be answered in time.

    Events have threads of their own: a thousand that come at once must not stand before somebody's command.
    """

    def __init__(self, app: App, clock: Clock, pool: Executor, event_pool: Executor, metrics: Metrics) -> None:
        self._app = app
        self._clock = clock
        self._requests, self._events = _Queue(pool), _Queue(event_pool)
        self._metrics = metrics

    async def take(
        self, body: str | dict[str, Any], headers: Mapping[str, Any] | None, mode: str = "http"
    ) -> BoltResponse | None:
        """Returns Bolt's response, or None for a request that is one too many."""
        context = {"arrived_at": self._clock(), "began": time.monotonic()}
        request = _read(body, headers, context, mode) if is_readable(body) else None
        if request is None:
            log.warning("a request that Slack would not send")
            return BoltResponse(status=401, body="this is no request of Slack's")
        is_event = _is_event(body)
        queue = self._events if is_event else self._requests
        if queue.waiting >= (MOST_EVENTS_WAITING if is_event else MOST_WAITING):
            log.warning("one request too many", waiting=queue.waiting)
            return None
        queue.waiting += 1
        started = time.perf_counter()
        try:
            return await asyncio.get_running_loop().run_in_executor(queue.pool, self._app.dispatch, request)
        finally:
            queue.waiting -= 1
            self._metrics.observe("ack_seconds", time.perf_counter() - started)


@dataclass
class _Queue:
    """A pool of threads, and how much waits for it."""

    pool: Executor
    waiting: int = 0


class Threads(ThreadPoolExecutor):
    """Threads whose log lines carry the cause of whoever gave them the work."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hands work to a thread, with what is bound to the log at this moment."""
        return super().submit(copy_context().run, fn, *args, **kwargs)


def http_app(intake: Intake | None, watch: health.Watch | None = None, pages: Pages = ()) -> Starlette:
    """Returns what is served over HTTP: health, more of it for whoever may `watch`, Slack's requests where they come so."""

    async def take_request(request: Request) -> Response:
        body = await _body(request)
        if body is None or not _is_plausible(request):
            return PlainTextResponse("this is no request of Slack's", status_code=401)
        assert intake is not None
        response = await intake.take(body, request.headers)
        if response is None:
            return PlainTextResponse("too many requests are waiting", status_code=503)
        return to_starlette_response(response)

    served = [*health.routes(watch), *pages]
    if intake is not None:
        served.append(Route(EVENTS_PATH, take_request, methods=["POST"]))
    return Starlette(routes=served)


class NoPort(Exception):
    """A port cannot be listened at: somebody else does, or the program may not."""


class Server(uvicorn.Server):
    """A uvicorn that leaves signals and logs to this program."""

    bound: socket.socket | None = None

    def __init__(self, http: Starlette, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                http,
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=HTTP_DRAIN_SECONDS,
            )
        )

    def bind(self) -> None:
        """Takes its port, which it serves at from then on. Raises NoPort where that cannot be had."""
        try:
            self.bound = socket.create_server((self.config.host, self.config.port))
        except OSError as error:
            raise NoPort(f"{self.config.port}: {os.strerror(error.errno or 0)}") from None

    async def serve_bound(self) -> None:
        """Serves at the port that was taken."""
        assert self.bound is not None
        await self.serve([self.bound])

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


def _read(
    body: str | dict[str, Any], headers: Mapping[str, Any] | None, context: dict[str, Any], mode: str
) -> BoltRequest | None:
    """Returns a request as Bolt reads it, or None where it cannot, as a form says of itself that it is JSON.

    Bolt takes a form with this word anywhere for an interaction, and finds nothing in it: a command in which somebody typed it,
    or in whose channel's name it is, would be heard by nobody. Written otherwise it is the same form, and what was signed stays.
    """
    read = body
    is_form = isinstance(body, str) and "payload" in body and not body.startswith("{")
    if is_form and not any(name == "payload" for name, _ in parse_qsl(str(body))):
        read = str(body).replace("payload", "p%61yload")
    try:
        request = BoltRequest(body=read, headers=headers, context=context, mode=mode)  # type: ignore[arg-type]
    except ValueError:
        return None
    if isinstance(body, str):
        request.raw_body = body
    return request


def _is_event(body: str | dict[str, Any]) -> bool:
    """Says whether a request is an event: over HTTP those alone are JSON, all else is a form."""
    return body.startswith("{") if isinstance(body, str) else "event" in body


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
