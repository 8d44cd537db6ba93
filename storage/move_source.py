"""The SQLite file that is moved: held so that nobody writes, read table by table, and marked at the end."""

import json
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from storage import checksums, migrate, moved

_WHICH = f"SELECT id, address FROM {moved.TABLE}"  # noqa: S608 - ours
_NEW = f"INSERT INTO {moved.TABLE} SELECT ?, NULL, NULL WHERE NOT EXISTS (SELECT 1 FROM {moved.TABLE})"  # noqa: S608
_MARK = f"UPDATE {moved.TABLE} SET address = ?, at = ?"  # noqa: S608
NO_NUL = "\N{SYMBOL FOR NULL}"  # stands in PostgreSQL for the one character that its texts cannot hold


class NotMoved(Exception):
    """Nothing was moved, or not all of it yet; the SQLite file stays the database."""


@dataclass
class Sum:
    """How many rows of a table there are up to a key, and their checksum; and how many of them had a NUL."""

    rows: int = 0
    checksum: int = 0
    last: str | None = None  # the key of the last of them, as JSON
    nuls: int = 0


@dataclass
class Batch:
    """Rows that follow each other, as texts, and the sum with them."""

    rows: list[list[str | None]]
    sum: Sum = field(default_factory=Sum)


class Source:
    """A SQLite file to which nobody else can write, as long as this is there."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        version = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        self.is_moved = version == moved.MOVED
        if not self.is_moved and version != migrate.newest():
            raise NotMoved("its tables are not at this program's version. First run: python app.py migrate")
        (self.id, self.address), *_ = connection.execute(_WHICH).fetchall()

    def count(self, table: Table) -> int:
        """Returns how many rows a table has."""
        return int(self._connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0])  # noqa: S608

    def batches(self, table: Table, since: Sum, at_once: int) -> Iterator[Batch]:
        """Gives the rows of a table after those that are in a sum, in the order of their keys. Raises NotMoved."""
        so_far = Sum(since.rows, since.checksum, since.last, since.nuls)
        plain, key = checksums.plain_of(table), [list(table.columns).index(one) for one in table.primary_key]
        rows = iter(self._rows(table, *(("", since.last) if since.last is None else (">", since.last))))
        try:
            while found := list(islice(rows, at_once)):
                made = [_add(so_far, plain(row)) for row in found]
                so_far.last = json.dumps([found[-1][number] for number in key])
                yield Batch(made, Sum(so_far.rows, so_far.checksum, so_far.last, so_far.nuls))
        except (sqlite3.OperationalError, ValueError) as error:  # their texts would hold members' words
            raise NotMoved(f"{table.name} holds what is no text or no moment ({type(error).__name__})") from None

    def holds(self, table: Table, noted: Sum) -> bool:
        """Says whether the rows up to the last key of a sum are still those that were summed up; unreadable ones are not."""
        if noted.last is None:
            return True
        found, plain = Sum(), checksums.plain_of(table)
        try:
            for row in self._rows(table, "<=", noted.last):
                _add(found, plain(row))
        except (
            sqlite3.OperationalError,
            ValueError,
        ):  # its text would hold members' words; whoever copies says what it is
            return False
        return (found.rows, found.checksum) == (noted.rows, noted.checksum)

    def mark(self, address: str, now: datetime) -> None:
        """Notes for good that what is here is elsewhere now."""
        at = f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        self._connection.execute(_MARK, (address, at))
        self._connection.execute("UPDATE alembic_version SET version_num = ?", (moved.MOVED,))
        self._connection.execute("COMMIT")
        self.is_moved = True

    def _rows(self, table: Table, how: str, last: str | None) -> sqlite3.Cursor:
        columns, key = _names(table.columns), _names(table.primary_key)
        given: Sequence[Any] = () if last is None else json.loads(last)
        condition = f"WHERE ({key}) {how} ({', '.join('?' * len(given))})" if given else ""
        asked = f'SELECT {columns} FROM "{table.name}" {condition} ORDER BY {key}'  # noqa: S608 - ours
        return self._connection.execute(asked, given)


@contextmanager
def held(file: Path) -> Iterator[Source]:
    """Gives a SQLite file to which nobody else writes meanwhile. Raises NotMoved.

    Which move it is stands in the file before anything else is done, so that only this one is gone on with.
    """
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"CREATE TABLE IF NOT EXISTS {moved.TABLE} (id TEXT NOT NULL, address TEXT, at TEXT)")
            connection.execute(_NEW, (secrets.token_hex(16),))
            connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
            yield Source(connection)
    except sqlite3.Error as error:
        raise NotMoved(f"{file} cannot be used ({getattr(error, 'sqlite_errorname', type(error).__name__)})") from None


def _add(so_far: Sum, row: list[str | None]) -> list[str | None]:
    """Adds a row to a sum, and returns it as PostgreSQL can hold it."""
    said = checksums.canonical(row)
    if "\0" in said:
        row = [one and one.replace("\0", NO_NUL) for one in row]
        said, so_far.nuls = checksums.canonical(row), so_far.nuls + 1
    so_far.rows += 1
    so_far.checksum += checksums.checksum(said)
    return row


def _names(columns: Any) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)
