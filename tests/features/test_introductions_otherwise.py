"""Introductions that are not asked about as they stand: of people outside Slack, of guests, in few words, and once more."""

from collections.abc import Callable

import pytest

from tests.conversation import Person, World, words

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
    alice.sees("Bob and Jane Doe (Acme) met. Good to hear.")
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
    bob.does_not_see("would like to introduce you to Carol")
    alice.clicks("Ask again")
    bob.sees("Alice would like to introduce you to Carol.")


def test_a_chat_that_slack_does_not_confirm_is_asked_of_the_connector_and_not_opened_twice(
    alice: Person, bob: Person, carol: Person, world: World, until: Callable[..., None]
) -> None:
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    bob.clicks("Yes")
    fault = {"do": "fault", "what": "error_delivered", "on": "chat.postMessage", "error": "internal_error"}
    assert world.ask("manage", fault)["ok"]
    carol.clicks("Yes")
    until(3, 2, 12)
    alice.sees("Slack did not confirm one post to the group chat. Please look before I send it again.")
    alice.clicks("It is there")
    until(3, 3, 8)
    rooms = [room for room in bob.state()["conversations"] if room["kind"] == "mpim"]
    assert [sum("introduces Bob and Carol" in one["text"] for one in room["messages"]) for room in rooms] == [1]


def test_who_is_gone_by_the_last_yes_is_not_put_into_a_chat(
    alice: Person, bob: Person, carol: Person, until: Callable[..., None]
) -> None:
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    bob.clicks("Yes")
    bob.types("/network leave")
    carol.clicks("Yes")
    assert [room for room in carol.state()["conversations"] if room["kind"] == "mpim"] == []
    until(3, 17, 12)
    alice.sees("Bob and Carol: this one will not go ahead.")


def test_when_the_connector_leaves_nobody_is_asked_any_more(alice: Person, bob: Person, carol: Person) -> None:
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    alice.types("/network leave")
    bob.sees("nothing is asked of you any more.")
    carol.sees("nothing is asked of you any more.")


def test_home_asks_whether_they_met_until_it_is_said(
    alice: Person, bob: Person, carol: Person, until: Callable[..., None]
) -> None:
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    bob.clicks("Yes")
    carol.clicks("Yes")
    bob.opens_home()
    bob.sees("Nothing needs you today.")
    until(3, 9, 12)
    bob.sees("Needs attention: 1", "Did you and Carol meet?")
    bob.clicks("Answer")
    bob.clicks("Scheduled")
    bob.closes()
    bob.sees("Nothing needs you today.")
    carol.opens_home()
    carol.sees("Did you and Bob meet?")
    until(3, 23, 12)
    carol.sees("Nothing needs you today.")


def test_words_written_once_for_all_are_read_once_in_the_chat(alice: Person, bob: Person, carol: Person) -> None:
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    bob.clicks("Yes")
    carol.clicks("Yes")
    (hello,) = [one for one in carol.from_the_bot() if "introduces" in one["text"]]
    assert words(hello).count(WHY) == 1


def test_who_closes_the_answer_is_back_where_they_began(alice: Person) -> None:
    alice.types("/intro @bob @carol")
    alice.fills("Line for Bob, about Carol", "Carol sails.").fills("Line for Carol, about Bob", "Bob sails.").submits()
    alice.submits()
    alice.acts("close", view=alice.form()["id"])
    assert alice.state()["modals"] == []


@pytest.mark.parametrize("typed", ["@rajesh @bob why", "@gus @bob why"])
def test_under_a_name_that_is_nobodys_the_form_is_the_one_way_on(alice: Person, typed: str) -> None:
    alice.types(f"/intro {typed}")
    alice.does_not_see("Not in Slack", "Keep as a contact")


def test_pick_a_person_opens_the_form_of_introductions(alice: Person) -> None:
    alice.types("/intro @rajesh @bob why")
    alice.clicks("Pick a person")
    assert alice.form()["title"]["text"] == "Introduce people"


def test_nobody_is_asked_by_or_about_somebody_of_whom_slack_said_nothing_yet(
    world: World, alice: Person, bob: Person, carol: Person
) -> None:
    world.ask("manage", {"do": "fault", "what": "error", "error": "internal_error", "on": "users.info", "times": None})
    alice.types(f"/intro @bob @carol {WHY}")
    alice.sees("Slack did not tell me who you are.", "Please try once more.", "Nobody was asked.")
    assert bob.from_the_bot() == carol.from_the_bot() == []
    world.ask("manage", {"do": "clear_faults"})
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    bob.sees("Alice would like to introduce you to Carol.")
