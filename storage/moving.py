"""Moves what a SQLite file holds into a PostgreSQL database: every row once, counted and compared, gone on with after any end.

Until all is there and equal, the file is the database, and no program starts on the other; from the moment that it is marked
as moved none starts on the file. Between the two none starts on either: never may both say what is due.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import SQLModel

from storage import migrate, move_source, move_target
from storage.backup import address
from storage.database import Database
from storage.locks import alone
from storage.move_source import NotMoved, Source, Sum
from storage.move_target import Target
from storage.tables import Act  # noqa: F401 - so that every table is known

__all__ = ["Moved", "NotMoved", "move"]

# About a third of a second's work, which is what a program that is killed loses.
AT_ONCE = 20_000
# Is told what is being done, how much of it is, and of how much.
Told = Callable[[str, int, int], None]
TAKING_UP, COPYING, SETTING_UP, COMPARING = "Looking at what is there", "Copying rows", "Making indexes", "Comparing"
TABLES = SQLModel.metadata.sorted_tables


@dataclass(frozen=True)
class Moved:
    """What was moved: each table's rows and checksum, the same on both sides; rows in which a NUL was replaced; where to."""

    tables: dict[str, tuple[int, int]]
    nuls: int
    address: str
    began_anew: bool = False


def move(source: Database, target: Database, now: datetime, told: Told, at_once: int = AT_ONCE) -> Moved:
    """Moves all rows, and marks the file as moved; called again after any end, it goes on from there.

    Raises NotMoved; InUse while a program runs on the file; and what upgrading an empty PostgreSQL raises.
    """
    assert source.file is not None
    source.close()
    target.close()
    with alone(source.file), move_source.held(source.file) as file:
        if file.is_moved and file.address != address(target):
            raise NotMoved(f"it was moved to {file.address} already")
        with move_target.entered(target, may_begin=not file.is_moved) as there:
            was_begun = there.begin(file.id)
            began_anew = False
            if not file.is_moved:
                began_anew = was_begun and _take_up(file, there, told)
                _copy(file, there, told, at_once)
                for done, of in there.set_up():
                    told(SETTING_UP, done, of)
                _compare(there, told)
                file.mark(address(target), now)
            sums = there.sums()
            there.open_up()
    tables = {name: (sums[name].rows, sums[name].checksum) for name in sorted(sums)}
    return Moved(tables, sum(one.nuls for one in sums.values()), address(target), began_anew)


def _take_up(file: Source, there: Target, told: Told) -> bool:
    """Looks whether what was moved before is still as it was, and says whether it had to be begun anew."""
    if there.version != migrate.newest():
        raise NotMoved("another version of this program began this move. Empty the database that it is to go to")
    noted = there.sums()
    for number, table in enumerate(TABLES, 1):
        if not file.holds(table, noted.get(table.name, Sum())):
            there.start_anew()
            return True
        told(TAKING_UP, number, len(TABLES))
    if any(file.count(table) > noted.get(table.name, Sum()).rows for table in TABLES):
        there.lay_bare()  # a killed one may have set something up; since then rows may have come
    return False


def _copy(file: Source, there: Target, told: Told, at_once: int) -> None:
    """Copies what is not there yet, parents before their children."""
    noted = there.sums()
    of = sum(file.count(table) for table in TABLES)
    done = sum(one.rows for one in noted.values())
    told(COPYING, done, of)
    for table in TABLES:
        for batch in file.batches(table, noted.get(table.name, Sum()), at_once):
            there.add(table, batch)
            done += len(batch.rows)
            told(COPYING, done, of)


def _compare(there: Target, told: Told) -> None:
    """Raises NotMoved where PostgreSQL does not hold what was read from the file; all of it is moved anew then."""
    noted = there.sums()
    for number, table in enumerate(TABLES, 1):
        was, (rows, checksum) = noted.get(table.name, Sum()), there.found(table)
        if (rows, checksum) != (was.rows, was.checksum):
            there.start_anew()
            raise NotMoved(
                f"{table.name} arrived otherwise than it was, with {rows} rows for {was.rows}; nothing of it counts"
            )
        told(COMPARING, number, len(TABLES))
