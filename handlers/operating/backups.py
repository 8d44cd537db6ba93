"""The operator's commands about backups: make one, put one back, rehearse that. Each says in plain words what there is now."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from handlers import erasing
from handlers.operating import drill
from handlers.operating.giving_up import give_up
from handlers.requests import Clock
from handlers.routes import Renderer
from handlers.views import backups as views
from storage import backup, erase_log, erasures, migrate, restore
from storage.database import Database, NotSaved
from storage.locks import InUse, alone

_TO = typer.Argument(help="Where to; without it, the folder of backups.")
_FROM = typer.Argument(help="The backup.")
_LOG = typer.Argument(help="The erase log; without it, the one in the folder of backups.")


@dataclass(frozen=True)
class Keeping:
    """What the commands work with. `chosen` is the folder that was chosen for backups, if any."""

    database: Database
    clock: Clock
    chosen: Path | None
    messages: Mapping[str, Renderer]

    @property
    def folder(self) -> Path:
        """Where the backups are; asked for SQLite alone."""
        folder = backup.folder_of(self.database, self.chosen)
        assert folder is not None
        return folder

    @property
    def log(self) -> Path | None:
        """Where the erase log is; for PostgreSQL its operator says that."""
        return erase_log.beside(backup.folder_of(self.database, self.chosen))


def register(commands: typer.Typer, keeping: Callable[[], Keeping]) -> None:
    """Adds the commands; `keeping` is asked once one of them runs."""

    @commands.command(name="backup")
    def back_up(file: Annotated[Path | None, _TO] = None) -> None:
        """Makes a backup, also while the program runs."""
        with said_plainly(keeping()) as office:
            _back_up(office, file)

    @commands.command(name="restore")
    def put_back(file: Annotated[Path, _FROM]) -> None:
        """Puts a backup in the database's place; the program must not run."""
        with said_plainly(keeping()) as office:
            _restore(office, file)

    @commands.command(name="restored")
    def note_restored(log: Annotated[Path | None, _LOG] = None) -> None:
        """Says that another tool has put an older state in the database's place; to be run before the program starts."""
        with said_plainly(keeping()) as office:
            _note_restored(office, log)

    @commands.command(name="erased")
    def show_erased() -> None:
        """Shows the erase log: in codes, whose data was deleted; to be kept beside the dumps of a PostgreSQL database."""
        with said_plainly(keeping()) as office, office.database.reading() as session:
            typer.echo(erase_log.lines(erasures.marks(session)), nl=False)

    @commands.command(name="drill")
    def rehearse() -> None:
        """Rehearses a restore, away from the database and from Slack."""
        with said_plainly(keeping()) as office:
            _rehearse(office)


def before_upgrade(database: Database, chosen: Path | None, clock: Clock) -> Callable[[str], object] | None:
    """Returns what makes a backup before the tables are brought to a version, or None for a database that is no file."""
    folder = backup.folder_of(database, chosen)
    return None if folder is None else lambda version: backup.add(database, folder, clock(), version)


def bring_up_to_date(database: Database, chosen: Path | None, clock: Clock) -> None:
    """Brings the tables to this version, and deletes again what other tools brought back with a backup."""
    migrate.upgrade(database, before_upgrade(database, chosen, clock))
    erasing.replay(database, clock, erase_log.beside(backup.folder_of(database, chosen)))


def _back_up(office: Keeping, file: Path | None) -> None:
    _leave_to_postgres(office, views.dump)
    if file is None:
        file = backup.add(office.database, office.folder, office.clock())
    elif file.exists():
        raise backup.NotBackedUp(f"{file} is there already; name another file")
    else:
        backup.write(office.database, file)
    typer.echo(views.backed_up(file, file.stat().st_size))


def _restore(office: Keeping, file: Path) -> None:
    _leave_to_postgres(office, views.put_back)
    done = restore.restore(file, office.database, office.clock(), office.log)
    typer.echo(views.restored(done.of, done.version, done.rows, done.kept, done.erased))


def _note_restored(office: Keeping, log: Path | None) -> None:
    if log is not None and not log.exists():
        raise restore.NotRestored(f"{log} is not there")
    with alone(office.database.file):
        pass  # before the tables are touched: while a program runs, they are its
    migrate.upgrade(office.database, before_upgrade(office.database, office.chosen, office.clock))
    typer.echo(views.noted(*restore.note_restored(office.database, office.clock(), log or office.log)))


def _rehearse(office: Keeping) -> None:
    _leave_to_postgres(office, views.rehearsal)
    typer.echo(views.drill_begins(office.database.file, office.clock()))
    seconds = drill.rehearse(office.database, office.clock, office.messages, office.folder, _say_step)
    typer.echo(views.drill_ends(seconds))


def _say_step(step: drill.Step) -> None:
    typer.echo(views.step(step.name, step.seconds, step.says))


def _leave_to_postgres(office: Keeping, text: Callable[[str, str], str]) -> None:
    """Says how PostgreSQL's own tools do it, where the database is one of its, and ends there."""
    if office.database.file is None:
        address = backup.address
        typer.echo(text(address(office.database), address(office.database, views.SPARE)))
        raise typer.Exit(2)


@contextmanager
def said_plainly(office: Keeping) -> Iterator[Keeping]:
    """Ends a command that cannot be done with one line that says why, and what to do."""
    try:
        yield office
    except (backup.NotBackedUp, restore.NotRestored) as error:
        give_up(f"{error}. Nothing was changed.")
    except drill.DrillFailed as error:
        give_up(f"FAILED: {error}. The database itself was only read.")
    except InUse as error:
        give_up(f"Not while somebody else has the database: {error}. Stop the program first. Nothing was changed.")
    except migrate.Moved as error:
        give_up(f"Not with this database: {error}. Nothing was changed.")
    except migrate.DatabaseIsNewer as error:
        give_up(f"This is of a newer program: {error}. Update the program, and do it again. Nothing was changed.")
    except (migrate.NotMigrated, NotSaved) as error:
        give_up(f"The tables could not be worked on ({error}). Nothing was changed.")
    finally:
        office.database.close()
