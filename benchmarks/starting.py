"""The program itself against a pretend Slack: how long until it answers its first command, and what it weighs then."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measuring import ROUNDS, head, show
from playground import seed
from playground.manifest import manifest_here
from playground.server import serve_in_thread
from playground.slack import Slack

ROOT = Path(__file__).parent.parent
MOST_SECONDS, MOST_MEGABYTES = 2, 120
# Half by each of two members: nobody may record more than thirty a day.
COMMANDS = 50
LOOK_EVERY_SECONDS = 0.01


def run(folder: Path) -> None:
    """Measures and prints."""
    head(f"Starting `python app.py run` over Socket Mode: best of {ROUNDS} starts")
    with _slack() as slack:
        files = [folder / f"started{number}.db" for number in range(ROUNDS)]
        first = min(_start(slack, file)[0] for file in files)
        again = [_start(slack, file, COMMANDS) for file in files]
    goal = f"goal: under {MOST_SECONDS} s"
    show("first answer, tables still to be made", f"{first:.2f} s", goal=goal)
    show("first answer, tables there", f"{min(seconds for seconds, _ in again):.2f} s", goal=goal)
    goal = f"goal: under {MOST_MEGABYTES} MB"
    for field, what in (("VmRSS", "memory after {} commands"), ("VmHWM", "memory at its most")):
        show(what.format(COMMANDS), f"{min(memory[field] for _, memory in again):.0f} MB", goal=goal)


@contextmanager
def _slack() -> Iterator[str]:
    slack = Slack(manifest_here(), clock=lambda: datetime.now(UTC))
    seed.reset(slack, seed.AUSTIN)
    server = serve_in_thread(slack)
    try:
        yield server.url
    finally:
        server.stop()


def _start(slack: str, database: Path, commands: int = 1) -> tuple[float, dict[str, float]]:
    """Starts the program and stops it again; returns seconds to its first answer, and megabytes after so many."""
    settings = {
        "ENV_FILE": "", "SLACK_API_URL": f"{slack}/api/", "SLACK_BOT_TOKEN": "xoxb-playground",
        "SLACK_APP_TOKEN": "xapp-playground", "DATABASE_URL": f"sqlite:///{database}", "TRANSPORT": "socket",
        "PORT": "0", "CLOCK_FILE": "", "LOG_LEVEL": "INFO",
    }  # fmt: skip
    began = time.perf_counter()
    program = subprocess.Popen(
        [sys.executable, "app.py", "run"], cwd=ROOT, env=os.environ | settings, stderr=subprocess.DEVNULL
    )
    try:
        while not _ask(slack, "state?as=U0ANA")["app"]["connected"]:
            if program.poll() is not None:
                raise RuntimeError(f"the program ended with {program.returncode}")
            time.sleep(LOOK_EVERY_SECONDS)
        _give(slack, 0)
        seconds = time.perf_counter() - began
        for number in range(1, commands):
            _give(slack, number)
        return seconds, _memory(program.pid)
    finally:
        program.terminate()
        program.wait(20)


def _give(slack: str, number: int) -> None:
    giver, helped = ("U0ANA", "U0RAJ") if number % 2 else ("U0RAJ", "U0ANA")
    channel = next(one for one in _ask(slack, f"state?as={giver}")["conversations"] if one["name"] == "austin-chapter")
    words = f"/give <@{helped}> with question {number} at {time.time_ns()}"
    said = _ask(slack, "act", {"as": giver, "do": "say", "channel": channel["id"], "text": words})
    if "Recorded for" not in str(said.get("answer")):
        raise RuntimeError(f"the command was not recorded: {said}")


def _ask(slack: str, path: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{slack}/playground/{path}", data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def _memory(pid: int) -> dict[str, float]:
    """Returns what Linux says of a process's memory, in megabytes of a million bytes."""
    lines = (line.split() for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {line[0].rstrip(":"): int(line[1]) * 1024 / 1_000_000 for line in lines if line[0] in ("VmRSS:", "VmHWM:")}
