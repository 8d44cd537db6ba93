"""What must hold for the program to do its work: each a question of its own, answered in a sentence that says what to do next.

`/readyz` asks them of the running program, and the command line asks those about the database where nothing runs.
"""

from dataclasses import dataclass
from datetime import datetime

from handlers.serving.pulse import Pulse
from storage import condition
from storage.database import Database, NotSaved, has_safe_wal

# A tick comes every five seconds: six in a row did not.
TICK_WITHIN = 30
# A ping goes out every ten seconds, and a socket without an answer is replaced after thirty: that did not help either.
PONG_WITHIN = 60
# Below this a backup or a long journal may not fit any more.
LEAST_FREE = 0.05


@dataclass(frozen=True)
class Check:
    """What one look found. `figure` is what was measured: seconds, a share, a version."""

    name: str
    ok: bool
    says: str
    figure: float | str | None = None


def run_checks(database: Database, now: datetime, pulse: Pulse | None = None) -> list[Check]:
    """Asks all that can be asked: of the database, and of the running program's parts where there is a pulse."""
    found = [check_database(database, now), check_schema(database), check_sqlite(database), check_disk(database)]
    if pulse is not None:
        found += [check_schedule(pulse), check_sender(pulse)]
        if pulse.sockets is not None:
            found.append(check_socket(pulse))
    return [check for check in found if check is not None]


def check_database(database: Database, now: datetime) -> Check:
    """Says whether something can be written, by writing it and taking it back."""
    try:
        condition.probe_write(database, now)
    except NotSaved as error:
        return _bad("database", f"Nothing can be written ({error}). Look at DATABASE_URL, its disk and its rights.")
    return _good("database", "The database takes what is written.")


def check_schema(database: Database) -> Check:
    """Says whether the tables are those that this program knows."""
    try:
        found, newest = condition.schema(database)
        where = condition.where_moved(database)
    except NotSaved as error:
        return _bad("schema", f"The tables cannot be looked at ({error}). Look at DATABASE_URL.")
    if found == newest:
        return _good("schema", "The tables are up to date.", found)
    if where is not None:
        return _bad("schema", f"The rows are not here: {where}.", found)
    if found is not None and found > newest:
        return _bad("schema", f"The tables are at {found}, newer than this program. Update the program.", found)
    return _bad("schema", f"The tables are at {found}, and not at {newest}. Run: python app.py migrate", found)


def check_sqlite(database: Database) -> Check | None:
    """Says whether two connections can lose commits: an old SQLite must not keep a write-ahead log. None for PostgreSQL."""
    try:
        looked = condition.journal(database)
    except NotSaved as error:
        return _bad("sqlite", f"The journal cannot be looked at ({error}). Look at DATABASE_URL.")
    if looked is None:
        return None
    version, mode = looked
    named = ".".join(map(str, version))
    if has_safe_wal(version):
        return _good("sqlite", f"SQLite {named} is safe with a write-ahead log.", named)
    if mode != "WAL":
        kept = f"SQLite {named} keeps its journal the old way ({mode}): safe, and a little slower than 3.51.3 or later."
        return _good("sqlite", kept, named)
    lost = f"SQLite {named} can lose commits with its write-ahead log. Start this program anew, alone on its file."
    return _bad("sqlite", lost, named)


def check_disk(database: Database) -> Check | None:
    """Says whether there is room where the SQLite file lies. None where there is no file."""
    free = condition.free_share(database)
    if free is None:
        return None
    room = f"{free:.0%} of the disk under the database is free."
    if free < LEAST_FREE:
        return _bad("disk", f"{room} Make room.", round(free, 3))
    return _good("disk", room, round(free, 3))


def check_schedule(pulse: Pulse) -> Check:
    """Says whether the schedule ticks."""
    age = pulse.age("tick")
    if age is None or age >= TICK_WITHIN:
        return _bad("schedule", f"The schedule last ticked {_ago(age)}. Start the program anew.", _rounded(age))
    return _good("schedule", f"The schedule ticked {_ago(age)}.", _rounded(age))


def check_sender(pulse: Pulse) -> Check:
    """Says whether the sender's thread lives."""
    if pulse.is_sending():
        return _good("sender", "The sender is at work.")
    return _bad("sender", "The sender has ended, and nothing is said any more. Start the program anew.")


def check_socket(pulse: Pulse) -> Check:
    """Says whether Slack can be heard."""
    age = pulse.age("pong")
    if not pulse.sockets or age is None or age >= PONG_WITHIN:
        deaf = f"Slack cannot be heard: {pulse.sockets} sockets open, last answer {_ago(age)}."
        return _bad("socket", f"{deaf} The program keeps trying; look at its network.", _rounded(age))
    heard = pulse.age("envelope")
    came = f"The socket answered {_ago(age)}; the last request came {_ago(heard)}."
    return _good("socket", came, _rounded(age))


def _good(name: str, says: str, figure: float | str | None = None) -> Check:
    return Check(name, ok=True, says=says, figure=figure)


def _bad(name: str, says: str, figure: float | str | None = None) -> Check:
    return Check(name, ok=False, says=says, figure=figure)


def _ago(age: float | None) -> str:
    return "never" if age is None else f"{age:.0f} s ago"


def _rounded(age: float | None) -> float | None:
    return None if age is None else round(age, 1)
