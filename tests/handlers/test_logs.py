"""What the program writes down while people talk to it: what was heard, and no token, no address and no word of theirs."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conversation import Person, World

ROOT = Path(__file__).parent.parent.parent
WORD = "zebrafinch"  # in everything that is typed here
SECRETS = ("xoxb-playground", "playground-secret", "/response/", "response_url")


@contextmanager
def _running(world: World, folder: Path, level: str) -> Iterator[Path]:
    """Runs the program with HTTP, and gives the file of what it writes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    world.bot_url = f"http://127.0.0.1:{port}/slack/events"
    settings = {
        "ENV_FILE": "", "SLACK_API_URL": f"{world.url}/api/", "SLACK_BOT_TOKEN": "xoxb-playground", "TRANSPORT": "http",
        "SLACK_SIGNING_SECRET": "playground-secret", "DATABASE_URL": f"sqlite:///{folder}/good_turn.db",
        "PORT": str(port), "CLOCK_FILE": "", "LOG_LEVEL": level, "SLACK_APP_TOKEN": "",
    }  # fmt: skip
    written = folder / "log"
    with written.open("wb") as file:
        command = [sys.executable, "app.py"]
        program = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ) | settings, stdout=file, stderr=file)
        try:
            _until_alive(f"http://127.0.0.1:{port}/healthz")
            world.ask("manage", {"do": "deliver", "url": world.bot_url})
            yield written
        finally:
            program.terminate()
            program.wait(20)


def _until_alive(url: str) -> None:
    deadline = time.monotonic() + 15
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.URLError:
            assert time.monotonic() < deadline, "it did not start in time"
            threading.Event().wait(0.02)


def _talk(world: World) -> None:
    """Lets members use all the ways in which their words can arrive, and a stranger try one more."""
    alice, bob = world.person("alice"), world.person("bob")
    alice.types(f"/give @bob the {WORD} RFP")
    alice.types(f"/give @rajesh the {WORD} RFP")
    alice.types(f"/thanks @bob {WORD} advice {'x' * 600}")
    alice.types(f"/network {WORD}")
    alice.clicks("Undo")
    _give_in_a_form(alice)
    bob.writes_to_the_bot(f"is this {WORD} read?")
    unsigned = urllib.request.Request(world.bot_url, f"text={WORD}&token=xoxb-playground".encode())
    with pytest.raises(urllib.error.HTTPError, match="401") as refused:
        urllib.request.urlopen(unsigned, timeout=5)
    refused.value.close()


def _give_in_a_form(person: Person) -> None:
    person.types("/give")
    person.fills("Who did you help?", ["bob"])
    person.fills("What happened?", f"the {WORD} RFP, again")
    person.submits()


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_a_log_says_what_was_heard_and_gives_nobody_away(slack: World, tmp_path: Path, level: str) -> None:
    with _running(slack, tmp_path, level) as written:
        _talk(slack)
    lines = written.read_text().splitlines()
    heard = [line["what"] for line in map(json.loads, lines) if line["event"] == "heard"]
    assert {"/give", "/thanks", "/network", "acts.undo", "acts.recorded", "message"} <= set(heard)
    for line in lines:
        for secret in SECRETS:
            assert secret not in line
        assert WORD not in line or level == "DEBUG", line
        assert "Traceback" not in line, line
