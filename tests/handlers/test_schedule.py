"""What is long over is forgotten, a little at a time, and what may still matter is kept."""

import threading
from datetime import timedelta

import pytest

from app import GoodTurn
from handlers import schedule
from storage import outbox
from tests.conftest import MovableClock
from tests.conversation import Person
from tests.handlers.mail import Mail


def test_a_message_is_kept_for_ninety_days_after_it_was_said_and_then_forgotten(given: Mail, bob: Person) -> None:
    given.world.settle()
    given.world.now.move(days=90)
    schedule.forget(given.bot.database, given.world.now)
    assert given.row().state == "sent"
    given.world.now.move(seconds=1)
    schedule.forget(given.bot.database, given.world.now)
    assert given.rows(kind="act") == []
    bob.clicks("Thanks, it helped")  # what it does is recorded; the message itself stays as it is
    given.world.settle()
    assert given.row(kind="act.thanked").state == "sent"


def test_who_takes_back_what_was_said_long_ago_reads_that_its_message_stays(given: Mail, alice: Person) -> None:
    given.world.settle()
    given.world.now.move(days=91)
    schedule.forget(given.bot.database, given.world.now)
    alice.clicks("Undo")
    alice.sees("It counts nowhere. Messages about it are more than 90 days old and stay as they are.")


def test_what_nobody_answered_for_is_never_forgotten(given: Mail) -> None:
    given.goes_wrong("reset_delivered")
    given.goes_wrong("history_refused", on="conversations.history", times=None)
    given.send()
    for _ in range(10):
        given.wait(minutes=2)
    given.world.now.move(days=400)
    schedule.forget(given.bot.database, given.world.now)
    assert given.row().state == "unconfirmed"


def test_much_that_is_over_is_forgotten_in_one_go_in_small_steps(given: Mail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "FORGET_AT_ONCE", 2)
    for number in range(5):
        given.plan("bob", f"note {number}")
    for _ in range(20):
        given.wait(seconds=2)
    commits: list[float] = []
    given.bot.database.on_commit = commits.append
    given.world.now.now += outbox.KEEP + timedelta(days=1)
    schedule.forget(given.bot.database, given.world.now)
    assert given.rows(kind="note") == []
    assert len(commits) >= 4


def test_feeds_that_are_due_are_read_by_the_clock_that_ticks(
    bot: GoodTurn, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = threading.Event()
    monkeypatch.setattr(schedule, "LOOK_FOR_FEEDS", timedelta(seconds=0.05))
    read_due = "handlers.fetching.feed_reading.FeedReader.read_due"
    monkeypatch.setattr(read_due, lambda reader: None if reader.is_stopping() else read.set())
    ticks = schedule.start(bot.database, clock, lambda: None, None, lambda: None)
    assert read.wait(10)
    ticks.shutdown()
