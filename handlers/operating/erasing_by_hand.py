"""The operator's word for somebody who cannot press *Delete*: they are gone from the workspace, or of another one."""

from collections.abc import Callable
from typing import Annotated

import typer

from bot import erasing as rules
from handlers import erasing
from handlers.operating.backups import Keeping, said_plainly
from storage import members

_ASK = "Delete all data of {who} in {team}? This cannot be undone."


def register(commands: typer.Typer, keeping: Callable[[], Keeping]) -> None:
    """Adds the command; `keeping` is asked once it runs."""

    @commands.command(name="erase")
    def erase(
        team: Annotated[str, typer.Argument(metavar="WORKSPACE", help="Slack's id of the workspace.")],
        who: Annotated[str, typer.Argument(metavar="MEMBER", help="Slack's id of the person.")],
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    ) -> None:
        """Deletes all data of a person, as they would on Home; also while the program runs."""
        with said_plainly(keeping()) as office:
            with office.database.reading() as session:
                is_known = bool(members.known(session, team, [who]))
            if not is_known:
                typer.echo(f"Nothing is kept of {who} in {team}.", err=True)
                raise typer.Exit(1)
            if not yes:
                typer.confirm(_ASK.format(who=who, team=team), abort=True)
            _erase(office, team, who)


def _erase(office: Keeping, team_id: str, slack_id: str) -> None:
    with office.database.transaction() as session:
        rules.remove(session, members.known(session, team_id, [slack_id])[slack_id], office.clock())
    erasing.finish(office.database, office.clock, office.log)
    typer.echo("Deleted. Messages that name them are changed while the program runs. Backups lose it within 30 days.")
