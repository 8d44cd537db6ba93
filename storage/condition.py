"""What condition the database is in, for whoever watches over it. Each question raises NotSaved where it cannot be asked."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import inbox, migrate, moved
from storage.database import Database, NotSaved, Session

# Belongs to no workspace, and never stays.
_NOBODY, _PROBE = "", "probe"


class _TakenBack(Exception):
    """Rolls a probe back."""


@contextmanager
def asking(database: Database) -> Iterator[Session]:
    """Gives a session that reads; raises NotSaved where the database is busy, broken or away."""
    try:
        with database.reading() as session:
            yield session
    except DBAPIError as error:
        raise NotSaved(type(error.orig).__name__) from None


def probe_write(database: Database, now: datetime) -> None:
    """Writes a row and takes it back; raises NotSaved where nothing can be written."""
    try:
        with database.transaction() as session:
            inbox.add(session, _NOBODY, _PROBE, "", now)
            raise _TakenBack
    except _TakenBack:
        return


def schema(database: Database) -> tuple[str | None, str]:
    """Returns the version of the tables, None where there are none, and the one that this program knows."""
    with asking(database) as session:
        return migrate.version(session.connection()), migrate.newest()


def where_moved(database: Database) -> str | None:
    """Returns where a database's rows are, if they are elsewhere or not all here yet."""
    with asking(database) as session:
        found = migrate.version(session.connection())
        return moved.said(session.connection(), found) if found is not None else None


def journal(database: Database) -> tuple[tuple[int, int, int], str] | None:
    """Returns SQLite's version and its journal mode, or None for another database."""
    if not database.is_sqlite:
        return None
    with asking(database) as session:
        mode = str(session.connection().execute(text("PRAGMA journal_mode")).scalar_one())
    return sqlite3.sqlite_version_info[:3], mode.upper()


def free_share(database: Database) -> float | None:
    """Returns how much of the disk under a SQLite file is free, from 0 to 1, or None where there is no file."""
    if not database.is_sqlite or database.url.database in (None, "", ":memory:"):
        return None
    disk = shutil.disk_usage(Path(str(database.url.database)).resolve().parent)
    return disk.free / disk.total
