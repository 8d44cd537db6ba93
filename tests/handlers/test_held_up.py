"""A sender that is held up, killed or without a database: each message is said once and holds up no other."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from storage import sending
from storage.sending import LEASE
from tests.conversation import Person
from tests.handlers.mail import Mail
from tests.storage.rows import put_outgoing


def _claimed(mail: Mail) -> None:
    """Has a sender take the quiet message, and end before it says it."""
    with mail.bot.database.transaction() as session:
        assert sending.claim(session, "T1", mail.row().id, mail.world.now()) is not None


def test_what_a_sender_left_in_the_middle_is_looked_for_and_said_once(given: Mail, bob: Person) -> None:
    _claimed(given)
    given.world.settle()
    assert (given.row().state, given.calls("conversations.history")) == ("sending", [])
    given.wait(minutes=2)
    given.wait(days=1)
    assert len(given.calls("conversations.history")) == 1
    assert (given.row().state, len(given.told(bob))) == ("sent", 2)


def test_what_nobody_has_begun_is_said(given: Mail, bob: Person) -> None:
    given.world.settle()
    assert (given.row().state, len(given.told(bob))) == ("sent", 2)


@pytest.mark.parametrize("away", [0, 9, 10])
def test_who_is_held_up_for_a_moment_says_it(given: Mail, bob: Person, away: int) -> None:
    given.meanwhile = lambda: given.world.now.move(seconds=away)
    given.send()
    assert (given.row().state, len(given.told(bob))) == ("sent", 2)


@pytest.mark.parametrize("away", [10.01, 60, 119, -1])
def test_who_wakes_too_long_after_the_claim_says_nothing_and_leaves_it_to_the_next(
    given: Mail, bob: Person, away: float
) -> None:
    def sleep() -> None:
        given.world.now.move(seconds=away)
        given.sender.is_stopping = True

    given.meanwhile = sleep
    given.send()
    assert (given.row().state, given.row().tried, len(given.told(bob))) == ("pending", 0, 1)
    given.sender.is_stopping = False
    given.wait(minutes=5)
    assert (given.row().state, given.row().tried, len(given.told(bob))) == ("sent", 1, 2)
    assert given.calls("conversations.history") == []


def test_who_wakes_when_another_has_taken_over_says_nothing(given: Mail, bob: Person) -> None:
    other = given.another()

    def sleep() -> None:
        given.world.now.move(minutes=3)
        other.send_due()

    given.meanwhile = sleep
    given.world.settle()
    given.wait(days=1)
    assert (given.row().state, len(given.told(bob))) == ("sent", 2)


def test_a_lease_that_a_clock_which_was_put_back_left_far_ahead_lasts_no_longer_than_others(
    given: Mail, bob: Person
) -> None:
    with given.bot.database.transaction() as session:
        put_outgoing(session, given.row().id, "pending", due_at=given.world.now() - timedelta(days=2))
    _claimed(given)
    given.world.now.move(days=-1)
    given.send()
    assert given.row().lease_until == given.world.now() + LEASE
    given.wait(seconds=119)
    assert given.row().state == "sending"
    given.wait(seconds=1)
    given.wait(days=2)
    assert (given.row().state, len(given.told(bob))) == ("sent", 2)


def test_two_senders_at_work_at_once_say_each_message_once(mail: Mail, bob: Person, carol: Person) -> None:
    for number in range(8):
        mail.plan("bob" if number % 2 else "carol", f"number {number}")
    others = [mail.sender, mail.another()]
    for _ in range(12):
        threads = [threading.Thread(target=sender.send_due) for sender in others]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        mail.world.now.move(seconds=1)
    said = [one["text"] for person in (bob, carol) for one in mail.told(person)]
    assert sorted(said) == [f"number {number}" for number in range(8)]


def test_a_database_that_takes_nothing_before_the_call_costs_no_message(given: Mail, bob: Person) -> None:
    with given.without("members"):
        assert given.send() == 0
        assert (given.row().state, len(given.told(bob))) == ("pending", 1)
    given.world.settle()
    assert (given.row().state, given.row().tried, len(given.told(bob))) == ("sent", 1, 2)


def test_a_database_that_takes_nothing_after_the_call_doubles_no_message(given: Mail, bob: Person) -> None:
    away = given.without("outbox")
    given.meanwhile = away.__enter__
    given.send()
    away.__exit__(None, None, None)
    assert (given.row().state, len(given.told(bob))) == ("sending", 2)
    given.wait(minutes=2)
    given.wait(days=1)
    assert (given.row().state, len(given.told(bob))) == ("sent", 2)


def test_who_is_told_to_stop_finishes_what_is_begun_and_begins_nothing_else(mail: Mail, bob: Person) -> None:
    def stop() -> None:
        mail.sender.is_stopping = True

    mail.plan("bob", "the first")
    mail.plan("carol", "the second")
    mail.meanwhile = stop
    assert mail.send() == 1
    assert [row.state for row in mail.rows(kind="note")] == ["sent", "pending"]
    assert len(mail.told(bob)) == 1


def test_a_row_without_words_keeps_back_no_other_and_is_given_up_in_the_end(
    given: Mail, alice: Person, carol: Person
) -> None:
    def speechless(*_: Any) -> None:
        raise ValueError

    given.bot.routes.messages["act"] = speechless
    carol.writes_to_the_bot("help")
    assert len(given.told(carol)) == 1
    assert (given.row().state, given.row().tried, given.row().refused) == ("pending", 0, 1)
    for _ in range(20):
        given.wait(minutes=13)
    assert (given.row().state, given.row().error) == ("dead", "ValueError")
    assert len(given.told(alice)) == 1


def test_a_row_whose_words_come_back_is_said(given: Mail, bob: Person) -> None:
    words = given.bot.routes.messages.pop("act")
    given.world.settle()
    assert given.row().error == "KeyError"
    given.bot.routes.messages["act"] = words
    given.wait(minutes=1)
    assert (given.row().state, given.row().error, len(given.told(bob))) == ("sent", None, 2)


def test_a_home_that_was_published_leaves_no_row(mail: Mail, bob: Person) -> None:
    bob.opens_home()
    bob.opens_home()
    assert mail.rows(verb="home") == []
    assert len(mail.calls("views.publish")) == 2


def test_a_limit_on_posts_is_told_as_the_moment_at_which_to_go_on(given: Mail) -> None:
    given.goes_wrong("limited", seconds=30)
    given.send()
    assert given.send() == 0
    given.world.now.move(seconds=1)
    given.plan("carol", "a note")
    assert given.send() == 0
    assert given.sender.free_at == given.row().due_at
    given.wait(minutes=1)
    assert given.sender.free_at is None
