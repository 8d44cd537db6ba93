"""A restore that is killed before the end leaves the database that was there, whole, whatever another killed program left."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage import backup, migrate, restore
from storage.database import Database
from storage.restore import NotRestored
from tests.storage.rows import NOW, a_member
from tests.storage.test_backup import ask, names

LARGE = "x" * 20_000
Leave = Callable[[sqlite3.Connection], None]


class Killed(BaseException):
    """The program ends here."""


@pytest.fixture
def live(sqlite_file: Path) -> Path:
    """A database with Ana and Raj in it, in a folder of its own."""
    file = sqlite_file.parent / "live" / "good_turn.db"
    given = Database(f"sqlite:///{file}")
    migrate.upgrade(given)
    with given.transaction() as session:
        a_member(session, "ana")
    backup.write(given, file.parent.with_name("yesterday.db"))
    with given.transaction() as session:
        a_member(session, "raj")
    given.close()
    return file


@pytest.fixture
def yesterday(live: Path) -> Path:
    """A backup in which Raj is not yet."""
    return live.parent.with_name("yesterday.db")


@pytest.fixture
def open_elsewhere(live: Path) -> Iterator[sqlite3.Connection]:
    """A connection of another program's, with a cache so small that it writes before it commits."""
    with closing(sqlite3.connect(live, isolation_level=None)) as opened:
        opened.execute("PRAGMA cache_size=1")
        yield opened


def members(file: Path) -> list[str]:
    return [name for (name,) in ask(file, "SELECT name FROM members ORDER BY name")]


def left_by_a_killed_program(opened: sqlite3.Connection, file: Path) -> None:
    """Puts the files as they are at this moment in the place of those that are in use."""
    images = {one.name: one.read_bytes() for one in file.parent.iterdir() if one.name.startswith(file.name)}
    opened.close()
    shutil.rmtree(file.parent)
    file.parent.mkdir()
    for name, content in images.items():
        file.with_name(name).write_bytes(content)


def commit_to_the_log(opened: sqlite3.Connection) -> None:
    opened.execute("PRAGMA journal_mode=WAL")
    opened.execute("PRAGMA wal_autocheckpoint=0")
    opened.execute("UPDATE members SET name = 'Raj, in the log' WHERE name = 'Raj'")


def begin_in_a_journal(opened: sqlite3.Connection) -> None:
    opened.execute("PRAGMA journal_mode=DELETE")
    opened.execute("BEGIN IMMEDIATE")
    opened.execute("UPDATE members SET name = 'half of it'")
    for number in range(20):
        columns = "team_id, created_at, acts_a_day, introductions_a_month, topics, key"
        opened.execute(
            f"INSERT INTO workspaces ({columns}) VALUES (?, ?, 1, 4, '', ?)", (f"T{number + 10}", str(NOW), LARGE)
        )


LEFT = [
    pytest.param(commit_to_the_log, "-wal", ["Ana", "Raj, in the log"], id="log"),
    pytest.param(begin_in_a_journal, "-journal", ["Ana", "Raj"], id="journal"),
]


@pytest.mark.parametrize(("leave", "ending", "expected"), LEFT)
def test_killed_just_before_the_end_it_leaves_all_that_was_committed(
    live: Path,
    yesterday: Path,
    open_elsewhere: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    leave: Leave,
    ending: str,
    expected: list[str],
) -> None:
    leave(open_elsewhere)
    left_by_a_killed_program(open_elsewhere, live)
    assert live.with_name(f"good_turn.db{ending}").stat().st_size > 0
    replace = Path.replace

    def die(self: Path, target: Path) -> Path:
        if target == live:
            raise Killed
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(Killed):
        restore.restore(yesterday, Database(f"sqlite:///{live}"), NOW)
    assert members(live) == expected


@pytest.mark.parametrize(("leave", "ending", "expected"), LEFT)
def test_not_killed_it_keeps_all_that_was_committed_beside_the_new_one(
    live: Path,
    yesterday: Path,
    open_elsewhere: sqlite3.Connection,
    leave: Leave,
    ending: str,
    expected: list[str],
) -> None:
    leave(open_elsewhere)
    left_by_a_killed_program(open_elsewhere, live)
    done = restore.restore(yesterday, Database(f"sqlite:///{live}"), NOW)
    assert members(live) == ["Ana"]
    assert done.kept is not None
    assert members(done.kept) == expected


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_under_another_program_that_is_writing_nothing_is_replaced(
    live: Path,
    yesterday: Path,
    open_elsewhere: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    journal: str,
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *words, **more: connect(*words, **{"timeout": 0, **more}))
    open_elsewhere.execute(f"PRAGMA journal_mode={journal}")
    open_elsewhere.execute("BEGIN EXCLUSIVE")
    open_elsewhere.execute("UPDATE members SET name = 'half of it' WHERE name = 'Raj'")
    with pytest.raises(NotRestored, match="open in another program"):
        restore.restore(yesterday, Database(f"sqlite:///{live}"), NOW)
    open_elsewhere.execute("COMMIT")
    assert ask(live, "SELECT count(*) FROM members WHERE name = 'half of it'") == [(1,)]
    assert not [name for name in names(live.parent) if "before-restore" in name]
