"""Real databases: a SQLite file and a PostgreSQL out of a wheel, and the same tests on both."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.database import Database
from tests import postgres as server

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    """The server's first database, with every table; started for the first test that asks, stopped after the last."""
    with server.running() as database:
        yield database


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with every table and no row."""
    if request.param == "sqlite":
        file = request.getfixturevalue("tmp_path") / "good_turn.db"
        shutil.copy(request.getfixturevalue("empty_database"), file)
        given = Database(f"sqlite:///{file}")
    else:
        given = Database(request.getfixturevalue("postgres").url.render_as_string(hide_password=False))
        server.empty(given)
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
    with _made(request.getfixturevalue("postgres"), "bare") as given:
        yield given


@pytest.fixture
def target(postgres: Database) -> Iterator[Database]:
    """A PostgreSQL database without any table, to move to."""
    with _made(postgres, "other") as database:
        yield database


@pytest.fixture
def sqlite_file(empty_database: Path, tmp_path: Path) -> Path:
    """A SQLite file with every table, for what only SQLite has."""
    return Path(shutil.copy(empty_database, tmp_path / "good_turn.db"))


@contextmanager
def _made(beside: Database, name: str) -> Iterator[Database]:
    server.run(beside, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    given = Database(beside.url.set(database=name).render_as_string(hide_password=False))
    yield given
    given.close()
