"""Databases that are locked, full, slow or away, and what members were told, held against what is on the disk."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from storage import drafts, members
from storage.database import Database
from tests.promises.conftest import PEOPLE
from tests.promises.deliveries import TEAM, Bot, Signed, command, emoji, form, press

TIMES = 25  # of each of the four kinds
ANA, BO = PEOPLE[0], PEOPLE[1]
SAID_NOTHING_SAVED, RECORDED, UNSURE = "I could not save that.", "Recorded for", "I do not know whether I saved that."
DRAFT = {
    "role": "gave",
    "slack_ids": [BO],
    "outsiders": [],
    "kind": None,
    "channel": "C1",
    "is_private": False,
    "source": "",
}
_FILLED = {"people": [BO], "outsiders": "", "kind": ("selected_option", {"value": "advice"})}


class Tally:
    """What members were told, held against what is on the disk."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.sent, self.refused = bot, 0, 0
        self.bad: list[str] = []

    def send(self, request: Signed, word: str, is_event: bool = False) -> bool:
        """Delivers a request and compares; says whether it was recorded. An event that comes again was told to nobody."""
        status, said = self.bot.tells(request)
        stands, self.sent = acts_with(self.bot.database, word), self.sent + 1
        told = status == 200 if is_event else RECORDED in said
        refused = status == 500 if is_event else SAID_NOTHING_SAVED in said and status == 200
        self.refused += refused
        if (told and stands != 1) or (refused and stands and not is_event) or not (told or refused or UNSURE in said):
            self.bad.append(f"{word}: {status}, {stands} on the disk, {said}")
        return told

    def __str__(self) -> str:
        return f"{self.sent} requests, {self.refused} told that nothing was saved, {len(self.bad)} of them wrongly"


def acts_with(database: Database, word: str) -> int:
    """Counts the acts with these words, or about this message, by a connection that has no trouble."""
    engine = create_engine(database.url, poolclass=NullPool)
    counted = text("SELECT count(*) FROM acts WHERE team_id = :t AND (words = :w OR about = :w)")
    while True:
        with contextlib.suppress(DBAPIError), engine.connect() as connection:  # it is cut off as well where others are
            return int(connection.execute(counted, {"t": TEAM, "w": word}).scalar_one())


def kept_draft(bot: Bot, words: str) -> str:
    with bot.database.transaction() as session:
        ana = members.known(session, TEAM, [ANA])[ANA].id
        return drafts.keep(session, TEAM, ana, DRAFT | {"words": words}, bot.clock(), words)


def requests(bot: Bot, times: int) -> list[tuple[Signed, str, bool]]:
    """Returns requests of four kinds with what they would record, made while there is no trouble yet."""
    made = []
    for number in range(times):
        button, filled = f"button {number}", f"form {number}"
        made += [
            (command(ANA, f"<@{BO}> command {number}"), f"command {number}", False),
            (form(ANA, "acts.recorded", kept_draft(bot, filled), words=filled, **_FILLED), filled, False),
            (press(ANA, "acts.again", kept_draft(bot, button)), button, False),
            (emoji(ANA, BO, f"{number}.1", "1772463600.000100"), f"C1AUSTIN:{number}.1", True),
        ]
    return made


def send_again(tally: Tally, waiting: list[tuple[Signed, str, bool]]) -> None:
    """Delivers all again, as Slack does with events and people with the rest; each is recorded once now."""
    for request, word, is_event in waiting:
        assert tally.send(request, word, is_event), word
        assert tally.send(request, word, is_event), word
    assert tally.bad == []


@contextlib.contextmanager
def locked(file: Path, how: str) -> Iterator[None]:
    """Holds a SQLite file, `IMMEDIATE` against writers or `EXCLUSIVE` against readers, too."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute(f"BEGIN {how}")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextlib.contextmanager
def no_word_of_the_commit(database: Database, was_kept: bool, times: int) -> Iterator[None]:
    """Has the database go away while it commits, with all or nothing on its disk."""
    left = [times]

    def go_away(connection: Connection) -> None:
        left[0] -= 1
        if left[0] >= 0:
            (connection.connection.commit if was_kept else connection.connection.rollback)()
            raise OperationalError("COMMIT", {}, Exception())

    event.listen(database.engine, "commit", go_away)
    yield
    event.remove(database.engine, "commit", go_away)


@contextlib.contextmanager
def slow(database: Database, wait: Callable[[], object]) -> Iterator[None]:
    """Lets time pass while an act is being written."""

    def delay(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO acts"):
            wait()

    event.listen(database.engine, "before_cursor_execute", delay)
    yield
    event.remove(database.engine, "before_cursor_execute", delay)


def fill_disk(connection: sqlite3.Connection, _record: Any) -> None:
    """Lets a SQLite file grow no further."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")


@contextlib.contextmanager
def cut_off(database: Database) -> Iterator[None]:
    """Ends every other connection to the database, again and again."""
    stopped = threading.Event()
    others = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )

    def cut() -> None:
        engine = create_engine(database.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            while not stopped.wait(0.02):
                connection.execute(others)
        engine.dispose()

    thread = threading.Thread(target=cut)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
