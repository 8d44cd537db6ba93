"""The engine and its settings, and one transaction per `with`.

SQLite writers begin with BEGIN IMMEDIATE: six threads that each read, add one and write 50 times ended at 51 of 300 without it,
and at 300 with it.
"""

import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, literal_column, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.pool import NullPool
from sqlmodel import Session, SQLModel

from storage import postgres
from storage.locks import make_folder

__all__ = [
    "Collided", "Database", "NotSaved", "Reading", "Session", "Unsure", "add_if_new", "file_of", "has_safe_wal",
    "migration_engine", "new_id",
]  # fmt: skip

# A request has 2.5 s in all; a writer that waited longer than this for its turn could not answer in time.
BUSY_TIMEOUT_MS = 2_000
_SPARE = 0.3  # s, of the half second between our limit and Slack's: a commit may wait so long for those who read

# Opens a session that reads, as often as it is called.
Reading = Callable[[], AbstractContextManager[Session]]
_COLLISIONS = frozenset({"DeadlockDetected", "SerializationFailure"})
_id_lock = threading.Lock()
_last_id = [0]


class NotSaved(Exception):
    """Nothing was written: the database was busy, full or away, or the request's time had run out."""


class Collided(NotSaved):
    """Nothing was written, since another transaction wrote the same thing first: looked at anew, it may be there already."""


class Unsure(NotSaved):
    """The database went away while it was to be kept: it may be there or not, and looked at anew, that can be told."""


class Database:
    """A SQLite file or a PostgreSQL database, named by its URL.

    `on_outgoing` is called after a commit that leaves something to be said, `on_commit` with the seconds of each commit,
    `on_busy` where the database had no room for a transaction, `on_duplicate` for a request that had been acted on before.
    """

    def __init__(self, url: str) -> None:
        self.url = _complete(url)
        self.engine = _make_engine(self.url)
        self._reader = self.engine.execution_options(good_turn_reads=True)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.file = file_of(url)
        self._turn = threading.Lock()
        self.on_outgoing: Callable[[], None] = _nothing
        self.on_commit: Callable[[float], None] = _nothing
        self.on_busy: Callable[[], None] = _nothing
        self.on_duplicate: Callable[[], None] = _nothing

    @contextmanager
    def transaction(
        self, in_time: Callable[[], bool] | None = None, within: float = BUSY_TIMEOUT_MS / 1000
    ) -> Iterator[Session]:
        """Gives a session that commits at the end of the `with`, all or nothing.

        It waits for its turn no longer than `within` seconds, two at the most. `in_time` is asked just before the commit; when it
        says no, everything is rolled back. Raises NotSaved for that, and for a database that is busy, full or away.
        """
        began, committing = time.perf_counter(), 0.0
        try:
            with (
                self.in_turn(within) as left,
                Session(self.engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                if self.is_sqlite:
                    session.connection(execution_options={"good_turn_waits": left})
                yield session
                session.flush()
                if in_time is not None and not in_time():
                    raise NotSaved("the request's time had run out")
                committing = time.perf_counter()
                if self.is_sqlite:
                    _wait(session.connection(), max(began + within - committing, 0) + _SPARE)
        except (DBAPIError, NoConnection) as error:
            raise self._not_saved(error, is_committing=bool(committing)) from None  # its text would hold members' words
        self.on_commit(time.perf_counter() - committing)
        if session.info.get("duplicate"):
            self.on_duplicate()
        if session.info.get("outgoing"):
            self.on_outgoing()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Gives a session that sees one moment of the database and changes nothing. Raises NotSaved where it is busy or away."""
        try:
            with Session(self._reader, expire_on_commit=False) as session:
                yield session
        except (DBAPIError, NoConnection) as error:
            raise self._not_saved(error, is_committing=False) from None

    @contextmanager
    def in_turn(self, within: float) -> Iterator[float]:
        """Lets SQLite's writers of this process wait for each other in line, and gives the seconds that are left after that.

        Left to SQLite they sleep and try again, up to 100 ms at a time while nobody writes.
        """
        longest = max(min(within, BUSY_TIMEOUT_MS / 1000), 0)
        if not self.is_sqlite:
            yield longest
            return
        began = time.perf_counter()
        if not self._turn.acquire(timeout=longest):
            self.on_busy()
            raise NotSaved("another transaction took too long")
        try:
            yield max(longest - (time.perf_counter() - began), 0)
        finally:
            self._turn.release()

    def _not_saved(self, error: DBAPIError | NoConnection, *, is_committing: bool) -> "NotSaved":
        what = type(getattr(error, "orig", error)).__name__
        if isinstance(error, IntegrityError) or what in _COLLISIONS:
            return Collided(what)
        self.on_busy()
        # What SQLite does not commit is rolled back; a PostgreSQL that went away may have done it and not said so any more.
        return Unsure(what) if is_committing and not self.is_sqlite else NotSaved(what)

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()


def file_of(url: str) -> Path | None:
    """Returns the SQLite file that a URL names, or None where it names none."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
    return Path(str(parsed.database)).resolve() if is_file else None


def _nothing(*_: object) -> None:
    """Stands where nobody wants to know."""


def new_id(now: datetime) -> str:
    """Makes an id of our own: 12 hexadecimal digits of its time in milliseconds, 4 that count, 12 by chance.

    Ids made in one process only grow, also while the clock stands still or goes back, so that rows sort in the order in which
    they were written.
    """
    with _id_lock:
        _last_id[0] = max(_last_id[0] + 1, int(now.timestamp() * 1000) << 16)
        return f"{_last_id[0]:016x}{secrets.token_hex(6)}"


def add_if_new(session: Session, table: type[SQLModel], row: Mapping[str, Any]) -> bool:
    """Adds a row unless one like it is there, or is being written by another process at this moment; says whether it did."""
    connection = session.connection()
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    # Asked for in so many words, as PostgreSQL's driver does not count here.
    added = dialect.insert(table).values(**row).on_conflict_do_nothing().returning(literal_column("1"))
    return connection.execute(added).first() is not None


def has_safe_wal(version: tuple[int, int, int]) -> bool:
    """Says whether this SQLite is free of the WAL-reset bug, which can lose commits of two connections.

    Fixed in 3.51.3, and in 3.50.7 and 3.44.6 for their lines: https://sqlite.org/wal.html#walresetbug
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def _complete(url: str) -> URL:
    """Names the driver where the URL leaves it open: psycopg 3 for PostgreSQL."""
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def migration_engine(url: URL) -> Engine:
    """Returns an engine for changing tables, which takes its time. SQLite's foreign keys are off in it.

    With them on, a batch ALTER of a parent table deletes its children: 100 of 100, without an error.
    """
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _leave_begin_to_us)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return postgres.make_engine(url, BUSY_TIMEOUT_MS)
    if file := file_of(str(url)):
        make_folder(file)
    seconds = BUSY_TIMEOUT_MS / 1000
    engine = create_engine(url, pool_timeout=seconds, connect_args={"timeout": seconds}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    _leave_begin_to_us(connection, _record)
    journal = "WAL" if has_safe_wal(sqlite3.sqlite_version_info) else "DELETE"
    for pragma in (
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _leave_begin_to_us(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    _wait(connection, options.get("good_turn_waits", BUSY_TIMEOUT_MS / 1000))
    connection.exec_driver_sql("BEGIN" if options.get("good_turn_reads", False) else "BEGIN IMMEDIATE")


def _wait(connection: Connection, seconds: float) -> None:
    """Has SQLite's next statement wait for others no longer than this. Past SQLAlchemy, it costs 2 us and not 30."""
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.cursor().execute(f"PRAGMA busy_timeout={int(max(min(seconds * 1000, BUSY_TIMEOUT_MS), 0))}")
