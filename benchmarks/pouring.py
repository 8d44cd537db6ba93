"""Very many rows into a database at once: without its indexes, which are made anew afterwards, and without foreign keys."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from storage import planner
from storage.database import Database, migration_engine

if TYPE_CHECKING:
    from psycopg import Connection as Psycopg

# The values of a row in the order of its table's columns. Instants are text, which both engines read: `instant` writes it.
Values = tuple[Any, ...]

_AS_IT_COMES = ("SET LOCAL session_replication_role = replica", "SET LOCAL timezone = 'UTC'")
_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid",
    "postgresql": "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON oid = indrelid"
    " WHERE relnamespace = 'public'::regnamespace AND NOT EXISTS"
    " (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) ORDER BY indexrelid",
}


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
    with engine.begin() as connection:
        indexes = _take_off(connection)
        for setting in () if database.is_sqlite else _AS_IT_COMES:
            connection.exec_driver_sql(setting)
        yield Funnel(connection)
        for made in indexes:
            connection.exec_driver_sql(made)
        if database.is_sqlite:
            planner.tell(connection)
        else:
            connection.exec_driver_sql("ANALYZE")  # as the server does by itself after a while
    engine.dispose()


def _take_off(connection: Connection) -> list[str]:
    """Drops the indexes, and returns how each is made, in the order in which they were: SQLite's plans can depend on it."""
    found = connection.exec_driver_sql(_INDEXES[connection.dialect.name]).all()
    for name, _ in found:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    return [str(made) for _, made in found]


def _copy(driver: "Psycopg[Any]", names: str, rows: Iterable[Values]) -> None:
    with driver.cursor() as cursor, cursor.copy(f"COPY {names} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
