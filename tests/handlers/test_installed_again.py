"""A start with a token that Slack takes ends the silence of a workspace that had removed the app."""

import app
from app import GoodTurn
from config import Settings
from handlers import uninstalling
from storage import workspaces
from tests.conftest import AtOnce
from tests.conversation import Person, World


def silent(bot: GoodTurn) -> bool:
    with bot.database.reading() as session:
        return workspaces.is_silent(session, "T1")


def test_what_waited_is_said_once_the_app_is_back(
    alice: Person, bob: Person, bot: GoodTurn, world: World, slack_url: str
) -> None:
    alice.types("/give @carol the plan")
    with bot.database.transaction() as session:
        assert workspaces.note_uninstalled(session, "T1", world.now())
        assert not workspaces.note_uninstalled(session, "T1", world.now())
    alice.types("/give @bob the airport RFP")
    assert bob.from_the_bot() == []
    world.now.move(days=1)
    settings = Settings(
        slack_bot_token="xoxb-playground",
        slack_signing_secret="playground-secret",
        slack_api_url=f"{slack_url}/api/",
        database_url=str(bot.database.url),
        transport="http",
    )
    app.assemble(settings, world.now, AtOnce(), checks_token=True).database.close()
    assert not silent(bot)
    world.settle()
    bob.sees("Alice recorded a good turn for you:")


def test_a_workspace_that_nobody_has_used_is_not_noted_down_for_it(bot: GoodTurn, world: World) -> None:
    uninstalling.note_installed(bot.database, "T9", world.now())
    with bot.database.reading() as session:
        assert workspaces.find(session, "T9") is None
