"""Puts a backup in the place of a SQLite database: looked through, brought up to date, and then at once or not at all."""

import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage import erase_log, migrate, workspaces
from storage.backup import copy, made_at, room, sync
from storage.database import Database
from storage.locks import alone

# What SQLite keeps beside a database. It belongs to that one: beside another it would be written into it.
_BESIDE = ("-wal", "-shm", "-journal")
_MAGIC = b"SQLite format 3\0"  # https://sqlite.org/fileformat.html#magic_header_string


class NotRestored(Exception):
    """Nothing was restored, and the database is as it was."""


@dataclass(frozen=True)
class Restored:
    """What there is now: the state of a moment, in this version, with so many rows; and where that which was there is kept.

    So many members, contacts or workspaces were deleted from it again, as the erase log says.
    """

    of: datetime
    version: str
    rows: dict[str, int]
    kept: Path | None
    erased: int = 0


def restore(file: Path, database: Database, now: datetime, log: Path | None = None) -> Restored:
    """Puts a backup in the place of a database and keeps what was there beside it.

    The database's connections are closed first, and what was deleted since, as the erase log and the database that is there
    know, is deleted from the backup. Raises NotRestored; InUse while a program runs on the database; DatabaseIsNewer and
    NotMigrated for a backup whose tables cannot be brought to those of this program.
    """
    target = database.file
    assert target is not None
    database.close()
    try:
        with alone(target), room(target.parent, ".restoring-", now) as folder:
            fresh = folder / target.name
            copy(file, fresh)
            of = made_at(file)
            _settle(target)
            rows, erased = _prepare(fresh, now, {**erase_log.read(log), **erase_log.of_file(target)})
            kept = _set_aside(target, now, fresh) if target.exists() else None
            fresh.replace(target)
            sync(target.parent)
            return Restored(of, migrate.newest(), rows, kept, erased)
    except (OSError, sqlite3.Error) as error:
        raise NotRestored(f"{file} cannot be used ({error})") from error


def note_restored(database: Database, now: datetime, log: Path | None = None) -> tuple[int, int]:
    """Notes that another tool put an older state in this database's place, and returns how many workspaces it holds.

    What was deleted since, as the erase log knows, is deleted from it again; how much that was is returned beside it. Raises
    InUse while a program runs on it, as far as that can be seen: with SQLite.
    """
    with alone(database.file):
        with database.transaction() as session:
            count = workspaces.note_restored(session, now)
        return count, erase_log.replay_whole(database, erase_log.read(log), now)


def _prepare(fresh: Path, now: datetime, deleted: Mapping[str, datetime]) -> tuple[dict[str, int], int]:
    """Brings a copy to this program's version, notes the moment in it, and deletes from it what was deleted since.

    Returns how many rows its tables have then, and how much was deleted.
    """
    _check_kind(fresh)
    database = Database(f"sqlite:///{fresh}")
    try:
        migrate.upgrade(database)
        with database.transaction() as session:
            workspaces.note_restored(session, now)
        erased = erase_log.replay_whole(database, deleted, now)
        with database.reading() as session:
            rows = migrate.counts(session.connection())
    finally:
        database.close()
    sync(fresh)
    return rows, erased


def _check_kind(file: Path) -> None:
    """Raises NotRestored for a database that is none of ours: it would get our tables, and be empty."""
    with closing(sqlite3.connect(file)) as connection:
        tables = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"alembic_version", "members", "outbox"} <= tables:
            raise NotRestored("the file is no backup of Good Turn")
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise NotRestored("rows of the file point nowhere")


def _settle(target: Path) -> None:
    """Has a database that can be read take in what a killed program left beside it; raises NotRestored where it is open.

    Its last commits may stand there alone. Were they moved away and this program killed then, it would be without them.
    """
    if not target.exists() or not _is_sqlite(target):
        return
    try:
        with closing(sqlite3.connect(f"{target.as_uri()}?mode=rw", uri=True)) as left:
            left.execute("SELECT count(*) FROM sqlite_master").fetchone()  # takes back what was not committed
            busy, _, _ = left.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.DatabaseError as error:
        busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY  # one that is damaged goes aside as it is
    if busy:
        raise NotRestored(f"{target} is open in another program")


def _is_sqlite(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(_MAGIC)) == _MAGIC


def _set_aside(target: Path, now: datetime, successor: Path) -> Path:
    """Keeps the database that is there under another name, too, and leaves nothing beside it that is not its successor's.

    Who may read the one may read the other.
    """
    kept = target.with_name(f"{target.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    shutil.copymode(target, successor)
    os.link(target, kept)  # not opened: it may be damaged, and what is left beside it then goes with it
    for ending in _BESIDE:
        beside = target.with_name(target.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    return kept
