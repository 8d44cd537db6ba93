"""Recording help that was given, and what both sides can do about it."""

import pytest

from tests.cast import AUSTIN
from tests.conversation import Person, World

RFP = "the airport RFP went out today"


def test_alice_gives_and_bob_gets_one_quiet_message(alice: Person, bob: Person, eve: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    alice.sees("Recorded for Bob", "timely information", RFP, "Bob gets a quiet message.")
    bob.sees("Alice recorded a good turn for you", RFP, "No answer needed.")
    assert len(bob.from_the_bot()) == 1
    eve.does_not_see(RFP)


def test_the_first_message_says_what_this_is_and_later_ones_do_not(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    bob.sees("I am Good Turn", "You are not signed up for anything", "Don't write to me")
    alice.types("/give @bob a second look at the survey")
    assert "I am Good Turn" not in str(bob.from_the_bot()[-1])


def test_bob_thanks_and_alice_hears_of_it(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    bob.clicks("Thanks, it helped")
    bob.sees("You thanked Alice.")
    bob.does_not_see("Fix it")
    alice.sees("Bob says it helped", RFP)


def test_a_second_thanks_changes_nothing(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    message = bob.from_the_bot()[-1]
    bob.clicks("Thanks, it helped")
    heard = len(alice.from_the_bot())
    where = {"message": {"channel": _dm(bob), "ts": message["ts"]}}
    refused = bob.world.ask(
        "act", {"as": bob.id, "do": "press", "where": where, "block_id": "x", "action_id": "acts.thank"}
    )
    assert refused["ok"] is False
    assert len(alice.from_the_bot()) == heard


def test_bob_adds_a_word_and_changes_it(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    bob.clicks("Thanks, it helped")
    bob.clicks("Add a word")
    bob.fills("Your word of thanks", "Our bid went in with a day to spare.").submits()
    alice.sees("Bob adds:", "Our bid went in with a day to spare.")
    bob.clicks("Change your word")
    bob.fills("Your word of thanks", "We won it.").submits()
    alice.sees("We won it.")
    alice.does_not_see("a day to spare")


def test_bob_takes_his_thanks_back(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    bob.clicks("Thanks, it helped")
    bob.clicks("Undo")
    bob.sees("Thanks, it helped")
    alice.sees("Bob took the thanks back.")
    bob.clicks("Thanks, it helped")
    alice.sees("Bob says it helped")


def test_bob_fixes_it_in_his_own_words_and_that_confirms_it(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    bob.clicks("Fix it")
    bob.fills("Kind of help", "Ideas and advice").fills("What happened?", "how to price the airport bid").submits()
    bob.sees("You thanked Alice.", "how to price the airport bid")
    bob.does_not_see(RFP)
    alice.sees("Bob changed the good turn you recorded:", "how to price the airport bid", "ideas and advice")


def test_bob_says_that_somebody_else_helped(alice: Person, bob: Person, carol: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    bob.clicks("Fix it")
    bob.fills("Who helped?", "carol").submits()
    carol.sees("Bob thanks you", RFP)
    bob.sees("Removed.")
    alice.does_not_see("Bob says it helped")


def test_bob_removes_it_for_good_after_a_question(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    bob.clicks("Remove it")
    bob.sees("Removed.", "without a reason")
    alice.opens_home()
    alice.sees("removed")


def test_alice_undoes_before_bob_is_told(
    alice: Person, bob: Person, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as quiet:
        quiet.setattr(World, "settle", lambda _self: None)
        alice.types(f"/give @bob {RFP}")
        alice.clicks("Undo")
    alice.sees("Undone.", "Bob was not told.")
    world.settle()
    assert bob.from_the_bot() == []


def test_alice_undoes_after_bob_was_told(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    alice.clicks("Undo")
    alice.sees("Undone.", "Bob's message now says that you took it back")
    bob.sees("Alice took this good turn back.")
    bob.does_not_see("Thanks, it helped")


def test_alice_edits_and_bob_reads_the_new_words(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    alice.clicks("Edit")
    alice.fills("What happened?", "the harbor RFP went out today").submits()
    alice.sees("the harbor RFP went out today")
    bob.sees("the harbor RFP went out today", "Thanks, it helped")
    bob.does_not_see(RFP)


def test_an_edit_after_the_thanks_asks_bob_again(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    bob.clicks("Thanks, it helped")
    alice.clicks("Edit", near="Recorded for Bob")
    alice.fills("What happened?", "two RFPs").submits()
    bob.sees("two RFPs", "Thanks, it helped")


def test_alice_names_somebody_else_in_an_edit(alice: Person, bob: Person, carol: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    alice.clicks("Edit")
    alice.fills("Who did you help?", ["carol"]).submits()
    bob.sees("Alice took this good turn back.")
    carol.sees("Alice recorded a good turn for you", RFP)


def test_a_guessed_kind_is_called_a_guess_and_can_be_corrected(alice: Person, bob: Person) -> None:
    alice.types(f"/give @bob {RFP}")
    alice.sees("That is my guess")
    alice.chooses("Ideas and advice")
    alice.sees("Recorded for Bob:", "ideas and advice")
    alice.does_not_see("That is my guess")
    bob.sees("ideas and advice")


def test_a_kind_that_was_said_is_no_guess(alice: Person) -> None:
    alice.types(f"/give advice @bob {RFP}")
    alice.sees("ideas and advice")
    alice.does_not_see("That is my guess")


def test_each_of_several_people_speaks_for_their_own(alice: Person, bob: Person, carol: Person) -> None:
    alice.types(f"/give @bob @carol {RFP}")
    alice.sees("Recorded for Bob and Carol")
    bob.clicks("Thanks, it helped")
    carol.clicks("Remove it")
    alice.sees("Bob says it helped")
    alice.does_not_see("Carol says it helped")
    bob.sees("You thanked Alice.")


def test_somebody_outside_slack_is_a_name_only(alice: Person, bob: Person) -> None:
    alice.types("/give Jane Doe (Acme) pricing the survey")
    alice.sees("Recorded for Jane Doe (Acme),", "outside this Slack", "Only you see the name. Jane is not messaged.")
    bob.does_not_see("Jane")


def test_the_form_records_as_the_command_does(alice: Person, bob: Person) -> None:
    alice.types("/give")
    assert alice.form()["title"]["text"] == "Record a good turn"
    alice.fills("Who did you help?", ["bob"]).fills("What happened?", RFP).submits()
    alice.sees("Recorded for Bob")
    bob.sees("Alice recorded a good turn for you", RFP)


def test_an_act_can_be_private_and_says_so(alice: Person, bob: Person) -> None:
    alice.types("/give")
    alice.fills("Who did you help?", ["bob"]).fills("What happened?", "two evenings on the interview")
    alice.fills("Who may see it?", "Only those named and me").submits()
    alice.sees("Recorded for Bob, in private", "Only you and Bob see this. No summary has it.")


def test_an_act_from_a_conversation_of_two_is_private_until_it_is_shared(alice: Person, bob: Person) -> None:
    room = alice.acts("dm", user=bob.id)["channel"]
    alice.types(f"/give @bob {RFP}", channel=room)
    alice.sees("in private")
    alice.clicks("Share to a channel")
    alice.fills("Which channel?", AUSTIN).submits()
    alice.sees("Recorded for Bob")
    assert "in private" not in str(alice.form())


def test_the_menu_of_a_message_fills_the_form(alice: Person, bob: Person) -> None:
    bob.types("The survey for lot 12 is in the shared folder now")
    message = alice.messages(AUSTIN)[-1]
    alice.acts("shortcut", callback_id="record_good_turn", message={"channel": AUSTIN, "ts": message["ts"]})
    assert "The survey for lot 12" in str(alice.form())
    alice.submits()
    bob.sees("Alice recorded a good turn for you", "The survey for lot 12")


def test_a_redelivered_command_is_recorded_once_and_answered_alike(alice: Person, bob: Person, world: World) -> None:
    command = {
        "command": "/give", "text": f"<@{bob.id}|bob> {RFP}", "team_id": "T1", "user_id": alice.id, "trigger_id": "1.2.3",
        "channel_id": AUSTIN, "channel_name": "austin-chapter", "response_url": "", "api_app_id": "A1",
    }  # fmt: skip
    first = world.deliver(command)
    world.settle()
    assert world.deliver(command) == first
    world.settle()
    assert first[0] == 200
    assert len(bob.from_the_bot()) == 1


def _dm(person: Person) -> str:
    return next(
        str(room["id"]) for room in person.state()["conversations"] if room["kind"] == "im" and room["messages"]
    )
