"""The PostgreSQL database that a SQLite file is moved into: laid bare, filled, set up again, and compared.

It has neither indexes nor foreign keys while it is filled, which takes a third of the time and lets a row point to one that
comes later. What has been done stands in it, in the transaction that did it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from storage import checksums, migrate, moved, postgres
from storage.database import Database, migration_engine
from storage.move_source import Batch, NotMoved, Sum

if TYPE_CHECKING:  # installed only where PostgreSQL is used
    from psycopg import Connection

# What has been done: `id` of the move, `version` of the tables, `table ...` how far one is, `later ...` a statement that is still
# to be run.
_PROGRESS = "moving"
_FOREIGN = """
SELECT format('later 2 %%s %%s', conrelid::regclass, conname),
  format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
  format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname)
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])"""
_INDEXES = """
SELECT format('later 1 %%s', indexrelid::regclass), pg_get_indexdef(indexrelid),
  format('DROP INDEX %%s', indexrelid::regclass)
FROM pg_index WHERE indrelid = ANY(%s::regclass[])
AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)"""


_PROGRAMS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"


class Target:
    """A PostgreSQL database into which a move was begun."""

    def __init__(self, connection: "Connection[Any]") -> None:
        self._connection = connection
        connection.execute("SET timezone = 'UTC'")
        connection.commit()

    def begin(self, move: str) -> bool:
        """Notes which move this is, and takes indexes and foreign keys off; says whether it had been begun already."""
        if _version(self._connection) == moved.MOVING:
            if self._said("id") != move:
                raise NotMoved("another move into this database is not finished")
            return True
        self._connection.execute(f"CREATE TABLE {_PROGRESS} (what text PRIMARY KEY, said text NOT NULL)")
        self._note("id", move)
        self._note("version", migrate.newest())
        self._connection.execute("UPDATE alembic_version SET version_num = %s", (moved.MOVING,))
        self.lay_bare()
        return False

    def lay_bare(self) -> None:
        """Takes indexes and foreign keys off, and keeps how each is made."""
        for question in (_FOREIGN, _INDEXES):
            named = [[f'"{table}"' for table in SQLModel.metadata.tables]]
            for what, made, dropped in self._connection.execute(question.encode(), named).fetchall():
                self._note(what, made)
                self._connection.execute(dropped)
        self._connection.commit()

    def start_anew(self) -> None:
        """Removes every row that was moved."""
        self.lay_bare()
        tables = ", ".join(f'"{table}"' for table in SQLModel.metadata.tables)
        self._connection.execute(f"TRUNCATE {tables}".encode())
        self._connection.execute(f"DELETE FROM {_PROGRESS} WHERE what LIKE 'table %'")  # noqa: S608 - ours
        self._connection.commit()

    @property
    def version(self) -> str:
        """The version of the tables."""
        return str(self._said("version"))

    def sums(self) -> dict[str, Sum]:
        """Returns how far each table is of which there is anything."""
        asked = f"SELECT substr(what, 7), said FROM {_PROGRESS} WHERE what LIKE 'table %'"  # noqa: S608 - ours
        return {name: Sum(**json.loads(said)) for name, said in self._connection.execute(asked).fetchall()}

    def add(self, table: Table, batch: Batch) -> None:
        """Adds rows, and notes that they are there."""
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        with self._connection.cursor() as cursor:
            with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN'.encode()) as copy:
                for row in batch.rows:
                    copy.write_row(row)
            self._note(f"table {table.name}", json.dumps(vars(batch.sum)))
        self._connection.commit()

    def set_up(self) -> Iterator[tuple[int, int]]:
        """Makes indexes and foreign keys as they were, one after the other; gives how many there are, and of how many."""
        asked = f"SELECT what, said FROM {_PROGRESS} WHERE what LIKE 'later %' ORDER BY what"  # noqa: S608 - ours
        left = self._connection.execute(asked).fetchall()
        for number, (what, made) in enumerate(left, 1):
            self._connection.execute(made)
            self._connection.execute(f"DELETE FROM {_PROGRESS} WHERE what = %s", (what,))  # noqa: S608 - ours
            self._connection.commit()
            yield number, len(left)
        self._connection.execute("ANALYZE")  # as the server does by itself after a while
        self._connection.commit()

    def found(self, table: Table) -> tuple[int, int]:
        """Returns how many rows a table has, and their checksum, as the server finds them."""
        rows, checksum = self._connection.execute(checksums.question(table).encode()).fetchone() or (0, 0)
        self._connection.commit()
        return int(rows), int(checksum)

    def open_up(self) -> None:
        """Makes it a database that a program can be started on."""
        self._connection.execute("UPDATE alembic_version SET version_num = %s", (self.version,))
        self._connection.execute(f"DROP TABLE {_PROGRESS}")
        self._connection.commit()

    def _said(self, what: str) -> Any:
        row = self._connection.execute(f"SELECT said FROM {_PROGRESS} WHERE what = %s", (what,)).fetchone()  # noqa: S608
        return row and row[0]

    def _note(self, what: str, said: str) -> None:
        new = f"INSERT INTO {_PROGRESS} VALUES (%s, %s) ON CONFLICT (what) DO UPDATE SET said = excluded.said"  # noqa: S608
        self._connection.execute(new, (what, said))


@contextmanager
def entered(database: Database, *, may_begin: bool) -> Iterator[Target]:
    """Gives a database that a move can go into: one without a row, or one that a move was begun in. Raises NotMoved.

    Where it may not be begun, since all was moved before, one that was not begun is refused.
    """
    engine = migration_engine(database.url)
    driver: Any = engine.dialect.import_dbapi()
    try:
        with engine.connect() as connection:
            _look_at(connection.exec_driver_sql("SHOW server_encoding").scalar_one())
            begun = migrate.version(connection) == moved.MOVING
            rows = 0 if begun else sum(migrate.counts(connection).values()) - _has_version(connection)
            programs = connection.exec_driver_sql(_PROGRAMS, (postgres.NAME,)).scalar_one()
        if not begun and not may_begin:
            raise NotMoved("it was moved there already")
        if rows:
            raise NotMoved("the database that it is to go to is not empty, and no move of this file was begun there")
        if programs:
            raise NotMoved(
                "a program runs on the database that it is to go to. Stop it, so that it says nothing meanwhile"
            )
        if not begun:
            migrate.upgrade(database)
        with engine.connect() as connection:
            yield Target(connection.connection.driver_connection)  # type: ignore[arg-type]  # SQLAlchemy knows no more of it
    except (driver.Error, DBAPIError) as error:  # its text would hold members' words
        what = type(getattr(error, "orig", error)).__name__
        raise NotMoved(f"PostgreSQL did not take it ({what}). What is there stays, and is gone on from") from None
    finally:
        engine.dispose()


def _look_at(encoding: str) -> None:
    if encoding != "UTF8":
        raise NotMoved(f"the database that it is to go to is in {encoding}, and must be in UTF8")


def _has_version(connection: Any) -> int:
    """Returns how many of all rows are the version of the tables: none or one."""
    return int(migrate.version(connection) is not None)


def _version(connection: "Connection[Any]") -> str | None:
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row and str(row[0])
