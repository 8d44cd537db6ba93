"""The operator's words for the keys that tokens are encrypted with: a new one, and having all that is stored use it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import typer

from handlers.operating import doctor, starting
from handlers.operating.giving_up import give_up
from handlers.workspaces.access import WrongKeys
from storage.database import Database, NotSaved

_NO_KEYS = "There are no TOKEN_KEYS, and none are needed for one workspace. Many workspaces: docs/operators.md."


@dataclass(frozen=True)
class Cabinet:
    """The database with the tokens, and the keys from the settings, the newest first."""

    database: Database
    named: Sequence[str]


def register(commands: typer.Typer, opened: Callable[[], Cabinet]) -> None:
    """Adds the words to the command line; `opened` reads the settings and says where things are."""
    words = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="The keys of workspaces' tokens.")
    commands.add_typer(words, name="keys")

    @words.command(name="new")
    def show_new() -> None:
        """Shows a new key, to be put in front of TOKEN_KEYS. It is kept nowhere."""
        from handlers.workspaces import keys  # encryption takes a while to load, and no other word needs it

        typer.echo(keys.new_key())

    @words.command(name="rotate")
    def rotate_all() -> None:
        """Encrypts all stored tokens with the first of TOKEN_KEYS, so that the others can be removed from there."""
        with _cabinet(opened) as cabinet:
            rotate(cabinet)

    @words.command(name="forget")
    def forget_closed(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
        """Removes the tokens that no key opens: those workspaces install the app anew, and keep all else."""
        with _cabinet(opened) as cabinet:
            forget(cabinet, is_sure=yes)


def rotate(cabinet: Cabinet) -> None:
    """Has all that is stored use the first key, and says how much that was."""
    from handlers.workspaces import keys

    try:
        changed, count = keys.rotate(cabinet.database, keys.Keys(cabinet.named))
    except WrongKeys as error:
        give_up(starting.why(error, ""))
    typer.echo(f"All {count} use the first key now; {changed} did not before. The other keys are needed no more,")
    typer.echo("but for backups that were made before: keep them apart from those for as long as you keep the backups.")


def forget(cabinet: Cabinet, *, is_sure: bool) -> None:
    """Removes what no key opens, after asking, and says whose it was."""
    from handlers.workspaces import keys

    ring = keys.Keys(cabinet.named)
    try:
        keys.check(cabinet.database, ring)
    except WrongKeys as error:
        typer.echo(f"TOKEN_KEYS does not open {error}. Their workspaces have to install the app anew.")
        if not is_sure and not typer.confirm("Forget these tokens?"):
            give_up("Nothing was changed.")
        for team_id in keys.forget(cabinet.database, ring):
            typer.echo(f"{team_id} has to install the app anew.")
    else:
        typer.echo("The keys open all that is stored, and nothing was changed.")


@contextmanager
def _cabinet(opened: Callable[[], Cabinet]) -> Iterator[Cabinet]:
    cabinet = opened()
    if not cabinet.named:
        give_up(_NO_KEYS)
    if doctor.is_missing(cabinet.database):
        give_up(doctor.NO_DATABASE)
    try:
        yield cabinet
    except NotSaved as error:
        give_up(f"The database does not answer ({error}). What was changed is kept; ask once more.")
    finally:
        cabinet.database.close()
