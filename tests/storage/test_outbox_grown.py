"""An outbox in which much was said: what is due is found without looking through it, and what is long over is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert
from sqlmodel import select

from storage import outbox, sending
from storage.database import Database, Session, new_id
from storage.tables import STATES, Outgoing
from tests.storage.rows import NOW, a_member, put_outgoing

LONG_AGO, CUT = NOW - timedelta(days=91), NOW - timedelta(days=90)
KEPT = ("pending", "sending", "unconfirmed")


@pytest.fixture
def session(database: Database) -> Any:
    with database.transaction() as session:
        yield session


def _add(session: Session, key: str, state: str, team_id: str = "T1", **columns: Any) -> str:
    """Adds a row of long ago."""
    told: dict[str, Any] = {"kind": "act", "subject": key, "member_id": a_member(session, "ana", team_id).id}
    told |= {"now": LONG_AGO}
    since = {name: columns.pop(name) for name in list(columns) if name.endswith("_at") and name != "due_at"}
    row_id = outbox.add(session, team_id, key=key, **told, **columns)
    put_outgoing(session, row_id, state, team_id, **since)
    return row_id


def _keys(session: Session, team_id: str = "T1") -> set[str]:
    return {row.key for row in session.exec(select(Outgoing).where(Outgoing.team_id == team_id))}


def _forget_all(session: Session) -> int:
    counts = list(iter(lambda: outbox.forget(session, "T1", CUT, 3), 0))
    session.expire_all()
    assert all(count <= 3 for count in counts)
    return sum(counts)


def test_what_was_settled_long_ago_is_forgotten_and_what_is_open_never_is(session: Session) -> None:
    for state in STATES:
        _add(session, state, state)
    _add(session, "elsewhere", "sent", "T2")
    assert _forget_all(session) == len(STATES) - len(KEPT)
    assert (_keys(session), _keys(session, "T2")) == (set(KEPT), {"elsewhere"})


@pytest.mark.parametrize("moment", ["created_at", "due_at", "first_tried_at", "looked_at", "cancelled_at", "sent_at"])
def test_a_key_is_kept_for_ninety_days_after_anything_was_done_with_it(session: Session, moment: str) -> None:
    _add(session, "kept", "sent", "T1", **{moment: CUT})
    _add(session, "gone", "sent", "T1", **{moment: CUT - timedelta(seconds=1)})
    _forget_all(session)
    assert _keys(session) == {"kept"}


def test_a_message_is_kept_for_as_long_as_a_change_of_it_is(session: Session) -> None:
    for key, changed_at in (("old", LONG_AGO), ("young", NOW)):
        post = _add(session, key, "sent")
        _add(session, f"change of {key}", "sent", verb="update", target=post, created_at=changed_at)
    _forget_all(session)
    assert _keys(session) == {"young", "change of young"}


def _fill(session: Session, count: int) -> None:
    """Adds as many messages that were said, to several workspaces, and one that is due."""
    for team_id in ("T1", "T2", "T3"):
        ana = a_member(session, "ana", team_id)
        _add(session, "due", "pending", team_id)
        said = outbox.find(session, team_id, _add(session, "said", "sent", team_id))
        assert said is not None
        rows = [said.model_dump() | {"id": new_id(NOW), "key": f"said {number}"} for number in range(count)]
        session.connection().execute(insert(Outgoing), rows)
        assert ana.id


def _plans(connection: Connection, do: Any) -> list[str]:
    """Returns how the database goes about each question that is asked meanwhile."""
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    plans, asking = list[str](), list[bool]()

    def look(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not asking and statement.startswith(("SELECT", "DELETE")):
            asking.append(True)
            cursor.execute(f"{explain} {statement}", parameters)
            plans.append("\n".join(str(row) for row in cursor.fetchall()))
            asking.clear()

    event.listen(connection, "before_cursor_execute", look)
    do()
    event.remove(connection, "before_cursor_execute", look)
    return plans


def test_what_is_due_is_found_without_looking_through_what_was_said(session: Session) -> None:
    _fill(session, 2_000)
    connection = session.connection()
    connection.exec_driver_sql("ANALYZE outbox")

    def ask() -> None:
        assert sending.teams_with_due(session, NOW) == ["T1", "T2", "T3"]
        assert len(sending.due(session, "T1", NOW, 50)) == 1

    teams, due = _plans(connection, ask)
    assert "outbox_open" in teams, teams
    # SQLite may as well go to each of the two states in turn.
    assert "outbox_open" in due or "outbox_by_due (team_id=? AND state=? AND due_at<?)" in due, due


def test_what_is_forgotten_has_nothing_else_looked_through(session: Session) -> None:
    _fill(session, 2_000)
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # it counts by itself, in time
        connection.exec_driver_sql("ANALYZE outbox")
    plan, removed = _plans(connection, lambda: outbox.forget(session, "T1", CUT, 100))
    assert "outbox_by_target" in plan, plan
    assert "outbox_by_target" in removed or connection.dialect.name == "postgresql", removed
