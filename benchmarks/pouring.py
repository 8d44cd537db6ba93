"""Very many rows into a database at once: without its indexes, which are made anew afterwards, and without foreign keys."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Index, text
from sqlmodel import SQLModel

from storage.database import Database, migration_engine

if TYPE_CHECKING:
    from psycopg import Connection as Psycopg

# The values of a row in the order of its table's columns. Instants are text, which both engines read: `instant` writes it.
Values = tuple[Any, ...]


class Template:
    """A row's columns with what stands in them unless something else is said; nothing where the table knows nothing."""

    def __init__(self, table: type[SQLModel], **columns: Any) -> None:
        self.table = table
        fields = table.model_fields.items()
        self._columns = {name: None if one.is_required() else one.get_default() for name, one in fields}
        self._columns = self.values_by_name(columns)

    def row(self, **columns: Any) -> Values:
        """Returns a row's values."""
        return tuple((self._columns | columns).values())

    def values_by_name(self, columns: dict[str, Any]) -> dict[str, Any]:
        """Returns all columns by name. Raises KeyError for one that the table does not have."""
        if unknown := columns.keys() - self._columns.keys():
            raise KeyError(*unknown)
        return self._columns | columns


class Funnel:
    """Takes rows of any table."""

    def __init__(self, connection: Connection) -> None:
        self._driver: Any = connection.connection.dbapi_connection

    def pour(self, table: type[SQLModel], rows: Sequence[Values]) -> None:
        """Adds rows to a table."""
        if not rows:
            return
        names = f"{table.__tablename__} ({', '.join(table.model_fields)})"
        if isinstance(self._driver, sqlite3.Connection):
            self._driver.executemany(f"INSERT INTO {names} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        else:
            _copy(self._driver, names, rows)


@contextmanager
def pouring(database: Database) -> Iterator[Funnel]:
    """Gives what takes rows; afterwards all of them are there, with every index."""
    engine = migration_engine(database.url)
    indexes = [index for table in SQLModel.metadata.sorted_tables for index in table.indexes]
    with engine.begin() as connection:
        _prepare(connection, indexes, is_sqlite=database.is_sqlite)
        yield Funnel(connection)
        for index in indexes:
            index.create(connection)
        if not database.is_sqlite:
            # As the server does by itself after a while; the bot never asks SQLite to.
            connection.execute(text("ANALYZE"))
    engine.dispose()


def _prepare(connection: Connection, indexes: Iterable[Index], *, is_sqlite: bool) -> None:
    for index in indexes:
        index.drop(connection)
    settings = (
        ["PRAGMA cache_size = -200000"]
        if is_sqlite
        else ["SET LOCAL session_replication_role = replica", "SET LOCAL timezone = 'UTC'"]
    )
    for setting in settings:
        connection.exec_driver_sql(setting)


def _copy(driver: "Psycopg[Any]", names: str, rows: Iterable[Values]) -> None:
    with driver.cursor() as cursor, cursor.copy(f"COPY {names} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
