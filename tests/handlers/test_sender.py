"""The sender: what may have been said is looked for, what waits waits, and nothing is held up for long."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from app import GoodTurn
from storage import sending
from storage.sending import LEASE
from storage.tables import Outgoing, Workspace
from tests.conversation import Person, World
from tests.handlers.saying import RFP, calls, fault, let_pass, plan, rows, state, told


@pytest.mark.parametrize("what", ["http_500", "reset", "error", "nonsense"])
@pytest.mark.parametrize("is_delivered", [True, False])
def test_an_unknown_outcome_is_looked_for_and_said_again_only_when_it_is_not_there(
    alice: Person, bob: Person, bot: GoodTurn, world: World, what: str, is_delivered: bool
) -> None:
    fault(world, f"{what}_delivered" if is_delivered else what)
    alice.types(f"/give @bob {RFP}")
    assert (told(bob), state(bot)) == (int(is_delivered), "sending")
    let_pass(world, seconds=119)
    assert calls(world, "conversations.history") == 0  # what was under way has the time to land
    let_pass(world, minutes=3)
    assert (told(bob), state(bot)) == (1, "sent")
    assert calls(world, "chat.postMessage") == (1 if is_delivered else 2)
    row = rows(bot)[0]
    assert row.slack_ts
    assert row.slack_channel == row.slack_channel


def test_what_a_sender_left_in_the_middle_is_looked_for(
    waiting: Outgoing, bob: Person, bot: GoodTurn, world: World
) -> None:
    with bot.database.transaction() as session:
        assert sending.claim(session, "T1", waiting.id, world.now()) is not None
    world.settle()
    assert (told(bob), state(bot)) == (0, "sending")
    let_pass(world, minutes=5)
    assert (told(bob), state(bot)) == (1, "sent")
    assert calls(world, "conversations.history") == 1


def test_what_nobody_has_begun_is_said_without_looking(
    waiting: Outgoing, bob: Person, bot: GoodTurn, world: World
) -> None:
    world.settle()
    assert (told(bob), state(bot), calls(world, "conversations.history")) == (1, "sent", 0)


@pytest.mark.parametrize(("what", "more", "after"), [("limited", {"seconds": 90}, 90), ("refused", {}, 600)])
def test_what_was_certainly_not_said_waits_and_is_said_once(
    alice: Person, bob: Person, bot: GoodTurn, world: World, what: str, more: dict[str, Any], after: int
) -> None:
    if what == "refused":  # over HTTP nobody can be unreachable; a DM that could not be opened is as good
        fault(world, "reset", on="conversations.open")
    else:
        fault(world, what, **more)
    alice.types(f"/give @bob {RFP}")
    assert (told(bob), state(bot)) == (0, "pending")
    let_pass(world, seconds=after + 5)
    assert (told(bob), state(bot), calls(world, "conversations.history")) == (1, "sent", 0)


def test_a_limit_holds_for_posts_of_that_workspace_and_for_nothing_else(
    alice: Person, carol: Person, bot: GoodTurn, world: World
) -> None:
    alice.opens_home()
    fault(world, "limited", seconds=60)
    alice.types(f"/give @bob {RFP}")
    world.ask("manage", {"do": "clear_faults"})
    published = calls(world, "views.publish")
    before = world.now()
    carol.types("/give @dan a second one")
    assert world.now() - before >= timedelta(seconds=55), "the second post went out while Slack wanted to be left alone"
    assert calls(world, "views.publish") >= published
    assert [row.state for row in rows(bot)] == ["sent", "sent"]


@pytest.mark.parametrize(
    ("down", "is_marked"),
    [(1, False), (60, False), (120, False), (121, True), (3600, True), (86_400, True), (30 * 86_400, True)],
)
def test_what_was_due_while_the_bot_was_away_comes_once_and_says_so_after_two_minutes(
    bob: Person, bot: GoodTurn, world: World, down: int, is_marked: bool
) -> None:
    due_at = world.now() + timedelta(minutes=1)
    plan(bot, world.now(), due_at=due_at)
    world.settle()
    assert bob.from_the_bot() == []
    world.now.now = due_at + timedelta(seconds=down)
    world.settle()
    let_pass(world, minutes=10)
    assert len(bob.from_the_bot()) == 1
    assert ("while I was away" in bob.from_the_bot()[0]["text"]) is is_marked


@pytest.mark.parametrize("was_said", [True, False])
def test_what_was_due_before_a_backup_was_put_back_is_looked_for_first(
    waiting: Outgoing, bob: Person, bot: GoodTurn, world: World, was_said: bool
) -> None:
    if was_said:
        world.settle()
    with bot.database.transaction() as session:
        restored = update(Workspace).where(col(Workspace.team_id) == "T1").values(restored_at=world.now())
        session.connection().execute(restored)
        older = {"state": "pending", "tried": 0, "first_tried_at": None, "slack_ts": None, "sent_at": None}
        session.connection().execute(update(Outgoing).where(col(Outgoing.team_id) == "T1").values(**older))
    let_pass(world, minutes=10)
    assert (told(bob), state(bot), calls(world, "conversations.history")) == (1, "sent", 1)


def test_a_worker_that_was_asleep_after_its_claim_says_nothing(
    waiting: Outgoing, bob: Person, bot: GoodTurn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_of = bot.sender._place_of

    def sleeps(parcel: Any) -> Any:
        monkeypatch.undo()
        place = place_of(parcel)
        world.now.move(seconds=11)
        return place

    monkeypatch.setattr(bot.sender, "_place_of", sleeps)
    assert bot.sender.send_due() >= 1
    assert (told(bob), state(bot)) == (1, "sent")  # taken anew at once, within the fence
    assert calls(world, "chat.postMessage") == 1
    assert rows(bot)[0].error is None


def test_a_clock_that_is_put_back_holds_nothing_up_for_longer_than_a_lease(
    waiting: Outgoing, bob: Person, bot: GoodTurn, world: World
) -> None:
    ahead = world.now() + timedelta(hours=3)
    with bot.database.transaction() as session:
        assert sending.claim(session, "T1", waiting.id, ahead) is not None
    world.settle()
    assert told(bob) == 0
    let_pass(world, seconds=LEASE.total_seconds() + 5)
    assert (told(bob), state(bot)) == (1, "sent")


def test_a_change_that_cannot_be_made_is_tried_again_and_given_up_after_a_day(
    alice: Person, bob: Person, bot: GoodTurn, world: World
) -> None:
    alice.types(f"/give @bob {RFP}")
    world.ask("manage", {"do": "fault", "what": "http_500", "on": "chat.update", "times": None})
    bob.clicks("Thanks, it helped")
    for _ in range(200):
        world.now.move(minutes=11)
        world.settle()
    with bot.database.reading() as session:
        updates = session.exec(select(Outgoing.state).where(Outgoing.team_id == "T1", Outgoing.verb == "update")).all()
    assert list(updates) == ["dead"]
    assert told(bob) == 1


def test_a_row_without_words_keeps_back_no_other_and_is_given_up_in_the_end(
    waiting: Outgoing, carol: Person, bot: GoodTurn, world: World
) -> None:
    def speechless(*_: Any) -> None:
        raise ValueError

    said = dict(bot.routes.messages)
    bot.routes.messages["act"] = speechless
    carol.writes_to_the_bot("help")
    carol.sees("I keep note of the help")
    assert (rows(bot)[0].state, rows(bot)[0].refused) == ("pending", 1)
    for _ in range(20):
        world.now.move(minutes=14)
        bot.sender.send_due()
    assert rows(bot)[0].state == "dead"
    bot.routes.messages |= said


def test_a_database_that_is_busy_ends_the_pass_and_nothing_is_lost(
    waiting: Outgoing, bob: Person, bot: GoodTurn, world: World
) -> None:
    other = bot.database.engine.raw_connection()
    other.cursor().execute("BEGIN IMMEDIATE")
    assert bot.sender.send_due() == 0
    other.rollback()
    other.close()
    world.settle()
    assert (told(bob), state(bot)) == (1, "sent")


def test_a_sender_that_is_to_stop_takes_nothing_more(waiting: Outgoing, bob: Person, bot: GoodTurn) -> None:
    bot.sender.is_stopping = True
    assert bot.sender.send_due() == 0
    assert (told(bob), state(bot)) == (0, "pending")
