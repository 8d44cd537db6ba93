"""An operator at the command line, beside the bot and the pretend Slack it lives in."""

from collections.abc import Callable

import pytest
import typer
from slack_sdk import WebClient
from typer.testing import CliRunner, Result

from app import GoodTurn
from handlers.operating import console
from storage.database import Database
from storage.tables import Outgoing
from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.handlers.mail import Mail
from tests.handlers.saying import RFP, rows

BOT_TOKEN, APP_TOKEN = "xoxb-playground", "xapp-playground"
Says = Callable[..., Result]


def operator(
    world: World, clock: MovableClock, url: str, bot_token: str = BOT_TOKEN, app_token: str = APP_TOKEN
) -> Says:
    """Returns what an operator types with, beside a database and the pretend Slack."""
    words = typer.Typer()

    def opened() -> console.Place:
        client = WebClient(bot_token, f"{world.url}/api/", 10, retry_handlers=[])
        return console.Place(Database(url), client, app_token, clock)

    console.register(words, opened)
    return lambda typed, answer="": CliRunner().invoke(words, typed.split(), input=answer, catch_exceptions=False)


@pytest.fixture
def says(bot: GoodTurn, world: World, clock: MovableClock) -> Says:
    """An operator beside the running bot."""
    return operator(world, clock, f"sqlite:///{bot.database.url.database}")


def breaks(world: World, what: str, on: str = "", error: str = "", times: int | None = None) -> None:
    world.ask("manage", {"do": "fault", "what": what, "on": on, "error": error, "times": times})


def mends(world: World) -> None:
    world.ask("manage", {"do": "clear_faults"})


@pytest.fixture
def waiting(alice: Person, bot: GoodTurn, monkeypatch: pytest.MonkeyPatch) -> Outgoing:
    """A quiet message to Bob that nobody has sent yet."""
    with monkeypatch.context() as quiet:
        quiet.setattr(World, "settle", lambda _self: None)
        alice.types(f"/give @bob {RFP}")
    return rows(bot)[0]


@pytest.fixture
def mail(world: World, bot: GoodTurn) -> Mail:
    return Mail(world, bot)


@pytest.fixture
def given(mail: Mail, alice: Person, bob: Person) -> Mail:
    """Alice helped Bob, and the quiet message about it waits. Bob has heard from the bot before."""
    bob.writes_to_the_bot("help")
    mail.world.now.move(minutes=5)
    with mail.held():
        alice.types("/give @bob the cantilever drawings")
    return mail
