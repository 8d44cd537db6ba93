"""Online backups of a SQLite database: made while it is in use, looked through, kept for a while, the old ones removed.

What puts one back is in `restore.py`. A file that is in use is never copied as a file: half of a transaction would come along.
PostgreSQL has tools of its own for this.
"""

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL

from storage import wiping
from storage.database import Database

FOLDER = "backups"  # beside the SQLite file, unless another one is chosen
# A mistake that is noticed within the week costs a day at most, one within the month a week; older ones would only keep what
# members have removed since.
DAYS, WEEKS = 7, 4
# Nobody is still writing a file that was begun so long ago: its program was killed.
LEFT_BEHIND = timedelta(days=1)
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"\.?(?P<stem>.+)-(?P<at>\d{8}T\d{6}Z)(?P<why>-before-\w+)?\.db(?P<part>\..*part)?")


class NotBackedUp(Exception):
    """No backup was made, and there is no half of one either."""


class Kept(NamedTuple):
    """A backup in the folder: when it was made, and whether before an upgrade."""

    at: datetime
    why: str
    file: Path


def folder_of(database: Database, chosen: Path | None) -> Path | None:
    """Returns where a database's backups are, or None where it is no SQLite file."""
    if database.file is None:
        return None
    return chosen or database.file.parent / FOLDER


def add(database: Database, folder: Path, now: datetime, before: str | None = None) -> Path:
    """Adds a backup to the folder, removes what is too old there, and returns the new file.

    `before` is the version that the tables are about to be brought to. Raises NotBackedUp.
    """
    assert database.file is not None
    why = "" if before is None else f"-before-{before}"
    file = folder / f"{database.file.stem}-{now.astimezone(UTC).strftime(_STAMP)}{why}.db"
    write(database, file)
    _remove_old(folder, database.file.stem, now)
    return file


def add_daily(database: Database, folder: Path, now: datetime) -> Path | None:
    """Adds the backup of this day (UTC), and returns it; None where the day has one. Raises NotBackedUp."""
    made = newest(folder, now)
    return add(database, folder, now) if made is None or made.date() < now.astimezone(UTC).date() else None


def newest(folder: Path, now: datetime | None = None) -> datetime | None:
    """Returns when the newest backup in the folder was made, or None where there is none. All there are good ones.

    With `now`, those dated later do not count: a clock that once ran ahead would keep every day from getting its own.
    """
    return max((kept.at for kept in _all(folder) if now is None or kept.at <= now), default=None)


def made_at(file: Path) -> datetime:
    """Returns when a backup was made: what its name says, or else when the file was last written."""
    named = _NAME.fullmatch(file.name)
    if named is None:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return datetime.strptime(named["at"], _STAMP).replace(tzinfo=UTC)


def write(database: Database, file: Path) -> None:
    """Writes the database as it is at this moment to a file, which appears whole and looked through, or not at all.

    Raises NotBackedUp.
    """
    assert database.file is not None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with _part_of(file) as part:
            copy(database.file, part, "rw")  # a program that was killed leaves something to finish
            sync(part)
            part.replace(file)
        sync(file.parent)
    except (OSError, sqlite3.Error) as error:
        raise NotBackedUp(f"{file} could not be written ({error})") from error


def copy(source: Path, target: Path, mode: str = "ro") -> None:
    """Copies a SQLite database as it is at one moment, while others may use it, and looks the copy through.

    It is copied in one go: without write-ahead logging, writers wait for that long. The copy is written anew, so that nothing is
    in it but its rows. Raises sqlite3.Error, also for a copy that is damaged.
    """
    named = f"{source.resolve().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(named, uri=True)) as original, closing(sqlite3.connect(target)) as made:
        made.isolation_level = None
        made.execute("PRAGMA synchronous=OFF")  # all of it is synced once, at the end
        original.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")  # one file, whatever the original's journal is
        wiping.rewrite(made)
        look_through(made)


def look_through(connection: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError where a database is damaged."""
    found = [str(line) for (line,) in connection.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise sqlite3.DatabaseError(f"it is damaged: {'; '.join(found)}")


def sync(path: Path) -> None:
    """Has a file, or the names in a folder, on the disk before anything else happens."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def address(database: Database, name: str | None = None) -> str:
    """Returns a PostgreSQL database's address, or that of another database there, as its own tools take it: no password."""
    secrets = ("password", "sslpassword", "passfile")
    plain = URL.create("postgresql", database.url.username, None, database.url.host, database.url.port)
    query = database.url.difference_update_query(secrets).query
    return plain.set(database=name or database.url.database, query=query).render_as_string(hide_password=False)


@contextmanager
def room(beside: Path, prefix: str, now: datetime) -> Iterator[Path]:
    """Gives an empty folder that is gone afterwards, and removes those of its kind that a killed program left behind."""
    for left in beside.glob(f"{prefix}*"):
        if now - datetime.fromtimestamp(left.stat().st_mtime, UTC) > LEFT_BEHIND:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=beside) as folder:
        yield Path(folder)


@contextmanager
def _part_of(file: Path) -> Iterator[Path]:
    """Gives a new file beside another, for its owner alone, that is gone afterwards unless it was renamed."""
    opened, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    os.close(opened)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _all(folder: Path, parts: bool = False) -> list[Kept]:
    found = []
    for file in folder.iterdir() if folder.is_dir() else ():
        named = _NAME.fullmatch(file.name)
        if named is not None and parts == (named["part"] is not None):
            found.append(Kept(made_at(file), named["why"] or "", file))
    return sorted(found, reverse=True)


def _remove_old(folder: Path, stem: str, now: datetime) -> None:
    """Keeps the last backup of each of seven days and of each of four weeks, and for four weeks those before an upgrade."""
    ours = [kept for kept in _all(folder) if _stem(kept.file) == stem and kept.at <= now]
    upgrades = [kept for kept in ours if kept.why and now - kept.at < timedelta(weeks=WEEKS)]
    keep = _last_of_each([kept for kept in ours if not kept.why], datetime.date, DAYS)
    keep |= _last_of_each(upgrades, datetime.date, len(upgrades))
    keep |= _last_of_each(ours, lambda at: at.isocalendar()[:2], WEEKS)
    for kept in set(ours) - keep:
        kept.file.unlink(missing_ok=True)
    for part in _all(folder, parts=True):
        if now - part.at > LEFT_BEHIND:
            part.file.unlink(missing_ok=True)


def _last_of_each(kept: Iterable[Kept], period: Callable[[datetime], Hashable], most: int) -> set[Kept]:
    """Returns the last of each period, for so many periods back; expects the newest first."""
    found: dict[Hashable, Kept] = {}
    for one in kept:
        found.setdefault(period(one.at), one)
    return set(list(found.values())[:most])


def _stem(file: Path) -> str:
    named = _NAME.fullmatch(file.name)
    return named["stem"] if named else ""
