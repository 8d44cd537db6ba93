"""Migrations when two programs start at once, when one is killed in the middle, and when there is a lot to lose."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from storage import migrate
from storage.database import Database
from tests.storage import migrating

KILLS = 50
NEW_COLUMNS = {"planned_for", "looked_at", "cause"}
NEW_TABLES = {
    "callbacks", "callback_turns", "introductions", "introduction_sides", "unwanted", "channels", "summaries", "asks", "offers",
    "nudging", "nudges", "suggested", "left_out", "tie_days", "feeds", "items", "goings", "reporting", "erasures",
    "installations", "install_states",
}  # fmt: skip


def found(database: Database) -> tuple[str | None, dict[str, int], bool]:
    """Returns the version, how many rows the first version's tables have, and whether all that is newer is there."""
    with database.engine.connect() as connection:
        columns = {str(column["name"]) for column in inspect(connection).get_columns("outbox")}
        counts = migrate.counts(connection)
        newer = (columns & NEW_COLUMNS) | (counts.keys() & NEW_TABLES)
        assert newer in (set(), NEW_COLUMNS | NEW_TABLES), "between two versions"
        assert not any(counts[table] for table in counts.keys() & NEW_TABLES)
        first = {table: count for table, count in counts.items() if table not in NEW_TABLES}
        return migrate.version(connection), first, bool(newer)


def shown(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def test_of_two_programs_that_start_at_once_one_migrates_and_both_go_on(bare: Database) -> None:
    before = migrating.fill_first(bare, 500)
    kept = migrating.processes.SimpleQueue()
    programs = [migrating.start(shown(bare), kept=kept) for _ in range(2)]
    for program in programs:
        program.join(60)
    assert [program.exitcode for program in programs] == [0, 0]
    assert found(bare) == (migrate.newest(), before, True)
    assert kept.get() == migrate.newest()
    assert kept.empty(), "there was one backup"


def test_two_programs_that_start_at_once_make_one_new_database(bare: Database) -> None:
    programs = [migrating.start(shown(bare)) for _ in range(2)]
    for program in programs:
        program.join(60)
    assert [program.exitcode for program in programs] == [0, 0]
    assert found(bare)[0] == migrate.newest()


def test_killed_in_the_middle_it_is_at_the_old_version_or_the_new_one(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    first = Database(f"sqlite:///{tmp_path}/first.db")
    before = migrating.fill_first(first, 1_000)
    first.close()
    takes = _seconds_of_a_migration(Path(shutil.copy(tmp_path / "first.db", tmp_path / "whole.db")))
    versions, hot = [], 0
    for kill in range(KILLS):
        file = Path(shutil.copy(tmp_path / "first.db", tmp_path / f"{kill}.db"))
        began = migrating.processes.Event()
        process = migrating.start(f"sqlite:///{file}", began)
        assert began.wait(30)
        process.join(takes * 1.1 * kill / KILLS)
        process.kill()
        process.join()
        hot += file.with_name(f"{file.name}-journal").exists()
        versions.append(_after_a_kill(file, before))
    assert set(versions) <= {"0001", migrate.newest()}
    assert versions.count("0001") > KILLS / 5, "the kills came too late to try anything"
    figure(
        f"kill -9 in a migration of {takes * 1000:.0f} ms, {KILLS} times: {versions.count('0001')} at the old version, "
        f"{versions.count(migrate.newest())} at the new one, 0 between; {hot} left a journal to roll back"
    )


def _seconds_of_a_migration(file: Path) -> float:
    began = migrating.processes.Event()
    process = migrating.start(f"sqlite:///{file}", began)
    assert began.wait(30)
    at = time.perf_counter()
    process.join()
    assert process.exitcode == 0
    return time.perf_counter() - at


def _after_a_kill(file: Path, before: dict[str, int]) -> str | None:
    """Returns the version after looking that all is there, and that the next start brings it to the newest."""
    database = Database(f"sqlite:///{file}")
    version, counts, is_new = found(database)
    assert counts == before
    assert is_new == (version == migrate.newest())
    with database.engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
    migrate.upgrade(database)
    assert found(database) == (migrate.newest(), before, True)
    database.close()
    file.unlink()
    return version


def test_a_hundred_thousand_acts_of_the_first_version_all_arrive(bare: Database, figure: Callable[[str], None]) -> None:
    before = migrating.fill_first(bare, 100_000)
    assert before["acts"] == before["outbox"] == 100_000
    began = time.perf_counter()
    migrate.upgrade(bare)
    seconds = time.perf_counter() - began
    version, counts, is_new = found(bare)
    assert (version, is_new) == (migrate.newest(), True)
    assert counts == before
    with bare.engine.connect() as connection:
        pairs = "SELECT count(*) FROM outbox JOIN acts ON acts.team_id = outbox.team_id AND acts.id = subject"
        question = text(pairs).execution_options(across_workspaces=True)
        assert connection.execute(question).scalar_one() == 100_000
    name = "SQLite" if bare.is_sqlite else "PostgreSQL"
    figure(f"from version 0001 to {version} with 100,000 acts and their outbox rows, {name}: {seconds:.1f} s")


@pytest.mark.parametrize("named", [(), ("outbox",)])
def test_a_row_that_a_migration_loses_undoes_it_unless_it_says_so(
    bare: Database, monkeypatch: pytest.MonkeyPatch, named: tuple[str, ...]
) -> None:
    migrating.fill_first(bare, 10)
    really = migrate._run_alembic

    def lose(connection: Any, since: str | None) -> set[str]:
        really(connection, since)
        lost = text("DELETE FROM outbox WHERE id = 'o1'").execution_options(across_workspaces=True)
        connection.execute(lost)
        return set(named)

    monkeypatch.setattr(migrate, "_run_alembic", lose)
    if named:
        migrate.upgrade(bare)
        assert found(bare)[1]["outbox"] == 9
        return
    with pytest.raises(migrate.NotMigrated, match="outbox would have 9 rows instead of 10"):
        migrate.upgrade(bare)
    assert found(bare)[:1] == ("0001",)
    assert found(bare)[1]["outbox"] == 10


def test_where_no_backup_can_be_made_nothing_is_changed(bare: Database) -> None:
    def fail(_version: str) -> None:
        raise OSError("the disk is full")

    before = migrating.fill_first(bare, 10)
    with pytest.raises(OSError, match="the disk is full"):
        migrate.upgrade(bare, fail)
    assert found(bare) == ("0001", before, False)


def test_a_new_database_needs_no_backup(bare: Database) -> None:
    asked: list[str] = []
    migrate.upgrade(bare, asked.append)
    migrate.upgrade(bare, asked.append)
    assert asked == []


def test_what_the_database_refuses_is_said_by_its_kind_and_rolled_back(
    bare: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(connection: Any, _since: str | None) -> set[str]:
        connection.execute(text("DROP TABLE marks"))
        connection.execute(text("SELECT 'words of a member' FROM nowhere"))
        return set()

    before = migrating.fill_first(bare, 10)
    monkeypatch.setattr(migrate, "_run_alembic", refuse)
    with pytest.raises(migrate.NotMigrated, match=r"^(OperationalError|UndefinedTable)$"):
        migrate.upgrade(bare)
    assert found(bare) == ("0001", before, False)
