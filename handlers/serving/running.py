"""Serves until the program is told to stop, and stops it in order and in time."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import structlog

from handlers.outbound.sender import Sender
from handlers.requests import Clock
from handlers.serving.pulse import Pulse
from handlers.serving.sockets import Sockets
from handlers.serving.transport import Server
from storage.database import Database

log = structlog.get_logger(__name__)

# Whoever stops a container waits for thirty seconds, or for ten, and then kills.
STOP_WITHIN = 15


@contextmanager
def sending(sender: Sender, database: Database, clock: Clock, pulse: Pulse) -> Iterator[Callable[[], None]]:
    """Sends what is due on a thread of its own, and gives what wakes it; at the end, what is being sent is finished."""
    woken, stopped = threading.Event(), threading.Event()

    def run() -> None:
        while not stopped.is_set():
            free_at = sender.free_at
            woken.wait(None if free_at is None else max((free_at - clock()).total_seconds(), 0.05))
            woken.clear()
            try:
                sender.send_due()
            except Exception:
                log.exception("sending stopped short")

    thread = threading.Thread(target=run, name="sender")
    thread.start()
    pulse.is_sending = thread.is_alive
    database.on_outgoing = woken.set
    try:
        yield woken.set
    finally:
        stopped.set()
        sender.is_stopping = True
        woken.set()
        thread.join()


def end_in_time(code: int) -> None:
    """Ends the program with this exit code, unless it ends by itself in time.

    It does not where a listener or a post hangs in a network that gives no answer. What is left then is what a power cut leaves:
    requests that were not answered, and posts that are looked for at the next start.
    """

    def end() -> None:
        log.warning("stopped before everything was finished", after_seconds=STOP_WITHIN)
        os._exit(code)

    timer = threading.Timer(STOP_WITHIN, end)
    timer.daemon = True
    timer.start()


async def serve(servers: Sequence[Server], sockets: Sockets | None, on_stop: Callable[[int], None]) -> None:
    """Serves until SIGTERM or SIGINT, or until it cannot go on; raises NoPort, and what the sockets raise.

    `on_stop` is called first, with the exit code that is to be: nothing new is begun from then on. Then the sockets are closed,
    once what came in is answered, so that Slack sends nothing after us; then HTTP.
    """
    for server in servers:
        server.bind()
    stop, told = asyncio.Event(), asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, told.set)
    serving = [asyncio.create_task(server.serve_bound()) for server in servers]
    if sockets is not None:
        serving.append(asyncio.create_task(sockets.run(stop)))
    telling = asyncio.create_task(told.wait())
    log.info("serving", transport="http" if sockets is None else "socket", ports=[one.config.port for one in servers])
    await asyncio.wait({telling, *serving}, return_when=asyncio.FIRST_COMPLETED)
    telling.cancel()
    on_stop(0 if told.is_set() else 1)
    stop.set()
    if sockets is not None:
        await asyncio.wait(serving[-1:])
    for server in servers:
        server.should_exit = True
    await asyncio.wait(serving)
    for task in serving:
        task.result()
