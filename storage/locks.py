"""Who may use a SQLite file: programs that run share it, whatever takes its place has it alone, migrations go in line.

The kernel holds the locks, on files beside the database, so that a crash lets go of them. Those files stay: with one that was
removed meanwhile, two could hold the same lock. PostgreSQL needs none of this.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """Somebody else uses the database in a way that does not go together with this."""


class NoFolder(Exception):
    """The database's folder is not there and cannot be made, or nothing can be written there."""


def make_folder(file: Path) -> None:
    """Makes the folder of a SQLite file where it is not there; raises NoFolder."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoFolder(f"{file.parent}: {error.strerror}") from None


@contextmanager
def in_use(file: Path | None) -> Iterator[None]:
    """Holds a SQLite file for a program that runs, which another one may do too; raises InUse while it is being replaced."""
    with _held(file, ".lock", fcntl.LOCK_SH | fcntl.LOCK_NB, "it is being restored at this moment"):
        yield


@contextmanager
def alone(file: Path | None) -> Iterator[None]:
    """Holds a SQLite file for what takes its place; raises InUse while a program runs on it."""
    with _held(file, ".lock", fcntl.LOCK_EX | fcntl.LOCK_NB, "the program is running on it"), in_line(file):
        yield


@contextmanager
def in_line(file: Path | None) -> Iterator[None]:
    """Waits for its turn, so that of two programs that start at once one migrates after the other."""
    with _held(file, ".migrating", fcntl.LOCK_EX, ""):
        yield


@contextmanager
def _held(file: Path | None, ending: str, how: int, why: str) -> Iterator[None]:
    if file is None:
        yield
        return
    make_folder(file)
    beside = file.with_name(file.name + ending)
    try:
        lock = beside.open("a")
    except OSError as error:
        raise NoFolder(f"{beside}: {error.strerror}") from None
    with lock:
        try:
            fcntl.flock(lock, how)
        except BlockingIOError:
            raise InUse(why) from None
        yield
