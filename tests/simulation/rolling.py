"""Several programs at once on one database: some are ended by SIGKILL, others are replaced, while time flies."""

import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from tests.conversation import World
from tests.simulation.killing import LONGEST_LIFE, Start
from tests.test_program import _status, until

AT_ONCE = 3
KILLED = 0.6  # of those that end; the others are replaced, the oldest first
# A post that hangs for the 100 seconds after which it may be doubled would have to hang for seven seconds of this machine's.
TIMES_FASTER = 14
STEP = (
    0.1  # seconds between two moves of the clock: a move is shorter than the time in which a command has to be answered
)


@dataclass
class Shift:
    """A while in which several programs work, of whom none stays; says how they ended, and how long it took."""

    minutes: float
    number: int = 0
    killed: int = 0
    replaced: int = 0
    passed: timedelta = timedelta(0)

    def __call__(self, world: World, start: Start) -> int:
        """Keeps so many programs at work for so many minutes of the pretend Slack's time; returns how many were killed."""
        chance, began = Random(self.number), world.now()
        programs = [one for one, _ in _all_ready([start_at_a_port(start) for _ in range(AT_ONCE)])]
        with _time_flying(world):
            while world.now() < began + timedelta(minutes=self.minutes):
                threading.Event().wait(chance.uniform(0, LONGEST_LIFE))
                if chance.random() < KILLED:
                    kill(programs.pop(chance.randrange(AT_ONCE)))
                    programs.append(ready(start)[0])
                    self.killed += 1
                else:
                    programs.append(ready(start)[0])
                    stop(programs.pop(0))
                    self.replaced += 1
        self.passed = world.now() - began
        for program in programs:  # all at once, while people go on
            kill(program)
        self.killed += AT_ONCE
        return self.killed

    def __str__(self) -> str:
        minutes = self.passed.total_seconds() / 60
        return f"{AT_ONCE} programs for {minutes:.0f} minutes of virtual time, {self.replaced} of them replaced"


def ready(start: Start) -> tuple[Any, int]:
    """Starts a program, and returns it with its port once it says that it is ready."""
    return _all_ready([start_at_a_port(start)])[0]


def start_at_a_port(start: Start) -> tuple[Any, int]:
    """Starts a program, and returns it with its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return start(PORT=str(port)), port


def stop(program: Any) -> None:
    """Asks a program to end, as a supervisor does, and sees that it does so in order."""
    assert program.poll() is None, "it goes on until it is stopped"
    program.send_signal(signal.SIGTERM)
    assert program.wait(20) == 0


def kill(program: "subprocess.Popen[bytes]") -> None:
    """Ends a program that went on until now, with no word of warning."""
    assert program.poll() is None, "it goes on until it is killed"
    program.kill()
    program.wait(20)


def _all_ready(started: list[tuple[Any, int]]) -> list[tuple[Any, int]]:
    for _, port in started:
        until(lambda at=port: _status(f"http://127.0.0.1:{at}/readyz") == 200)  # type: ignore[misc]
    return started


@contextmanager
def _time_flying(world: World) -> Iterator[None]:
    """Has the pretend Slack's clock, and with it the programs', go many times as fast."""
    ended = threading.Event()

    def move() -> None:
        while not ended.wait(STEP):
            world.ask("clock", {"add": STEP * (TIMES_FASTER - 1)})

    thread = threading.Thread(target=move)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
