"""Brings a database's tables to what the code expects, before anything else is done with it.

All of it or nothing: in one transaction, one program after the other, and with no row lost on the way.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import moved, planner
from storage.database import Database, migration_engine
from storage.locks import in_line

_HERE = Path(__file__).parent
_LOCK = 0x600D_7042  # any number, as long as it is ours: two processes that start at once migrate one after the other
_TRIES = 20  # of a second each at the most, after which PostgreSQL looks for a deadlock
# Whatever else is in the database may be somebody else's.
_HELD = """
SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
AND has_table_privilege(oid, 'TRUNCATE') ORDER BY relname"""
_VERSIONS = _HERE / "migrations" / "versions"


class DatabaseIsNewer(Exception):
    """The database was written by a newer version of the program than this one."""


class Moved(DatabaseIsNewer):
    """The database's rows are elsewhere, or not all here yet."""


class NotMigrated(Exception):
    """The tables could not be brought up to date, and stay as they were."""


def upgrade(database: Database, keep: Callable[[str], object] | None = None) -> None:
    """Brings the tables to the newest version, all or nothing; does nothing where they are there already.

    `keep` is called with the version that is to be, while nobody else can write, and before anything is changed; not for a
    new database. What it raises ends it all. Raises DatabaseIsNewer for a version that this code does not know, Moved where
    the rows are elsewhere or not all here yet, and NotMigrated, with its cause, for whatever else goes wrong.
    """
    with in_line(database.file):
        try:
            _upgrade(database, keep)
        except DBAPIError as error:
            raise NotMigrated(type(error.orig).__name__) from error  # its text would hold members' words


def newest() -> str:
    """Returns the newest version in the code: files are named by it, in order."""
    return max(path.stem.split("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


def version(connection: Connection) -> str | None:
    """Returns the version of the database's tables, or None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def counts(connection: Connection) -> dict[str, int]:
    """Returns how many rows each table has."""
    named = connection.dialect.identifier_preparer.quote
    return {
        table: connection.execute(
            text(f"SELECT count(*) FROM {named(table)}").execution_options(across_workspaces=True)  # noqa: S608 - ours
        ).scalar_one()
        for table in sorted(inspect(connection).get_table_names())
    }


def _upgrade(database: Database, keep: Callable[[str], object] | None) -> None:
    engine = migration_engine(database.url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            found = version(connection)
            if found is not None and (where := moved.said(connection, found)):
                raise Moved(where)
            if found is not None and found > newest():
                raise DatabaseIsNewer(f"version {found}, and this program knows {newest()}")
            if found == newest():
                return
            if found is not None and keep is not None:
                keep(newest())
            _bring_forward(connection, found)
    finally:
        engine.dispose()


def _bring_forward(connection: Connection, found: str | None) -> None:
    """Runs the migrations and looks whether all is there afterwards; whatever they raise becomes NotMigrated."""
    _hold_tables(connection)
    before = counts(connection)
    try:
        may_change = _run_alembic(connection, found)
        planner.tell(connection)
        _check_foreign_keys(connection)
        _check_counts(before, counts(connection), may_change)
    except (DBAPIError, NotMigrated):
        raise
    except Exception as error:
        raise NotMigrated(type(error).__name__) from error


def _hold_tables(connection: Connection) -> None:
    """Has programs that run on PostgreSQL come before this or after it: what they wrote in between would be miscounted.

    One of them may have a table that is not held yet, and wait for one that is: the server ends either then, and this tries
    again. So all tables are held before anything is changed, and against readers, too, which may be about to write.
    """
    if connection.dialect.name != "postgresql":
        return
    tables = ", ".join(connection.execute(text(_HELD)).scalars())
    if not tables:
        return
    for left in reversed(range(_TRIES)):
        try:
            with connection.begin_nested():
                connection.execute(text(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
            return
        except DBAPIError:
            if not left:
                raise


def _run_alembic(connection: Connection, found: str | None) -> set[str]:
    """Runs the migrations and returns the tables whose number of rows they change on purpose."""
    # Imported only when there is something to do: it is not needed to start.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    config.attributes["connection"] = connection
    steps = list(ScriptDirectory.from_config(config).iterate_revisions("head", found or "base"))
    command.upgrade(config, "head")
    return {table for step in steps for table in getattr(step.module, "changes_rows", ())}


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise NotMigrated(f"{len(orphans)} rows would point nowhere")


def _check_counts(before: Mapping[str, int], after: Mapping[str, int], may_change: Iterable[str]) -> None:
    """Raises NotMigrated where a table would have more or fewer rows than before, and no migration said so."""
    for table in before.keys() - {"alembic_version", *may_change}:
        if after.get(table) != before[table]:
            raise NotMigrated(f"{table} would have {after.get(table, 0)} rows instead of {before[table]}")
