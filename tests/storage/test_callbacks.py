"""Calls to return as they are kept: one end to a turn, the newest turn, what is open, what was returned."""

from datetime import timedelta

from storage import callbacks, contacts, measures, outbox
from storage.database import Database, Session
from tests.storage.rows import NOW, a_member

HOUR = timedelta(hours=1)


def _noted(session: Session, owner: str = "ana", about: str = "the RFP") -> tuple[str, str, str]:
    """Notes a call with one turn; returns the ids of its owner, of itself and of the turn."""
    ana = a_member(session, owner)
    jane = contacts.meet(session, "T1", ana.id, "Jane Doe", "Acme", NOW)
    call = callbacks.add(session, "T1", ana.id, NOW, contact_id=jane.id, about=about, note="")
    turn = callbacks.add_turn(session, "T1", ana.id, call, 1, NOW + HOUR, NOW, wall=None, day=None)
    return ana.id, call, turn


def test_a_turn_ends_once(database: Database) -> None:
    with database.transaction() as session:
        _, _, turn = _noted(session)
    with database.transaction() as session:
        assert callbacks.end_turn(session, "T1", turn, "moved", NOW)
        assert not callbacks.end_turn(session, "T1", turn, "dropped", NOW)
    with database.reading() as session:
        assert callbacks.turn(session, "T1", turn).ended == "moved"


def test_the_newest_turn_is_the_one_that_counts_and_an_older_one_is_found_too(database: Database) -> None:
    with database.transaction() as session:
        owner, call, first = _noted(session)
        callbacks.end_turn(session, "T1", first, "moved", NOW)
        second = callbacks.add_turn(
            session, "T1", owner, call, 2, NOW + 2 * HOUR, NOW, wall="2026-03-02T11:00", day=None
        )
        assert callbacks.latest(session, "T1", call).turn.id == second
        found = callbacks.find(session, "T1", first)
        assert found is not None
        assert found.callback.id == call
        assert callbacks.turn_after(session, found.turn) is not None
        assert callbacks.turn_after(session, callbacks.turn(session, "T1", second)) is None


def test_another_workspace_finds_nothing(database: Database) -> None:
    with database.transaction() as session:
        owner, _, turn = _noted(session)
        assert callbacks.find(session, "T2", turn) is None
        assert callbacks.open_of(session, "T2", owner) == []
        assert callbacks.forgotten(session, "T2") == []


def test_what_is_open_comes_in_the_order_in_which_it_is_due(database: Database) -> None:
    with database.transaction() as session:
        owner, call, first = _noted(session)
        later = callbacks.add(session, "T1", owner, NOW, contact_id=None, member_id=owner, about="", note="")
        callbacks.add_turn(session, "T1", owner, later, 1, NOW, NOW, wall=None, day=None)
        assert [one.callback.id for one in callbacks.open_of(session, "T1", owner)] == [later, call]
        callbacks.end_turn(session, "T1", first, "dropped", NOW)
        assert [one.callback.id for one in callbacks.open_of(session, "T1", owner)] == [later]


def test_only_called_back_counts_and_only_between_the_two_moments(database: Database) -> None:
    with database.transaction() as session:
        owner, call, first = _noted(session)
        callbacks.end_turn(session, "T1", first, "called back", NOW)
        second = callbacks.add_turn(session, "T1", owner, call, 2, NOW, NOW, wall=None, day=None)
        callbacks.end_turn(session, "T1", second, "dropped", NOW)
        assert measures.count_returned(session, "T1", owner, NOW, NOW + HOUR) == 1
        assert measures.count_returned(session, "T1", owner, NOW - HOUR, NOW) == 0
        callbacks.change_turn(session, "T1", first, ended="taken back")
        assert measures.count_returned(session, "T1", owner, NOW, NOW + HOUR) == 0


def test_an_open_turn_of_which_nothing_waits_is_found(database: Database) -> None:
    with database.transaction() as session:
        owner, _, turn = _noted(session)
        assert [one.turn.id for one in callbacks.forgotten(session, "T1")] == [turn]
        row = outbox.add(
            session, "T1", key="rem:1", kind="callback", subject=turn, member_id=owner, now=NOW, due_at=NOW + HOUR
        )
        assert callbacks.forgotten(session, "T1") == []
        outbox.move(session, "T1", turn, NOW + 2 * HOUR, ("callback",))
        moved = outbox.find(session, "T1", row)
        assert moved is not None
        session.refresh(moved)
        assert moved.due_at == moved.planned_for == NOW + 2 * HOUR
        outbox.cancel(session, "T1", turn, NOW)
        assert [one.turn.id for one in callbacks.forgotten(session, "T1")] == [turn]
        callbacks.change_turn(session, "T1", turn, said=4)
        assert callbacks.forgotten(session, "T1") == []
