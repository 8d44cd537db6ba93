"""What was removed from a SQLite file is gone from its bytes as well.

`secure_delete` writes zeros over what is removed, but not over what SQLite left behind on a page when it moved rows to another
one: of 1,000 texts that were blanked four were still in the file. Only writing the file anew removes those. PostgreSQL has
VACUUM FULL for it, which is its operator's: docs/operators.md.

That there is something to wipe stands in the file itself, as its `user_version`, so that it is known after a kill as well.
"""

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.database import BUSY_TIMEOUT_MS, Database, NotSaved

# Written anew in about a second, for which those who write wait; a larger one once a day, when the backup is made.
AT_ONCE_UP_TO = 50_000_000  # bytes
LONGEST_TURN = BUSY_TIMEOUT_MS / 1000


def ask(session: Session) -> None:
    """Has the file written anew, once this transaction is over."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        asked = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        connection.exec_driver_sql(f"PRAGMA user_version = {int(asked) + 1}")


def is_asked(database: Database) -> bool:
    """Says whether there is something to wipe."""
    if not database.is_sqlite:
        return False
    with database.reading() as session:
        return int(session.connection().exec_driver_sql("PRAGMA user_version").scalar_one()) > 0


def is_quick(database: Database) -> bool:
    """Says whether a file is small enough to be written anew at any time."""
    return database.file is None or database.file.stat().st_size <= AT_ONCE_UP_TO


def wipe(database: Database) -> None:
    """Writes a SQLite file anew, so that nothing is in it but its rows, and empties its write-ahead log.

    Those who write wait for it. Raises NotSaved where somebody else has the file; it is asked for still, then.
    """
    if not database.is_sqlite:
        return
    try:
        with database.in_turn(LONGEST_TURN):
            raw = database.engine.raw_connection()
            try:
                driver = raw.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                rewrite(driver)
            finally:
                raw.close()
    except (DBAPIError, sqlite3.Error) as error:
        raise NotSaved(type(error).__name__) from None


def rewrite(connection: sqlite3.Connection) -> None:
    """Writes the file of a connection anew, outside of any transaction."""
    connection.execute("PRAGMA secure_delete = ON")
    asked = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("VACUUM")
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] == asked:  # else more was removed meanwhile
        connection.execute("PRAGMA user_version = 0")
    connection.execute("COMMIT")
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:  # somebody reads: what they see stands in the log, which is emptied the next time
        connection.execute(f"PRAGMA user_version = {asked or 1}")
