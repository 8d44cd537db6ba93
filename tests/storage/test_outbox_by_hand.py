"""What an operator sets right by hand: what ended unsaid goes out again or is dropped, and what is settled stays as it is."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from storage import outbox, outbox_by_hand, sending
from storage.database import Database, Session
from storage.tables import STATES, Outgoing
from tests.storage.rows import MINUTE, NOW, a_member

LATER = NOW + timedelta(hours=3)
WHEN_TRIED = NOW + MINUTE


@pytest.fixture
def session(database: Database) -> Any:
    with database.transaction() as session:
        yield session


def _row(session: Session, state: str, team_id: str = "T1", key: str = "k", **columns: Any) -> Outgoing:
    """Adds a row that was tried once and came to this state, and returns it as it is seen."""
    ana = a_member(session, "ana", team_id)
    planned: dict[str, Any] = {"kind": "act", "subject": "act-1", "now": NOW} | columns
    row_id = outbox.add(session, team_id, key=key, member_id=ana.id, not_after=NOW + 5 * MINUTE, **planned)
    tried = {"tried": 1, "refused": 2, "first_tried_at": WHEN_TRIED, "error": "is_archived"}
    here = (col(Outgoing.team_id) == team_id, col(Outgoing.id) == row_id)
    session.connection().execute(update(Outgoing).where(*here).values(state=state, **tried))
    return _seen(session, team_id, row_id)


def _cancelled_since(session: Session, row: Outgoing) -> Outgoing:
    here = (col(Outgoing.team_id) == row.team_id, col(Outgoing.id) == row.id)
    session.connection().execute(update(Outgoing).where(*here).values(cancelled_at=NOW))
    return _seen(session, row.team_id, row.id)


def _seen(session: Session, team_id: str, row_id: str) -> Outgoing:
    session.expire_all()
    row = outbox.find(session, team_id, row_id)
    assert row is not None
    session.expunge(row)  # so that it stays as it was seen
    return row


def _listed(session: Session, team_id: str = "T1", states: Any = STATES, limit: int = 50) -> list[str]:
    return [row.id for row, _ in outbox_by_hand.in_states(session, team_id, states, limit)]


def _due(session: Session, now: datetime) -> list[str]:
    return [due.id for due in sending.due(session, "T1", now, 50)]


@pytest.mark.parametrize("state", ["dead", "expired", "unconfirmed"])
def test_what_ended_unsaid_goes_out_now_as_if_it_were_its_first_try(session: Session, state: str) -> None:
    seen = _row(session, state)
    assert _due(session, LATER) == []
    assert outbox_by_hand.retry(session, seen, LATER)
    row = _seen(session, "T1", seen.id)
    assert (row.state, row.due_at, row.tried, row.refused) == ("pending", LATER, 0, 0)
    assert (row.first_tried_at, row.error, row.not_after) == (None, None, None)
    assert _due(session, LATER) == [row.id]
    assert session.info["outgoing"] is True


def test_only_what_somebody_looked_for_is_not_looked_for_again(session: Session) -> None:
    for state, looked_at in (("unconfirmed", LATER), ("dead", None), ("expired", None)):
        seen = _row(session, state, key=state)
        assert outbox_by_hand.retry(session, seen, LATER)
        assert _seen(session, "T1", seen.id).looked_at == looked_at


@pytest.mark.parametrize("state", ["pending", "sending", "sent", "cancelled"])
def test_what_did_not_end_unsaid_is_not_tried_again(session: Session, state: str) -> None:
    seen = _row(session, state)
    assert not outbox_by_hand.retry(session, seen, LATER)
    assert _seen(session, "T1", seen.id) == seen


@pytest.mark.parametrize("state", ["dead", "expired", "unconfirmed"])
def test_what_was_taken_back_since_its_try_stays_unsaid_and_can_be_dropped(session: Session, state: str) -> None:
    seen = _cancelled_since(session, _row(session, state))
    assert not outbox_by_hand.retry(session, seen, LATER)
    assert _seen(session, "T1", seen.id).state == state
    assert outbox_by_hand.drop(session, seen, LATER)
    assert _seen(session, "T1", seen.id).state == "cancelled"


@pytest.mark.parametrize("state", ["pending", "dead", "expired", "unconfirmed"])
def test_what_waits_or_ended_unsaid_is_dropped_for_good(session: Session, state: str) -> None:
    seen = _row(session, state)
    assert outbox_by_hand.drop(session, seen, LATER)
    row = _seen(session, "T1", seen.id)
    assert (row.state, row.cancelled_at) == ("cancelled", LATER)
    assert _due(session, LATER) == []
    assert not outbox_by_hand.retry(session, row, LATER)


@pytest.mark.parametrize("state", ["sending", "sent", "cancelled"])
def test_what_is_under_way_or_settled_is_not_dropped(session: Session, state: str) -> None:
    seen = _row(session, state)
    assert not outbox_by_hand.drop(session, seen, LATER)
    assert _seen(session, "T1", seen.id) == seen


@pytest.mark.parametrize("change", [outbox_by_hand.retry, outbox_by_hand.drop])
def test_what_somebody_else_settled_in_the_meantime_stays_so(session: Session, change: Any) -> None:
    seen = _row(session, "unconfirmed")
    assert outbox.answer_unconfirmed(session, "T1", seen.id, NOW, is_there=True)
    assert not change(session, seen, LATER)
    assert _seen(session, "T1", seen.id).state == "sent"
    taken_back = _row(session, "unconfirmed", key="other")
    _cancelled_since(session, taken_back)
    assert not change(session, taken_back, LATER)


@pytest.mark.parametrize("change", [outbox_by_hand.retry, outbox_by_hand.drop])
def test_what_was_tried_once_more_since_an_operator_looked_is_not_changed(session: Session, change: Any) -> None:
    seen = _row(session, "unconfirmed")
    assert outbox.answer_unconfirmed(session, "T1", seen.id, LATER, is_there=False)
    session.expire_all()
    row = sending.claim(session, "T1", seen.id, LATER)
    assert row is not None
    assert sending.settle(session, row, "unconfirmed", looked_at=seen.looked_at) == seen.state
    assert not change(session, seen, LATER)


@pytest.mark.parametrize("change", [outbox_by_hand.retry, outbox_by_hand.drop])
def test_the_same_id_in_another_workspace_is_left_alone(session: Session, change: Any) -> None:
    ours = _row(session, "dead")
    theirs = _row(session, "dead", "T2", id=ours.id)
    assert change(session, ours, LATER)
    assert _seen(session, "T2", ours.id) == theirs


def test_the_list_has_each_row_with_where_it_goes_the_longest_due_first(session: Session) -> None:
    to_ana = _row(session, "dead")
    to_channel = _row(session, "pending", key="channel", channel="C1AUSTIN", due_at=NOW - MINUTE)
    _row(session, "dead", "T2")
    found = outbox_by_hand.in_states(session, "T1", STATES, 50)
    assert [(row.id, place) for row, place in found] == [(to_channel.id, "C1AUSTIN"), (to_ana.id, "UANA")]


def test_the_list_keeps_to_what_was_asked_for(session: Session) -> None:
    rows = {state: _row(session, state, key=state).id for state in STATES}
    assert _listed(session, states=("dead", "sent")) == [rows["sent"], rows["dead"]]
    unsettled = [rows[state] for state in ("pending", "sending", "unconfirmed", "dead", "expired")]
    assert _listed(session, states=outbox_by_hand.NOT_SETTLED) == unsettled
    assert _listed(session, limit=2) == [rows["pending"], rows["sending"]]
    assert _listed(session, "T2") == []
