"""Brings a database's tables to what the code expects, before anything else is done with it."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.database import Database, migration_engine

_HERE = Path(__file__).parent
_LOCK = 0x600D_7042  # any number, as long as it is ours: two processes that start at once migrate one after the other
_VERSIONS = _HERE / "migrations" / "versions"


class DatabaseIsNewer(Exception):
    """The database was written by a newer version of the program than this one."""


def upgrade(database: Database) -> None:
    """Brings the tables to the newest version, all or nothing; does nothing where they are there already.

    Raises DatabaseIsNewer for a version that this code does not know.
    """
    engine = migration_engine(database.url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            found = version(connection)
            if found is not None and found > newest():
                raise DatabaseIsNewer(f"version {found}, and this program knows {newest()}")
            if found != newest():
                _run_alembic(connection)
                _check_foreign_keys(connection)
    finally:
        engine.dispose()


def newest() -> str:
    """Returns the newest version in the code: files are named by it, in order."""
    return max(path.stem.split("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


def version(connection: Connection) -> str | None:
    """Returns the version of the database's tables, or None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _run_alembic(connection: Connection) -> None:
    # Imported only when there is something to do: it is not needed to start.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise RuntimeError(f"{len(orphans)} rows point nowhere after the migration; it was rolled back")
