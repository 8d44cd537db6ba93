"""A backup is whole or not there, also while members write; the old ones go, and no other file does."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import backup
from storage.backup import NotBackedUp
from storage.database import Database
from tests.storage.rows import NOW, a_member, add_act

DAY = timedelta(days=1)


@pytest.fixture
def database(sqlite_file: Path) -> Iterator[Database]:
    given = Database(f"sqlite:///{sqlite_file}")
    yield given
    given.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def ask(file: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(question).fetchall()


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_backup_holds_one_moment_while_members_write(database: Database, folder: Path) -> None:
    stopped, written = threading.Event(), threading.Semaphore(0)

    def write() -> None:
        while not stopped.is_set():
            with database.transaction() as session:
                ana, raj = (a_member(session, name) for name in ("ana", "raj"))
                add_act(session, ana, raj)
                add_act(session, raj, ana)
            written.release()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(20):
            written.acquire()
            file = folder / f"{number}.db"
            backup.write(database, file)
            [(acts,)] = ask(file, "SELECT count(*) FROM acts")
            assert acts > 0
            assert acts % 2 == 0
            assert ask(file, "PRAGMA integrity_check") == [("ok",)]
    finally:
        stopped.set()
        writer.join()
    assert names(folder) == sorted(f"{number}.db" for number in range(20))


def test_what_still_stands_in_a_write_ahead_log_comes_along_in_one_file(sqlite_file: Path, folder: Path) -> None:
    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("INSERT INTO inbox (team_id, key, result, at) VALUES ('T1', 'k', '', '2026-03-02 15:00:00')")
        assert sqlite_file.with_name("good_turn.db-wal").stat().st_size > 0
        backup.copy(sqlite_file, sqlite_file.with_name("copy.db"))
    copied = sqlite_file.with_name("copy.db")
    assert copied.read_bytes()[18:20] == b"\x01\x01", "its journal is the old way's: it stands by itself"
    assert ask(copied, "SELECT key FROM inbox") == [("k",)]


def test_a_backup_is_for_its_owner_alone(database: Database, folder: Path) -> None:
    made = backup.add(database, folder, NOW)
    assert made.name == "good_turn-20260302T150000Z.db"
    assert made.stat().st_mode & 0o777 == 0o600


def test_of_a_damaged_database_there_is_no_backup_and_the_last_good_one_stays(database: Database, folder: Path) -> None:
    good = backup.add(database, folder, NOW - DAY)
    assert database.file is not None
    with database.file.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * 4096)
    with pytest.raises(NotBackedUp, match=r"damaged|malformed"):
        backup.add(database, folder, NOW)
    assert names(folder) == [good.name]
    assert backup.newest(folder) == NOW - DAY


def test_where_nothing_can_be_written_it_is_said(database: Database, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("not a folder")
    with pytest.raises(NotBackedUp, match="could not be written"):
        backup.add(database, tmp_path / "backups", NOW)


def test_seven_days_and_four_weeks_are_kept_and_nothing_else_is_touched(database: Database, folder: Path) -> None:
    folder.mkdir()
    others = {"notes.txt", "another-20200101T000000Z.db", "good_turn-old.db"}
    for name in others:
        (folder / name).touch()
    for hours in range(0, 24 * 60, 12):
        backup.add(database, folder, NOW + timedelta(hours=hours))
    last = NOW + timedelta(hours=24 * 60 - 12)
    assert last.date().isoformat() == "2026-05-01"  # a Friday
    days = {"20260501", "20260430", "20260429", "20260428", "20260427", "20260426", "20260425"}
    weeks = {"20260501", "20260426", "20260419", "20260412"}  # the last of this week, and three Sundays
    ours = set(names(folder)) - others
    assert {name.split("-")[1][:8] for name in ours} == days | weeks
    assert len(ours) == len(days | weeks), "one for each day"
    assert others <= set(names(folder))


def test_those_before_an_upgrade_are_kept_beside_the_days_own(database: Database, folder: Path) -> None:
    for minute in range(5):  # a program that is started again and again and cannot migrate
        backup.add(database, folder, NOW + timedelta(minutes=minute), before="0002")
    backup.add(database, folder, NOW + timedelta(hours=1))
    assert names(folder) == ["good_turn-20260302T150400Z-before-0002.db", "good_turn-20260302T160000Z.db"]
    for day in range(1, 28):
        backup.add(database, folder, NOW + day * DAY)
    assert "good_turn-20260302T150400Z-before-0002.db" in names(folder)
    backup.add(database, folder, NOW + 29 * DAY)
    assert not [name for name in names(folder) if "before" in name], "what members removed since is in it"


def test_a_day_gets_one_backup(database: Database, folder: Path) -> None:
    midnight = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
    assert backup.add_daily(database, folder, midnight) is not None
    assert backup.add_daily(database, folder, midnight + timedelta(hours=23, minutes=59)) is None
    assert backup.add_daily(database, folder, midnight + DAY) is not None
    assert len(names(folder)) == 2


def test_one_from_a_clock_that_ran_ahead_stands_in_no_days_way(database: Database, folder: Path) -> None:
    ahead = backup.add(database, folder, NOW + 400 * DAY)
    for day in range(10):
        assert backup.add_daily(database, folder, NOW + day * DAY) is not None
        assert backup.newest(folder, NOW + day * DAY) == NOW + day * DAY
    assert backup.newest(folder) == NOW + 400 * DAY
    assert ahead.exists()


def test_the_newest_is_told_by_its_name(folder: Path) -> None:
    assert backup.newest(folder) is None
    folder.mkdir()
    (folder / "notes.txt").touch()
    (folder / ".good_turn-20260305T000000Z.db.x1.part").touch()
    assert backup.newest(folder) is None
    for name in ("good_turn-20260301T120000Z.db", "good_turn-20260302T120000Z-before-0002.db"):
        (folder / name).touch()
    assert backup.newest(folder) == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_what_a_killed_program_left_is_removed_after_a_day(database: Database, folder: Path) -> None:
    folder.mkdir()
    for stamp in ("20260301T145900Z", "20260301T150100Z"):
        (folder / f".good_turn-{stamp}.db.x1.part").touch()
    made = backup.add(database, folder, NOW)
    assert names(folder) == [".good_turn-20260301T150100Z.db.x1.part", made.name]


@pytest.mark.parametrize("name", [None, "spare"])
def test_an_address_for_other_tools_holds_no_password(name: str | None) -> None:
    url = "postgresql://me:geheim@host:5433/name?sslmode=require&password=geheim&sslpassword=geheim"
    given = Database(url)
    assert backup.address(given, name) == f"postgresql://me@host:5433/{name or 'name'}?sslmode=require"
    given.close()


def test_what_a_killed_program_left_behind_is_removed_after_a_day_and_nothing_else(tmp_path: Path) -> None:
    kinds = (".room-old", ".room-fresh", "room-old")
    for name in kinds:
        (tmp_path / name).mkdir()
        (tmp_path / name / "restored.db").write_text("half")
    long_ago = (datetime.now(UTC) - 2 * DAY).timestamp()
    for name in kinds[::2]:
        os.utime(tmp_path / name, (long_ago, long_ago))
    with backup.room(tmp_path, ".room-", datetime.now(UTC)) as given:
        assert names(given) == []
    assert names(tmp_path) == [".room-fresh", "room-old"]
