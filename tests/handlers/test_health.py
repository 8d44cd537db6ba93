"""Whoever watches over the program is told what is wrong, by name and with what to do, and that all is well where it is."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.metrics import Metrics
from handlers.serving import checks
from handlers.serving.checks import run_checks
from handlers.serving.health import Watch
from handlers.serving.pulse import Pulse
from storage import database as databases
from storage.database import Database
from tests.conftest import MONDAY_MORNING, MovableClock
from tests.handlers.watching import asked, readiness, served


@dataclass
class Running:
    """What a running program would have, with a clock that a test moves."""

    database: Database
    file: Path
    pulse: Pulse
    url: str
    seconds: list[float]
    patch: pytest.MonkeyPatch

    def let_pass(self, seconds: float, *signs: Any) -> None:
        """Lets time pass, after which these give a sign of life."""
        self.seconds[0] += seconds
        for sign in signs:
            self.pulse.beat(sign)


@pytest.fixture
def running(empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(databases, "BUSY_TIMEOUT_MS", 50)
    file = Path(shutil.copy(empty_database, tmp_path / "good_turn.db"))
    database, seconds = Database(f"sqlite:///{file}"), [0.0]
    pulse = Pulse(lambda: seconds[0])
    pulse.sockets = 1
    pulse.is_sending = lambda: True
    pulse.beat("tick")
    pulse.beat("pong")
    with served(Watch(database, MovableClock(MONDAY_MORNING), pulse, Metrics())) as url:
        yield Running(database, file, pulse, url, seconds, monkeypatch)
    database.close()


def test_all_is_well_where_it_is(running: Running) -> None:
    status, found = readiness(running.url)
    assert status == 200
    assert found["status"] == "ready"
    assert found["failing"] == []
    assert list(found["checks"]) == ["database", "schema", "sqlite", "disk", "schedule", "sender", "socket"]
    for check in found["checks"].values():
        assert check["ok"] is True
        assert check["says"].endswith((".", "later."))


def _lock(running: Running) -> Callable[[], None]:
    other = sqlite3.connect(running.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other.close


def _lose_a_table(running: Running) -> None:
    with sqlite3.connect(running.file) as other:
        other.execute("DROP TABLE inbox")
    other.close()


def _write_version(running: Running, version: str) -> None:
    with sqlite3.connect(running.file) as other:
        other.execute("UPDATE alembic_version SET version_num = ?", (version,))
    other.close()


def _write_ahead(running: Running) -> None:
    """Has the file kept with a write-ahead log by a SQLite that loses commits with it."""
    running.patch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    with sqlite3.connect(running.file) as other:
        other.execute("PRAGMA journal_mode=WAL")
    other.close()


BREAKS: dict[str, tuple[list[str], Callable[[Running], Any]]] = {
    "the database is busy for too long": (["database"], _lock),
    "a table is gone": (["database"], _lose_a_table),
    "the tables are older": (["schema"], lambda running: _write_version(running, "0000")),
    "the tables are newer": (["schema"], lambda running: _write_version(running, "9999")),
    "an old SQLite writes ahead": (["sqlite"], _write_ahead),
    "the disk is full": (["disk"], lambda running: running.patch.setattr(checks, "LEAST_FREE", 1.1)),
    "the schedule stands still": (["schedule"], lambda running: running.let_pass(30, "pong")),
    "the sender has ended": (["sender"], lambda running: setattr(running.pulse, "is_sending", lambda: False)),
    "the socket is deaf": (["socket"], lambda running: running.let_pass(60, "tick")),
    "no socket is open": (["socket"], lambda running: setattr(running.pulse, "sockets", 0)),
}


@pytest.mark.parametrize("what", BREAKS)
def test_what_is_wrong_is_named_with_what_to_do(running: Running, what: str) -> None:
    expected, break_it = BREAKS[what]
    assert readiness(running.url)[0] == 200
    mend = break_it(running)
    status, found = readiness(running.url)
    assert status == 503
    assert found["status"] == "not ready"
    assert found["failing"] == expected
    for name, check in found["checks"].items():
        assert check["ok"] is (name not in expected), name
    assert "\n" not in found["checks"][expected[0]]["says"]
    assert asked(f"{running.url}/healthz") == (200, '{"status":"alive"}')
    if callable(mend):
        mend()
        assert readiness(running.url)[0] == 200


def test_ages_below_the_edge_are_well(running: Running) -> None:
    running.let_pass(29.9)
    assert readiness(running.url)[0] == 200
    running.let_pass(30, "tick")  # the pong is 59.9 seconds old now
    assert readiness(running.url)[1]["checks"]["socket"] == {
        "ok": True, "figure": 59.9, "says": "The socket answered 60 s ago; the last request came never.",
    }  # fmt: skip


def test_an_old_sqlite_that_does_not_write_ahead_is_ready_and_says_so(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    with sqlite3.connect(running.file) as other:
        other.execute("PRAGMA journal_mode=DELETE")
    other.close()
    status, found = readiness(running.url)
    assert status == 200
    assert "SQLite 3.40.1 keeps its journal the old way (DELETE)" in found["checks"]["sqlite"]["says"]


def test_a_safe_sqlite_may_write_ahead(running: Running) -> None:
    _write_ahead(running)
    running.patch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    status, found = readiness(running.url)
    assert status == 200
    assert found["checks"]["sqlite"]["says"] == "SQLite 3.51.3 is safe with a write-ahead log."


def test_the_probe_leaves_nothing_behind(running: Running) -> None:
    readiness(running.url)
    with sqlite3.connect(running.file) as other:
        assert other.execute("SELECT count(*) FROM inbox").fetchone() == (0,)
    other.close()


def test_over_http_no_socket_is_expected(running: Running) -> None:
    running.pulse.sockets = None
    running.let_pass(3600, "tick")
    status, found = readiness(running.url)
    assert status == 200
    assert "socket" not in found["checks"]


def test_where_nothing_runs_the_database_is_looked_at_alone(running: Running) -> None:
    found = run_checks(running.database, MONDAY_MORNING + timedelta(days=1))
    assert [check.name for check in found] == ["database", "schema", "sqlite", "disk"]
    assert all(check.ok for check in found)
