"""Introductions that are not asked about as they stand: of people outside Slack, of guests, in few words, and once more."""

from collections.abc import Callable

import pytest

from tests.conversation import Person

WHY = "you both fight for mass timber"


def test_somebody_outside_slack_is_not_messaged_and_the_connector_gets_a_text(
    alice: Person, bob: Person, until: Callable[..., None]
) -> None:
    alice.types(f"/intro @bob Jane Doe (Acme) {WHY}")
    alice.sees("A text for you to send to Jane Doe (Acme).", f"Jane, may I introduce you to Bob? {WHY}")
    alice.clicks("I sent it")
    alice.sees("I will ask in a week whether Bob and Jane Doe (Acme) met.")
    until(3, 9, 12)
    alice.sees("Did Bob and Jane Doe (Acme) meet?", "Only you see this.")
    alice.clicks("Met")
    alice.sees("Met. Good to hear.")
    assert bob.from_the_bot() == []


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/intro @kim @bob why", "Kim is a guest, so I cannot ask Kim for you."),
        ("/intro @stella @bob why", "Stella is from another workspace"),
        ("/intro @alice @bob why", "You are the one who introduces."),
        ("/intro @builder @bob why", "Builder is an app."),
        ("/intro @gus @bob why", "Gus is no longer in this workspace."),
        ("/intro @bob @carol @dan @eve why", "An introduction is of two or three people."),
        ("/intro help", "Introduce two people:"),
    ],
)
def test_who_cannot_be_asked_is_said_kindly(alice: Person, bob: Person, typed: str, answer: str) -> None:
    alice.types(typed)
    alice.sees(answer)
    assert bob.from_the_bot() == []


def test_a_guest_is_introduced_by_a_text(alice: Person, kim: Person) -> None:
    alice.types("/intro @bob @kim you both sail")
    alice.clicks("Show the text")
    alice.sees("may I introduce you to Bob? you both sail")
    alice.clicks("I sent it")
    assert kim.from_the_bot() == []


def test_names_without_a_reason_open_the_form_with_them_in_it(alice: Person) -> None:
    alice.types("/intro @bob @carol")
    assert alice.form()["title"]["text"] == "Introduce people"
    alice.fills("Line for Bob, about Carol", "Carol sails.").fills("Line for Carol, about Bob", "Bob sails.").submits()
    alice.sees("Carol sails.", "Bob sails.")


def test_the_same_pair_is_asked_about_again_only_when_the_connector_says_so(
    alice: Person, bob: Person, carol: Person, until: Callable[..., None]
) -> None:
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    alice.types(f"/intro @carol @bob {WHY}")
    alice.sees("Carol and Bob are being asked already.", "Nobody is asked twice.")
    until(4, 20, 10, by=24)
    alice.types(f"/intro @carol @bob {WHY}")
    alice.clicks("Ask them both")
    alice.sees("You asked Carol and Bob in March 2026. Ask them again?")
    bob.does_not_see("would like to")
    alice.clicks("Ask again")
    bob.sees("Alice would like to introduce you to Carol.")
