"""Who may do what about an introduction: its connector, each side for itself, both of them, and nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from app import GoodTurn
from tests.conversation import Person, World

OF_THE_CONNECTOR = ["introductions.withdraw", "introductions.reopen"]
OF_A_SIDE = [
    "introductions.yes", "introductions.not_now", "introductions.no", "introductions.change", "introductions.look",
    "meetings.said.0", "meetings.said.1", "meetings.said.2", "meetings.said.3", "meetings.change", "meetings.word",
    "meetings.look",
]  # fmt: skip
OF_A_DRAFT = [
    "introductions.open",
    "introductions.ask",
    "introductions.again",
    "introductions.text",
    "introductions.keep",
]
OF_ALL_IN_IT = ["introductions.written"]
# Bob's side is the one that is tried.
REFUSED = {
    "alice": OF_A_SIDE,
    "bob": [*OF_THE_CONNECTOR, *OF_A_DRAFT],
    "carol": [*OF_THE_CONNECTOR, *OF_A_DRAFT, *OF_A_SIDE],
    **dict.fromkeys(
        ("dan", "eve", "kim", "stella", "builder"), OF_THE_CONNECTOR + OF_A_DRAFT + OF_A_SIDE + OF_ALL_IN_IT
    ),
}
TABLES = ("introductions", "introduction_sides", "unwanted", "drafts", "outbox", "acts")


def _everything(bot: GoodTurn) -> dict[str, list[Any]]:
    with bot.database.engine.connect().execution_options(across_workspaces=True) as connection:
        found = {table: connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")) for table in TABLES}
        return {table: [tuple(row) for row in rows] for table, rows in found.items()}


def _id(bot: GoodTurn, table: str, where: str = "1 = 1") -> str:
    with bot.database.engine.connect().execution_options(across_workspaces=True) as connection:
        return str(connection.execute(text(f"SELECT id FROM {table} WHERE {where} ORDER BY id DESC")).first()[0])  # type: ignore[index]


def _of_bob(bot: GoodTurn) -> str:
    return _id(bot, "introduction_sides", "number = 1")


def _about(bot: GoodTurn, action: str) -> str:
    if action in OF_A_DRAFT:
        return _id(bot, "drafts")
    return _of_bob(bot) if action in OF_A_SIDE else _id(bot, "introductions")


@pytest.fixture
def asked(alice: Person) -> None:
    """Alice has had Bob and Carol asked, and has another draft before her."""
    alice.types("/intro @bob @carol you both sail")
    alice.clicks("Ask them both")
    alice.types("/intro @bob @dan you both dive")


@pytest.mark.parametrize("actor", REFUSED)
def test_nobody_does_what_is_for_somebody_else(asked: None, bot: GoodTurn, world: World, actor: str) -> None:
    _is_refused(bot, world, actor)


@pytest.mark.parametrize("actor", ["alice", "bob", "carol", "eve"])
def test_nobody_does_so_once_it_is_asked_whether_they_met(
    asked: None, bob: Person, carol: Person, bot: GoodTurn, world: World, until: Callable[..., None], actor: str
) -> None:
    bob.clicks("Yes")
    carol.clicks("Yes")
    until(3, 9, 12, by=24)
    until(3, 9, 13)
    bob.clicks("It led to something")
    _is_refused(bot, world, actor)


def test_who_is_not_asked_cannot_answer(alice: Person, bob: Person, bot: GoodTurn, world: World) -> None:
    bob.types("/network settings")
    bob.clicks("Change", near="Introductions")
    bob.fills("Do not introduce me to", ["carol"]).submits()
    alice.types("/intro @bob @carol you both sail")
    alice.clicks("Ask them both")
    before = _everything(bot)
    for action in OF_A_SIDE:
        world.forge("bob", action, _of_bob(bot))
        assert _everything(bot) == before, action


def test_who_has_left_cannot_answer(asked: None, bob: Person, bot: GoodTurn, world: World) -> None:
    bob.types("/network leave")
    before = _everything(bot)
    for action in OF_A_SIDE:
        world.forge("bob", action, _of_bob(bot))
        assert _everything(bot) == before, action


def test_an_introduction_of_another_workspace_is_answered_like_one_that_is_not_there(
    asked: None, bot: GoodTurn, world: World
) -> None:
    before = _everything(bot)
    for actor, actions in (("alice", OF_THE_CONNECTOR), ("bob", [*OF_A_SIDE, *OF_ALL_IN_IT])):
        for action in actions:
            user = {"id": f"U{actor}", "team_id": "T2"}
            world.forge(actor, action, _about(bot, action), team={"id": "T2"}, user=user)
            assert _everything(bot) == before, action


def _is_refused(bot: GoodTurn, world: World, actor: str) -> None:
    before = _everything(bot)
    for action in REFUSED[actor]:
        status, _ = world.forge(actor, action, _about(bot, action))
        assert status == 200
        assert _everything(bot) == before, action
