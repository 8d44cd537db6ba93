"""Files that are made: it may take its time, end in the middle, and holds nobody up."""

from typing import Any

import pytest
from sqlmodel import select

from app import GoodTurn
from handlers.files import Files, Made
from storage import members
from storage.database import Reading
from storage.tables import Outgoing
from tests.conversation import Person, World
from tests.handlers.charts import SHOW, chart, row, send, shown
from tests.handlers.saying import calls, let_pass, plan


def test_what_cannot_be_made_is_tried_again_and_given_up_after_a_day(bob: Person, bot: GoodTurn, world: World) -> None:
    tries = []

    def make(_reading: Reading) -> Made:
        tries.append(1)
        raise OSError("no room")

    send(bot, world, make)
    assert (row(bot).state, row(bot).error) == ("pending", "OSError")
    let_pass(world, hours=25)
    assert row(bot).state == "dead"
    assert 100 < len(tries) < 200
    assert [one["text"] for one in bob.from_the_bot_by_dm()] == ["The chart is dead."]


def test_a_program_that_ended_while_it_made_them_makes_them_anew(bob: Person, bot: GoodTurn, world: World) -> None:
    def ends(_reading: Reading) -> Made:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(bot, world, ends)
    bot.routes.messages["chart"] = lambda *_: Files(chart)
    world.settle()
    assert (shown(bob), row(bot).state) == ([], "sending")
    let_pass(world, minutes=3)
    assert (len(shown(bob)), row(bot).state) == (1, "sent")


def test_a_program_that_ended_while_it_showed_them_does_not_show_them_again(
    bob: Person, bot: GoodTurn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("slack_sdk.WebClient.files_completeUploadExternal", ends)
        with pytest.raises(KeyboardInterrupt):
            send(bot, world)
    let_pass(world, minutes=5)
    assert (shown(bob), row(bot).state, calls(world, SHOW)) == ([], "unconfirmed", 0)


def test_making_may_take_longer_than_a_claim_holds_and_is_shown_once(bob: Person, bot: GoodTurn, world: World) -> None:
    def make(reading: Reading) -> Made:
        world.now.move(minutes=5)
        return chart(reading)

    send(bot, world, make)
    assert (len(shown(bob)), row(bot).state) == (1, "sent")


def test_who_took_it_over_meanwhile_shows_it_and_nobody_else(bob: Person, bot: GoodTurn, world: World) -> None:
    def make(reading: Reading) -> Made:
        bot.routes.messages["chart"] = lambda *_: Files(chart)
        world.now.move(minutes=5)
        bot.sender.send_due()
        return chart(reading)

    send(bot, world, make)
    assert (len(shown(bob)), row(bot).state, calls(world, SHOW)) == (1, "sent", 1)


def test_while_they_are_made_members_can_write(bob: Person, bot: GoodTurn, world: World) -> None:
    written: list[int] = []

    def make(reading: Reading) -> Made:
        with reading() as session:
            assert session.exec(select(Outgoing.id).where(Outgoing.team_id == "T1")).all()
        with bot.database.transaction(within=1) as session:
            members.change(session, "T1", row(bot).member_id, locale="sv-SE")
        written.append(1)
        return chart(reading)

    send(bot, world, make)
    assert (written, row(bot).state) == ([1], "sent")


def test_while_large_files_are_made_what_comes_due_is_said(
    bob: Person, carol: Person, bot: GoodTurn, world: World
) -> None:
    said: list[int] = []

    def make(reading: Reading) -> Made:
        plan(bot, world.now(), "carol")
        with reading():
            said.append(len(carol.from_the_bot()))
        return chart(reading)

    send(bot, world, make)
    assert (said, len(shown(bob))) == ([1], 1)


def test_a_program_that_is_to_stop_does_not_wait_for_them(bob: Person, bot: GoodTurn, world: World) -> None:
    def make(reading: Reading) -> Made:
        bot.sender.is_stopping = True
        with reading():
            raise AssertionError("there is no time for it")

    send(bot, world, make)
    bot.sender.is_stopping = False
    bot.routes.messages["chart"] = lambda *_: Files(chart)
    let_pass(world, minutes=3)
    assert (len(shown(bob)), row(bot).state) == (1, "sent")
