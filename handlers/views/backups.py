"""What an operator reads of backups, restores and rehearsals, on the command line."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

SPARE = "good_turn_drill"  # a database for a rehearsal
_LOOKED_FOR = """\
Before a message that was due by now is sent, it is looked for in Slack, so that none is sent twice.
Now start the program: python app.py"""
_LOOK = '--command="TABLE alembic_version" --command="SELECT count(*) FROM acts"'
_PASSWORDS = "The password is asked for, or comes from PGPASSWORD or ~/.pgpass."


def backed_up(file: Path, size: int) -> str:
    """Says that there is a new backup, of so many bytes."""
    return f"Backed up to {file}: {size / 1e6:.1f} MB, looked through and whole."


def restored(of: datetime, version: str, rows: Mapping[str, int], kept: Path | None, erased: int) -> str:
    """Says what the database holds now, what was deleted from it again, and where that is which it held before."""
    held = ", ".join(_counted(rows[f"{one}s"], one) for one in ("workspace", "member", "act"))
    lines = [
        f"Restored. The database is as it was at {_moment(of)}: {held}; its tables are at version {version}.",
        "What was recorded after that is not in it.",
    ]
    lines += _deleted_again(erased)
    if kept is not None:
        lines.append(f"What was there before is kept as {kept}. Remove it once you miss nothing.")
    return "\n".join([*lines, _LOOKED_FOR])


def noted(count: int, erased: int) -> str:
    """Says for how many workspaces it was noted that the database is an older one, and what was deleted from it again."""
    return "\n".join([f"Noted for {_counted(count, 'workspace')}.", *_deleted_again(erased), _LOOKED_FOR])


def drill_begins(file: Path | None, now: datetime) -> str:
    """Heads the report of a rehearsal."""
    return f"A rehearsal with {file}, {_moment(now)}"


def step(name: str, seconds: float, says: str) -> str:
    """Says what a step of the rehearsal took, and what came of it."""
    return f"  OK  {seconds:6.2f} s  {name}: {says}"


def drill_ends(seconds: float) -> str:
    """Ends the report of a rehearsal in which all went well."""
    return f"OK, in {seconds:.1f} s. The database was only read, and nobody was written to."


def dump(address: str, _spare: str) -> str:
    """Says how a PostgreSQL database is backed up."""
    return f"""\
A PostgreSQL database is backed up with its own tools, also while the program runs:

  pg_dump --format=custom --file=good_turn.dump "{address}"

{_PASSWORDS}
To lose seconds instead of a day, have its log archived, too (point-in-time recovery):
https://www.postgresql.org/docs/current/continuous-archiving.html"""


def put_back(address: str, _spare: str) -> str:
    """Says how a PostgreSQL database is restored."""
    return f"""\
A PostgreSQL database is restored with its own tools. Stop the program, then:

  python app.py erased >> erased.log
  pg_restore --clean --if-exists --single-transaction --no-owner --dbname="{address}" good_turn.dump
  python app.py restored erased.log

{_PASSWORDS}
The first line keeps whose data was deleted, in codes; where the database is lost, take the one you kept last. The last
line is needed after a point-in-time recovery, too. It deletes from the database again what was deleted since, and has
messages looked for in Slack before they are sent, so that none is sent twice."""


def rehearsal(address: str, spare: str) -> str:
    """Says how restoring a PostgreSQL database is rehearsed."""
    return f"""\
Rehearse it with a spare database, with the program's own left alone:

  createdb --maintenance-db="{address}" {SPARE}
  pg_dump --format=custom "{address}" | pg_restore --single-transaction --no-owner --dbname="{spare}"
  psql "{spare}" {_LOOK}
  dropdb --maintenance-db="{address}" {SPARE}

{_PASSWORDS} Start no program on the spare one: it would write to people."""


def why_not_started(error: Exception) -> str:
    """Says why a program did not start that found the database in use or moved, or could not bring its tables up to date."""
    return {
        "Moved": f"No program is started on this database: {error}.",
        "NotMigrated": f"The tables could not be brought up to date ({error}), and are as they were. Start the version of the "
        "program that ran before.",
        "NotBackedUp": f"The tables are as they were, since no backup of them could be made: {error}.",
        "InUse": f"The database cannot be used: {error}. Start the program once that is done.",
    }[type(error).__name__]


def _deleted_again(erased: int) -> list[str]:
    return [f"Deleted from it again, as it had been deleted since: {erased}."] if erased else []


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _counted(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"
