"""The program itself, as an operator starts it: over real sockets, stopped by a signal, started again."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conversation import Person, World
from tests.lookout import look_through

ROOT = Path(__file__).parent.parent


def environment(world: World | None, folder: Path, **changes: str) -> dict[str, str]:
    ours = {key: value for key, value in os.environ.items() if not key.startswith("SLACK_")}
    url = world.url if world else "http://127.0.0.1:9"
    settings = {
        "ENV_FILE": "", "SLACK_API_URL": f"{url}/api/", "SLACK_BOT_TOKEN": "xoxb-playground",
        "SLACK_APP_TOKEN": "xapp-playground", "DATABASE_URL": f"sqlite:///{folder}/good_turn.db", "PORT": "0",
        "BACKUP_FOLDER": "", "TRANSPORT": "socket", "CLOCK_FILE": "", "LOG_LEVEL": "INFO",
    }  # fmt: skip
    return ours | settings | changes


@contextmanager
def running(world: World, folder: Path, *words: str, as_whom: str = "U1ALICE") -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "app.py", *words]
    given, written = environment(world, folder, LOG_LEVEL="DEBUG"), list[bytes]()
    with subprocess.Popen(command, cwd=ROOT, env=given, stderr=subprocess.PIPE) as program:
        drained = threading.Thread(target=lambda: written.append(program.stderr.read()), daemon=True)  # type: ignore[union-attr]
        drained.start()
        try:
            until(lambda: world.ask(f"state?as={as_whom}")["app"]["connected"])
            yield program
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(20)
            drained.join()
    look_through(b"".join(written).decode())


def command(folder: Path, *words: str, **changes: str) -> tuple[int, str]:
    """Runs one of the program's commands away from Slack; returns its exit code, and all that it says."""
    ran = [sys.executable, "app.py", *words]
    given = environment(None, folder, LOG_LEVEL="WARNING", **changes)
    done = subprocess.run(ran, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False)
    look_through(done.stdout + done.stderr)
    return done.returncode, done.stdout + done.stderr


def until(holds: Callable[[], Any], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about in time"
        threading.Event().wait(0.02)


def test_it_serves_over_sockets_stops_at_a_signal_and_loses_nothing(slack: World, tmp_path: Path) -> None:
    alice, bob = Person(slack, "alice", "U1ALICE"), Person(slack, "bob", "U2BOB")
    with running(slack, tmp_path, "run") as program:
        alice.types("/give @bob the airport RFP went out today")
        alice.sees("Recorded for Bob")
        until(lambda: "Alice recorded a good turn for you" in bob.text())
    assert program.returncode == 0
    with running(slack, tmp_path) as again:
        bob.clicks("Thanks, it helped")
        until(lambda: "Bob says it helped" in alice.text())
        alice.opens_home()
        until(lambda: "1 person helped" in alice.text())
    assert again.returncode == 0


def test_wrong_settings_are_said_all_at_once_and_nothing_starts(tmp_path: Path) -> None:
    given = environment(None, tmp_path, SLACK_BOT_TOKEN="secret-of-mine", TRANSPORT="pigeon", PORT="many")
    done = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=given, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 2
    for name in ("SLACK_BOT_TOKEN", "TRANSPORT", "PORT"):
        assert f"{name} " in done.stderr
    assert "secret-of-mine" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_token_that_slack_does_not_take_is_said_in_one_line(slack: World, tmp_path: Path) -> None:
    for wrong in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        token = "xoxb-stale" if wrong == "SLACK_BOT_TOKEN" else "xapp-stale"
        given = environment(slack, tmp_path, **{wrong: token})
        done = subprocess.run(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=given,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 2
        assert "Slack does not take the tokens. Look at SLACK_BOT_TOKEN and SLACK_APP_TOKEN." in done.stderr
        assert "Traceback" not in done.stderr
        assert token not in done.stderr


def test_a_port_that_somebody_else_has_is_said_in_one_line(slack: World, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        given = environment(slack, tmp_path, PORT=str(port))
        done = subprocess.run(
            [sys.executable, "app.py"], cwd=ROOT, env=given, capture_output=True, text=True, timeout=30, check=False
        )
    assert done.returncode == 2
    assert f"Nothing can be served at port {port}: Address already in use." in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert '"serving"' not in done.stderr


@pytest.mark.parametrize("words", [["run"], ["migrate"], ["backup"], ["outbox", "list"]])
def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "file").touch()
    code, says = command(tmp_path, *words, DATABASE_URL=f"sqlite:///{tmp_path}/file/good_turn.db")
    assert code == 2
    assert says.startswith(f"The database has no place ({tmp_path}/file: ")
    assert says.count("\n") == 1


def test_over_http_the_figures_are_for_this_machine_alone(slack: World, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        public, own = one.getsockname()[1], other.getsockname()[1]
    given = environment(
        slack, tmp_path, TRANSPORT="http", SLACK_SIGNING_SECRET="secret", PORT=str(public), HEALTH_PORT=str(own)
    )
    with subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=given, stderr=subprocess.DEVNULL) as program:
        until(lambda: _status(f"http://127.0.0.1:{own}/readyz") == 200 == _status(f"http://127.0.0.1:{public}/healthz"))
        assert [_status(f"http://127.0.0.1:{own}{path}") for path in WATCHED] == [200, 200, 200, 404]
        assert [_status(f"http://127.0.0.1:{public}{path}") for path in WATCHED] == [200, 404, 404, 405]
        # Another address of this machine's: what listens on all of them answers there, too.
        assert _status(f"http://127.0.0.2:{own}/healthz") is None
        program.terminate()
        assert program.wait(20) == 0


WATCHED = ("/healthz", "/readyz", "/metrics", "/slack/events")


def _status(url: str) -> int | None:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return None
