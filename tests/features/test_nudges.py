"""Nudges: opt-in, at one's own day and hour, each naming a person and a reason, and quiet once they are not wanted."""

import pytest

from bot import nudges
from tests.cast import AUSTIN
from tests.conversation import Person
from tests.features.asking import ENGINEER, ask
from tests.features.introducing import Until, home
from tests.features.nudging import got, turn_on


@pytest.fixture(autouse=True)
def never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has no nudge held back, except where a test says otherwise."""
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)


def test_nobody_gets_any_who_did_not_switch_them_on(alice: Person, bob: Person, until: Until) -> None:
    ask(alice, channel="", topics="structures")
    until(3, 31, by=6)
    assert got(bob) == []
    assert "Nudges: off" in home(bob)


def test_whoever_saves_the_form_for_something_else_gets_none(alice: Person, bob: Person, until: Until) -> None:
    bob.opens_home()
    bob.clicks("Change", near="Nudges")
    bob.fills("Topics you follow", "structural engineers").submits()
    bob.sees("Your nudges are off. What you chose is kept.")
    bob.closes()
    ask(alice, channel="", topics="structures", until="2026-03-31")
    until(3, 17, by=6)
    assert got(bob) == []


def test_an_ask_that_fits_is_brought_to_whoever_follows_its_topic(
    alice: Person, bob: Person, carol: Person, until: Until
) -> None:
    turn_on(bob, "structural engineers, Colorado")
    turn_on(carol, "plumbing")
    ask(alice, channel="", until="2026-03-20")
    until(3, 3, 8, 59)
    assert got(bob) == []
    until(3, 3, 9, 5, by=0.1)
    (nudge,) = got(bob)
    assert nudge["text"] == "For you: Alice's ask"
    bob.sees(
        "Alice asks for help, by Fri 20 Mar.",
        ENGINEER,
        "You follow structural engineers.",
        "You chose Tuesdays at 9:00 AM.",
    )
    bob.clicks("I can help", near="Alice asks for help")
    alice.sees("Bob can help with your ask:")
    until(3, 9, 12, by=3)
    assert got(carol) == []


def test_an_ask_in_a_channel_stays_there(alice: Person, bob: Person, until: Until) -> None:
    turn_on(bob, "structural engineers")
    ask(alice)
    until(3, 3, 12)
    assert got(bob) == []


def test_not_this_is_not_suggested_again(alice: Person, bob: Person, until: Until) -> None:
    turn_on(bob, "structural engineers")
    ask(alice, channel="", until="2026-04-20")
    until(3, 3, 12)
    bob.clicks("Not this")
    bob.sees("Left out. I will not suggest this one again.")
    until(4, 14, 12, by=6)
    assert len(got(bob)) == 1


def test_help_one_got_is_passed_on_once(alice: Person, bob: Person, until: Until) -> None:
    turn_on(bob, day="Thursday")
    alice.types("/give @bob the airport RFP went out today", AUSTIN)
    bob.clicks("Thanks, it helped")
    until(3, 5, 12)
    bob.sees("Alice helped you on Monday. Pass one on when you can.")
    bob.clicks("Record a good turn", near="Pass one on")
    assert "What happened?" in str(bob.form())
    bob.closes()
    until(3, 26, 12, by=6)
    assert len(got(bob)) == 1


def test_what_waits_for_an_answer_comes_first(alice: Person, bob: Person, carol: Person, until: Until) -> None:
    turn_on(bob, "structural engineers", day="Friday")
    ask(carol, channel="", until="2026-03-20")
    alice.types("/intro @bob @carol you both fight for mass timber")
    alice.clicks("Ask them both")
    until(3, 6, 12)
    (nudge,) = got(bob)
    assert nudge["text"] == "For you: Alice's introduction, Carol's ask"
    bob.clicks("Answer", near="Alice would like to introduce you to somebody.")
    assert "Alice would like to introduce you to Carol" in str(bob.form())


def test_nothing_comes_while_paused_on_a_weekend_or_after_leaving(
    alice: Person, bob: Person, carol: Person, until: Until
) -> None:
    turn_on(bob, "surveyors", day="Saturday")
    turn_on(carol, "surveyors")
    ask(alice, "a surveyor", channel="", until="2026-05-20")
    carol.types("/network leave")
    until(3, 8, 20, by=3)
    assert got(bob) == []
    until(3, 9, 12, by=1)
    assert len(got(bob)) == 1, "Saturday's comes on Monday morning"
    until(3, 20, 12, by=6)
    assert got(carol) == []


def test_nobody_is_named_who_has_left(alice: Person, bob: Person, until: Until) -> None:
    turn_on(bob, day="Thursday")
    alice.types("/give @bob the airport RFP went out today", AUSTIN)
    bob.clicks("Thanks, it helped")
    alice.types("/network leave")
    until(3, 5, 12)
    assert got(bob) == []


def test_who_has_left_takes_nobodys_place(
    alice: Person, bob: Person, carol: Person, dan: Person, eve: Person, until: Until
) -> None:
    turn_on(bob, day="Wednesday")
    for person in (eve, alice, carol, dan):
        person.types(f"/give @bob a word from {person.name}", AUSTIN)
        bob.clicks("Thanks, it helped", near=f"a word from {person.name}")
    for person in (alice, carol, dan):
        person.types("/network leave")
    until(3, 4, 12)
    (nudge,) = got(bob)
    assert nudge["text"] == "For you: after Eve's help"


def test_nobody_is_named_twice_in_a_month(alice: Person, bob: Person, until: Until) -> None:
    turn_on(bob, "surveyors, engineers")
    ask(alice, "a surveyor", channel="", until="2026-05-20")
    ask(alice, "an engineer", channel="", until="2026-05-20")
    until(3, 3, 12)
    assert got(bob)[0]["text"] == "For you: Alice's ask"
    bob.clicks("Not this")
    until(3, 31, 12, by=6)
    assert len(got(bob)) == 1
    until(4, 7, 12, by=6)
    assert len(got(bob)) == 2
    bob.sees("Could you help Alice")


def test_off_is_off_and_too_many_topics_are_said(alice: Person, bob: Person, until: Until) -> None:
    turn_on(bob, "surveyors")
    ask(alice, "a surveyor", channel="", until="2026-05-20")
    bob.opens_home()
    bob.clicks("Change", near="Nudges")
    bob.fills("Topics you follow", ", ".join(f"t{number}" for number in range(21))).submits()
    assert "20 topics fit" in str(bob.form()["errors"])
    bob.fills("Topics you follow", "surveyors").fills("Nudges", "Off").submits()
    bob.sees("Your nudges are off.")
    bob.closes()
    until(3, 10, 12, by=6)
    assert got(bob) == []
