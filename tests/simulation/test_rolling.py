"""Programs that go on while a newer one brings the tables up to date, and while one after the other is replaced."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import text

from storage import migrate
from storage.database import Database
from tests import postgres
from tests.conversation import World
from tests.simulation.killing import Start, try_under_load
from tests.simulation.rolling import ready, stop
from tests.test_program import _status

pytestmark = pytest.mark.postgres
# Longer than a lock is waited for, so that what comes then is not saved, and what was just sent cannot be noted.
HOLDS = 3
NEWER = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9999", "{newest}"
def upgrade():
    for table in ("outbox", "acts", "inbox"):
        op.add_column(table, sa.Column("newer", sa.Text(), server_default="by itself", nullable=False))
    op.create_index("outbox_newer", "outbox", ["team_id", "newer"])
    op.execute("SELECT pg_sleep({holds})")
"""


def upgrade_as_a_newer_program(url: str, folder: Path) -> None:
    """Brings the tables to a version that is newer than this program's, as the first of the newer ones does on its start."""
    shutil.copytree(Path(migrate.__file__).parent / "migrations", folder / "migrations", dirs_exist_ok=True)
    newer = folder / "migrations" / "versions" / "9999_newer.py"
    newer.write_text(NEWER.format(newest=migrate.newest(), holds=HOLDS))
    with patch.object(migrate, "_HERE", folder), patch.object(migrate, "_VERSIONS", newer.parent):
        migrate.upgrade(Database(url))


def test_older_programs_that_go_on_during_a_migration_lose_nothing_and_double_nothing(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    with postgres.running() as database:
        url = database.url.render_as_string(hide_password=False)

        def ordeal(_world: World, start: Start) -> int:
            both = [ready(start) for _ in range(2)]
            threading.Event().wait(2)
            upgrade_as_a_newer_program(url, tmp_path)
            assert version(database) == "9999"
            threading.Event().wait(3)  # on the newer tables
            for program, port in both:
                assert _status(f"http://127.0.0.1:{port}/readyz") == 503, "it says that the tables are newer than it"
                stop(program)
            postgres.run(database, f"UPDATE alembic_version SET version_num = '{migrate.newest()}'")
            return 0

        found = try_under_load(database, tmp_path, ordeal)
        by_itself = "SELECT count(*) FROM acts WHERE newer = 'by itself'"
        assert asked(database, by_itself) == asked(database, "SELECT count(*) FROM acts")
    figure(f"two older programs during a migration of {HOLDS} s, PostgreSQL: {found}")
    assert found.is_good
    assert found.acknowledged > 20


def test_a_rolling_restart_loses_nothing_and_doubles_nothing(tmp_path: Path, figure: Callable[[str], None]) -> None:
    rounds = 2

    def ordeal(_world: World, start: Start) -> int:
        old, _ = ready(start)
        for _ in range(rounds):
            new, _ = ready(start)
            threading.Event().wait(1)  # a while in which both work
            stop(old)
            old = new
        stop(old)
        return 0

    with postgres.running() as database:
        found = try_under_load(database, tmp_path, ordeal)
    figure(f"{rounds} rolling restarts under load, PostgreSQL: {found}")
    assert found.is_good
    assert found.acknowledged > 20


def version(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return migrate.version(connection)


def asked(database: Database, question: str) -> int:
    with database.engine.connect() as connection:
        return int(connection.execute(text(question).execution_options(across_workspaces=True)).scalar_one())
