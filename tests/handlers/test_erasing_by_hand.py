"""The operator deletes the data of somebody who cannot do it themselves."""

import typer
from typer.testing import CliRunner, Result

from app import GoodTurn
from handlers.operating import erasing_by_hand
from handlers.operating.backups import Keeping
from tests.conversation import Person, World
from tests.features.test_my_data import later
from tests.storage.everything import found


def types(bot: GoodTurn, world: World, *words: str, answer: str = "") -> Result:
    """Runs the command as an operator types it, and answers what it asks."""
    commands = typer.Typer(pretty_exceptions_enable=False)
    commands.callback()(lambda: None)
    erasing_by_hand.register(commands, lambda: Keeping(bot.database, world.now, None, bot.routes.messages))
    return CliRunner().invoke(commands, ["erase", *words], input=answer)


def test_whoever_is_gone_can_be_deleted_by_the_operator(
    alice: Person, bob: Person, bot: GoodTurn, world: World
) -> None:
    alice.types("/give @bob the canary RFP")
    bob.sees("Alice recorded a good turn for you:")
    world.ask("manage", {"do": "person", "id": alice.id, "deleted": True})
    world.settle()
    assert "Deleted." in types(bot, world, "T1", alice.id, "--yes").stdout
    assert list(found(bot.database)) == []
    later(bot, world)
    assert "Alice" not in str(bob.from_the_bot_by_dm())


def test_it_asks_first(alice: Person, bot: GoodTurn, world: World) -> None:
    alice.types("/give @bob the canary RFP")
    asked = types(bot, world, "T1", alice.id, answer="n\n")
    assert "This cannot be undone." in asked.stdout
    assert asked.exit_code == 1
    assert list(found(bot.database))


def test_of_whom_nothing_is_kept_nothing_is_deleted(alice: Person, bot: GoodTurn, world: World) -> None:
    alice.types("/give @bob the canary RFP")
    for team, who in (("T1", "UNOBODY"), ("T2", alice.id)):
        refused = types(bot, world, team, who, "--yes")
        assert (refused.exit_code, refused.stderr) == (1, f"Nothing is kept of {who} in {team}.\n")
    assert list(found(bot.database))
