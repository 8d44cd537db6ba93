"""What is not said: final answers, cancels, what came too late; and what nobody knows of, until somebody looks."""

from datetime import timedelta

import pytest

from app import GoodTurn
from storage.tables import Outgoing
from tests.cast import AUSTIN
from tests.conversation import Person, World
from tests.handlers.saying import RFP, calls, fault, let_pass, plan, rows, state, told


@pytest.mark.parametrize(
    "error",
    ["channel_not_found", "is_archived", "account_inactive", "token_revoked", "missing_scope", "not_known_here"],
)
def test_a_final_answer_ends_it_after_one_try_and_the_owner_hears_once(
    alice: Person, bob: Person, bot: GoodTurn, world: World, error: str
) -> None:
    fault(world, "error", error=error)
    alice.types(f"/give @bob {RFP}")
    let_pass(world, hours=2)
    assert (told(bob), state(bot)) == (0, "dead")
    assert sum("My message to Bob" in one["text"] for one in alice.from_the_bot()) == 1
    assert calls(world, "chat.postMessage") == 2  # the one that was refused, and the notice


def test_blocks_that_slack_does_not_take_are_said_in_plain_words_once(
    alice: Person, bob: Person, bot: GoodTurn, world: World
) -> None:
    fault(world, "error", error="invalid_blocks")
    alice.types(f"/give @bob {RFP}")
    assert (told(bob), state(bot)) == (1, "sent")
    assert len(bob.from_the_bot()[0]["blocks"]) == 1
    bob.sees(RFP)


def test_plain_words_that_slack_does_not_take_either_are_final(alice: Person, bot: GoodTurn, world: World) -> None:
    fault(world, "error", error="invalid_blocks", times=2)
    alice.types(f"/give @bob {RFP}")
    assert state(bot) == "dead"


def test_a_cancel_before_the_moment_of_sending_wins(alice: Person, bob: Person, bot: GoodTurn, world: World) -> None:
    fault(world, "limited", seconds=60)
    alice.types(f"/give @bob {RFP}")
    alice.clicks("Undo")
    alice.sees("Bob was not told.")
    let_pass(world, minutes=5)
    assert (bob.from_the_bot(), state(bot)) == ([], "cancelled")


def test_a_cancel_that_comes_too_late_is_shown_in_the_message(alice: Person, bob: Person, world: World) -> None:
    fault(world, "http_500_delivered")
    alice.types(f"/give @bob {RFP}")
    alice.clicks("Undo")
    let_pass(world, minutes=5)
    bob.sees("Alice took this good turn back.")


def test_what_was_cancelled_under_way_and_is_not_there_is_not_said(
    alice: Person, bob: Person, bot: GoodTurn, world: World
) -> None:
    fault(world, "http_500")
    alice.types(f"/give @bob {RFP}")
    alice.clicks("Undo")
    let_pass(world, minutes=5)
    assert (bob.from_the_bot(), state(bot)) == ([], "cancelled")


def test_who_leaves_or_is_deactivated_gets_nothing_that_was_waiting(
    alice: Person, bob: Person, carol: Person, bot: GoodTurn, world: World
) -> None:
    fault(world, "limited", seconds=60)
    alice.types(f"/give @bob {RFP}")
    bob.types("/network leave")
    let_pass(world, minutes=5)
    assert (told(bob), state(bot)) == (0, "cancelled")
    fault(world, "limited", seconds=60)
    alice.types(f"/give @carol {RFP}")
    world.ask("manage", {"do": "person", "id": carol.id, "deleted": True})
    let_pass(world, minutes=5)
    assert state(bot) == "cancelled"


def test_where_slack_does_not_let_us_look_somebody_is_asked_within_a_quarter_of_an_hour(
    alice: Person, bob: Person, dan: Person, bot: GoodTurn, world: World
) -> None:
    dan.opens_home()
    world.ask("manage", {"do": "fault", "what": "history_refused", "on": "conversations.history", "times": None})
    fault(world, "http_500_delivered")
    alice.types(f"/give @bob {RFP}")
    let_pass(world, minutes=15)
    assert (told(bob), state(bot)) == (1, "unconfirmed")
    bob.opens_home()
    bob.sees("Slack did not confirm")
    dan.opens_home()
    dan.sees("1 post to look at")
    bob.clicks("It is there")
    assert (told(bob), state(bot)) == (1, "sent")
    bob.does_not_see("Slack did not confirm")


def test_post_again_posts_once_more_without_looking(alice: Person, bob: Person, bot: GoodTurn, world: World) -> None:
    world.ask("manage", {"do": "fault", "what": "history_refused", "on": "conversations.history", "times": None})
    fault(world, "http_500")
    alice.types(f"/give @bob {RFP}")
    let_pass(world, minutes=15)
    looks = calls(world, "conversations.history")
    bob.opens_home()
    bob.clicks("Post again")
    assert (told(bob), state(bot)) == (1, "sent")
    assert calls(world, "conversations.history") == looks


def test_a_look_that_nobody_could_hear_of_does_not_count(
    waiting: Outgoing, bob: Person, bot: GoodTurn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(world, "http_500")
    world.settle()
    url = bot.sender._client_for("T1").base_url
    bot.sender._client_for("T1").base_url = "http://127.0.0.1:9/api/"  # nobody listens there
    let_pass(world, minutes=60)
    assert state(bot) == "sending"
    bot.sender._client_for("T1").base_url = url
    let_pass(world, minutes=15)
    assert (told(bob), state(bot)) == (1, "sent")


def test_a_post_in_a_channel_is_never_looked_for_and_its_owner_is_asked_at_once(
    bob: Person, dan: Person, bot: GoodTurn, world: World
) -> None:
    fault(world, "http_500_delivered")
    plan(bot, world.now(), channel=AUSTIN)
    world.settle()
    assert (state(bot, "notice"), calls(world, "conversations.history")) == ("unconfirmed", 0)
    dan.sees("Slack did not confirm one post to")
    with pytest.raises(AssertionError, match="no button"):
        bob.clicks("Post again")
    dan.clicks("It is there")
    assert state(bot, "notice") == "sent"
    dan.sees("is taken care of")
    assert sum("Notice n." in one["text"] for one in bob.messages(AUSTIN)) == 1


def test_only_those_who_can_see_a_post_may_answer_for_it_and_only_once(
    bob: Person, dan: Person, bot: GoodTurn, world: World
) -> None:
    fault(world, "http_500")
    plan(bot, world.now(), channel=AUSTIN)
    world.settle()
    post = rows(bot, "notice")[0]
    for who in ("bob", "eve"):
        world.forge(who, "posts.again", post.id)
    assert state(bot, "notice") == "unconfirmed"
    world.forge("dan", "posts.again", post.id)
    world.settle()
    world.forge("dan", "posts.again", post.id)
    world.settle()
    assert state(bot, "notice") == "sent"
    assert sum("Notice n." in one["text"] for one in bob.messages(AUSTIN)) == 1


@pytest.mark.parametrize(("late_by", "is_sent"), [(59, True), (61, False)])
def test_what_comes_too_late_is_not_sent_and_its_owner_hears_once(
    bob: Person, dan: Person, bot: GoodTurn, world: World, late_by: int, is_sent: bool
) -> None:
    due_at = world.now() + timedelta(minutes=1)
    plan(bot, world.now(), due_at=due_at, not_after=due_at + timedelta(minutes=60))
    world.now.now = due_at + timedelta(minutes=late_by)
    world.settle()
    let_pass(world, minutes=30)
    assert any("Notice n." in one["text"] for one in bob.from_the_bot()) is is_sent
    assert state(bot, "notice") == ("sent" if is_sent else "expired")
    assert sum("have come too late" in one["text"] for one in dan.from_the_bot()) == (0 if is_sent else 1)
