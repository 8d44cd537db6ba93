"""Nudges about ties that have gone quiet: a question, and about nobody who does not want to be found."""

import pytest

from bot import nudges
from tests.conversation import Person
from tests.features.introducing import Until


@pytest.fixture(autouse=True)
def never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has no nudge held back."""
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)


@pytest.fixture
def quiet(alice: Person, bob: Person, until: Until) -> None:
    """Alice helped Bob on eleven days in March, and no more since; Bob has nudges since July."""
    for day in range(3, 14):
        until(3, day, 12, by=24)
        bob.types("/thanks @alice for a hint")
    until(7, 20, 12, by=24)
    bob.opens_home()
    bob.clicks("Change", near="Nudges")
    bob.fills("Nudges", "On").submits()
    bob.closes()


def hide(person: Person) -> None:
    """Chooses not to be found."""
    person.opens_home()
    person.clicks("Change", near="Nudges")
    person.fills("Nudges", "Off").fills("What may reach you", []).submits()
    person.closes()


def hellos(person: Person) -> int:
    """Counts the nudges that ask about Alice."""
    return sum("a hello to Alice?" in one["text"] for one in person.from_the_bot_by_dm())


def test_a_tie_gone_quiet_is_asked_about(quiet: None, bob: Person, until: Until) -> None:
    until(8, 25, 12, by=12)
    assert hellos(bob) == 1
    bob.sees("Is a hello to Alice due?", "days since you last helped each other.")
    bob.clicks("Plan a call", near="Alice")


def test_but_not_about_somebody_who_does_not_want_to_be_found(
    quiet: None, alice: Person, bob: Person, until: Until
) -> None:
    hide(alice)
    until(8, 25, 12, by=12)
    assert hellos(bob) == 0


def test_nor_once_they_choose_so_while_it_is_on_its_way(quiet: None, alice: Person, bob: Person, until: Until) -> None:
    bob.acts("dnd", minutes=60 * 24 * 60)
    until(8, 11, 12, by=1)
    hide(alice)
    bob.acts("dnd", minutes=0)
    until(8, 12, 17, by=1)
    assert hellos(bob) == 0
