"""Several people in one act, both sides wanting privacy, caps and repeats: where two rules meet."""

from typing import Any

import pytest

from tests.conversation import Person, World

RFP = "the airport RFP went out today"


@pytest.mark.parametrize("typed", ["/give help", "/thanks help"])
def test_the_button_under_help_opens_the_form(alice: Person, typed: str) -> None:
    alice.types(typed)
    alice.clicks("Open the form")
    assert alice.form()["title"]["text"] == "Record a good turn"


def test_homes_buttons_open_the_form(alice: Person, bob: Person) -> None:
    alice.opens_home()
    alice.clicks("Thank someone")
    alice.fills("Who helped you?", ["bob"]).fills("What happened?", "the survey").submits()
    bob.sees("Alice thanks you")


def test_a_contact_beside_a_member_is_not_messaged_and_is_said_so(alice: Person) -> None:
    alice.types("/give @bob Jane Doe (Acme) a tour of the site")
    alice.sees("Bob gets a quiet message. Jane is not messaged.")


def test_what_one_keeps_private_stays_private_when_the_other_edits(alice: Person, carol: Person) -> None:
    alice.types("/thanks @bob @carol the survey")
    carol.clicks("Keep it private")
    alice.clicks("Edit")
    alice.fills("What happened?", "the survey of lot 12").submits()
    carol.sees("the survey of lot 12", "It is private: no summary has it.")


def test_what_was_recorded_as_private_is_not_offered_to_the_channel_by_the_other(alice: Person, bob: Person) -> None:
    alice.types("/give")
    alice.fills("Who did you help?", ["bob"]).fills("What happened?", RFP)
    alice.fills("Who may see it?", "Only those named and me").submits()
    bob.clicks("Fix it")
    assert "Who may see it?" not in str(bob.form())


def test_one_removed_act_does_not_lock_the_others(alice: Person, bob: Person, carol: Person) -> None:
    alice.types(f"/give @bob @carol {RFP}")
    carol.clicks("Remove it")
    alice.chooses("Ideas and advice")
    bob.sees("ideas and advice")
    alice.sees("Recorded for Bob:")
    alice.clicks("Undo")
    alice.sees("Bob's message now says that you took it back")
    carol.sees("Removed.")


def test_undoing_twice_is_no_longer_open(alice: Person, world: World) -> None:
    alice.types(f"/give @bob {RFP}")
    act = alice.from_the_bot()[-1]
    said_id = next(block["block_id"] for block in act["blocks"] if block.get("accessory"))
    first, second = (world.forge("alice", "acts.undo", said_id) for _ in range(2))
    assert first == second == (200, "")


def test_the_cap_holds_for_the_first_statement_and_for_an_edit(alice: Person, bob: Person, dan: Person) -> None:
    dan.opens_home()
    dan.clicks("Change", near="This workspace")
    dan.fills("Good turns a person can record a day", "2").submits()
    alice.types(f"/give @bob @carol @dan {RFP}")
    alice.sees("A day holds 2 good turns a person, and 2 still fit today.", "Nothing was recorded.")
    alice.types(f"/give @bob @carol {RFP}")
    alice.clicks("Edit")
    alice.fills("Who did you help?", ["bob", "carol", "eve"]).submits()
    assert "as many as a day holds" in str(alice.form()["errors"])


def test_the_same_thing_for_the_same_contact_asks_again(alice: Person) -> None:
    alice.types("/give Jane Doe (Acme) pricing the survey")
    alice.types("/give Jane Doe (Acme) pricing the survey")
    alice.sees("Record it again?", "for Jane Doe (Acme)")


def test_a_corrected_kind_does_not_hide_a_repeat(alice: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    alice.chooses("Ideas and advice")
    alice.types(f"/give @bob {RFP}")
    alice.sees("Record it again?")


def test_record_it_again_works_once(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    alice.types(f"/give @bob {RFP}")
    draft = _value_of(alice, "acts.again")
    for _ in range(2):
        alice.world.forge("alice", "acts.again", draft)
    alice.world.settle()
    assert len(bob.from_the_bot()) == 2


def test_fixing_again_and_again_is_one_message(alice: Person, bob: Person) -> None:
    alice.types("/thanks @bob the survey")
    heard = len(alice.from_the_bot())
    for number in range(3):
        bob.clicks("Fix it")
        bob.fills("What happened?", f"survey {number}").submits()
    assert len(alice.from_the_bot()) == heard + 1
    alice.sees("survey 2")


def test_who_recorded_it_hears_that_another_helped(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    bob.clicks("Fix it")
    bob.fills("Who helped?", "carol").submits()
    alice.sees("Bob removed this good turn.")


def test_a_company_may_have_a_comma(alice: Person) -> None:
    alice.types("/give")
    alice.fills("Not in this Slack", "Jane Doe (Acme, Inc.), Joe Roe").fills("What happened?", "a tour").submits()
    alice.sees("Recorded for Jane Doe (Acme, Inc.) and Joe Roe")


def test_a_name_that_cannot_be_read_is_said_under_its_field(alice: Person) -> None:
    alice.types("/give")
    alice.fills("Not in this Slack", "Jane Doe (Acme").fills("What happened?", "a tour").submits()
    assert "I cannot read" in alice.form()["errors"]["outsiders"]


def test_a_name_that_slack_did_not_know_leaves_the_rest_as_it_was(alice: Person, carol: Person) -> None:
    alice.types("/give advice @bob @rajesh how to price it")
    alice.clicks("Pick a person")
    form = str(alice.form())
    assert "U2BOB" in form
    assert "how to price it" in form
    alice.fills("Who did you help?", ["bob", "carol"]).submits()
    carol.sees("ideas and advice", "how to price it")
    carol.does_not_see("@rajesh")


def test_people_within_the_words_are_written_by_name(alice: Person, bob: Person) -> None:
    alice.types("/give @bob introduced you to @carol")
    bob.sees("introduced you to @Carol")


@pytest.mark.parametrize(
    "typed", ["/network " + "x" * 3500, "/network pause until " + "y" * 3500, "/give @" + "z" * 3500 + " a"]
)
def test_a_long_word_is_given_back_short(alice: Person, typed: str) -> None:
    alice.types(typed)
    assert len(alice.from_the_bot()[-1]["text"]) < 400


def test_what_is_too_long_can_be_shortened_in_the_form(alice: Person, bob: Person) -> None:
    words = "long " * 130
    alice.types(f"/give @bob {words}")
    alice.clicks("Open the form")
    assert words.strip() in str(alice.form())
    alice.fills("What happened?", "short").submits()
    bob.sees("short")


@pytest.mark.parametrize("typed", ["Until Friday", "FRIDAY", "until  fri"])
def test_a_pause_is_read_in_any_writing(alice: Person, typed: str) -> None:
    alice.types(f"/network pause {typed}")
    alice.sees("Paused until Fri 6 Mar")


@pytest.mark.parametrize("typed", ["9999-12-31", "2027-06-01"])
def test_a_pause_has_an_end_within_a_year(alice: Person, typed: str) -> None:
    alice.types(f"/network pause until {typed}")
    alice.sees("That is more than a year away.")


def _value_of(person: Person, action_id: str) -> Any:
    for message in reversed(person.from_the_bot()):
        for block in message["blocks"]:
            for element in block.get("elements", []):
                if element.get("action_id") == action_id:
                    return element["value"]
    raise AssertionError(action_id)
