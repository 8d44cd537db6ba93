"""Nudges that go unanswered, are held back or did not come, and what follows from it."""

import pytest

from bot import nudges
from tests.conversation import Person
from tests.features.asking import ask
from tests.features.introducing import Until, home
from tests.features.nudging import got, turn_on


@pytest.fixture(autouse=True)
def never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has no nudge held back, except where a test says otherwise."""
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)


def test_after_unanswered_ones_the_next_waits_longer_and_after_three_they_pause(
    alice: Person, bob: Person, carol: Person, dan: Person, until: Until
) -> None:
    turn_on(bob, "surveyors")
    asking = {(3, 3): alice, (3, 10): carol, (4, 7): dan}
    days = []
    for date in ((3, 3), (3, 10), (3, 17), (3, 24), (3, 31), (4, 7), (4, 14), (4, 21)):
        if date in asking:
            ask(asking[date], "a surveyor", channel="", until="2026-05-20")
        before = len(got(bob))
        until(*date, 12, by=6)
        if len(got(bob)) > before:
            days.append(date)
    assert days == [(3, 3), (3, 17), (4, 14)]
    assert sum("I have paused your nudges" in one["text"] for one in bob.from_the_bot_by_dm()) == 1
    assert "Nudges: paused" in home(bob)
    until(6, 10, 12, by=12)
    assert len(got(bob)) == 3


@pytest.fixture
def paused(alice: Person, bob: Person, carol: Person, dan: Person, until: Until) -> None:
    """Bob has let three nudges go by."""
    turn_on(bob, "surveyors")
    for person, date in ((alice, (3, 10)), (carol, (4, 7)), (dan, (4, 22))):
        ask(person, "a surveyor", channel="", until="2026-05-20")
        until(*date, 12, by=6)
    assert len(got(bob)) == 3


def test_paused_ones_go_on_when_their_member_says_so(paused: None, alice: Person, bob: Person, until: Until) -> None:
    bob.clicks("Keep on")
    bob.sees("Your nudges go on.")
    ask(alice, "a surveyor again", channel="", until="2026-06-20")
    until(5, 12, 12, by=6)
    assert len(got(bob)) == 4


def test_or_later(paused: None, alice: Person, bob: Person, until: Until) -> None:
    bob.clicks("Later")
    bob.sees("Your nudges go on. The next one can come Tue 26 May, 9:00 AM CDT.")
    ask(alice, "a surveyor again", channel="", until="2026-06-20")
    until(5, 20, 12, by=12)
    assert len(got(bob)) == 3
    until(5, 27, 12, by=12)
    assert len(got(bob)) == 4


def test_or_never(paused: None, alice: Person, bob: Person, until: Until) -> None:
    bob.clicks("Stop")
    bob.sees("Your nudges are off. Home turns them on.")
    ask(alice, "a surveyor again", channel="", until="2026-06-20")
    until(6, 30, 12, by=12)
    assert len(got(bob)) == 3


def test_one_that_is_held_back_is_neither_sent_nor_unanswered(
    alice: Person, bob: Person, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_on(bob, "surveyors")
    ask(alice, "a surveyor", channel="", until="2026-05-20")
    monkeypatch.setattr(nudges, "HELD_OF", 1)
    until(3, 3, 12)
    assert got(bob) == []
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)
    until(3, 9, 12, by=6)
    assert got(bob) == []
    until(3, 10, 12)
    assert len(got(bob)) == 1


def test_whoever_saves_how_they_come_has_answered(
    alice: Person, bob: Person, carol: Person, dan: Person, until: Until
) -> None:
    turn_on(bob, "surveyors")
    ask(alice, "a surveyor", channel="", until="2026-05-20")
    until(3, 3, 12)
    turn_on(bob, "surveyors")
    ask(carol, "a surveyor", channel="", until="2026-05-20")
    until(3, 10, 12, by=3)
    assert len(got(bob)) == 2, "a week later, and not two"


def test_one_that_did_not_come_is_not_taken_for_unanswered(alice: Person, bob: Person, until: Until) -> None:
    turn_on(bob, "surveyors")
    ask(alice, "a surveyor", channel="", until="2026-05-20")
    until(3, 3, 8)
    bob.acts("dnd", minutes=24 * 60)
    until(3, 9, 12, by=3)
    assert got(bob) == []
    until(3, 10, 12)
    assert len(got(bob)) == 1, "a week later, as if there had been none, and with the same ask"
    until(3, 17, 12, by=3)
    assert "paused" not in home(bob)


def test_one_that_waited_for_quiet_is_not_said_in_the_evening(alice: Person, bob: Person, until: Until) -> None:
    turn_on(bob, "surveyors")
    ask(alice, "a surveyor", channel="", until="2026-05-20")
    until(3, 3, 8, 55)
    bob.acts("dnd", minutes=9 * 60)
    until(3, 3, 23, by=0.5)
    assert got(bob) == [], "at six in the evening the quiet is over, and the day is, too"
