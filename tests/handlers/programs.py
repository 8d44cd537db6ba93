"""The real program beside a pretend Slack whose sockets a test can reach, break and look at."""

import asyncio
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from playground.server import Running, serve_in_thread
from playground.slack import Slack
from tests.cast import AUSTIN, cast
from tests.conftest import NoSender
from tests.conversation import World
from tests.lookout import look_through
from tests.test_program import ROOT, environment, until

BOB = "U2BOB"
PEOPLE = ("U1ALICE", "U2BOB", "U3CAROL", "U4DAN", "U5EVE")


@dataclass
class Program:
    """The program beside a pretend Slack whose sockets a test can reach."""

    slack: Running
    world: World
    process: subprocess.Popen[bytes]
    url: str
    written: list[str] = field(default_factory=list)

    def sockets(self) -> list[web.WebSocketResponse]:
        """Returns the sockets that Slack holds open."""
        return list(self.slack.slack.deliveries.carrier.sockets)  # type: ignore[union-attr]

    def in_slack(self, doing: Callable[[], Any]) -> Any:
        """Does something where only Slack's own thread may, and returns what came of it."""

        async def do() -> Any:
            result = doing()
            return await result if asyncio.iscoroutine(result) else result

        return asyncio.run_coroutine_threadsafe(do(), self.slack._loop).result(10)

    def give(self, number: int) -> str:
        """Types a command and returns what became of it: acked, or what the member is told instead."""
        who = PEOPLE[number % 5]
        text = f"/give {'Jane Doe (Acme)' if who == BOB else f'<@{BOB}>'} tour {number}"
        act = {"as": who, "do": "say", "channel": AUSTIN, "text": text}
        return str(self.world.ask("act", act)["status"])


@contextmanager
def beside(
    folder: Path, *command: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC), **settings: str
) -> Iterator[Program]:
    """Runs `app.py`, or what is named instead, beside a pretend Slack that it has opened a socket to."""
    running = serve_in_thread(Slack(clock=clock))
    world = World(running.url, "", NoSender(), None)  # type: ignore[arg-type]
    world.ask("manage", {"do": "reset", "cast": cast()})
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = environment(world, folder, PORT=str(port), **settings)
    started = [sys.executable, *(command or ("app.py",))]
    with subprocess.Popen(started, cwd=ROOT, env=given, stderr=subprocess.PIPE) as process:
        program = Program(running, world, process, f"http://127.0.0.1:{port}")
        assert process.stderr is not None
        lines = iter(process.stderr.readline, b"")
        reading = threading.Thread(target=lambda: program.written.extend(line.decode() for line in lines))
        reading.start()
        try:
            until(lambda: program.sockets())
            yield program
        finally:
            process.terminate()
            process.wait(20)
            reading.join()
            running.stop()
    look_through("".join(program.written))


def reset(*connections: web.WebSocketResponse) -> None:
    """Resets TCP connections, as a router that restarts does: no goodbye."""
    for connection in connections:
        transport = connection._req.transport  # type: ignore[union-attr]
        assert transport is not None
        raw = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
