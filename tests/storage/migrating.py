"""Databases of the first version, with rows in them, and migrations in processes of their own that a test can kill."""

import multiprocessing
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage import migrate
from storage.database import Database, migration_engine

# Forked from a process that has all of this already: each start then takes milliseconds.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(
    [
        "tests.storage.migrating",
        "storage.tables",
        "storage.moving",
        "tests.storage.any_rows",
        "alembic.command",
        "alembic.script",
    ]
)

_FILL = """
INSERT INTO workspaces (team_id, acts_a_day, created_at) SELECT 'T1', 30, :at;

INSERT INTO members (team_id, id, slack_id, name, zone, locale, is_bot, is_guest, is_stranger, is_gone, is_admin,
  is_named_admin, created_at)
SELECT 'T1', 'm' || i, 'U' || i, 'Ana', 'UTC', 'en-US', false, false, false, false, false, false, :at FROM n WHERE i < 3;

INSERT INTO acts (team_id, id, said_id, root_id, helper_id, helped_id, kind, is_guess, words, is_private, source,
  recorded_by, written_by, recorded_at)
SELECT 'T1', 'a' || i, 'a' || i, 'a' || i, 'm1', 'm2', 'advice', false, 'the airport RFP', false, 'command',
  'm1', 'm1', :at FROM n;

INSERT INTO outbox (team_id, id, key, verb, kind, subject, member_id, greets, due_at, state, tried, created_at)
SELECT 'T1', 'o' || i, 'act:a' || i, 'post', 'act', 'a' || i, 'm2', false, :at, 'sent', 1, :at FROM n
"""
_AT = "'2026-03-02 15:00:00.000000'"
_NUMBERED = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT"


def bring_to(database: Database, version: str) -> None:
    """Brings an empty database to an older version."""
    from alembic import command
    from alembic.config import Config

    engine, config = migration_engine(database.url), Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()


def fill_first(database: Database, acts: int) -> dict[str, int]:
    """Brings an empty database to the first version and writes so many acts with their outbox rows; returns its counts."""
    bring_to(database, "0001")
    engine = migration_engine(database.url)
    with engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # no look at each foreign key
        for statement in _FILL.replace(":at", _AT).replace("SELECT", _NUMBERED.format(acts)).split(";"):
            connection.execute(text(statement))
        counts = migrate.counts(connection)
    engine.dispose()
    return counts


def upgrade(url: str, began: Event | None = None, kept: Any = None) -> None:
    """Migrates as a program does that starts; says when it has begun, and notes that it would have made a backup."""

    def keep(version: str) -> None:
        if kept is not None:
            kept.put(version)
        if began is not None:
            began.set()

    migrate.upgrade(Database(url), keep)


def start(url: str, began: Event | None = None, kept: Any = None) -> Any:
    """Starts a migration in a process of its own."""
    process = processes.Process(target=upgrade, args=(url, began, kept))
    process.start()
    return process
