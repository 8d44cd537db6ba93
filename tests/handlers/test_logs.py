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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cast import AUSTIN
from tests.conversation import Person, World, person_of
from tests.test_program import environment

ROOT = Path(__file__).parent.parent.parent
WORD = "zebrafinch"  # in everything that is typed here
# Nothing may hold one of these, at any level; a member can type them too.
TYPED = ("xoxb-1234-canary", "xapp-1-canary", "https://hooks.slack.com/commands/T1/canary", "canary@example.org")
SECRETS = ("xoxb-playground", "playground-secret", "/response/", "response_url", "canary")


@contextmanager
def _running(world: World, folder: Path, level: str, *command: str) -> Iterator[Path]:
    """Runs the program with HTTP, and gives the file of what it writes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    world.bot_url = f"http://127.0.0.1:{port}/slack/events"
    settings = {
        "ENV_FILE": "", "SLACK_API_URL": f"{world.url}/api/", "SLACK_BOT_TOKEN": "xoxb-playground", "TRANSPORT": "http",
        "SLACK_SIGNING_SECRET": "playground-secret", "DATABASE_URL": f"sqlite:///{folder}/good_turn.db",
        "PORT": str(port), "HEALTH_PORT": "0", "CLOCK_FILE": "", "LOG_LEVEL": level, "SLACK_APP_TOKEN": "",
    }  # fmt: skip
    written = folder / "log"
    with written.open("wb") as file:
        started = [sys.executable, *(command or ("app.py",))]
        program = subprocess.Popen(started, cwd=ROOT, env=dict(os.environ) | settings, stdout=file, stderr=file)
        try:
            _until_alive(f"http://127.0.0.1:{port}/healthz")
            world.ask("manage", {"do": "deliver", "url": world.bot_url})
            yield written
        finally:
            program.terminate()
            program.wait(20)


def _until_alive(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.URLError:
            assert time.monotonic() < deadline, "it did not start in time"
            threading.Event().wait(0.02)


def _talk(world: World) -> None:
    """Lets members use all the ways in which their words can arrive, and a stranger try one more."""
    alice, bob = person_of(world, "alice"), person_of(world, "bob")
    alice.types(f"/give @bob the {WORD} RFP")
    alice.types(f"/give @rajesh the {WORD} RFP")
    alice.types(f"/thanks @bob {WORD} advice {'x' * 600}")
    alice.types(f"/network {WORD} {' '.join(TYPED)}")
    alice.types(f"/give @bob {WORD} {' '.join(TYPED)}")
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
    causes = [line["cause"] for line in map(json.loads, lines) if line["event"] == "heard"]
    assert len(set(causes)) == len(causes)
    for line in lines:
        for secret in SECRETS:
            assert secret not in line
        assert WORD not in line or level == "DEBUG", line
        assert "Traceback" not in line, line


# A mistake of ours that carries all that a request holds, as a KeyError or a ValueError easily does.
CLUMSY = """
from handlers import routes
def run(listener, request):
    raise ValueError(f"{request.body!r} {request.client.token}")
routes._run = run
import app
app.commands(["run"])
"""


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_an_error_says_where_and_only_debug_says_what_was_typed(slack: World, tmp_path: Path, level: str) -> None:
    with _running(slack, tmp_path, level, "-c", CLUMSY) as written:
        slack.ask("act", {"as": "U1ALICE", "do": "say", "channel": AUSTIN, "text": f"/give {WORD} {' '.join(TYPED)}"})
    text = written.read_text()
    told = [line for line in map(json.loads, text.splitlines()) if "exception" in line]
    assert any("ValueError" in line["exception"] and "in run" in line["exception"] for line in told)
    assert all(line["cause"].startswith("trigger:") for line in told)
    assert (WORD in text) is (level == "DEBUG")
    for secret in SECRETS:
        assert secret not in text or (level, secret) == ("DEBUG", "response_url"), secret  # the field, not the address


FALLEN = """
import app
async def serve(*_):
    token = "xoxb-canary"
    raise RuntimeError(f"{token} zebrafinch")
app._serve = serve
app.commands(["run"])
"""


def test_what_ends_the_program_is_one_line_without_words_or_variables(slack: World, tmp_path: Path) -> None:
    given = environment(slack, tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", FALLEN], cwd=ROOT, env=given, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 1
    last = json.loads(done.stderr.splitlines()[-1])
    assert last["event"] == "ended by an error"
    assert last["exception"].endswith("RuntimeError")
    for secret in (*SECRETS, WORD, "Traceback"):
        assert secret not in done.stdout + done.stderr


PLANTED = """
import logging, sys, threading, structlog, logs
logs.set_up(sys.argv[1])
ours, theirs = structlog.get_logger("ours"), logging.getLogger("theirs")
for secret in sys.stdin.read().splitlines():
    ours.info("said", text=f"before {secret} after", inside={"a": [secret], secret: 1}, thing=Exception(secret))
    theirs.warning("before %s after", secret)
    try:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(f"zebrafinch {secret}") from error
    except ValueError as error:
        ours.exception("failed")
        theirs.exception(f"failed (error: {error})")
    def fall():
        raise ValueError(f"zebrafinch {secret}")
    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
"""
HIDDEN = {
    "xoxb-1-2-abc": "[token]", "xoxp-1-2-abc": "[token]", "xoxe.xoxp-1-abc": "[token]", "xapp-1-A1-abc": "[token]",
    "https://hooks.slack.com/actions/T1/2/abc": "[address]", "http://127.0.0.1:9/response/T1-4": "[address]",
    "raj@example.org": "[e-mail]", "raj.o'neil+x@mail.example.co.uk": "[e-mail]",
}  # fmt: skip
SHOWN = (
    "https://api.slack.com/methods/chat.postMessage",
    "taxi-app",
    "@channel",
    "xoxo",
    "a @ b.c",
    "\u00e9t\u00e9 \u6771\u4eac",
)


def _planted(level: str, texts: Iterable[str]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-c", PLANTED, level], cwd=ROOT, input="\n".join(texts), capture_output=True, text=True,
        timeout=30, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stderr.splitlines()]


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_whatever_looks_like_a_secret_is_taken_out_wherever_it_stands(level: str) -> None:
    lines = _planted(level, HIDDEN)
    assert len(lines) == 5 * len(HIDDEN)
    for line in lines:
        for secret in HIDDEN:
            assert secret not in json.dumps(line), line
        assert ("zebrafinch" in json.dumps(line)) is (level == "DEBUG" and "exception" in line), line
    said = [line for line in lines if line["event"] == "said"]
    assert [line["text"] for line in said] == [f"before {instead} after" for instead in HIDDEN.values()]
    assert all("ValueError" in line["exception"] and "KeyError" in line["exception"] for line in lines[2::5])


def test_what_is_no_secret_is_left_as_it_is() -> None:
    said = [line["text"] for line in _planted("INFO", SHOWN) if line["event"] == "said"]
    assert said == [f"before {text} after" for text in SHOWN]
