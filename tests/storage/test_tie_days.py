"""Days on which two helped each other: whatever is said of acts, in whatever order, they are what the ledger says."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from storage import acts, migrate, ties
from storage.database import Database, Session
from storage.tables import Act, Mark, Member, TieDay
from tests.storage import migrating
from tests.storage.rows import NOW, a_member, act_row, add_act, correct, take_back

Days = dict[tuple[str, str, date], tuple[int, int, int, int]]


def _kept(session: Session) -> Days:
    rows = session.exec(select(TieDay).where(TieDay.team_id == "T1"))
    return {(one.member_id, one.other_id, one.day): (one.gave, one.got, one.shown_gave, one.shown_got) for one in rows}


def _counted(session: Session) -> Days:
    """Counts the days as the ledger has them, in the plainest way."""
    every = list(session.exec(select(Act).where(Act.team_id == "T1")))
    ended = {one.reverses for one in every if one.reverses}
    marks = {(one.act_id, one.mark) for one in session.exec(select(Mark).where(Mark.team_id == "T1"))}
    found: dict[tuple[str, str, date], Counter[str]] = {}
    for one in every:
        if one.reverses or one.id in ended or (one.id, "thanks") not in marks or not one.helper_id or not one.helped_id:
            continue
        is_private = (one.id, "private") in marks or (one.is_private and (one.id, "shared") not in marks)
        day = one.recorded_at.astimezone(UTC).date()
        for mine, theirs, word in ((one.helper_id, one.helped_id, "gave"), (one.helped_id, one.helper_id, "got")):
            counts = found.setdefault((mine, theirs, day), Counter())
            counts.update([word] if is_private else [word, f"shown_{word}"])
    words = ("gave", "got", "shown_gave", "shown_got")
    return {
        key: (counts[words[0]], counts[words[1]], counts[words[2]], counts[words[3]]) for key, counts in found.items()
    }


def _mark(session: Session, act: dict[str, Any], word: str) -> None:
    at = {"words": None, "channel": "C9" if word == "shared" else None, "at": NOW}
    acts.add_marks(session, [{"team_id": "T1", "act_id": act["id"], "mark": word, "member_id": act["helped_id"], **at}])


def _do_something(session: Session, chance: Random, people: list[Member], stand: list[dict[str, Any]]) -> None:
    """Does one of all things that can be done to acts."""
    if len(stand) < 4 or chance.random() < 0.4:
        helper, helped = chance.sample(people, 2)
        at = NOW - timedelta(hours=chance.randrange(96))
        stand.append(add_act(session, helper, helped, recorded_at=at, is_private=chance.random() < 0.3))
        return
    act = chance.choice(stand)
    there = set(session.exec(select(Mark.mark).where(Mark.team_id == "T1", Mark.act_id == act["id"])).all())
    match chance.choice(["thanks", "private", "shared", "unthank", "take back", "correct"]):
        case "unthank":
            acts.unmark(session, "T1", act["id"], "thanks")
        case "take back":
            take_back(session, act, recorded_at=NOW)
            stand.remove(act)
        case "correct":
            stand.remove(act)
            stand.append(correct(session, act))
        case word if word not in there:
            _mark(session, act, word)


@pytest.mark.parametrize("number", range(4))
def test_whatever_is_said_of_acts_the_days_are_what_the_ledger_says(database: Database, number: int) -> None:
    chance = Random(number)
    stand: list[dict[str, Any]] = []
    with database.transaction() as session:
        people = [a_member(session, name) for name in ("ana", "raj", "mira")]
        for one in people:
            session.refresh(one)
    seen = 0
    for _ in range(60):
        with database.transaction() as session:
            _do_something(session, chance, people, stand)
        with database.reading() as session:
            kept = _kept(session)
            assert kept == _counted(session)
            seen = max(seen, len(kept))
    assert seen > 2


_BEFORE = """
UPDATE acts SET helper_id = 'm2', helped_id = 'm1' WHERE id IN ('a3', 'a4', 'a7');
UPDATE acts SET recorded_at = '2026-03-03 23:59:59.000000' WHERE id IN ('a4', 'a5', 'a6', 'a7');
INSERT INTO marks (team_id, act_id, mark, member_id, at)
SELECT team_id, id, 'thanks', helped_id, recorded_at FROM acts WHERE id <> 'a8'
"""


def test_an_upgrade_counts_what_was_there_before(bare: Database) -> None:
    migrating.fill_first(bare, 9)
    with bare.engine.begin() as connection:
        for statement in _BEFORE.split(";"):
            connection.execute(text(statement).execution_options(across_workspaces=True))
    migrate.upgrade(bare)
    with bare.reading() as session:
        assert sum(gave + got for gave, got, *_ in _kept(session).values()) == 16, "eight acts, from both sides"
        assert _kept(session) == _counted(session)


def test_the_day_is_that_of_utc_on_both_sides_of_midnight(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = a_member(session), a_member(session, "raj")
        for hour, minute in ((23, 59), (0, 0)):
            act = add_act(session, ana, raj, recorded_at=datetime(2026, 3, 2 if hour else 3, hour, minute, tzinfo=UTC))
            _mark(session, act, "thanks")
    with database.reading() as session:
        assert [one.began_on for one in ties.of(session, "T1", ana.id)] == [date(2026, 3, 2)]
        assert {day for _, _, day in _kept(session)} == {date(2026, 3, 2), date(2026, 3, 3)}
        assert ties.count(session, "T1", ana.id, date(2026, 3, 3)) == (1, 0)
        assert ties.count(session, "T1", ana.id, date(2026, 3, 2)) == (1, 1)


def test_two_who_are_thanked_at_once_are_both_counted(database: Database) -> None:
    with database.transaction() as session:
        ana, raj = a_member(session), a_member(session, "raj")
        rows = [act_row(*(ana, raj) if number % 2 else (raj, ana)) for number in range(8)]
        acts.add(session, rows)

    def thanks(act: dict[str, Any]) -> Callable[[], None]:
        def go() -> None:
            with database.transaction() as session:
                _mark(session, act, "thanks")

        return go

    with ThreadPoolExecutor(8) as at_once:
        for done in [at_once.submit(thanks(act)) for act in rows]:
            done.result(timeout=30)
    with database.reading() as session:
        assert _kept(session) == _counted(session)
        assert sum(session.exec(select(TieDay.gave).where(col(TieDay.team_id) == "T1")).all()) == 8
