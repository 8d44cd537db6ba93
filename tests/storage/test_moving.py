"""A move from SQLite to PostgreSQL: every row arrives, and what cannot be moved is refused in a sentence."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel, select

from storage import backup, members, migrate, move_target, moving, restore, workspaces
from storage.database import Database, NotSaved
from storage.locks import InUse, in_use
from storage.moving import NotMoved
from storage.tables import Member
from tests.postgres import run
from tests.storage import any_rows
from tests.storage.rows import NOW, a_member

pytestmark = pytest.mark.postgres
SHAPE = """
SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3"""


def quiet(_step: str, _done: int, _of: int) -> None:
    """Wants to know nothing."""


@pytest.fixture
def source(sqlite_file: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{sqlite_file}")
    yield database
    database.close()


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return [row.name for row in session.exec(select(Member).where(Member.team_id == "T1"))]


def shape(database: Database) -> list[list[str]]:
    """Returns each index and key in words; where a condition has its casts is PostgreSQL's affair, and the same after a dump."""
    with database.engine.connect() as connection:
        found = connection.execute(text(SHAPE)).all()
    return [[re.sub(r"::(text|character varying)(\[\])?|[()]", "", str(one)) for one in row] for row in found]


def test_every_row_of_every_table_arrives_and_the_file_is_marked(source: Database, target: Database) -> None:
    counts = any_rows.fill(source, 200)
    before = any_rows.all_of(source)
    done = moving.move(source, target, NOW, quiet, at_once=70)
    assert {name: count for name, (count, _) in done.tables.items()} == counts
    assert (done.nuls, done.began_anew) == (0, False)
    assert any_rows.all_of(target) == before
    migrate.upgrade(target)
    where = r"it was moved to postgresql://.*/other.* at 2026-03-02 15:00 UTC. Set DATABASE_URL to that"
    with pytest.raises(migrate.Moved, match=where):
        migrate.upgrade(source)
    assert "geheim" not in done.address


def test_the_tables_are_as_they_are_where_nothing_was_moved(
    source: Database, target: Database, postgres: Database
) -> None:
    moving.move(source, target, NOW, quiet)
    assert shape(target) == shape(postgres)
    with target.engine.connect() as connection:
        assert migrate.version(connection) == migrate.newest()
        assert set(migrate.counts(connection)) == {*SQLModel.metadata.tables, "alembic_version"}


def test_its_address_is_kept_without_its_password(source: Database, target: Database) -> None:
    with_password = target.url.set(password="geheim").render_as_string(hide_password=False)
    done = moving.move(source, Database(with_password), NOW, quiet)
    assert "geheim" not in done.address
    assert source.file is not None
    assert b"geheim" not in source.file.read_bytes()


def test_a_nul_becomes_its_sign_and_the_operator_is_told(source: Database, target: Database) -> None:
    with source.transaction() as session:
        workspaces.meet(session, "T1", NOW)
        members.meet(session, "T1", ["U1"], NOW, profiles={"U1": {"name": "An\0a\0"}})
        a_member(session, "raj")
    done = moving.move(source, target, NOW, quiet)
    assert done.nuls == 1
    assert set(names(target)) == {"An␀a␀", "Raj"}


def test_moments_that_other_tools_wrote_are_understood(source: Database, target: Database) -> None:
    with source.transaction() as session:
        ana = a_member(session, "ana")
    assert source.file is not None
    with sqlite3.connect(source.file) as other:
        other.execute("UPDATE members SET created_at = '2026-03-02T16:00:00+01:00', greeted_at = '2026-03-02 15:00:00'")
    other.close()
    moving.move(source, target, NOW, quiet)
    with target.reading() as session:
        found = session.get(Member, ("T1", ana.id))
        assert found is not None
        assert found.created_at == found.greeted_at == NOW


@pytest.mark.parametrize("wrong", ["CAST(x'ff' AS TEXT)", "'yesterday'"])
def test_what_is_no_text_or_no_moment_is_refused_and_not_shown(source: Database, target: Database, wrong: str) -> None:
    with source.transaction() as session:
        a_member(session, "ana")
    assert source.file is not None
    column = "name" if "ff" in wrong else "created_at"
    with sqlite3.connect(source.file) as other:
        other.execute(f"UPDATE members SET {column} = {wrong}")
    other.close()
    with pytest.raises(NotMoved, match=r"^members holds what is no text or no moment \(\w+\)$"):
        moving.move(source, target, NOW, quiet)


def test_nobody_writes_to_the_file_meanwhile_and_no_program_runs_on_it(source: Database, target: Database) -> None:
    tried: list[str] = []

    def write(_step: str, _done: int, _of: int) -> None:
        if not tried:
            with pytest.raises(NotSaved), source.transaction(within=0.1) as session:
                a_member(session, "late")
            with pytest.raises(InUse), in_use(source.file):
                tried.append("a program started")
            tried.append("nobody could")

    moving.move(source, target, NOW, write)
    assert tried == ["nobody could"]


def test_while_a_program_runs_on_the_file_nothing_is_moved(source: Database, target: Database) -> None:
    with in_use(source.file), pytest.raises(InUse, match="the program is running on it"):
        moving.move(source, target, NOW, quiet)


def test_a_database_that_is_not_empty_is_refused(source: Database, target: Database) -> None:
    migrate.upgrade(target)
    with target.transaction() as session:
        a_member(session, "raj")
    with pytest.raises(NotMoved, match="is not empty, and no move of this file was begun there"):
        moving.move(source, target, NOW, quiet)
    migrate.upgrade(source)
    migrate.upgrade(target)


def test_a_database_on_which_a_program_runs_is_refused_until_it_is_stopped(source: Database, target: Database) -> None:
    program = Database(target.url.render_as_string(hide_password=False))
    with program.engine.connect():
        pass  # it keeps the connection for the next time
    with pytest.raises(NotMoved, match="a program runs on the database that it is to go to"):
        moving.move(source, target, NOW, quiet)
    program.close()
    moving.move(source, target, NOW, quiet)


def test_a_table_of_somebody_elses_with_rows_is_not_empty_either(source: Database, target: Database) -> None:
    run(target, "CREATE TABLE theirs (a text)", "INSERT INTO theirs VALUES ('a')")
    with pytest.raises(NotMoved, match="is not empty"):
        moving.move(source, target, NOW, quiet)


def test_a_database_that_is_not_in_utf_8_is_refused(source: Database, target: Database, postgres: Database) -> None:
    target.close()
    made = "CREATE DATABASE other ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    run(postgres, "DROP DATABASE IF EXISTS other", made)
    with pytest.raises(NotMoved, match="is in LATIN1, and must be in UTF8"):
        moving.move(source, target, NOW, quiet)


def test_an_older_file_is_brought_up_to_date_first(source: Database, target: Database) -> None:
    assert source.file is not None
    with sqlite3.connect(source.file) as other:
        other.execute("UPDATE alembic_version SET version_num = '0001'")
    other.close()
    with pytest.raises(NotMoved, match=r"First run: python app\.py migrate"):
        moving.move(source, target, NOW, quiet)


def test_what_was_moved_is_not_moved_again(source: Database, target: Database, postgres: Database) -> None:
    moving.move(source, target, NOW, quiet)
    with pytest.raises(NotMoved, match="it was moved there already"):
        moving.move(source, target, NOW, quiet)
    with pytest.raises(NotMoved, match=r"it was moved to postgresql://.*/other.* already"):
        moving.move(source, postgres, NOW, quiet)


def test_what_arrives_otherwise_is_noticed_and_moved_anew(
    source: Database, target: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    any_rows.fill(source, 20)
    really: Callable[..., None] = move_target.Target.add

    def spoil(there: Any, table: Any, batch: Any) -> None:
        if table.name == "marks":
            batch.rows[-1][-1] = "2026-03-02 15:00:00.000001"
        really(there, table, batch)

    monkeypatch.setattr(move_target.Target, "add", spoil)
    with pytest.raises(NotMoved, match="marks arrived otherwise than it was"):
        moving.move(source, target, NOW, quiet)
    with pytest.raises(migrate.Moved, match="a move into it is not finished"):
        migrate.upgrade(target)
    monkeypatch.undo()
    before = any_rows.all_of(source)
    moving.move(source, target, NOW, quiet)
    assert any_rows.all_of(target) == before


def test_its_owner_needs_no_other_rights(source: Database, postgres: Database) -> None:
    run(
        postgres,
        "DROP DATABASE IF EXISTS owned WITH (FORCE)",
        "DROP ROLE IF EXISTS owner",
        "CREATE ROLE owner LOGIN",
        "CREATE DATABASE owned OWNER owner",
    )
    any_rows.fill(source, 5)
    mine = postgres.url.set(database="owned", username="owner", password=None)
    target = Database(mine.render_as_string(hide_password=False))
    moving.move(source, target, NOW, quiet)
    assert any_rows.all_of(target) == any_rows.all_of(source)
    target.close()


def test_the_way_back_is_a_backup(source: Database, target: Database, tmp_path: Path) -> None:
    backup.write(source, tmp_path / "kept.db")
    moving.move(source, target, NOW, quiet)
    restore.restore(tmp_path / "kept.db", source, NOW)
    migrate.upgrade(source)
