"""What is decided at the moment of sending: whether it is said at all, whether it is looked for first, and that it is late."""

from datetime import timedelta
from typing import Any

import pytest

from handlers.outbound import lookups
from handlers.views.kit import Message
from storage import members
from tests.cast import AUSTIN, CAST
from tests.conversation import Person, words
from tests.handlers.mail import Mail

LATE = "This was due"


def _seen(mail: Mail, person: Person) -> list[str]:
    return [one["text"] for one in mail.told(person)]


def _is_told(mail: Mail, person: Person) -> bool:
    return any("cantilever" in text for text in _seen(mail, person))


def _change_bob(mail: Mail, **columns: Any) -> None:
    with mail.bot.database.transaction() as session:
        (bob,) = members.known(session, "T1", [str(CAST["bob"]["id"])]).values()
        members.change(session, "T1", bob.id, **columns)


# What is taken back before it goes out is not said; each of these has its twin, in which nothing is taken back.


def test_what_is_undone_before_it_goes_out_is_not_said(given: Mail, alice: Person, bob: Person) -> None:
    with given.held():
        alice.clicks("Undo")
    given.world.settle()
    given.wait(days=1)
    assert (given.row().state, _is_told(given, bob)) == ("cancelled", False)


def test_what_is_not_undone_is_said(given: Mail, bob: Person) -> None:
    given.world.settle()
    assert _is_told(given, bob)


def test_who_leaves_before_it_goes_out_does_not_get_it(given: Mail, alice: Person, bob: Person) -> None:
    with given.held():
        bob.types("/network leave")
    given.wait(days=1)
    assert (given.row().state, _is_told(given, bob)) == ("cancelled", False)
    assert given.told(alice) == []


def test_who_is_deactivated_before_it_goes_out_does_not_get_it(given: Mail, alice: Person, bob: Person) -> None:
    with given.held():
        given.world.ask("manage", {"do": "person", "id": bob.id, "deleted": True})
    given.wait(days=1)
    assert given.row().state == "cancelled"
    assert len(given.calls()) == 1  # the answer to Bob's question, before


@pytest.mark.parametrize(
    ("column", "state", "is_told"),
    [("left_at", "cancelled", 0), ("is_gone", "dead", 1), ("is_bot", "dead", 1), ("is_stranger", "dead", 1)],
)
def test_what_was_planned_for_somebody_who_is_not_here_when_it_is_due_is_not_said(
    mail: Mail, alice: Person, column: str, state: str, is_told: int
) -> None:
    mail.plan("bob", "a note", due_at=mail.world.now() + timedelta(hours=1))
    _change_bob(mail, **{column: mail.world.now() if column == "left_at" else True})
    mail.wait(hours=1)
    mail.wait(days=1)
    assert mail.row("note").state == state
    assert (len(mail.calls()), len(mail.told(alice))) == (is_told, is_told)


def test_a_channel_hears_what_was_planned_about_somebody_who_is_gone(mail: Mail, eve: Person) -> None:
    mail.plan("bob", "a story", channel=AUSTIN)
    _change_bob(mail, is_gone=True, left_at=mail.world.now())
    mail.world.settle()
    eve.sees("a story")


def test_who_has_left_is_still_answered(mail: Mail, bob: Person) -> None:
    bob.types("/network leave")
    bob.writes_to_the_bot("help")
    assert len(mail.told(bob)) == 1


# What is cancelled while it is under way: it is said at most once, and not again.


def _undo_meanwhile(mail: Mail, alice: Person) -> None:
    def undo() -> None:
        with mail.held():
            alice.clicks("Undo")
        mail.sender.is_stopping = False

    mail.meanwhile = undo


@pytest.mark.parametrize("what", ["limited", "reset"])
def test_what_is_cancelled_while_it_goes_out_and_did_not_arrive_is_not_said_again(
    given: Mail, alice: Person, bob: Person, what: str
) -> None:
    given.goes_wrong(what)
    _undo_meanwhile(given, alice)
    given.world.settle()
    for _ in range(3):
        given.wait(minutes=2)
    assert (given.row().state, _is_told(given, bob)) == ("cancelled", False)
    assert [row.state for row in given.rows(verb="update")] == ["cancelled"]


@pytest.mark.parametrize("what", ["", "reset_delivered"])
def test_what_is_cancelled_while_it_goes_out_and_did_arrive_is_brought_up_to_date(
    given: Mail, alice: Person, bob: Person, what: str
) -> None:
    if what:
        given.goes_wrong(what)
    _undo_meanwhile(given, alice)
    given.world.settle()
    given.wait(minutes=2)
    given.wait(minutes=2)
    assert given.row().state == "sent"
    assert [row.state for row in given.rows(verb="update")] == ["sent"]
    bob.does_not_see("cantilever", "Thanks, it helped")


def test_a_change_waits_for_a_post_whose_outcome_is_not_known_yet(given: Mail, alice: Person, bob: Person) -> None:
    given.goes_wrong("reset_delivered")
    given.send()
    alice.clicks("Undo")
    waiting = given.row(verb="update")
    assert (waiting.state, waiting.tried) == ("pending", 0)
    assert given.calls("chat.update") == []
    given.wait(minutes=2)
    given.wait(seconds=5)
    assert given.row(verb="update").state == "sent"
    bob.does_not_see("cantilever")


def test_there_is_nothing_to_say_any_more(mail: Mail, bob: Person) -> None:
    mail.bot.routes.messages["note"] = lambda _session, _row, _now: None
    mail.plan("bob", "a note")
    mail.world.settle()
    assert (mail.row("note").state, mail.told(bob)) == ("cancelled", [])


@pytest.mark.parametrize(("minutes", "state", "seen"), [(60, "sent", 1), (60.02, "expired", 0)])
def test_what_is_of_no_use_any_more_is_not_said_and_its_owner_hears_once(
    mail: Mail, alice: Person, eve: Person, minutes: float, state: str, seen: int
) -> None:
    at = mail.world.now()
    mail.plan("bob", "a story", channel=AUSTIN, due_at=at, not_after=at + timedelta(hours=1))
    mail.wait(minutes=minutes)
    mail.wait(days=1)
    assert (mail.row("note").state, len(eve.from_the_bot())) == (state, seen)
    assert ["too late" in text for text in _seen(mail, alice)] == ([] if seen else [True])


@pytest.mark.parametrize(
    ("seconds", "is_marked"), [(0, 0), (1, 0), (119, 0), (120, 0), (121, 1), (3600, 1), (86_400, 1), (30 * 86_400, 1)]
)
def test_what_comes_more_than_two_minutes_late_says_so(mail: Mail, bob: Person, seconds: int, is_marked: int) -> None:
    mail.plan("bob", "Time to call Jane.", due_at=mail.world.now() + timedelta(hours=1))
    mail.world.now.move(hours=1, seconds=seconds)
    mail.world.settle()
    mail.wait(days=1)
    (text,) = _seen(mail, bob)
    assert text.startswith("Time to call Jane.")
    assert text.count(LATE) == is_marked
    assert ("10:00 AM" in text) == bool(is_marked)


def test_a_late_post_into_a_channel_names_the_zone_of_the_one_it_is_about(mail: Mail, eve: Person) -> None:
    mail.plan("carol", "a story", channel=AUSTIN, due_at=mail.world.now())
    mail.wait(hours=5)
    (seen,) = eve.from_the_bot()
    assert f"{LATE} at 4:00 PM" in seen["text"]  # in Stockholm


def test_the_words_are_those_that_are_true_when_it_is_said(mail: Mail, bob: Person) -> None:
    mail.bot.routes.messages["note"] = lambda _session, _row, now: Message(f"It is {now:%H:%M}.")
    mail.plan("bob", "a note", due_at=mail.world.now() + timedelta(minutes=1))
    mail.wait(minutes=2)
    assert _seen(mail, bob) == ["It is 15:02."]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_first_message_keeps_its_first_words_when_it_changes_and_no_other_gets_them(
    mail: Mail, alice: Person, bob: Person, is_first: bool
) -> None:
    if not is_first:
        alice.types("/give @bob the surveyor's name")
        mail.wait(minutes=1)
    alice.types("/give @bob the cantilever drawings")
    mail.wait(minutes=1)
    bob.clicks("Thanks, it helped")
    (changed,) = [one for one in mail.told(bob) if "You thanked Alice" in words(one)]
    assert ("I am Good Turn" in words(changed)) is is_first


def test_what_is_said_carries_a_mark_that_names_nothing(given: Mail) -> None:
    given.world.settle()
    carried = given.calls()[-1]["metadata"]
    assert lookups.EVENT_TYPE in str(carried)
    assert given.row().subject not in str(carried)
