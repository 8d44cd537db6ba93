"""What the weekly report counts, from rows: what stands and is for others to see, and what followed nudges."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot import reports
from storage import nudges, ties
from storage import reports as stored
from storage.database import Database, Session, new_id
from storage.tables import Member, Nudge, Suggested
from tests.storage.rows import NOW, a_member, act_row, add_act, correct, mark, take_back

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEEK = (NOW - 7 * DAY, NOW)
NAMES = ("ana", "bo", "cy", "dee", "eli", "fay", "gil")


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def people(session: Session) -> list[Member]:
    return [a_member(session, name) for name in NAMES]


def give(session: Session, helper: Member, helped: Member, at: datetime, **columns: object) -> None:
    """One helps another at a moment, and both agree on it."""
    row = add_act(session, helper, helped, id=new_id(at), recorded_at=at, **columns)
    mark(session, row, "thanks", helped, at=at)
    ties.recount_acts(session, "T1", [row["id"]])


def given(session: Session, team_id: str = "T1") -> dict[str, tuple[int, int]]:
    """Returns what each gave in four weeks, and in the last of them."""
    return stored.given(session, team_id, NOW - 28 * DAY, *WEEK)


def nudge(session: Session, member: Member, at: datetime, *, is_held: bool) -> None:
    row = Nudge(team_id="T1", id=new_id(at), member_id=member.id, day=at.date(), at=at, is_held=is_held)
    one = Suggested(
        team_id="T1", nudge_id=row.id, number=0, member_id=member.id, source="quiet", about="x", names="x", at=at
    )
    assert nudges.add(session, row, [one])


def test_acts_are_counted_that_stand_and_that_nobody_made_private(session: Session, people: list[Member]) -> None:
    ana, bo, cy, *_ = people
    add_act(session, ana, bo)
    assert given(session) == {}, "not in it yet: it ends before this moment"
    inside = {"recorded_at": NOW - HOUR, "id": new_id(NOW - HOUR)}
    correct(session, add_act(session, ana, bo, **inside), words="the survey")
    take_back(session, add_act(session, ana, cy, **inside | {"id": new_id(NOW)}))
    add_act(session, bo, cy, **inside | {"id": new_id(NOW), "is_private": True})
    mark(session, add_act(session, bo, ana, **inside | {"id": new_id(NOW)}), "private", ana)
    shared = add_act(session, cy, ana, **inside | {"id": new_id(NOW), "is_private": True, "channel": None})
    mark(session, shared, "shared", cy, channel="C1")
    add_act(session, cy, bo, recorded_at=NOW - 8 * DAY, id=new_id(NOW - 8 * DAY))
    assert given(session) == {ana.id: (1, 1), cy.id: (2, 1)}
    assert stored.count_first(session, "T1", *WEEK) == 1, "Cy gave before"
    assert given(session, "T2") == {}


def test_of_four_who_helped_nothing_is_said_and_of_five_it_is(session: Session, people: list[Member]) -> None:
    for one in people[:4]:
        give(session, one, people[6], NOW - DAY)
    few = reports.of(session, "T1", *WEEK)
    assert (few.acts, few.helpers, few.first_helpers) == (0, 0, 0)
    assert few.new_ties == 4, "between five"
    give(session, people[4], people[6], NOW - DAY)
    enough = reports.of(session, "T1", *WEEK)
    assert (enough.acts, enough.helpers, enough.first_helpers, enough.new_ties) == (5, 5, 5, 5)
    assert enough.busiest is None


def test_first_helpers_are_not_said_where_they_are_few(session: Session, people: list[Member]) -> None:
    for one in people[:3]:
        give(session, one, people[6], NOW - 40 * DAY)
    for one in people[:6]:
        give(session, one, people[6], NOW - DAY)
    found = reports.of(session, "T1", *WEEK)
    assert (found.helpers, found.first_helpers, found.new_ties) == (6, 0, 0), "three are new: too few to be said"


def test_how_long_first_good_turns_took_to_come_back(session: Session, people: list[Member]) -> None:
    last, *others = people
    for number, other in enumerate(others[:5]):
        give(session, other, last, NOW - 120 * DAY)
        give(session, last, other, NOW - (120 - number - 1) * DAY)
    assert reports.of(session, "T1", *WEEK).days_to_return == 3
    give(session, others[5], last, NOW - 120 * DAY)
    give(session, last, others[5], NOW - 120 * DAY)  # on the same day
    assert reports.of(session, "T1", *WEEK).days_to_return == 3
    give(session, others[5], others[4], NOW - 20 * DAY)  # it may still be returned
    give(session, others[4], others[5], NOW - 19 * DAY)
    give(session, others[3], others[2], NOW - 120 * DAY)
    give(session, others[2], others[3], NOW - 10 * DAY)  # too late
    assert reports.of(session, "T1", *WEEK).days_to_return == 3


def test_what_was_recorded_in_seven_days_is_compared_by_chance(session: Session, people: list[Member]) -> None:
    for number in range(40):
        at, member = NOW - (20 + number) * DAY, people[number % 7]
        nudge(session, member, at, is_held=False)
        nudge(session, member, at + HOUR, is_held=True)
    for back in (21, 28, 35):  # by the first of them, at the same hour as nudges
        add_act(session, people[0], people[1], recorded_at=NOW - back * DAY, id=new_id(NOW - back * DAY))
    nudge(session, people[0], NOW - 6 * DAY, is_held=False)  # its seven days are not over
    nudge(session, people[0], NOW - 200 * DAY, is_held=False)  # long ago
    found = reports.of(session, "T1", *WEEK).effect
    theirs = [20 + number for number in range(0, 40, 7)]  # days ago, of the first member's
    followed = sum(any(ago > back >= ago - 7 for back in (21, 28, 35)) for ago in theirs)
    assert found.done == (40, followed, 7)
    assert found.held == (40, followed, 7)
    assert found.difference is not None
    assert not found.is_clear


def test_what_was_taken_back_did_not_follow_and_who_wrote_it_counts(session: Session, people: list[Member]) -> None:
    ana, bo, *_ = people
    for member in (ana, bo):
        nudge(session, member, NOW - 10 * DAY, is_held=False)
    at = NOW - 9 * DAY
    take_back(session, add_act(session, ana, bo, recorded_at=at, id=new_id(at)))
    thanks = act_row(ana, bo, recorded_at=at, id=new_id(at), recorded_by=bo.id, written_by=bo.id, is_private=True)
    add_act(session, ana, bo, **thanks)
    assert reports.of(session, "T1", *WEEK).effect.done == (2, 1, 2), "Bo recorded it, in private"
