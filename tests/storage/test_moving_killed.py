"""A move that is killed, again and again: it goes on where it was, and at no moment do both databases take a program."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from storage import migrate, move_source, move_target, moving
from storage.database import Database
from storage.moving import NotMoved
from tests.postgres import run
from tests.storage import any_rows, migrating
from tests.storage.rows import NOW, a_member

pytestmark = pytest.mark.postgres
ROUNDS = 30  # of rows of every table
STEPS = 6  # that the first may do before it is killed; each later one may do so many more


@pytest.fixture
def source(sqlite_file: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{sqlite_file}")
    any_rows.fill(database, ROUNDS)
    yield database
    database.close()


def startable(database: Database) -> bool:
    """Says whether a program would start on a database."""
    try:
        migrate.upgrade(database)
    except migrate.Moved:
        return False
    return True


def run_move(source: str, target: str, said: Any, at_once: int) -> None:
    """Moves, in a process that a test can kill, and says each step."""
    moving.move(Database(source), Database(target), NOW, lambda *step: said.put(step), at_once)
    said.put(None)


def start(source: Database, target: Database, at_once: int) -> tuple[Any, Any]:
    said = migrating.processes.Queue()
    given = (source.url.render_as_string(), target.url.render_as_string(hide_password=False), said, at_once)
    process = migrating.processes.Process(target=run_move, args=given)
    process.start()
    return process, said


def test_killed_after_some_steps_and_again_after_some_more_it_comes_to_its_end(
    source: Database, target: Database, figure: Callable[[str], None]
) -> None:
    before, kills, reached = any_rows.all_of(source), 0, list[tuple[str, int, int]]()
    is_done = False
    while not is_done:
        process, said = start(source, target, at_once=25)
        for _ in range(STEPS * (kills + 1)):
            if (step := said.get(timeout=60)) is None:
                is_done = True
                break
            reached.append(step)
        process.kill()
        process.join()
        kills += not is_done
        assert startable(source) is not is_done
        assert kills < 100
    assert startable(target)
    assert any_rows.all_of(target) == before
    copied = [done for step, done, _ in reached if step == moving.COPYING]
    assert len(copied) - len(set(copied)) <= kills + 1, "what was copied before a kill was copied again"
    figure(f"a move killed after 6, 12, 18 steps and so on: {kills} kills, all rows of {len(before)} tables there once")


def test_killed_at_any_moment_it_goes_on(source: Database, target: Database, figure: Callable[[str], None]) -> None:
    before, chance, kills, began = any_rows.all_of(source), Random(7), 0, time.monotonic()
    while True:
        process, _ = start(source, target, at_once=3)
        process.join(chance.uniform(0.05, 0.2 + kills * 0.05))  # longer each time, so that one comes to the end
        is_over = not process.is_alive()
        process.kill()
        process.join()
        if is_over:
            assert process.exitcode == 0
            break
        kills += 1
        assert not startable(target) or startable(source) or any_rows.all_of(target) == before
        assert kills < 100
    assert any_rows.all_of(target) == before
    assert (startable(source), startable(target)) == (False, True)
    figure(f"a move killed at any moment, {kills} times in {time.monotonic() - began:.0f} s: 0 rows lost, 0 doubled")


class Killed(BaseException):
    """Stands for a kill at one certain moment."""


@pytest.mark.parametrize("where", ["before the mark", "after the mark", "before the last word"])
def test_between_the_mark_and_the_end_no_program_starts_on_either(
    source: Database, target: Database, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    before = any_rows.all_of(source)
    mark, open_up = move_source.Source.mark, move_target.Target.open_up

    def end(*_: Any) -> None:
        raise Killed

    def mark_and_end(file: Any, *words: Any) -> None:
        mark(file, *words)
        raise Killed

    if where == "before the last word":
        monkeypatch.setattr(move_target.Target, "open_up", end)
    else:
        monkeypatch.setattr(move_source.Source, "mark", mark_and_end if where == "after the mark" else end)
    with pytest.raises(Killed):
        moving.move(source, target, NOW, lambda *_: None)
    assert (startable(source), startable(target)) == (where == "before the mark", False)
    monkeypatch.setattr(move_source.Source, "mark", mark)
    monkeypatch.setattr(move_target.Target, "open_up", open_up)
    done = moving.move(source, target, NOW, lambda *_: None)
    assert {name: count for name, (count, _) in done.tables.items()} == dict.fromkeys(before, ROUNDS)
    assert any_rows.all_of(target) == before
    assert (startable(source), startable(target)) == (False, True)


def killed_at(source: Database, target: Database, step: str) -> None:
    """Has a move end for good once it comes to a step."""

    def told(what: str, done: int, of: int) -> None:
        if what == step and done > of // 2:
            raise Killed

    with pytest.raises(Killed):
        moving.move(source, target, NOW, told, at_once=25)


@pytest.mark.parametrize("step", [moving.COPYING, moving.SETTING_UP, moving.COMPARING])
@pytest.mark.parametrize("change", ["rows came", "a row changed", "a row went", "nothing"])
def test_what_changed_in_the_file_since_a_kill_is_moved_as_it_is_now(
    source: Database, target: Database, step: str, change: str
) -> None:
    killed_at(source, target, step)
    with source.transaction() as session:
        connection = session.connection()
        if change == "rows came":
            a_member(session, "ana", "T9")
        elif change == "a row changed":
            connection.exec_driver_sql("UPDATE inbox SET result = 'anew' WHERE team_id = 'T1000000'")
        elif change == "a row went":
            connection.exec_driver_sql("DELETE FROM inbox WHERE team_id = 'T1000001'")
    before = any_rows.all_of(source)
    done = moving.move(source, target, NOW, lambda *_: None, at_once=25)
    assert done.began_anew == (change in ("a row changed", "a row went"))
    assert any_rows.all_of(target) == before


def test_a_moved_row_that_became_unreadable_since_a_kill_is_said_in_a_sentence(
    source: Database, target: Database
) -> None:
    killed_at(source, target, moving.COPYING)
    with source.transaction() as session:
        session.connection().exec_driver_sql("UPDATE inbox SET at = 'a secret word' WHERE team_id = 'T1000000'")
    for _ in range(2):
        with pytest.raises(NotMoved, match=r"^inbox holds what is no text or no moment \(ValueError\)$"):
            moving.move(source, target, NOW, lambda *_: None, at_once=25)


def test_another_file_does_not_go_on_with_it(
    source: Database, target: Database, empty_database: Path, tmp_path: Path
) -> None:
    killed_at(source, target, moving.COPYING)
    other = tmp_path / "other.db"
    other.write_bytes(empty_database.read_bytes())
    with pytest.raises(NotMoved, match="another move into this database is not finished"):
        moving.move(Database(f"sqlite:///{other}"), target, NOW, lambda *_: None)


def test_a_newer_program_does_not_go_on_with_what_an_older_one_began(source: Database, target: Database) -> None:
    killed_at(source, target, moving.COPYING)
    run(target, "UPDATE moving SET said = '0001' WHERE what = 'version'")
    with pytest.raises(NotMoved, match="another version of this program began this move"):
        moving.move(source, target, NOW, lambda *_: None)


def test_a_server_that_goes_away_is_said_in_a_sentence(source: Database, target: Database, postgres: Database) -> None:
    def cut(what: str, done: int, _of: int) -> None:
        if what == moving.COPYING and done:
            run(postgres, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'other'")

    before = any_rows.all_of(source)
    with pytest.raises(NotMoved, match=r"^PostgreSQL did not take it \(\w+\)"):
        moving.move(source, target, NOW, cut, at_once=25)
    moving.move(source, target, NOW, lambda *_: None)
    assert any_rows.all_of(target) == before
