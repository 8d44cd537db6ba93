"""Answers to reminders taken back, given late, or given where they no longer belong."""

from collections.abc import Callable

from tests.conversation import Person
from tests.features.passing import came, notices

RFP = "/callback Jane Doe (Acme) tomorrow 3pm about the RFP"
FIRST = "Time to call Jane Doe (Acme) about the RFP"


def test_after_an_undo_the_message_goes_on_living(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.clicks("Called back")
    alice.clicks("Undo")
    alice.sees(FIRST)
    alice.clicks("Called back", near="Time to call")
    alice.does_not_see(FIRST)
    alice.sees("Called back: Jane Doe (Acme). 1 call returned this month.")
    alice.clicks("Undo")
    alice.clicks("Drop it", near="Time to call")
    alice.sees("Dropped from your list: Jane Doe (Acme).")


def test_answered_on_an_old_list_it_says_what_became_of_it(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback @bob every weekday at 9")
    alice.types("/callback")
    old = alice.button("Called back")
    until(3, 4, 10)
    alice.world.forge("alice", old["action_id"], old["value"])
    alice.types("/callback")
    alice.sees("1 call to return. Next: Bob, Thu 5 Mar, 9:00 AM CST.")
    alice.opens_home()
    alice.sees("1 call returned")


def test_my_calls_are_shown_beside_a_message(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 3, 16)
    alice.clicks("Tomorrow")
    alice.clicks("Show my calls")
    alice.sees("1 call to return. Next: Jane Doe (Acme), Wed 4 Mar, 3:00 PM CST, about the RFP.")


def test_back_from_nowhere_changes_nothing(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    until(3, 12)
    alice.types("/network back")
    until(4, 2, by=4)
    assert len(notices(alice)) == 4
    alice.types("/network leave")
    alice.types("/network back")
    until(4, 20, by=4)
    assert len(notices(alice)) == 4


def test_an_undo_later_than_the_time_does_not_say_that_it_was_away(alice: Person, until: Callable[..., None]) -> None:
    alice.types(RFP)
    alice.types("/callback")
    alice.chooses("Drop it")
    until(3, 3, 17)
    alice.clicks("Undo")
    until(3, 3, 18)
    assert notices(alice) == [FIRST]


def test_only_the_note_of_a_repeat_that_is_due_is_changed(alice: Person, until: Callable[..., None]) -> None:
    alice.types("/callback @bob every friday at 9 about the survey")
    until(3, 6, 10)
    alice.types("/callback")
    alice.chooses("Change")
    alice.fills("Does it repeat?", "Does not repeat").fills("A note to yourself", "the last one").submits()
    alice.sees("Call Bob: Fri 6 Mar, 9:00 AM CST, about the survey", "the last one")
    until(3, 20, 10)
    assert came(alice) == ["Fri 06 Mar 09:00", "Mon 09 Mar 09:00", "Wed 11 Mar 09:00", "Tue 17 Mar 09:00"]


def test_what_is_said_keeps_every_word(alice: Person, until: Callable[..., None]) -> None:
    about = "the 2*4 framing & the R&D annex, as long as it takes to say what all of this is about and why it cannot wait longer"
    alice.types(f"/callback Jane Doe (Smith & Sons) tomorrow 3pm about {about}")
    until(3, 3, 16)
    assert notices(alice)[0].startswith(
        "Time to call Jane Doe (Smith &amp; Sons) about the 2*4 framing &amp; the R&amp;D annex"
    )
    assert f"about {about}.".replace("&", "&amp;") in str(alice.from_the_bot_by_dm()[0]["blocks"])
