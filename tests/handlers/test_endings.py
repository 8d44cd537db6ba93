"""What each answer of Slack's leads to: how often it is tried, what Bob sees, and what Alice, who wanted it said, is told."""

from datetime import timedelta
from typing import Any

import pytest

from handlers import outcomes
from handlers.outbound import endings
from handlers.outcomes import Outcome
from storage import outbox, sending
from storage.sending import LEASE
from tests.conversation import Person
from tests.handlers.mail import Mail

FINAL = ("channel_not_found", "not_in_channel", "is_archived", "account_inactive", "token_revoked", "missing_scope",
         "msg_too_long", "something_new")  # fmt: skip
UNKNOWN = [("reset", ""), ("http_500", ""), ("nonsense", ""),
           *(("error", error) for error in ("internal_error", "fatal_error", "service_unavailable"))]  # fmt: skip


def _about_it(bob: Person) -> list[dict[str, Any]]:
    """Returns what Bob sees of the good turn."""
    return [one for one in bob.from_the_bot() if "cantilever" in str(one)]


def test_what_slack_takes_is_said_once_and_nobody_else_is_told(given: Mail, alice: Person, bob: Person) -> None:
    given.world.settle()
    given.wait(days=1)
    (seen,) = _about_it(bob)
    row = given.row()
    assert (row.state, row.slack_ts, row.tried, row.error) == ("sent", seen["ts"], 1, None)
    assert (len(given.calls()), given.calls("conversations.history")) == (2, [])
    assert given.rows(kind="notice.dead") == []
    assert given.told(alice) == []


@pytest.mark.parametrize(("what", "error"), [("limited", ""), ("error", "ratelimited")])
def test_a_limit_puts_it_off_for_as_long_as_slack_says(given: Mail, bob: Person, what: str, error: str) -> None:
    given.goes_wrong(what, error=error, seconds=7)
    given.send()
    row = given.row()
    assert (row.state, row.tried, row.due_at) == ("pending", 0, given.world.now() + timedelta(seconds=7))
    assert row.first_tried_at is None  # it is not there, however long it waits
    given.world.now.move(seconds=6.9)
    assert given.send() == 0
    given.world.now.move(seconds=0.1)
    given.send()
    assert len(_about_it(bob)) == 1
    assert given.calls("conversations.history") == []


def test_a_slack_that_cannot_be_reached_is_tried_again_later_each_time(given: Mail, bob: Person) -> None:
    waits = []
    with given.cut_off():
        for _ in range(4):
            given.send()
            assert (given.row().state, given.row().tried, given.row().error) == ("pending", 0, outcomes.NOT_REACHED)
            waits.append(given.row().due_at - given.world.now())
            given.world.now.now = given.row().due_at
    assert waits == sorted(waits)
    given.send()
    assert len(_about_it(bob)) == 1
    assert given.calls("conversations.history") == []


@pytest.mark.parametrize("error", FINAL)
def test_what_slack_refuses_for_good_is_left_and_its_owner_hears_once(
    given: Mail, alice: Person, bob: Person, error: str
) -> None:
    given.goes_wrong("error", error=error)
    given.world.settle()
    given.wait(days=2)
    assert (given.row().state, given.row().error) == ("dead", error)
    assert _about_it(bob) == []
    (told,) = given.told(alice)
    assert "My message to Bob about a good turn" in told["text"]
    assert len(given.calls()) == 3  # the answer to Bob's question, the one try, and the word to Alice


@pytest.mark.parametrize(("what", "error"), UNKNOWN)
def test_what_may_have_been_said_is_looked_for_and_said_when_it_is_not_there(
    given: Mail, alice: Person, bob: Person, what: str, error: str
) -> None:
    given.goes_wrong(what, error=error)
    given.send()
    given.world.now.move(seconds=119)
    assert given.send() == 0
    assert given.row().state == "sending"
    assert (given.calls("conversations.history"), _about_it(bob)) == ([], [])
    given.world.now.move(seconds=1)
    given.send()
    assert (given.row().state, len(_about_it(bob)), len(given.calls("conversations.history"))) == ("sent", 1, 1)
    assert given.told(alice) == []


@pytest.mark.parametrize(("what", "error"), [(f"{what}_delivered", error) for what, error in UNKNOWN])
def test_what_may_have_been_said_is_looked_for_and_not_said_again_when_it_is_there(
    given: Mail, alice: Person, bob: Person, what: str, error: str
) -> None:
    given.goes_wrong(what, error=error)
    given.send()
    assert (given.row().state, len(_about_it(bob))) == ("sending", 1)
    given.wait(seconds=120)
    given.wait(days=1)
    (seen,) = _about_it(bob)
    assert (given.row().state, given.row().slack_ts, given.row().error) == ("sent", seen["ts"], None)
    assert given.told(alice) == []


@pytest.mark.parametrize("what", ["timeout", "timeout_delivered", "timeout_late"])
def test_what_is_not_answered_in_time_is_said_once_however_it_went(given: Mail, bob: Person, what: str) -> None:
    given.clients["T1"].timeout = 1
    given.goes_wrong(what)
    given.send()
    assert (given.row().state, given.row().error) == ("sending", "TimeoutError")
    given.clients["T1"].timeout = 10
    given.world.ask("manage", {"do": "faults"})
    given.world.now.move(seconds=20)
    _let_land(given, bob, due=what != "timeout")
    given.wait(seconds=100)
    given.wait(days=1)
    assert (given.row().state, len(_about_it(bob))) == ("sent", 1)


def _let_land(mail: Mail, bob: Person, *, due: bool) -> None:
    """Lets the pretend Slack do what it put off; it looks at the clock ten times a second."""
    for _ in range(200):
        if not due or _about_it(bob):
            return
        mail.world.ask("traffic?since=0")
    raise AssertionError("it never landed")


def test_what_has_blocks_that_slack_does_not_take_is_said_in_plain_words(given: Mail, bob: Person) -> None:
    given.goes_wrong("error", error="invalid_blocks")
    given.world.settle()
    (seen,) = _about_it(bob)
    assert [block["type"] for block in seen["blocks"]] == ["section"]
    assert (given.row().state, given.row().plain, given.row().tried) == ("sent", True, 1)
    assert given.calls("conversations.history") == []


def test_plain_words_that_slack_does_not_take_either_are_left(given: Mail, alice: Person, bob: Person) -> None:
    given.goes_wrong("error", error="invalid_blocks", times=2)
    given.world.settle()
    given.wait(days=1)
    assert (given.row().state, _about_it(bob)) == ("dead", [])
    assert len(given.told(alice)) == 1


@pytest.mark.parametrize("what", ["reset_delivered", "http_500", "limited"])
def test_opening_a_conversation_is_simply_repeated(mail: Mail, alice: Person, bob: Person, what: str) -> None:
    with mail.held():
        alice.types("/give @bob the cantilever drawings")
    mail.goes_wrong(what, on="conversations.open")
    mail.send()
    assert (mail.row().state, mail.row().tried) == ("pending", 0)
    mail.wait(seconds=40)
    assert len(_about_it(bob)) == 1
    assert mail.calls("conversations.history") == []


def test_a_conversation_that_cannot_be_opened_is_told_the_owner(mail: Mail, alice: Person) -> None:
    mail.goes_wrong("error", on="conversations.open", error="user_disabled")
    alice.types("/give @bob the cantilever drawings")
    assert (mail.row().state, mail.row().error) == ("dead", "user_disabled")
    assert len(mail.told(alice)) == 1


def test_a_conversation_is_opened_once_for_all_that_is_said_in_it(mail: Mail, bob: Person) -> None:
    for number in range(3):
        mail.plan("bob", f"number {number}")
    mail.wait(minutes=1)
    assert (len(mail.told(bob)), len(mail.calls("conversations.open"))) == (3, 1)


@pytest.mark.parametrize(("who", "is_told"), [("alice", 0), ("bob", 1)])
def test_nobody_hears_of_a_message_to_themselves_in_a_message_to_themselves(
    mail: Mail, alice: Person, who: str, is_told: int
) -> None:
    mail.plan(who, "a note", owner="alice")
    mail.goes_wrong("error", error="msg_too_long")
    mail.world.settle()
    assert (mail.row("note").state, len(mail.told(alice))) == ("dead", is_told)


@pytest.mark.parametrize(("method", "verb"), [("chat.update", "update"), ("views.publish", "home")])
def test_a_change_and_a_home_are_simply_repeated(
    given: Mail, alice: Person, bob: Person, method: str, verb: str
) -> None:
    given.world.settle()
    bob.opens_home()
    given.goes_wrong("reset", on=method, times=2)
    bob.clicks("Thanks, it helped")
    assert [row.tried for row in given.rows(verb=verb)] == [0]
    given.wait(seconds=8)
    given.wait(seconds=15)
    assert len(given.calls(method)) == (3 if verb == "update" else 4)  # one Home was there before
    assert [row.state for row in given.rows(verb=verb)] == (["sent"] if verb == "update" else [])
    assert len(_about_it(bob)) == 1


def test_a_change_that_cannot_be_made_for_a_day_is_left_and_nobody_is_told(
    given: Mail, alice: Person, bob: Person
) -> None:
    given.world.settle()
    given.goes_wrong("http_500", on="chat.update", times=None)
    bob.clicks("Thanks, it helped")
    given.wait(hours=23, minutes=59)
    assert given.row(verb="update").state == "pending"
    given.wait(minutes=15)
    assert given.row(verb="update").state == "dead"
    assert given.rows(kind="notice.dead") == []


def test_a_post_that_certainly_was_not_said_is_never_left(given: Mail, bob: Person) -> None:
    given.goes_wrong("limited", times=None, seconds=3600)
    for _ in range(72):
        given.wait(hours=1)
    assert given.row().state == "pending"
    given.goes_right()
    given.wait(hours=1)
    assert len(_about_it(bob)) == 1


@pytest.mark.parametrize("became", [outcomes.DELIVERED, outcomes.REFUSED, outcomes.FINAL, outcomes.PLAINER])
def test_what_another_has_taken_over_is_left_to_that_one_and_its_end_is_not_told(given: Mail, became: str) -> None:
    now = given.world.now()
    with given.bot.database.transaction() as session:
        asleep = sending.claim(session, "T1", given.row().id, now)
    with given.bot.database.transaction() as session:
        assert sending.claim(session, "T1", given.row().id, now + LEASE) is not None
    assert asleep is not None
    with given.bot.database.transaction() as session:
        assert endings.record(session, asleep, Outcome(became), now + LEASE) == "another's"
    assert (given.row().state, given.row().lease_until) == ("sending", now + 2 * LEASE)
    assert given.rows(kind="notice.dead") == []


def test_words_that_cannot_be_made_are_put_off_only_for_who_has_the_row(given: Mail) -> None:
    with given.bot.database.transaction() as session:
        outbox.cancel(session, "T1", given.row().subject, given.world.now())
        endings.put_off(session, "T1", given.row().id, given.world.now(), "KeyError")
    assert (given.row().state, given.row().refused) == ("cancelled", 0)
