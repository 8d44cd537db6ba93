"""Tokens that end after twelve hours are replaced before they do, once, also for what is said by itself."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from handlers.workspaces.keys import Keys
from handlers.workspaces.tokens import AHEAD, InstalledTokens
from storage import installations
from storage.tables import Installation
from tests.conftest import MovableClock
from tests.installing.offices import Office
from tests.lookout import KEY


def installed(office: Office, team: str = "T1") -> Installation:
    with office.bot.database.reading() as session:
        row = installations.find(session, team)
    assert row is not None
    return row


def refreshes(office: Office) -> int:
    return sum("'grant_type': 'refresh_token'" in str(one) for one in office.world.ask("traffic"))


@pytest.fixture
def rotating(office: Office) -> Office:
    office.manages("rotate", on=True)
    office.installs("T1")
    office.installs("T2")
    return office


def test_at_the_hour_a_reminder_goes_out_with_the_next_token(rotating: Office, clock: MovableClock) -> None:
    alice = rotating.person("alice")
    alice.types("/callback @bob tomorrow 3pm about the RFP")
    first = installed(rotating).ends_at
    clock.move(hours=11)
    rotating.bot.access.refresh_due()
    clock.move(hours=11)
    rotating.bot.access.refresh_due()
    clock.move(hours=9)  # nobody asked anything in between
    rotating.world.settle()
    alice.sees("about the RFP")
    ends_at = installed(rotating).ends_at
    assert first is not None
    assert ends_at is not None
    assert ends_at > first + timedelta(hours=20)


def test_before_it_says_something_the_sender_replaces_what_ends_soon(rotating: Office, clock: MovableClock) -> None:
    clock.move(hours=10, seconds=1)
    rotating.person("alice").types("/give @bob a plan")
    rotating.person("bob").sees("a plan")
    assert refreshes(rotating) == 1
    assert installed(rotating).ends_at == clock() + timedelta(hours=12)
    rotating.person("alice", "T2").types("/give @bob another plan")
    assert refreshes(rotating) == 2


def test_long_before_its_end_a_token_is_left_as_it_is(rotating: Office, clock: MovableClock) -> None:
    clock.move(hours=9, minutes=59)
    rotating.bot.access.refresh_due()
    rotating.person("alice").types("/give @bob a plan")
    assert refreshes(rotating) == 0


def test_where_slack_does_not_answer_the_old_one_is_used_and_it_is_tried_again(
    rotating: Office, clock: MovableClock
) -> None:
    rotating.manages("fault", what="http_500", on="oauth.v2.access", times=1)
    clock.move(hours=10, minutes=1)
    rotating.person("alice").types("/give @bob a plan")
    rotating.person("bob").sees("a plan")
    before = installed(rotating).ends_at
    clock.move(minutes=5)
    rotating.bot.access.refresh_due()
    after = installed(rotating).ends_at
    assert before is not None
    assert after is not None
    assert after > before


def test_where_a_token_has_ended_what_is_due_waits_for_the_next(rotating: Office, clock: MovableClock) -> None:
    rotating.person("alice").types("/callback @bob tomorrow 3pm about the RFP")
    clock.move(hours=31)
    rotating.manages("fault", what="http_500", on="oauth.v2.access", times=1)
    rotating.bot.sender.send_due()
    assert rotating.person("alice").from_the_bot_by_dm() == []
    clock.move(minutes=1)
    rotating.world.settle()
    rotating.person("alice").sees("about the RFP")


def test_where_a_token_has_ended_what_is_typed_is_recorded_and_answered_all_the_same(
    rotating: Office, clock: MovableClock
) -> None:
    clock.move(hours=13)
    rotating.manages("fault", what="http_500", on="oauth.v2.access", times=1)
    alice = rotating.person("alice")
    alice.types("/give @bob a plan")
    alice.sees("Recorded for bob")  # as nobody could be looked up
    alice.does_not_see("is not installed")
    alice.types("/give")
    alice.sees("The form did not open")
    clock.move(minutes=1)
    rotating.world.settle()
    rotating.person("bob").sees("a plan")


def test_where_slack_gives_no_other_it_is_not_asked_again_until_it_is_installed_anew(
    rotating: Office, clock: MovableClock
) -> None:
    rotating.person("alice").types("/callback @bob tomorrow 3pm about the RFP")
    rotating.manages("fault", what="error", error="invalid_refresh_token", on="oauth.v2.access", times=2)
    clock.move(hours=11)
    for _ in range(3):
        rotating.bot.access.refresh_due()
        clock.move(minutes=5)
    assert refreshes(rotating) == 2  # one of each workspace
    assert installed(rotating).failure == "invalid_refresh_token"
    clock.move(hours=20)
    rotating.bot.sender.send_due()
    assert rotating.person("alice").from_the_bot_by_dm() == []
    rotating.installs("T1")
    assert installed(rotating).failure is None
    clock.move(minutes=15)
    rotating.world.settle()
    rotating.person("alice").sees("about the RFP")


def test_two_processes_at_once_ask_for_the_next_token_once(rotating: Office, clock: MovableClock) -> None:
    clock.now += timedelta(hours=12) - AHEAD
    asked, both, slack = [], threading.Barrier(2), WebClient()

    def ask_next(_: str) -> Any:
        asked.append(1)
        return {"access_token": "xoxe.xoxb-next", "refresh_token": "xoxe-next", "expires_in": 43200}

    def process() -> None:
        tokens = InstalledTokens(rotating.bot.database, clock, Keys([KEY]), slack, ask_next)
        both.wait()
        tokens.client_for("T1")

    threads = [threading.Thread(target=process) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert asked == [1]
    assert Keys([KEY]).open(installed(rotating)).access == "xoxe.xoxb-next"


def test_what_was_installed_meanwhile_is_not_replaced_by_a_token_that_came_before(
    rotating: Office, clock: MovableClock
) -> None:
    seen: datetime | None = None

    def ask_next(_: str) -> Any:
        nonlocal seen
        rotating.installs("T1")
        seen = installed(rotating).ends_at
        return {"access_token": "xoxe.xoxb-late", "refresh_token": "xoxe-late", "expires_in": 1}

    clock.move(hours=11)
    slack = WebClient()
    tokens = InstalledTokens(rotating.bot.database, clock, Keys([KEY]), slack, ask_next)
    assert tokens.client_for("T1").token == Keys([KEY]).open(installed(rotating)).access
    assert "late" not in str(tokens.client_for("T1").token)
    assert installed(rotating).ends_at == seen
