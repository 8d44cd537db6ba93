"""python -m playground: it serves, runs a bot beside itself, keeps its data and stops when told."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from playground import __main__, child
from playground.manifest import manifest_from
from playground.seed import AUSTIN, reset
from playground.slack import Slack
from tests.playground.conftest import MANIFEST

ROOT = Path(__file__).parents[2]
TELL = "import os, json; print(json.dumps({k: os.environ[k] for k in os.environ if k.startswith(('SLACK', 'CLOCK'))}))"


def playground(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "playground", "--port", "0", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_it_says_where_to_look_keeps_its_data_and_stops(tmp_path: Path) -> None:
    data, clock = tmp_path / "data.json", tmp_path / "clock"
    with playground("--data", str(data), "--clock", str(clock)) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[1]
        body = json.dumps({"add": 3600}).encode()
        with urllib.request.urlopen(f"{url}/playground/clock", body, timeout=5) as answer:
            assert json.load(answer)["offset"] == 3600
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert float(clock.read_text()) == 3600
    assert json.loads(data.read_text())["workspaces"][0]["name"] == "Austin Builders"


def test_the_bot_beside_it_finds_it_and_its_end_is_its_end(tmp_path: Path) -> None:
    bot = tmp_path / "bot.py"
    bot.write_text(f"{TELL}\nraise SystemExit(7)\n")
    with playground("--clock", str(tmp_path / "clock"), "--run", f"{sys.executable} {bot}") as process:
        output, _ = process.communicate(timeout=20)
    opened, environment, ended = output.splitlines()
    found = json.loads(environment)
    assert found["SLACK_API_URL"] == f"{opened.split()[1]}/api/"
    assert (found["SLACK_BOT_TOKEN"], found["SLACK_APP_TOKEN"]) == ("xoxb-playground", "xapp-playground")
    assert found["CLOCK_FILE"] == str(tmp_path / "clock")
    assert "ended by itself with code 7" in ended
    assert process.returncode == 7


def test_the_bot_is_stopped_first(tmp_path: Path) -> None:
    bot = tmp_path / "bot.py"
    bot.write_text(
        "import os, signal, sys\n"
        "def stop(*_): os.write(1, b'goodbye\\n'); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, stop)\n"
        "print('hello', flush=True)\n"
        "while True: signal.pause()\n"
    )
    with playground("--run", f"{sys.executable} {bot}") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Open http")
        assert process.stdout.readline() == "hello\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "goodbye\n"
        assert process.wait(10) == 0


def test_a_taken_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "playground", "--port", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=20)
    assert done.stdout == f"Port {port} is in use. Try: make try PORT={port + 1}\n"
    assert (done.returncode, done.stderr) == (1, "")


def test_a_bot_that_is_not_there_is_one_sentence() -> None:
    with playground("--run", "no-such-bot --now") as process:
        output, _ = process.communicate(timeout=20)
    assert output.splitlines()[1] == "“no-such-bot --now” could not be started: No such file or directory."
    assert process.returncode == 1


def test_without_a_clock_file_the_bot_is_given_none() -> None:
    slack = Slack(manifest_from(MANIFEST))
    reset(slack, AUSTIN)
    given = child.environment(slack, None)
    assert given["SLACK_SIGNING_SECRET"] == "playground-secret"
    assert "CLOCK_FILE" not in given
    assert __main__.main.__doc__
