"""`/network`: one's own measures with how sure they are, people to meet and to introduce, and why giving pays here."""

import pytest

from bot import nudges
from bot.network import meeting
from tests.cast import AUSTIN
from tests.conversation import Person, World
from tests.features.introducing import Until, choose, home
from tests.features.nudging import follow, got, turn_on


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has a workspace of six be large enough to suggest from."""
    monkeypatch.setattr(meeting, "LEAST_PEOPLE", 3)
    monkeypatch.setattr(meeting, "LEAST_ACTS", 2)


def help_(giver: Person, receiver: Person, what: str = "the airport RFP went out today") -> None:
    """One helps another, and both agree on it, for the channel to see."""
    giver.types(f"/give @{receiver.name} {what}", AUSTIN)
    receiver.clicks("Thanks, it helped", near=what)


def test_ones_own_numbers_come_with_how_sure_they_are(alice: Person, bob: Person, carol: Person, until: Until) -> None:
    help_(alice, bob)
    until(3, 4, 12, by=12)
    help_(bob, carol)
    alice.types("/network")
    alice.sees(
        "My month: 1 person helped",
        "My network: 1 tie, 1 new this month. You helped 1 person here.",
    )
    alice.sees("1 new tie in 4 weeks, likely", "Too early to call a trend.")
    alice.sees(
        "People you helped went on to help 1 other. I cannot tell whether your help caused it.", "Only you see this."
    )


def test_nobody_is_suggested_while_there_is_too_little(alice: Person, bob: Person, carol: Person) -> None:
    help_(alice, bob)
    help_(bob, carol)
    alice.types("/network")
    assert "in common" not in alice.text()


def test_whom_to_meet_and_who_could_introduce(
    small: None, alice: Person, bob: Person, carol: Person, until: Until
) -> None:
    help_(alice, bob)
    help_(bob, carol)
    alice.types("/network")
    alice.sees("You and Carol have 1 person in common; Bob knows you both.", "about 1 in 11 such suggestions")
    alice.clicks("Ask Bob")
    assert "Alice would like to meet Carol. You know both: would you introduce them?" in str(alice.form())
    assert "would like to meet" not in bob.text()
    alice.submits()
    alice.sees("Sent to Bob.")
    bob.sees("Alice would like to meet Carol. You know both.", "No answer is fine too.")
    assert "would like to meet" not in carol.text()
    bob.clicks("Introduce them")
    assert "U1ALICE" in str(bob.form())
    assert "U3CAROL" in str(bob.form())


def test_somebody_is_asked_to_introduce_once_a_month_and_a_second_time_is_said(
    small: None, alice: Person, bob: Person, carol: Person, dan: Person, until: Until
) -> None:
    help_(alice, bob)
    help_(bob, carol)
    help_(bob, dan)
    alice.types("/network")
    alice.clicks("Ask Bob", near="Carol")
    alice.submits()
    alice.closes()
    alice.clicks("Ask Bob", near="Dan")
    alice.sees("Bob got a request of yours this month already.", "Nobody was asked.")
    assert asked_of(bob) == 1
    until(4, 1, 12, by=24)
    alice.types("/network")
    alice.clicks("Ask Bob", near="Dan")
    alice.submits()
    alice.sees("Sent to Bob.")
    assert asked_of(bob) == 2


def asked_of(person: Person) -> int:
    """Returns how often somebody was asked to introduce two."""
    return sum("would like to meet" in one["text"] for one in person.from_the_bot_by_dm())


def test_two_whom_one_knows_can_be_introduced(small: None, alice: Person, bob: Person, carol: Person) -> None:
    help_(alice, bob)
    help_(bob, carol)
    bob.types("/network")
    bob.sees("Alice and Carol might like to meet. You are the one person they have in common.")
    bob.clicks("Introduce them")
    assert "U1ALICE" in str(bob.form())
    bob.closes()
    bob.clicks("Not this", near="Alice and Carol")
    bob.sees("Left out. I will not suggest this one again.")
    bob.types("/network")
    assert "in common" not in str(bob.messages()[-1])


def test_private_help_tells_nobody_else_anything(small: None, alice: Person, bob: Person, carol: Person) -> None:
    help_(alice, bob)
    bob.types("/thanks @carol for two evenings on the interview", AUSTIN)
    carol.clicks("Keep it private")
    alice.types("/network")
    assert "Carol" not in alice.text()


def test_who_does_not_want_to_be_found_is_suggested_to_nobody(
    small: None, alice: Person, bob: Person, carol: Person, until: Until
) -> None:
    help_(alice, bob)
    help_(bob, carol)
    carol.opens_home()
    carol.clicks("Change", near="Nudges")
    carol.fills("Nudges", "Off").fills("What may reach you", []).submits()
    carol.closes()
    for person in (alice, bob):
        person.types("/network")
        assert "in common" not in person.text()


def test_nobody_is_suggested_whom_one_does_not_want_to_meet(
    small: None, alice: Person, bob: Person, carol: Person
) -> None:
    help_(alice, bob)
    help_(bob, carol)
    choose(alice, unwanted=["carol"])
    alice.types("/network")
    assert "Carol" not in str(alice.messages()[-1])
    carol.types("/network")
    carol.sees("You and Alice have 1 person in common")


def test_who_hides_is_not_named_in_a_nudge_that_still_waits(
    small: None, alice: Person, bob: Person, carol: Person, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)
    help_(alice, bob)
    help_(bob, carol)
    until(3, 9, 8, by=12)
    turn_on(bob)
    until(3, 10, 8)
    bob.acts("dnd", minutes=180)
    until(3, 10, 10)
    follow(carol, "", reach=[])
    until(3, 10, 14)
    assert got(bob) == []


def test_somebody_who_has_left_is_suggested_to_nobody(small: None, alice: Person, bob: Person, carol: Person) -> None:
    help_(alice, bob)
    help_(bob, carol)
    carol.types("/network leave")
    alice.types("/network")
    assert "Carol" not in alice.text()


def test_nobody_asks_what_was_not_suggested_to_them(
    small: None, alice: Person, bob: Person, carol: Person, world: World
) -> None:
    help_(alice, bob)
    help_(bob, carol)
    alice.types("/network")
    value = next(
        one["value"]
        for block in alice.messages()[-1].get("blocks", [])
        for one in block.get("elements", [])
        if one.get("action_id") == "network.ask"
    )
    world.forge("dan", "network.ask", value)
    world.settle()
    assert "would like to meet" not in bob.text()


def test_guests_are_suggested_to_nobody_and_nobody_to_them(
    small: None, alice: Person, bob: Person, carol: Person, kim: Person
) -> None:
    """They cannot be asked, and introduce nobody."""
    help_(alice, kim)
    help_(kim, carol)
    help_(kim, bob)
    for person in (alice, kim):
        person.types("/network")
        person.sees("My network:")
        assert "in common" not in person.text()


def test_why_giving_pays_says_nothing_below_thirty(alice: Person, bob: Person) -> None:
    help_(alice, bob)
    alice.types("/network")
    alice.clicks("Why giving pays here")
    alice.sees("Too early to say. Good turns have six months to be returned, and an honest figure needs 30.")
    alice.sees("Textbook models, not a forecast.")
    assert "%" not in home(alice)
