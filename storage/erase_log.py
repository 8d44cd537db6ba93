"""The erase log as a file beside the backups: what was deleted since a backup was made is deleted from it again.

A line has a mark and when it was made; of a workspace, when it was gone. It names nobody: only with the workspace's key, which
is in the backups, and the ids in one of them can be told whose it is. Lines are added and never removed. With PostgreSQL its
operator keeps it: docs/operators.md.
"""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage import erasing, erasures, wiping
from storage.database import Database

NAME = "erased.log"


def beside(backups: Path | None) -> Path | None:
    """Returns the log's file in the folder of backups, or None where there is no such folder."""
    return None if backups is None else backups / NAME


def read(file: Path | None) -> dict[str, datetime]:
    """Returns what a log holds; a line that is no line of one, such as the half of one, is passed over."""
    if file is None or not file.exists():
        return {}
    found = {}
    for line in file.read_text(errors="replace").splitlines():
        at, _, mark = line.partition(" ")
        try:
            found[mark] = datetime.fromisoformat(at).astimezone(UTC)
        except ValueError:
            continue
    return found


def lines(known: Mapping[str, datetime]) -> str:
    """Returns marks as a log holds them, the oldest first."""
    in_order = sorted(known.items(), key=lambda one: (one[1], one[0]))
    return "".join(f"{at.astimezone(UTC).isoformat()} {mark}\n" for mark, at in in_order)


def append(file: Path, known: Mapping[str, datetime]) -> int:
    """Adds those marks that a log does not hold yet, on the disk before anything else happens, and returns how many.

    One that was made anew since, of a workspace that came back and went again, is added as well; the last line of a mark counts.
    """
    there = read(file)
    fresh = {mark: at for mark, at in known.items() if mark not in there or there[mark] < at}
    if fresh:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a") as log:
            log.write(f"{'' if _ends_whole(file) else chr(10)}{lines(fresh)}")
            log.flush()
            os.fsync(log.fileno())
    return len(fresh)


def keep(database: Database, file: Path | None) -> int:
    """Brings the log up to what the database knows, and returns how many marks were added."""
    if file is None:
        return 0
    with database.reading() as session:
        known = erasures.marks(session)
    return append(file, known) if known else 0


def replay(database: Database, known: Mapping[str, datetime], now: datetime) -> int:
    """Deletes again what came back with a backup, and returns how much that was. What is left of it goes within minutes."""
    with database.transaction() as session:
        return erasures.replay(session, {**known, **erasures.marks(session)}, now)


def replay_whole(database: Database, known: Mapping[str, datetime], now: datetime) -> int:
    """Does the same to its end, to the last byte, in a database that nobody uses yet."""
    found = replay(database, known, now)
    while True:
        with database.transaction() as session:
            waiting = erasures.under_way(session)
            for team_id, member_id, _ in waiting:
                if not erasing.empty_some(session, team_id, member_id):
                    erasures.note_done(session, team_id, member_id)
        if not waiting:
            break
    if wiping.is_asked(database):
        wiping.wipe(database)
    return found


def of_file(database: Path) -> dict[str, datetime]:
    """Returns the marks that a SQLite file holds; none of one that cannot be read, or that is older than they are."""
    if not database.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT mark, at FROM erasures").fetchall()
            return {str(mark): datetime.fromisoformat(str(at)).replace(tzinfo=UTC) for mark, at in rows}
    except sqlite3.Error:
        return {}


def _ends_whole(file: Path) -> bool:
    return not file.exists() or not (held := file.read_bytes()) or held.endswith(b"\n")
