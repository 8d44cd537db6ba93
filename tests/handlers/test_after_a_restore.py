"""After a restore: a newer database may have said what this one still has before it; it is looked for until that is known."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from storage import members
from storage.tables import Outgoing, Workspace
from tests.cast import AUSTIN
from tests.conversation import Person
from tests.handlers.mail import Mail
from tests.storage.rows import put_outgoing

AGO = timedelta(
    hours=30
)  # the age of the backup: far beyond the two hours before a try in which a message is looked for
NOT_MADE = [("history_refused", "missing_scope"), ("limited", ""), ("reset", ""), ("http_500", ""), ("nonsense", "")]


def _restore(mail: Mail, row: Outgoing, **columns: Any) -> None:
    """Puts the older database, in which a row waits, in the place of this one."""
    with mail.bot.database.transaction() as session:
        here = update(Workspace).where(col(Workspace.team_id) == "T1")
        session.connection().execute(here.values(restored_at=mail.world.now()))
        was: dict[str, Any] = {
            "state": "pending",
            "tried": 0,
            "first_tried_at": None,
            "lease_until": None,
            "slack_ts": None,
        }
        put_outgoing(session, row.id, **was | columns)


@pytest.fixture
def said(given: Mail) -> Mail:
    """Bob got the message of which the older database does not know that it was said."""
    given.world.settle()
    given.world.now.move(seconds=AGO.total_seconds())
    _restore(given, given.row())
    return given


@pytest.fixture
def unsaid(given: Mail) -> Mail:
    """Nobody has said the message yet when the older database comes."""
    given.world.now.move(seconds=AGO.total_seconds())
    _restore(given, given.row())
    return given


def _about_it(mail: Mail, bob: Person) -> int:
    return sum("cantilever" in one["text"] for one in mail.told(bob))


def test_what_a_newer_database_has_said_is_found_and_not_said_again(said: Mail, bob: Person) -> None:
    (there,) = [one["ts"] for one in said.told(bob) if "cantilever" in one["text"]]
    said.world.settle()
    said.wait(days=1)
    assert (said.row().state, said.row().slack_ts, _about_it(said, bob)) == ("sent", there, 1)


def test_what_nobody_has_said_is_looked_for_and_then_said_once(unsaid: Mail, bob: Person) -> None:
    unsaid.world.settle()
    unsaid.wait(days=1)
    assert (unsaid.row().state, _about_it(unsaid, bob)) == ("sent", 1)
    assert len(unsaid.calls("conversations.history")) == 1


def test_what_is_planned_since_is_not_looked_for(unsaid: Mail) -> None:
    unsaid.world.now.move(seconds=1)
    unsaid.plan("carol", "a note", due_at=unsaid.world.now())
    unsaid.world.settle()
    assert len(unsaid.calls("conversations.history")) == 1  # for the one before
    assert unsaid.row("note").state == "sent"


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(("what", "error"), NOT_MADE)
def test_a_look_that_cannot_be_made_is_made_again_and_nothing_is_said_before_it(
    said: Mail, bob: Person, what: str, error: str, times: int
) -> None:
    said.goes_wrong(what, "conversations.history", error=error, times=times, seconds=3)
    for _ in range(60):
        said.wait(seconds=10)
    assert (said.row().state, _about_it(said, bob)) == ("sent", 1)
    assert len(said.calls("conversations.history")) == times + 1


@pytest.mark.parametrize(("what", "error"), NOT_MADE)
def test_what_nobody_had_said_is_said_once_it_was_looked_for(unsaid: Mail, bob: Person, what: str, error: str) -> None:
    unsaid.goes_wrong(what, "conversations.history", error=error, seconds=3)
    unsaid.send()
    assert (unsaid.row().state, _about_it(unsaid, bob)) == ("sending", 0)
    for _ in range(6):
        unsaid.wait(seconds=10)
    assert (unsaid.row().state, _about_it(unsaid, bob)) == ("sent", 1)
    assert len(unsaid.calls("conversations.history")) == 2


def test_a_sender_that_ended_while_it_looked_leaves_it_to_be_looked_for(said: Mail, bob: Person) -> None:
    away = said.without("outbox")
    said.meanwhile = away.__enter__
    said.send()
    away.__exit__(None, None, None)
    assert said.row().state == "sending"
    for _ in range(3):
        said.wait(minutes=2)
    assert (said.row().state, _about_it(said, bob)) == ("sent", 1)


def test_it_is_looked_for_also_where_the_older_database_knows_no_conversation(said: Mail, bob: Person) -> None:
    with said.bot.database.transaction() as session:
        members.change(session, "T1", said.row().member_id, dm=None)
    said.goes_wrong("reset", "conversations.open")
    said.send()
    assert (said.row().state, said.calls("conversations.history")) == ("sending", [])
    for _ in range(6):
        said.wait(seconds=10)
    assert (said.row().state, _about_it(said, bob)) == ("sent", 1)


@pytest.mark.parametrize("looked_before", [False, True])
def test_where_nobody_may_look_bob_is_asked_within_a_quarter_of_an_hour_and_not_at_once(
    said: Mail, bob: Person, looked_before: bool
) -> None:
    if looked_before:  # in the older database, when an earlier try was lost
        _restore(said, said.row(), looked_at=said.world.now() - AGO / 2)
    began = said.world.now()
    said.goes_wrong("history_refused", "conversations.history", error="missing_scope", times=None)
    while said.row().state == "sending" or began == said.world.now():
        said.wait(seconds=5)
    assert timedelta(minutes=9) <= said.world.now() - began <= timedelta(minutes=15)
    assert (said.row().state, _about_it(said, bob)) == ("unconfirmed", 1)
    bob.opens_home()
    bob.sees("Slack did not confirm")


def test_what_was_under_way_in_the_older_database_is_looked_for_from_its_own_time(said: Mail, bob: Person) -> None:
    then = said.world.now() - AGO
    _restore(said, said.row(), state="sending", tried=1, first_tried_at=then, lease_until=then + timedelta(minutes=2))
    said.goes_wrong("reset", "conversations.history")
    for _ in range(6):
        said.wait(seconds=10)
    assert (said.row().state, _about_it(said, bob)) == ("sent", 1)


def test_a_second_restore_has_it_looked_for_once_more(unsaid: Mail, bob: Person) -> None:
    unsaid.goes_wrong("limited", seconds=3600)
    unsaid.send()  # looks, finds nothing, and is told to wait an hour
    unsaid.wait(minutes=30)
    assert (unsaid.row().state, len(unsaid.calls("conversations.history"))) == ("pending", 1)
    _restore(unsaid, unsaid.row())
    unsaid.wait(hours=1)
    assert (unsaid.row().state, _about_it(unsaid, bob)) == ("sent", 1)
    assert len(unsaid.calls("conversations.history")) == 2


def test_a_post_into_a_channel_is_asked_about_and_answered_for_good(mail: Mail, alice: Person, eve: Person) -> None:
    mail.plan("bob", "a story", channel=AUSTIN)
    _restore(mail, mail.row("note"))
    mail.world.settle()
    assert (mail.row("note").state, eve.from_the_bot()) == ("unconfirmed", [])
    alice.clicks("Post again", near="may or may not be there")
    mail.wait(days=1)
    assert (mail.row("note").state, [one["text"] for one in eve.from_the_bot()]) == ("sent", ["a story"])
