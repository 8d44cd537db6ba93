"""Figures about the outbox, and the condition of the database, on both databases; each workspace counts for itself."""

from datetime import timedelta
from typing import Any

import pytest

from storage import condition, migrate, outbox, outbox_figures
from storage.database import Database, NotSaved, Session
from tests.storage.rows import MINUTE, NOW, a_member, put_outgoing


@pytest.fixture
def session(database: Database) -> Any:
    with database.transaction() as session:
        ana, fay = a_member(session, "ana"), a_member(session, "ana", team_id="T2")
        states = ["sent", "sent", "pending", "unconfirmed", "sending"]
        for number, state in enumerate(states):
            _add(session, "T1", ana.id, f"k{number}", state, NOW - number * MINUTE)
        _add(session, "T2", fay.id, "k", "pending", NOW - timedelta(days=1))
        yield session


def _add(session: Session, team_id: str, member_id: str, key: str, state: str, due_at: Any) -> None:
    row_id = outbox.add(
        session, team_id, key=key, kind="act", subject="act-1", member_id=member_id, now=NOW, due_at=due_at
    )
    put_outgoing(session, row_id, state, team_id)


def test_rows_are_counted_by_state_in_their_own_workspace(session: Session) -> None:
    assert outbox_figures.counts_by_state(session, "T1") == {"sent": 2, "pending": 1, "unconfirmed": 1, "sending": 1}
    assert outbox_figures.counts_by_state(session, "T2") == {"pending": 1}
    assert outbox_figures.counts_by_state(session, "T3") == {}


def test_the_longest_due_is_one_that_is_neither_said_nor_given_up(session: Session) -> None:
    assert outbox_figures.oldest_due(session, "T1", NOW) == NOW - 4 * MINUTE  # being sent, and not yet said
    assert outbox_figures.oldest_due(session, "T1", NOW - 3 * MINUTE) == NOW - 4 * MINUTE
    assert outbox_figures.oldest_due(session, "T2", NOW) == NOW - timedelta(days=1)


def test_nothing_is_due_before_its_time(session: Session) -> None:
    assert outbox_figures.oldest_due(session, "T1", NOW - 5 * MINUTE) is None
    assert outbox_figures.oldest_due(session, "T3", NOW) is None


def test_a_database_that_takes_what_is_written_says_so_and_keeps_nothing_of_it(database: Database) -> None:
    for _ in range(2):
        condition.probe_write(database, NOW)
    assert condition.schema(database) == (migrate.newest(), migrate.newest())


def test_a_database_without_tables_cannot_be_written_to(bare: Database) -> None:
    with pytest.raises(NotSaved):
        condition.probe_write(bare, NOW)
    assert condition.schema(bare) == (None, migrate.newest())


def test_only_a_sqlite_file_has_a_journal_and_a_disk(database: Database) -> None:
    journal, free = condition.journal(database), condition.free_share(database)
    if database.is_sqlite:
        assert journal is not None
        assert journal[1] in ("WAL", "DELETE")
        assert free is not None
        assert 0 < free < 1
    else:
        assert (journal, free) == (None, None)
