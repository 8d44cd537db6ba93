"""The operator's command that moves a SQLite file into a PostgreSQL database, with what there is of it to see meanwhile."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from handlers.operating import doctor
from handlers.operating.backups import Keeping
from handlers.operating.giving_up import give_up
from handlers.views import moving as views
from storage import migrate, moving
from storage.database import Database
from storage.locks import InUse

_TO = typer.Option(
    "--to", metavar="URL", help="postgresql://user@host/name; a password is better in PGPASSWORD or ~/.pgpass."
)


def register(commands: typer.Typer, keeping: Callable[[], Keeping]) -> None:
    """Adds the command; `keeping` is asked once it runs."""

    @commands.command(name="move")
    def move(to: Annotated[str, _TO]) -> None:
        """Moves all from a SQLite file into a PostgreSQL database; the program must not run. Begun again, it goes on."""
        office = keeping()
        if office.database.file is None:
            give_up(views.NOT_FROM_POSTGRES)
        target, bar = _opened(to), Bar()
        if doctor.is_missing(office.database):
            give_up(doctor.NO_DATABASE)
        try:
            done = moving.move(office.database, target, office.clock(), bar.show)
        except moving.NotMoved as error:
            bar.end()
            give_up(views.not_moved(error))
        except InUse as error:
            give_up(views.in_use(error))
        except (migrate.DatabaseIsNewer, migrate.NotMigrated) as error:
            give_up(views.no_tables(error))
        finally:
            target.close()
        bar.end()
        typer.echo(views.moved(done))


class Bar:
    """Shows how far each step is, in a line of its own."""

    def __init__(self) -> None:
        self._step = ""
        self._shown: Any = None

    def show(self, step: str, done: int, of: int) -> None:
        """Shows how much of a step is done."""
        if step != self._step:
            self.end()
            self._step, self._shown = step, typer.progressbar(length=of, label=f"{step:<24}")
            self._shown.__enter__()
        self._shown.update(done - self._shown.pos)

    def end(self) -> None:
        """Ends the line."""
        if self._shown is not None:
            self._shown.__exit__(None, None, None)
        self._shown = None


def _opened(to: str) -> Database:
    try:
        target = Database(to)
    except ModuleNotFoundError:
        give_up(views.NO_DRIVER)
    except Exception:  # noqa: BLE001 - SQLAlchemy has many words for an address that is none, and they would show a password
        give_up(views.NO_ADDRESS)
    if target.url.get_backend_name() != "postgresql":
        give_up(views.NO_ADDRESS)
    return target
