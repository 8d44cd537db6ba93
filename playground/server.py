"""The HTTP shell around the core: started in this program's loop, or in a thread of its own for tests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from playground import http_oauth, http_page, http_slack
from playground.http_slack import CLOSING, SLACK, WIRES
from playground.slack import Slack
from playground.wires import Wires

HOST = "127.0.0.1"
LARGEST_BODY = 32 * 1024 * 1024
RESEND_EVERY = 0.25  # seconds between looks for events whose next attempt is due, and for what lands late
START_WITHIN = STOP_WITHIN = 10  # seconds


@dataclass
class Running:
    """A server in a thread. While it runs, only its own thread may change the core."""

    slack: Slack
    url: str
    _loop: asyncio.AbstractEventLoop
    _stopping: asyncio.Event
    _thread: threading.Thread

    def stop(self) -> None:
        """Closes every connection and waits until the thread has ended."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(STOP_WITHIN)


@asynccontextmanager
async def serving(slack: Slack, port: int = 0) -> AsyncIterator[str]:
    """Serves inside a running loop, and gives the address; raises OSError when the port is taken."""
    app = web.Application(client_max_size=LARGEST_BODY)
    wires = Wires(slack)
    app[SLACK], app[WIRES], app[CLOSING] = slack, wires, asyncio.Event()
    app.add_routes([*http_slack.routes(), *http_oauth.routes(), *http_page.routes()])
    app.on_shutdown.append(_close)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    resending = asyncio.create_task(_resend(slack))
    try:
        site = web.TCPSite(runner, HOST, port, backlog=512)
        await site.start()
        slack.base_url = f"http://{HOST}:{runner.addresses[0][1]}"
        slack.deliveries.carrier = slack.wiring = wires
        yield slack.base_url
    finally:
        resending.cancel()
        slack.deliveries.carrier = slack.wiring = None
        slack.deliveries.forget()
        await runner.cleanup()


def serve_in_thread(slack: Slack, port: int = 0) -> Running:
    """Starts a server in a thread and returns once it listens; `stop` it in the end."""
    started = threading.Event()
    given: list[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = []
    failures: list[OSError] = []

    async def run() -> None:
        stopping = asyncio.Event()
        try:
            async with serving(slack, port) as url:
                given.append((url, asyncio.get_running_loop(), stopping))
                started.set()
                await stopping.wait()
        except OSError as error:
            failures.append(error)
            started.set()

    thread = threading.Thread(target=lambda: asyncio.run(run()), name="playground", daemon=True)
    thread.start()
    started.wait(START_WITHIN)
    if failures:
        thread.join(STOP_WITHIN)
        raise failures[0]
    url, loop, stopping = given[0]
    return Running(slack, url, loop, stopping, thread)


async def _close(app: web.Application) -> None:
    app[CLOSING].set()
    await app[WIRES].close()


async def _resend(slack: Slack) -> None:
    while True:
        await asyncio.sleep(RESEND_EVERY)
        slack.catch_up()
        slack.deliveries.resend_due()
