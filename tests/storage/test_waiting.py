"""A database that others use is waited for, and no longer than a request can."""

import contextlib
import sqlite3
import time
from pathlib import Path

import pytest

from storage import members, workspaces
from storage.database import BUSY_TIMEOUT_MS, Database, NotSaved
from tests.storage.rows import a_member


def test_a_database_that_is_locked_is_not_waited_for_longer_than_a_request_can(sqlite_file: Path) -> None:
    database = Database(f"sqlite:///{sqlite_file}")
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.perf_counter()
    with pytest.raises(NotSaved, match="OperationalError"), database.transaction(within=0.02) as session:
        a_member(session)
    assert time.perf_counter() - began < BUSY_TIMEOUT_MS / 2_000  # of a request that has hardly any time left
    other.execute("ROLLBACK")
    other.close()
    with database.transaction() as session:
        a_member(session)
    database.close()
    assert BUSY_TIMEOUT_MS < 2_500


def test_a_commit_waits_for_those_who_read_no_longer_than_a_request_can(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.has_safe_wal", lambda _: False)  # with it, no reader is waited for
    database = Database(f"sqlite:///{sqlite_file}")
    reader = sqlite3.connect(sqlite_file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM members").fetchone()
    began = time.perf_counter()
    with pytest.raises(NotSaved, match="OperationalError"), database.transaction(within=0.02) as session:
        a_member(session)
    assert time.perf_counter() - began < BUSY_TIMEOUT_MS / 1000
    reader.execute("ROLLBACK")
    reader.close()
    with database.transaction() as session:
        assert members.known(session, "T1", ["UANA"]) == {}
        a_member(session)
    database.close()


def test_who_gets_no_connection_is_told_that_nothing_was_saved(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 20)
    database = Database(f"sqlite:///{sqlite_file}")
    with contextlib.ExitStack() as all_of_them:
        for _ in range(15):
            all_of_them.enter_context(database.reading()).connection()
        for kind in (database.reading, database.transaction):
            with pytest.raises(NotSaved, match="TimeoutError"), kind() as session:
                session.connection()
    with database.transaction() as session:
        a_member(session)
    database.close()


def test_writers_of_one_program_wait_in_line_no_longer_than_a_request_can_and_readers_do_not_wait(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 20)
    database = Database(f"sqlite:///{sqlite_file}")
    with database.transaction():
        with pytest.raises(NotSaved, match="took too long"), database.transaction():
            pass
        with database.reading() as session:
            assert workspaces.find(session, "T1") is None
    with database.transaction() as session:
        a_member(session)
    database.close()
