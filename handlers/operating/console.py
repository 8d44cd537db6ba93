"""The operator's words on the command line, beside those that run the bot: `doctor`, and `outbox` to set right by hand.

What is shown are ids, states and times; never what members wrote, nor their names, nor a token. The list: `views/outbox.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from slack_sdk import WebClient

from bot import posts
from handlers.operating import doctor, doctor_of_many
from handlers.operating.giving_up import give_up
from handlers.requests import Clock
from handlers.serving.checks import Check
from handlers.views import outbox as views
from storage import outbox, outbox_by_hand, outbox_figures, workspaces
from storage.condition import asking, where_moved
from storage.database import Database, NotSaved, Session
from storage.outbox_by_hand import NOT_SETTLED
from storage.tables import STATES, Outgoing

MOST_SHOWN = 200  # more is looked at by workspace or by state
Change = Callable[[Session, Outgoing, datetime], bool]


@dataclass(frozen=True)
class Place:
    """Where the operator stands: the bot's database, its way to Slack, the time, where backups were chosen to go, and the keys.

    There are keys where many workspaces install the app, each with a token of its own.
    """

    database: Database
    client: WebClient
    app_token: str
    clock: Clock
    backups: Path | None = None
    keys: Sequence[str] = ()


def register(commands: typer.Typer, opened: Callable[[], Place]) -> None:
    """Adds the operator's words to the command line; `opened` reads the settings and says where things are."""
    words = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="The outbox by hand.")
    commands.add_typer(words, name="outbox")

    @commands.command(name="doctor")
    def look_after(
        connect: Annotated[bool, typer.Option("--connect", help="Try SLACK_APP_TOKEN, too.")] = False,
    ) -> None:
        """Says whether everything is as it must be, and what to do where it is not."""
        with _place(opened, may_be_missing=True) as place:
            examine(place, connect=connect)

    @words.command(name="list")
    def list_outbox(
        state: Annotated[str | None, typer.Option(help=f"One of {', '.join(STATES)}.")] = None,
        team: Annotated[str | None, typer.Option(help="A workspace's id.")] = None,
    ) -> None:
        """Lists what is neither sent nor cancelled, or what is in one state."""
        if state is not None and state not in STATES:
            give_up(f"There is no state {state}. There are: {', '.join(STATES)}.")
        with _place(opened) as place:
            show(place, (state,) if state else NOT_SETTLED, team)

    @words.command(name="retry")
    def retry_row(
        row_id: Annotated[str, typer.Argument(metavar="ID")],
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask about an unconfirmed one.")] = False,
    ) -> None:
        """Has a message that is dead, expired or unconfirmed go out now."""
        with _place(opened) as place:
            retry(place, row_id, is_sure=yes)

    @words.command(name="drop")
    def drop_row(row_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
        """Cancels a message that waits, or is dead, expired or unconfirmed."""
        with _place(opened) as place:
            drop(place, row_id)


def examine(place: Place, *, connect: bool) -> None:
    """Prints every check, one line each, as soon as it is made; ends with 1 where something is to do."""
    to_do = 0
    for check in _checks(place, connect=connect):
        to_do += not check.ok
        typer.echo(f"{'OK' if check.ok else 'TO DO':<6} {check.name:<9} {check.says}")
    typer.echo("All is well." if not to_do else f"{to_do} {'thing' if to_do == 1 else 'things'} to do.")
    if to_do:
        raise typer.Exit(1)


def show(place: Place, states: Iterable[str], only: str | None) -> None:
    """Prints the rows in these states, those of one workspace or of all, and what to do with them."""
    asked, counts = tuple(states), dict.fromkeys(STATES, 0)
    rows: list[tuple[Outgoing, str]] = []
    with asking(place.database) as session:
        teams = workspaces.all_teams(session)
        if only is not None and only not in teams:
            give_up(f"No workspace {only} is known here.")
        for team_id in teams if only is None else [only]:
            rows += outbox_by_hand.in_states(session, team_id, asked, MOST_SHOWN)
            for state, count in outbox_figures.counts_by_state(session, team_id).items():
                counts[state] += count
    rows.sort(key=lambda row: (row[0].due_at, row[0].id))
    found = {state: counts[state] for state in asked if counts[state]}
    for line in views.listed(rows[:MOST_SHOWN], found, asked, place.clock()):
        typer.echo(line)


def retry(place: Place, row_id: str, *, is_sure: bool) -> None:
    """Has a row go out now, after asking where it may be there already."""
    seen = _find(place, row_id)
    if seen.state == "unconfirmed" and seen.cancelled_at is None and not is_sure:
        typer.echo(views.MAY_BE_THERE)
        if not typer.confirm("Send it again?"):
            give_up("Nothing was changed.")
    _change(place, seen, posts.retry, views.not_retried)
    typer.echo(views.retried(seen))


def drop(place: Place, row_id: str) -> None:
    """Cancels a row."""
    seen = _find(place, row_id)
    _change(place, seen, posts.drop, views.not_dropped)
    typer.echo(views.dropped(seen))


def _checks(place: Place, *, connect: bool) -> Iterator[Check]:
    yield Check("settings", ok=True, says="Every setting that is needed is there.")
    yield from doctor.check_database(place.database, place.backups, place.clock())
    if not place.keys:
        yield from doctor.check_slack(place.client)
    elif not doctor.is_missing(place.database):
        yield from doctor_of_many.check(place.database, place.keys, place.client)
    if connect:
        yield doctor.check_app_token(place.client, place.app_token)


def _find(place: Place, row_id: str) -> Outgoing:
    with asking(place.database) as session:
        for team_id in workspaces.all_teams(session):
            if (row := outbox.find(session, team_id, row_id)) is not None:
                return row
    return give_up(f"Nothing in the outbox has the id {row_id}. Its ids: python app.py outbox list")


def _change(place: Place, seen: Outgoing, change: Change, why_not: Callable[[Outgoing], str]) -> None:
    """Makes a change, or says why not by how the row stands now."""
    with place.database.transaction() as session:
        is_changed = change(session, seen, place.clock())
    if not is_changed:
        give_up(why_not(_find(place, seen.id)))


@contextmanager
def _place(opened: Callable[[], Place], *, may_be_missing: bool = False) -> Iterator[Place]:
    """Opens what a command works on, and closes it; says in a sentence where the database cannot be asked."""
    place = opened()
    if not may_be_missing and doctor.is_missing(place.database):
        give_up(doctor.NO_DATABASE)
    try:
        if not may_be_missing and (where := where_moved(place.database)) is not None:
            give_up(f"Not with this database: {where}.")
        yield place
    except NotSaved as error:
        give_up(f"The database does not answer ({error}), and nothing was changed. Ask: python app.py doctor")
    finally:
        place.database.close()
