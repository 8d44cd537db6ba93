"""A migration on PostgreSQL beside programs that write: it waits for them, and they for it, and nobody's row makes it give up."""

import threading

import pytest
from sqlalchemy import text

from storage import migrate
from storage.database import Database, migration_engine
from tests.postgres import run
from tests.storage import migrating

pytestmark = pytest.mark.postgres
ACT = """
INSERT INTO acts (team_id, id, said_id, root_id, helper_id, helped_id, kind, is_guess, words, is_private, source,
  recorded_by, written_by, recorded_at)
SELECT team_id, 'new', 'new', 'new', helper_id, helped_id, kind, is_guess, words, is_private, source, recorded_by, written_by,
  recorded_at FROM acts WHERE team_id = 'T1' AND id = 'a1'"""
TOUCH = "UPDATE outbox SET tried = tried + 1 WHERE team_id = 'T1' AND id = 'o1'"


@pytest.mark.parametrize("statements", [(ACT, TOUCH), (TOUCH, ACT)], ids=["in its order", "against its order"])
def test_who_is_writing_when_it_begins_is_waited_for_and_not_miscounted(
    postgres: Database, statements: tuple[str, str]
) -> None:
    run(postgres, "DROP DATABASE IF EXISTS beside WITH (FORCE)", "CREATE DATABASE beside")
    database = Database(postgres.url.set(database="beside").render_as_string(hide_password=False))
    before = migrating.fill_first(database, 50)
    writer = migration_engine(database.url)
    with writer.connect() as connection:
        connection.execute(text(statements[0]))
        upgrading = threading.Thread(target=migrate.upgrade, args=(database,))
        upgrading.start()
        upgrading.join(0.4)  # it waits for us by now, and has not looked for a deadlock yet
        assert upgrading.is_alive()
        connection.execute(text(statements[1]))
        connection.commit()
    upgrading.join(60)
    with database.engine.connect() as connection:
        assert migrate.version(connection) == migrate.newest()
        assert migrate.counts(connection)["acts"] == before["acts"] + 1
    writer.dispose()
    database.close()
