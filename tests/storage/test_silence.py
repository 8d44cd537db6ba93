"""A PostgreSQL that falls silent in the middle: nobody waits for long, and everybody reads what is true."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import event, text

from storage import workspaces
from storage.database import Database, NotSaved, Unsure, migration_engine
from tests.storage.rows import NOW
from tests.storage.silence import Wire, over_a_wire

pytestmark = pytest.mark.postgres
PATIENCE = 0.3  # s, for the test's sake
CONNECTING = 2  # s, below which libpq does not go
BUSY = 3  # s, for a machine that has other things to do; nobody who waited without end would come back by then


@pytest.fixture
def reached(postgres: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Database, Wire]]:
    monkeypatch.setattr("storage.postgres.SILENT_SECONDS", PATIENCE)
    with over_a_wire(postgres) as (database, wire):
        with database.transaction() as session:
            workspaces.meet(session, "T1", NOW)
        yield database, wire


def _write(database: Database) -> float:
    """Returns after how many seconds it turned out that nothing could be written."""
    began = time.monotonic()
    with pytest.raises(NotSaved) as told, database.transaction() as session:
        workspaces.meet(session, "T2", NOW)
    assert not isinstance(told.value, Unsure)
    return time.monotonic() - began


def test_who_comes_to_a_silent_database_is_told_within_seconds_that_nothing_was_saved(
    reached: tuple[Database, Wire],
) -> None:
    database, wire = reached
    wire.flows.clear()
    assert _write(database) < PATIENCE + CONNECTING + BUSY
    wire.flows.set()
    with database.transaction() as session:
        assert workspaces.find(session, "T2") is None


def test_a_database_that_falls_silent_between_two_statements_is_not_waited_for(reached: tuple[Database, Wire]) -> None:
    database, wire = reached
    event.listen(database.engine, "before_cursor_execute", lambda *_: wire.flows.clear())
    assert _write(database) < PATIENCE + BUSY


def test_what_falls_silent_during_the_commit_leaves_open_whether_it_was_saved(reached: tuple[Database, Wire]) -> None:
    database, wire = reached
    event.listen(database.engine, "commit", lambda _: wire.flows.clear())
    began = time.monotonic()
    with pytest.raises(Unsure), database.transaction() as session:
        workspaces.meet(session, "T3", NOW)
    assert time.monotonic() - began < PATIENCE + BUSY


def test_a_statement_without_end_is_ended_by_the_server_and_a_migration_takes_its_time(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgres.STATEMENT_MS", 50)
    database = Database(postgres.url.render_as_string(hide_password=False))
    with pytest.raises(NotSaved, match="QueryCanceled"), database.transaction() as session:
        session.connection().execute(text("SELECT pg_sleep(10)"))
    database.close()
    migrating = migration_engine(postgres.url)
    with migrating.connect() as connection:
        limits = [connection.exec_driver_sql(f"SHOW {one}_timeout").scalar() for one in ("statement", "lock")]
    migrating.dispose()
    assert limits == ["0", "0"]
