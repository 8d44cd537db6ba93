"""Very many rows into a database at once: without its indexes, which are made anew afterwards, and without foreign keys."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from storage import planner
from storage.database import Database, migration_engine

if TYPE_CHECKING:
    from psycopg import Connection as Psycopg

# The values of a row in the order of its table's columns. Instants are text, which both engines read: `instant` writes it.
Values = tuple[Any, ...]

_TIE_DAYS = import_module("storage.migrations.versions.0012_tie_days")
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
    """Takes rows of any table, for several databases at once: to make them up takes longer than to write them."""

    def __init__(self, connections: Iterable[Connection]) -> None:
        self._drivers: list[Any] = [one.connection.dbapi_connection for one in connections]

    def pour(self, table: type[SQLModel], rows: Sequence[Values]) -> None:
        """Adds rows to a table."""
        names = f"{table.__tablename__} ({', '.join(table.model_fields)})"
        for driver in self._drivers if rows else ():
            if isinstance(driver, sqlite3.Connection):
                driver.executemany(f"INSERT INTO {names} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            else:
                _copy(driver, names, rows)


@contextmanager
def pouring(databases: Iterable[Database]) -> Iterator[Funnel]:
    """Gives what takes rows; afterwards all of them are there, with every index."""
    with ExitStack() as stack:
        connections = [stack.enter_context(_bare(database)) for database in databases]
        yield Funnel(connections)


@contextmanager
def _bare(database: Database) -> Iterator[Connection]:
    """Gives a connection to a database that has no indexes as long as it is used, and looks for no keys of other tables."""
    engine = migration_engine(database.url)
    with engine.begin() as connection:
        indexes = _take_off(connection)
        for setting in () if database.is_sqlite else _AS_IT_COMES:
            connection.exec_driver_sql(setting)
        yield connection
        for made in indexes:
            connection.exec_driver_sql(made)
        planner.tell(connection)  # what is told of an index goes with it
        connection.exec_driver_sql(_TIE_DAYS.fill(connection.dialect.name))  # as an upgrade counts them
    if not database.is_sqlite:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")  # as the server does by itself after a while
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
