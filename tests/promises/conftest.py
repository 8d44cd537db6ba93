"""Bots on a SQLite file and on a PostgreSQL, with the same promises to keep on both."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from storage import workspaces
from storage.database import Database
from tests import postgres as server
from tests.conftest import MONDAY_MORNING, MovableClock
from tests.promises.deliveries import TEAM, Bot, assembled

PEOPLE = [f"U{number:03}" for number in range(60)]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    with server.running() as database:
        yield database


@pytest.fixture
def now() -> MovableClock:
    return MovableClock(MONDAY_MORNING)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('sqlite_file')}"
    database: Database = request.getfixturevalue("postgres")
    server.empty(database)
    return database.url.render_as_string(hide_password=False)


@pytest.fixture
def sqlite_file(empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "good_turn.db"))


@pytest.fixture
def another(now: MovableClock, patience: None) -> Iterator[Callable[[str], Bot]]:
    """Puts a bot together on a database, as often as it is asked; each has connections of its own, and no hurry."""
    made: list[Bot] = []

    def make(url: str) -> Bot:
        made.append(assembled(url, now, PEOPLE))
        if made[-1].database.is_sqlite:
            made[-1].database.engine.dispose()
            event.listen(made[-1].database.engine, "connect", _do_not_wait_for_the_disk)
        with made[-1].database.transaction() as session:
            workspaces.meet(session, TEAM, now())
            workspaces.change(session, TEAM, thanks_emoji="pray", acts_a_day=500)
        return made[-1]

    yield make
    for bot in made:
        bot.database.close()


def _do_not_wait_for_the_disk(connection: sqlite3.Connection, _record: Any) -> None:
    """Spares these many commits the disk: nothing here has to survive a power cut."""
    connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture
def bot(another: Callable[[str], Bot], url: str) -> Bot:
    return another(url)
