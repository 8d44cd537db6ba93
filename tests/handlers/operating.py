"""An operator at the command line, beside members whose messages nobody has sent yet."""

from unittest.mock import patch

import typer
from sqlmodel import select
from typer.testing import CliRunner, Result

from app import GoodTurn
from handlers.operating import backups
from handlers.operating.backups import Keeping
from storage.tables import Outgoing
from tests.conversation import Person, World


def command(office: Keeping, *words: str) -> Result:
    """Runs one of the commands, as an operator types it."""
    commands = typer.Typer(pretty_exceptions_enable=False)
    backups.register(commands, lambda: office)
    return CliRunner().invoke(commands, list(words))


def said(office: Keeping, *words: str) -> str:
    done = command(office, *words)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(office: Keeping, *words: str, code: int = 1) -> str:
    done = command(office, *words)
    assert done.exit_code == code
    return done.stderr if code == 1 else done.stdout


def types_unsent(person: Person, text: str) -> None:
    """Has somebody type a command whose message nobody sends yet."""
    with patch.object(World, "settle", lambda _self: None):
        person.types(text)


def states(bot: GoodTurn) -> dict[str, str]:
    with bot.database.reading() as session:
        rows = session.exec(select(Outgoing).where(Outgoing.team_id == "T1", Outgoing.verb == "post"))
        return {row.key: row.state for row in rows}
