"""What SQLite is told about our indexes: every one of them, and so that nothing reads all of a workspace."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from storage import acts, outbox, summaries, ties
from storage.database import Database, Session
from tests.storage.rows import NOW

QUESTIONS = {
    "a channel's week": lambda session: summaries.count_week(session, "T1", "C1", NOW, NOW, NOW),
    "a member's ties": lambda session: ties.of(session, "T1", "m1"),
    "what waits for thanks": lambda session: acts.waiting_for(session, "T1", "m1", 9),
    "the latest acts": lambda session: acts.recent(session, "T1", "m1", 9),
    "one act": lambda session: acts.of_root(session, "T1", "a1"),
    "what is not known to have arrived": lambda session: outbox.unconfirmed(session, "T1"),
    "what is said about an act": lambda session: outbox.change(session, "T1", "a1", NOW),
}


@pytest.fixture
def database(sqlite_file: Path) -> Iterator[Database]:
    given = Database(f"sqlite:///{sqlite_file}")
    yield given
    given.close()


def test_every_index_is_told_of(database: Database) -> None:
    with database.engine.connect() as connection:
        known = set(connection.execute(text("SELECT idx FROM sqlite_stat1")).scalars())
        named = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        assert known >= set(connection.execute(text(named)).scalars())


@pytest.mark.parametrize("what", QUESTIONS)
def test_no_question_of_every_day_reads_all_of_a_workspace(database: Database, what: str) -> None:
    plan = "\n".join(_plans(database, QUESTIONS[what]))
    assert "USING" in plan
    assert "(team_id=?)\n" not in f"{plan}\n"


def _plans(database: Database, ask: Any) -> list[str]:
    found: list[str] = []

    def look(connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        driver = connection.connection.dbapi_connection
        found.extend(str(row[3]) for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", values))

    event.listen(database.engine, "before_cursor_execute", look)
    with Session(database.engine) as session:
        ask(session)
    event.remove(database.engine, "before_cursor_execute", look)
    return found
