"""Posts that Slack did not confirm: who is asked about them, who may answer, and that one answer is enough."""

from typing import Any

import pytest

from app import GoodTurn
from storage.tables import Outgoing
from tests.cast import AUSTIN
from tests.conversation import Person, World, words
from tests.handlers.mail import Mail

ASKED = "Slack did not confirm my message to you"
STALE = "This is no longer open."


@pytest.fixture
def mail(world: World, bot: GoodTurn) -> Mail:
    return Mail(world, bot)


@pytest.fixture
def unknown(mail: Mail, alice: Person, dan: Person) -> Mail:
    """A quiet message to Bob went out, Slack did not say so, and does not let the bot look. Dan has opened Home before."""
    dan.opens_home()
    mail.goes_wrong("reset_delivered")
    mail.goes_wrong("history_refused", "conversations.history", times=None)
    alice.types("/give @bob the cantilever drawings")
    for _ in range(15):
        mail.wait(minutes=1)
    assert mail.row().state == "unconfirmed"
    return mail


@pytest.fixture
def posted(mail: Mail, dan: Person) -> Mail:
    """A story of Alice's about Bob may or may not be in the channel."""
    dan.opens_home()
    mail.goes_wrong("reset")
    mail.plan("bob", "a story", channel=AUSTIN)
    mail.world.settle()
    assert mail.row("note").state == "unconfirmed"
    return mail


def _in_channel(person: Person) -> list[str]:
    return [one["text"] for one in person.messages(AUSTIN) if one["bot"] and not one["ephemeral"]]


def _kept(row: Outgoing) -> dict[str, Any]:
    return row.model_dump()


def _home(person: Person) -> str:
    return words(person.state()["home"] or {})


# A message in somebody's own conversation: they alone can see it, and they alone are asked.


def test_who_can_see_the_message_is_asked_on_home_and_whoever_wanted_it_said_is_not(
    unknown: Mail, alice: Person, bob: Person
) -> None:
    assert ASKED in _home(bob)
    alice.opens_home()
    assert "Slack did not confirm" not in _home(alice)
    assert unknown.told(alice) == []


def test_nobody_is_asked_about_what_was_found(mail: Mail, alice: Person, bob: Person) -> None:
    mail.goes_wrong("reset_delivered")
    alice.types("/give @bob the cantilever drawings")
    mail.wait(minutes=2)
    bob.opens_home()
    assert "Slack did not confirm" not in _home(bob)


def test_it_is_there_leaves_it_at_that(unknown: Mail, bob: Person) -> None:
    bob.clicks("It is there")
    unknown.wait(days=1)
    bob.sees("It is not posted again.")
    assert (unknown.row().state, len(unknown.told(bob))) == ("sent", 1)
    assert ASKED not in _home(bob)


def test_post_again_says_it_once_more_without_looking(unknown: Mail, bob: Person) -> None:
    looks = len(unknown.calls("conversations.history"))
    bob.clicks("Post again")
    unknown.wait(days=1)
    bob.sees("It goes out again now.")
    assert (unknown.row().state, len(unknown.told(bob))) == ("sent", 2)
    assert len(unknown.calls("conversations.history")) == looks
    assert ASKED not in _home(bob)


@pytest.mark.parametrize("action", ["posts.there", "posts.again"])
def test_a_second_answer_changes_nothing(unknown: Mail, bob: Person, action: str) -> None:
    row_id = unknown.row().id
    bob.clicks("It is there")
    before = _kept(unknown.row())
    assert unknown.world.forge("bob", action, row_id)[0] == 200
    unknown.world.settle()
    assert _kept(unknown.row()) == before
    assert len(unknown.told(bob)) == 1


@pytest.mark.parametrize("who", ["alice", "carol", "dan", "kim"])
@pytest.mark.parametrize("action", ["posts.there", "posts.again"])
def test_nobody_else_may_answer_for_it_not_even_an_admin(unknown: Mail, who: str, action: str) -> None:
    before = _kept(unknown.row())
    assert unknown.world.forge(who, action, unknown.row().id)[0] == 200
    assert _kept(unknown.row()) == before


@pytest.mark.parametrize("about", ["", "nothing", "019c00000000"])
def test_an_answer_about_nothing_changes_nothing(unknown: Mail, about: str) -> None:
    before = _kept(unknown.row())
    assert unknown.world.forge("bob", "posts.again", about)[0] == 200
    assert _kept(unknown.row()) == before


def test_what_was_undone_meanwhile_is_not_posted_again(unknown: Mail, alice: Person, bob: Person) -> None:
    alice.clicks("Undo")
    unknown.goes_wrong("error", "chat.update", error="message_not_found", times=None)
    bob.clicks("Post again")
    unknown.wait(days=1)
    assert (unknown.row().state, len(unknown.told(bob))) == ("cancelled", 1)


def test_admins_see_how_many_there_are_and_not_what_they_say(unknown: Mail, alice: Person, dan: Person) -> None:
    assert "1 post to look at" in _home(dan)
    alice.opens_home()
    assert "to look at" not in _home(alice)
    dan.clicks("Look")
    dan.sees("To Bob in private", "Bob is asked on Home.")
    dan.does_not_see("cantilever", "Post again", "It is there")


def test_an_admin_who_looks_when_all_is_answered_sees_nothing_to_do(unknown: Mail, bob: Person, dan: Person) -> None:
    bob.clicks("It is there")
    assert "to look at" not in _home(dan)
    unknown.world.forge("dan", "posts.look", "")
    assert any("Nothing to look at." in str(opened["view"]) for opened in unknown.calls("views.open"))


@pytest.mark.parametrize("who", ["alice", "kim"])
def test_who_is_no_admin_may_not_look(unknown: Mail, who: str) -> None:
    unknown.world.forge(who, "posts.look", "")
    opened = str(unknown.calls("views.open"))
    assert STALE in opened
    assert "Bob" not in opened


# A post into a channel: everybody can see it, and whoever wanted it said is asked.


def test_whoever_wanted_it_said_is_asked_at_once_and_the_channel_is_not_told(
    posted: Mail, alice: Person, bob: Person, eve: Person
) -> None:
    posted.wait(days=1)
    (asked,) = posted.told(alice)
    assert asked["text"] == f"Slack did not confirm one post to <#{AUSTIN}>. Please look before I send it again."
    alice.sees("It is there", "Post again", "The channel is not told.")
    assert _in_channel(eve) == []
    assert posted.told(bob) == []
    assert "Slack did not confirm" not in _home(bob)
    assert posted.calls("conversations.history") == []


@pytest.mark.parametrize(("label", "seen"), [("It is there", []), ("Post again", ["a story"])])
def test_the_answer_of_whoever_wanted_it_said_ends_it(
    posted: Mail, alice: Person, eve: Person, label: str, seen: list[str]
) -> None:
    alice.clicks(label, near="may or may not be there")
    posted.wait(days=1)
    assert (posted.row("note").state, _in_channel(eve)) == ("sent", seen)
    (asked,) = posted.told(alice)
    assert "is taken care of" in asked["text"]
    assert label not in words(asked)


def test_an_admin_can_answer_for_it_and_comes_too_late_once_it_is_answered(
    posted: Mail, alice: Person, dan: Person, eve: Person
) -> None:
    dan.clicks("Look")
    dan.sees(f"To <#{AUSTIN}>")
    alice.clicks("It is there", near="may or may not be there")
    dan.clicks("Post again")
    dan.sees(STALE)
    posted.wait(days=1)
    assert _in_channel(eve) == []


def test_an_admin_alone_can_answer_for_it(posted: Mail, alice: Person, dan: Person, eve: Person) -> None:
    dan.clicks("Look")
    dan.clicks("Post again")
    posted.wait(days=1)
    assert _in_channel(eve) == ["a story"]
    assert "is taken care of" in posted.told(alice)[0]["text"]


@pytest.mark.parametrize("who", ["bob", "carol", "eve", "kim"])
def test_nobody_else_may_answer_for_a_post_into_a_channel(posted: Mail, who: str) -> None:
    before = _kept(posted.row("note"))
    posted.world.forge(who, "posts.again", posted.row("note").id)
    assert _kept(posted.row("note")) == before


def test_a_post_that_is_lost_once_more_is_asked_about_once_more(posted: Mail, alice: Person, eve: Person) -> None:
    posted.goes_wrong("reset")
    alice.clicks("Post again", near="may or may not be there")
    posted.wait(days=1)
    assert posted.row("note").state == "unconfirmed"
    alice.sees("may or may not be there")
    alice.clicks("Post again", near="may or may not be there")
    assert _in_channel(eve) == ["a story"]
