"""Calls to return, noted: in words, by form, from a message; the list, and what is asked where something is not clear.

It is Monday, 2 March 2026, nine in the morning in Chicago.
"""

from tests.cast import AUSTIN
from tests.conftest import MovableClock
from tests.conversation import Person, World


def test_a_call_is_noted_with_whom_when_and_what_told_apart(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) tomorrow 3pm about the RFP")
    alice.sees("Call Jane Doe (Acme): Tue 3 Mar, 3:00 PM CST, about the RFP", "Change", "Undo")
    alice.sees("Only you see this. Jane is not messaged.")


def test_times_are_the_readers_own(carol: Person) -> None:
    carol.types("/callback Jane Doe (Acme) tomorrow 3pm about the RFP")
    carol.sees("Tue 3 Mar, 3:00 PM CET")


def test_the_order_does_not_matter(alice: Person) -> None:
    for typed in (
        "/callback tomorrow 3pm Jane Doe (Acme) about the RFP",
        "/callback call Jane Doe (Acme) about the RFP tomorrow 3pm",
        "/callback Jane Doe (Acme) tomorrow 3pm re: the RFP",
    ):
        alice.types(typed)
        assert alice.from_the_bot()[-1]["text"].startswith(
            "Call Jane Doe (Acme): Tue 3 Mar, 3:00 PM CST, about the RFP"
        )


def test_a_member_can_be_called_and_is_not_messaged(
    alice: Person, bob: Person, eve: Person, world: World, clock: MovableClock
) -> None:
    alice.types("/callback @bob tomorrow 3pm about the RFP")
    alice.sees("Call Bob: Tue 3 Mar, 3:00 PM CST, about the RFP", "Bob is not messaged.")
    clock.move(days=2)
    world.settle()
    assert bob.from_the_bot() == eve.from_the_bot() == []


def test_a_name_without_a_company_will_do(alice: Person) -> None:
    alice.types("/callback jane doe tomorrow 3pm")
    alice.sees("Call jane doe: Tue 3 Mar, 3:00 PM CST")


def test_an_hour_nobody_said_is_a_guess_and_called_one(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) tomorrow")
    alice.sees("Tue 3 Mar, 9:00 AM CST", "No hour was said, so I took 9:00 AM.")


def test_a_guessed_hour_moves_into_working_time(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) sunday")
    alice.sees("Mon 9 Mar, 9:00 AM CDT", "No hour was said, and Sun 8 Mar is outside your working time.")


def test_an_hour_the_member_gave_is_kept_and_they_are_told(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) sunday 8pm")
    alice.sees("Sun 8 Mar, 8:00 PM CDT", "Outside your hours; I keep to it.")


def test_an_afternoon_that_was_assumed_is_said(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) tomorrow 3")
    alice.sees("Tue 3 Mar, 3:00 PM CST", "I took 3 as the afternoon.")


def test_without_a_time_it_asks_and_the_picked_one_is_kept(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) about the RFP")
    alice.sees("When should I remind you to call Jane Doe (Acme)?", "Nothing is noted yet.")
    alice.picks("callbacks.day", "2026-03-05").picks("callbacks.time", "10:30").clicks("Save")
    alice.sees("Call Jane Doe (Acme): Thu 5 Mar, 10:30 AM CST, about the RFP")


def test_words_that_are_no_time_are_given_back(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) after the thing")
    alice.sees('When should I remind you to call Jane Doe (Acme)? I found no time in "after the thing".')
    alice.types("/callback @bob about the RFP")
    alice.does_not_see('I found no time in "the RFP"')


def test_two_readings_are_offered_and_one_is_taken(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) next friday about the RFP")
    alice.sees(
        '"next friday" can be read in more than one way.', "Fri 6 Mar, 9:00 AM", "Fri 13 Mar, 9:00 AM", "Pick a time"
    )
    alice.clicks("Fri 13 Mar, 9:00 AM")
    alice.sees("Call Jane Doe (Acme): Fri 13 Mar, 9:00 AM CDT, about the RFP")


def test_another_time_than_the_two_can_be_picked(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) next friday about the RFP")
    alice.clicks("Pick a time")
    alice.fills("Which day?", "2026-03-10").fills("At what time?", "15:00").submits()
    alice.sees("Call Jane Doe (Acme): Tue 10 Mar, 3:00 PM CDT, about the RFP")


def test_a_time_that_has_passed_is_refused_in_words(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) today 8am about the RFP")
    alice.sees("has passed.", "When should I remind you to call Jane Doe (Acme)?")
    alice.picks("callbacks.day", "2026-03-02").picks("callbacks.time", "08:30").clicks("Save")
    alice.sees("That time has passed.", "Pick one that is still to come.")
    alice.types("/callback")
    alice.sees("No calls to return.")


def test_pressed_twice_a_picked_time_is_noted_once(alice: Person, world: World) -> None:
    alice.types("/callback Jane Doe (Acme) next friday about the RFP")
    element = alice.button("Fri 13 Mar, 9:00 AM")
    alice.clicks("Fri 13 Mar, 9:00 AM")
    world.forge("alice", element["action_id"], element["value"])
    alice.types("/callback")
    alice.sees("1 call to return.")


def test_without_a_person_the_form_opens_with_the_words_in_it(alice: Person) -> None:
    alice.types("/callback #austin-chapter tomorrow 3pm")
    alice.sees("A call to return", "Who is it to call?")


def test_oneself_and_apps_cannot_be_called(alice: Person) -> None:
    alice.types("/callback @alice tomorrow 3pm")
    alice.sees("That is you.", "Nothing was recorded.")
    alice.types("/callback @builder tomorrow 3pm")
    alice.sees("is an app.", "Name the person behind it.")
    alice.types("/callback @bob @carol tomorrow 3pm")
    alice.sees("One call is to one person.")


def test_what_is_too_long_is_given_back_to_be_shortened(alice: Person) -> None:
    alice.types(f"/callback Jane Doe (Acme) tomorrow 3pm about {'the long RFP ' * 20}")
    alice.sees("150 fit.")
    alice.clicks("Open the form")
    alice.fills("What about?", "the RFP").submits()
    alice.sees("Call Jane Doe (Acme): Tue 3 Mar, 9:00 AM CST, about the RFP")


def test_the_form_notes_a_call_with_a_note(alice: Person) -> None:
    alice.types("/callback")
    alice.sees("No calls to return.", "/callback Jane Doe (Acme) tomorrow 3pm about the RFP")
    alice.clicks("Add a call")
    alice.fills("Who is it to call?", "bob").fills("What about?", "the RFP").fills(
        "A note to yourself", "asked for our list"
    )
    alice.fills("Which day?", "2026-03-04").fills("At what time?", "11:00").submits()
    alice.sees("Call Bob: Wed 4 Mar, 11:00 AM CST, about the RFP", "asked for our list")


def test_the_form_says_what_is_missing_and_keeps_the_rest(alice: Person) -> None:
    alice.types("/callback")
    alice.clicks("Add a call")
    alice.fills("What about?", "the RFP").submits()
    alice.sees("Who is it to call?", "Pick a person, or write Name (Company)")
    alice.fills("Not in this Slack", "Jane Doe (Acme)").fills("What about?", "the RFP")
    alice.fills("Which day?", "2026-03-01").submits()
    alice.sees("That time has passed.")


def test_a_message_is_called_back_from_its_menu(alice: Person, bob: Person) -> None:
    bob.types("Could you ring me about the airport RFP?")
    alice.uses("Call back", alice.messages(AUSTIN)[-1])
    assert "Could you ring me about the airport RFP?" in str(alice.form()["blocks"])
    alice.fills("Which day?", "2026-03-04").submits()
    alice.sees("Call Bob: Wed 4 Mar, 9:00 AM CST", "Could you ring me about the airport RFP?")


def test_the_list_has_the_next_one_first_and_buttons(alice: Person) -> None:
    alice.types("/callback Jane Doe (Acme) friday 3pm about the RFP")
    alice.types("/callback @bob tomorrow 3pm")
    alice.types("/callback")
    text = alice.from_the_bot()[-1]["text"]
    assert text == "2 calls to return. Next: Bob, Tue 3 Mar, 3:00 PM CST."
    alice.clicks("Called back")
    alice.types("/callback")
    assert (
        alice.from_the_bot()[-1]["text"]
        == "1 call to return. Next: Jane Doe (Acme), Fri 6 Mar, 3:00 PM CST, about the RFP."
    )
    alice.chooses("Drop it")
    alice.sees("Dropped from your list: Jane Doe (Acme).")


def test_a_list_holds_so_many_and_says_so(alice: Person, bob: Person, world: World) -> None:
    for number in range(200):
        alice.acts("say", channel=AUSTIN, text=f"/callback Jane {number} (Acme) tomorrow 3pm")
    alice.types("/callback Jane Doe (Acme) tomorrow 3pm")
    alice.sees("200 calls are on your list, as many as it holds.")
    bob.types("/callback Jane Doe (Acme) tomorrow 3pm")
    bob.sees("Call Jane Doe (Acme)")


def test_undone_at_once_it_was_never_there(alice: Person, world: World, clock: MovableClock) -> None:
    alice.types("/callback Jane Doe (Acme) tomorrow 3pm about the RFP")
    alice.clicks("Undo")
    alice.sees("Undone. It is off your list.")
    clock.move(days=20)
    world.settle()
    assert alice.from_the_bot_by_dm() == []


def test_a_changed_call_comes_at_its_new_time_alone(alice: Person, world: World, clock: MovableClock) -> None:
    alice.types("/callback Jane Doe (Acme) tomorrow 3pm about the RFP")
    alice.clicks("Change")
    alice.fills("At what time?", "16:00").fills("What about?", "the airport RFP").submits()
    alice.sees("Call Jane Doe (Acme): Tue 3 Mar, 4:00 PM CST, about the airport RFP")
    clock.move(days=1, hours=6, minutes=30)
    world.settle()
    assert alice.from_the_bot_by_dm() == []
    clock.move(minutes=30)
    world.settle()
    assert [one["text"] for one in alice.from_the_bot_by_dm()] == ["Time to call Jane Doe (Acme) about the airport RFP"]


def test_somebody_who_has_left_is_asked_to_come_back_first(alice: Person) -> None:
    alice.types("/network leave")
    alice.types("/callback Jane Doe (Acme) tomorrow 3pm")
    alice.sees("You have left Good Turn.", "Come back")


def test_help_says_how(alice: Person) -> None:
    alice.types("/callback help")
    alice.sees("Remember a call to return:", "/callback Jane Doe (Acme) tomorrow 3pm about the RFP", "Open the form")
