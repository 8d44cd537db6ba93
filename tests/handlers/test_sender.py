"""The sender at its edges: what may have been said is not said again, and one row that cannot be said keeps back no other."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from app import GoodTurn
from storage import outbox
from storage.tables import Outgoing
from tests.conversation import Person, World


def _rows(bot: GoodTurn) -> list[Outgoing]:
    with bot.database.reading() as session:
        return list(session.exec(select(Outgoing).where(Outgoing.team_id == "T1", Outgoing.verb == "post")))


@pytest.fixture
def waiting(alice: Person, bot: GoodTurn, monkeypatch: pytest.MonkeyPatch) -> Outgoing:
    """A quiet message that nobody has sent yet."""
    with monkeypatch.context() as quiet:
        quiet.setattr(World, "settle", lambda _self: None)
        alice.types("/give @bob the airport RFP")
    return _rows(bot)[0]


def test_what_a_sender_left_in_the_middle_is_not_said_again(
    waiting: Outgoing, bob: Person, bot: GoodTurn, world: World
) -> None:
    with bot.database.transaction() as session:
        assert outbox.claim(session, "T1", waiting.id, world.now(), timedelta(seconds=120)) is not None
    world.settle()
    assert _rows(bot)[0].state == "sending"
    world.now.move(minutes=3)
    world.settle()
    assert _rows(bot)[0].state == "unconfirmed"
    assert bob.from_the_bot() == []


def test_what_nobody_has_begun_is_said(waiting: Outgoing, bob: Person, bot: GoodTurn, world: World) -> None:
    world.settle()
    assert _rows(bot)[0].state == "sent"
    assert len(bob.from_the_bot()) == 1


def test_a_row_without_words_keeps_back_no_other_and_is_given_up_in_the_end(
    waiting: Outgoing, carol: Person, bot: GoodTurn, world: World
) -> None:
    def speechless(*_: Any) -> None:
        raise ValueError

    said = dict(bot.routes.messages)
    bot.routes.messages["act"] = speechless
    carol.writes_to_the_bot("help")
    carol.sees("I keep note of the help")
    assert (_rows(bot)[0].state, _rows(bot)[0].tried) == ("pending", 1)
    for _ in range(20):
        world.now.move(minutes=11)
        bot.sender.send_due()
    assert _rows(bot)[0].state == "dead"
    bot.routes.messages |= said
