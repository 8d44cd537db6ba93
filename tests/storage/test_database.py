"""Transactions: all or nothing, one writer at a time, in time; and ids that only grow."""

import contextlib
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import StatementError

from storage import members, outbox, workspaces
from storage.database import Database, NotSaved, has_safe_wal, new_id
from tests.storage.rows import MINUTE, NOW, a_member

THREADS, TIMES = 6, 50


def _count_together(databases: list[Database]) -> int:
    """Lets six programs read, add one and write 50 times each, and returns what it came to."""
    database = databases[0]
    with database.transaction() as session:
        workspaces.meet(session, "T1", NOW)
        workspaces.change(session, "T1", thanks_emoji=None, acts_a_day=0)

    def count(database: Database) -> None:
        saved = 0
        while saved < TIMES:
            with contextlib.suppress(NotSaved):  # on a busy machine a turn may not come within two seconds
                with database.transaction() as session:
                    found = workspaces.find(session, "T1")
                    assert found is not None
                    workspaces.change(session, "T1", thanks_emoji=None, acts_a_day=found.acts_a_day + 1)
                saved += 1

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(count, one) for one in databases]:
            done.result()
    with database.reading() as session:
        found = workspaces.find(session, "T1")
    assert found is not None
    return found.acts_a_day


@pytest.mark.parametrize("programs", [1, THREADS])
def test_six_who_count_together_lose_nothing_in_one_program_or_in_six(sqlite_file: Path, programs: int) -> None:
    databases = [Database(f"sqlite:///{sqlite_file}") for _ in range(programs)]
    assert _count_together(databases * (THREADS // programs)) == THREADS * TIMES
    for database in databases:
        database.close()


def test_a_writer_has_its_turn_from_its_first_look_and_a_reader_needs_none(sqlite_file: Path) -> None:
    database = Database(f"sqlite:///{sqlite_file}")
    other = sqlite3.connect(sqlite_file, isolation_level=None, timeout=0)
    with database.transaction() as session:
        workspaces.find(session, "T1")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    with database.reading() as session:
        workspaces.find(session, "T1")
        other.execute("BEGIN IMMEDIATE")
    other.close()
    database.close()


def test_what_is_written_in_a_with_is_there_after_it(database: Database) -> None:
    with database.transaction() as session:
        ana = a_member(session).id
    with database.reading() as session:
        assert ana in members.by_id(session, "T1", [ana])


def test_after_an_error_nothing_of_the_with_is_there(database: Database) -> None:
    with pytest.raises(KeyError), database.transaction() as session:  # noqa: PT012 - it fails after it has written
        a_member(session)
        raise KeyError
    with database.reading() as session:
        assert members.known(session, "T1", ["UANA"]) == {}


@pytest.mark.parametrize("is_in_time", [True, False])
def test_a_request_whose_time_has_run_out_writes_nothing(database: Database, is_in_time: bool) -> None:
    def write() -> None:
        with database.transaction(in_time=lambda: is_in_time) as session:
            a_member(session)

    if is_in_time:
        write()
    else:
        with pytest.raises(NotSaved, match="time had run out"):
            write()
    with database.reading() as session:
        assert bool(members.known(session, "T1", ["UANA"])) is is_in_time


@pytest.mark.parametrize(("adds", "is_in_time"), [(True, True), (False, True), (True, False)])
def test_whoever_sends_is_woken_once_when_something_to_say_is_saved(
    database: Database, adds: bool, is_in_time: bool
) -> None:
    woken: list[int] = []
    database.on_outgoing = lambda: woken.append(1)
    with contextlib.suppress(NotSaved), database.transaction(in_time=lambda: is_in_time) as session:
        ana = a_member(session).id
        for key in ("one", "two") if adds else ():
            outbox.add(session, "T1", key=key, kind="act", subject="s", member_id=ana, now=NOW)
        assert woken == []
    assert woken == [1] * (adds and is_in_time)


def test_a_database_that_is_away_saves_nothing(tmp_path: Path) -> None:
    database = Database(f"postgresql://nobody@/nothing?host={tmp_path}")
    with pytest.raises(NotSaved), database.transaction() as session:
        a_member(session)
    database.close()


def test_readers_are_not_in_each_others_way(sqlite_file: Path) -> None:
    database = Database(f"sqlite:///{sqlite_file}")
    with database.reading() as first, database.reading() as second:
        assert workspaces.find(first, "T1") is workspaces.find(second, "T1") is None
    database.close()


@pytest.mark.parametrize(
    "moment", [NOW, NOW.astimezone(timezone(timedelta(hours=5, minutes=30))), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)]
)
def test_instants_come_back_as_aware_utc(database: Database, moment: datetime) -> None:
    with database.transaction() as session:
        members.change(session, "T1", a_member(session).id, paused_until=moment)
    with database.reading() as session:
        found = members.known(session, "T1", ["UANA"])["UANA"].paused_until
    assert found is not None
    assert found == moment
    assert found.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="timezone"), database.transaction() as session:
        members.change(session, "T1", a_member(session).id, paused_until=NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ("3.40.1", False), ("3.44.5", False), ("3.44.6", True), ("3.44.9", True), ("3.45.0", False), ("3.45.3", False),
        ("3.46.1", False), ("3.49.2", False), ("3.50.6", False), ("3.50.7", True), ("3.51.0", False), ("3.51.2", False),
        ("3.51.3", True), ("3.52.0", True), ("4.0.0", True),
    ],
)  # fmt: skip
def test_wal_is_used_where_it_is_safe(version: str, is_safe: bool) -> None:
    major, minor, patch = map(int, version.split("."))
    assert has_safe_wal((major, minor, patch)) is is_safe


def test_sqlite_is_set_up_to_keep_what_it_was_given(sqlite_file: Path) -> None:
    database = Database(f"sqlite:///{sqlite_file}")
    journal = "wal" if has_safe_wal(sqlite3.sqlite_version_info) else "delete"
    expected = {"journal_mode": journal, "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 2000}
    with database.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
    database.close()
    assert found == expected


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/data/deep/good_turn.db")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    database.close()
    assert (tmp_path / "data" / "deep" / "good_turn.db").exists()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_with_psycopg(scheme: str) -> None:
    assert Database(f"{scheme}://me@host/name").url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize("step", [timedelta(0), -MINUTE, MINUTE], ids=["stands still", "goes back", "goes on"])
def test_ids_only_grow_whatever_the_clock_does(step: timedelta) -> None:
    ids = [new_id(NOW + n * step) for n in range(200)]
    assert ids == sorted(set(ids))
    assert {len(one) for one in ids} == {28}


def test_ids_made_side_by_side_are_all_different() -> None:
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.extend(new_id(NOW) for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one[:16] for one in made}) == 2000


def test_the_count_above_would_notice_a_transaction_that_begins_late(sqlite_file: Path) -> None:
    """Shows that BEGIN IMMEDIATE is what keeps the count: with plain BEGIN a writer that has read is refused."""
    engine = create_engine(f"sqlite:///{sqlite_file}", connect_args={"timeout": 0, "isolation_level": None})
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        first.exec_driver_sql(
            "INSERT INTO workspaces (team_id, acts_a_day, introductions_a_month, topics, created_at, key)"
            " VALUES ('T1', 1, 4, '', '', 'k')"
        )
        with pytest.raises(Exception, match="locked"):
            second.exec_driver_sql(
                "INSERT INTO workspaces (team_id, acts_a_day, introductions_a_month, topics, created_at, key)"
                " VALUES ('T2', 1, 4, '', '', 'k')"
            )
    engine.dispose()
