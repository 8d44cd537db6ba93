"""A member's answer and the sender at one moment: a call has one open turn after it, whichever came first."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from bot import callbacks, reminders
from bot.callbacks import Call
from bot.ledger import Outsider
from bot.plans import Plan
from handlers.features import listening
from handlers.outbound import parcels
from storage import members
from storage.database import Database, Session
from storage.tables import Outgoing, Turn
from tests.storage.interleaving import Do, each_gap
from tests.storage.rows import NOW, a_member

HOUR = timedelta(hours=1)
ANSWERS = {"called back": callbacks.call_back, "tomorrow": callbacks.move_to_tomorrow, "dropped": callbacks.drop}


def _noted(database: Database, name: str, every: str | None) -> tuple[str, str, str]:
    """Notes a call; returns the ids of its owner, of itself and of its turn."""
    with database.transaction() as session:
        owner = a_member(session, name)
        at = NOW + HOUR
        call, plan = Call(Outsider("Jane Doe", "Acme"), "the RFP"), Plan(at, at.replace(tzinfo=None), every)
        standing = callbacks.note_down(session, owner, call, plan, NOW, f"trigger:{name}")
        return owner.id, standing.callback.id, standing.turn.id


def _row(database: Database, turn_id: str, kind: str) -> str:
    with database.reading() as session:
        return session.exec(
            select(Outgoing.id).where(Outgoing.team_id == "T1", Outgoing.subject == turn_id, Outgoing.kind == kind)
        ).one()


def _answering(what: str, owner_id: str, turn_id: str, now: Any) -> Do:
    def answer(session: Session) -> None:
        ANSWERS[what](session, members.by_id(session, "T1", [owner_id])[owner_id], turn_id, now)

    return answer


def _open_turns(database: Database, callback_id: str) -> int:
    with database.reading() as session:
        turns = session.exec(select(Turn).where(Turn.team_id == "T1", Turn.callback_id == callback_id))
        return sum(turn.ended is None for turn in turns)


@pytest.mark.parametrize("is_first", [True, False], ids=["the alarm first", "the answer first"])
@pytest.mark.parametrize("what", ANSWERS)
def test_an_answer_that_meets_the_next_day_leaves_one_turn(database: Database, what: str, is_first: bool) -> None:
    messages, later, calls = listening().messages, NOW + timedelta(days=1, hours=1, minutes=1), list[str]()

    def arrange(gap: int) -> tuple[Do, Do]:
        owner_id, callback_id, turn_id = _noted(database, f"{what} {is_first} {gap}", "FREQ=DAILY")
        alarm = _row(database, turn_id, reminders.ALARM)
        with database.transaction() as session:  # its reminder was said
            said = (col(Outgoing.subject) == turn_id, col(Outgoing.kind) == reminders.AT_ITS_TIME)
            session.connection().execute(
                update(Outgoing).where(col(Outgoing.team_id) == "T1", *said).values(state="sent", slack_ts="1.1")
            )
        calls.append(callback_id)
        ring: Do = lambda session: parcels.take(session, "T1", alarm, later, messages)  # noqa: E731
        answer = _answering(what, owner_id, turn_id, later)
        return (ring, answer) if is_first else (answer, ring)

    for _ in each_gap(database, arrange):
        assert _open_turns(database, calls[-1]) == (0 if what == "dropped" else 1)


@pytest.mark.parametrize("is_first", [True, False], ids=["the reminder first", "the answer first"])
def test_an_answer_that_meets_its_reminder_is_kept_and_neither_waits_for_the_other_for_ever(
    database: Database, is_first: bool
) -> None:
    messages, later, calls = listening().messages, NOW + HOUR, list[str]()

    def arrange(gap: int) -> tuple[Do, Do]:
        owner_id, callback_id, turn_id = _noted(database, f"said {is_first} {gap}", None)
        reminder = _row(database, turn_id, reminders.AT_ITS_TIME)
        calls.append(callback_id)
        say: Do = lambda session: parcels.take(session, "T1", reminder, later, messages)  # noqa: E731
        answer = _answering("called back", owner_id, turn_id, later)
        return (say, answer) if is_first else (answer, say)

    for _ in each_gap(database, arrange):
        assert _open_turns(database, calls[-1]) == 0
