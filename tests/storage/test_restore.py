"""A backup takes a database's place at once or not at all, and never under a program that runs."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage import backup, locks, migrate, restore, workspaces
from storage.database import Database, Session
from storage.locks import InUse
from storage.restore import NotRestored
from tests.storage.rows import NOW, a_member
from tests.storage.test_backup import DAY, ask, names

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def live(sqlite_file: Path) -> Iterator[Database]:
    """A database with Ana and Raj in it, in a folder of its own."""
    given = Database(f"sqlite:///{sqlite_file.parent}/live/good_turn.db")
    migrate.upgrade(given)
    with given.transaction() as session:
        a_member(session, "ana")
        workspaces.meet(session, "T1", NOW - DAY)
        workspaces.meet(session, "T2", NOW - DAY)
    yield given
    given.close()


@pytest.fixture
def yesterday(live: Database, tmp_path: Path) -> Path:
    """A backup in which Raj is not yet."""
    file = backup.add(live, tmp_path / "backups", NOW - DAY)
    with live.transaction() as session:
        a_member(session, "raj")
    return file


def members(file: Path) -> list[str]:
    return [name for (name,) in ask(file, "SELECT name FROM members ORDER BY name")]


def where(database: Database) -> Path:
    assert database.file is not None
    return database.file


def test_yesterdays_state_takes_the_place_of_todays_which_stays_beside_it(live: Database, yesterday: Path) -> None:
    where(live).chmod(0o640)
    done = restore.restore(yesterday, live, NOW)
    assert (done.of, done.version) == (NOW - DAY, migrate.newest())
    assert (done.rows["members"], done.rows["workspaces"]) == (1, 2)
    assert members(where(live)) == ["Ana"]
    assert done.kept is not None
    assert members(done.kept) == ["Ana", "Raj"]
    assert where(live).stat().st_mode & 0o777 == 0o640
    assert set(names(where(live).parent)) == {
        "good_turn.db", "good_turn.db.before-restore-20260302T150000Z", "good_turn.db.lock", "good_turn.db.migrating",
    }  # fmt: skip
    with live.reading() as session:
        assert [_restored_at(session, team) for team in ("T1", "T2")] == [NOW, NOW]


def _restored_at(session: Session, team_id: str) -> object:
    found = workspaces.find(session, team_id)
    return found and found.restored_at


def test_where_there_was_nothing_a_backup_is_put_all_the_same(yesterday: Path, tmp_path: Path) -> None:
    new = Database(f"sqlite:///{tmp_path}/new/good_turn.db")
    assert restore.restore(yesterday, new, NOW).kept is None
    assert members(where(new)) == ["Ana"]
    new.close()


def test_a_damaged_database_is_kept_with_its_journal_which_the_new_one_does_not_see(
    live: Database, yesterday: Path
) -> None:
    live.close()
    where(live).write_bytes(b"nothing that SQLite knows" * 1000)
    for ending in ("-wal", "-journal"):
        where(live).with_name(f"good_turn.db{ending}").write_bytes(ending.encode())
    done = restore.restore(yesterday, live, NOW)
    assert members(where(live)) == ["Ana"]
    assert done.kept is not None
    assert done.kept.read_bytes().startswith(b"nothing that SQLite knows")
    for ending in ("-wal", "-journal"):
        assert done.kept.with_name(done.kept.name + ending).read_bytes() == ending.encode()


def _no_file(file: Path) -> None:
    file.unlink()


def _no_database(file: Path) -> None:
    file.write_text("a letter to the members" * 500)


def _anothers(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE members (id)")
    other.close()


def _damaged(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(4096 * 2)
        opened.write(b"\xff" * 4096)


def _orphans(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("INSERT INTO drafts (team_id, id, member_id, body, created_at) VALUES ('T1', 'd', 'x', '', '')")
    other.close()


@pytest.mark.parametrize("spoil", [_no_file, _no_database, _anothers, _damaged, _orphans])
def test_what_is_no_good_backup_is_refused_and_all_stays_as_it_was(
    live: Database, yesterday: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(yesterday)
    live.close()
    before = where(live).read_bytes()
    with pytest.raises(NotRestored):
        restore.restore(yesterday, live, NOW)
    assert where(live).read_bytes() == before
    assert not [name for name in names(where(live).parent) if "restor" in name]


def test_a_backup_of_a_newer_program_is_refused(live: Database, yesterday: Path) -> None:
    with sqlite3.connect(yesterday) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    with pytest.raises(migrate.DatabaseIsNewer):
        restore.restore(yesterday, live, NOW)
    assert members(where(live)) == ["Ana", "Raj"]


@contextmanager
def _a_program_on(file: Path) -> Iterator[subprocess.Popen[str]]:
    code = f"import pathlib, sys; from storage.locks import in_use\nwith in_use(pathlib.Path({str(file)!r})):\n  "
    code += "sys.stdout.write('there\\n'); sys.stdout.flush(); sys.stdin.read()"
    command = [sys.executable, "-c", code]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as program:  # type: ignore[call-overload]  # two pipes
        assert program.stdout.readline() == "there\n"
        yield program
        program.kill()


def test_under_a_program_that_runs_nothing_is_replaced_and_its_death_lets_go(live: Database, yesterday: Path) -> None:
    with _a_program_on(where(live)) as program:
        with pytest.raises(InUse, match="the program is running on it"):
            restore.restore(yesterday, live, NOW)
        with pytest.raises(InUse):
            restore.note_restored(live, NOW)
        with locks.in_use(where(live)):
            pass  # a second program may run beside the first
        assert members(where(live)) == ["Ana", "Raj"]
        program.send_signal(signal.SIGKILL)
        program.wait()
        restore.restore(yesterday, live, NOW)
    assert members(where(live)) == ["Ana"]


def test_no_program_starts_on_a_database_that_is_being_replaced(live: Database) -> None:
    with locks.alone(where(live)), pytest.raises(InUse, match="being restored"), locks.in_use(where(live)):
        pass


def test_after_another_tool_has_restored_it_is_noted_for_every_workspace(database: Database) -> None:
    with database.transaction() as session:
        workspaces.meet(session, "T1", NOW - DAY)
        workspaces.meet(session, "T2", NOW - DAY)
    assert restore.note_restored(database, NOW) == (2, 0)
    with database.reading() as session:
        assert [_restored_at(session, team) for team in ("T1", "T2")] == [NOW, NOW]
