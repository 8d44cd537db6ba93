"""kill -9 for real, ten times a database; `make simulate KILLS=200` runs the long form."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import Database
from tests import postgres
from tests.simulation.killing import kill_often

KILLS = 10


def test_what_was_acknowledged_on_sqlite_outlives_kill_9(tmp_path: Path, figure: Callable[[str], None]) -> None:
    database = Database(f"sqlite:///{tmp_path}/good_turn.db")
    found = kill_often(database, tmp_path, KILLS)
    database.close()
    figure(f"SQLite: {found}")
    assert found.is_good
    assert found.acknowledged > KILLS


@pytest.mark.postgres
def test_what_was_acknowledged_on_postgres_outlives_kill_9(tmp_path: Path, figure: Callable[[str], None]) -> None:
    with postgres.running() as database:
        found = kill_often(database, tmp_path, KILLS)
    figure(f"PostgreSQL: {found}")
    assert found.is_good
    assert found.acknowledged > KILLS
