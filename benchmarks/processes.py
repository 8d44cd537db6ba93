"""How much more work two and three programs do than one, on one PostgreSQL: messages said, and commands answered.

All of them, PostgreSQL, the pretend Slack and whoever sends the commands share the processors of this machine, so what they spend
is shown beside the work, and what somebody else spent meanwhile: where that is much, the times say little, and what one piece of
work costs still does. Slack answers at once here. What it says: docs/scale.md.
"""

import hashlib
import hmac
import http.client
import os
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from benchmarks import fleet
from benchmarks.fleet import TEAMS, Pretend, Program
from benchmarks.measuring import head, show
from storage.database import Database
from tests import postgres

PROGRAMS = (1, 2, 3)
AT_LEAST = 1.3  # times the work of one, by two
WARM, MEASURED = 10.0, 6.0  # seconds; a program looks every five by itself, and loads what it was not asked for yet
AT_ONCE = 8  # commands: whoever sends them waits for one answer before the next
WINDOWS, QUIET = 5, 0.1  # so often is it measured, or until others spend so little of a processor
DONE, TRANSACTIONS, ALL = "done", "transactions", "all"
_SAID = text("SELECT count(*) FROM outbox WHERE state = 'sent'").execution_options(across_workspaces=True)


@dataclass(frozen=True)
class Work:
    """What was done in a second, what it cost, and how busy the processors were with it and with other things."""

    each_second: float
    spent: dict[str, float]
    by_others: float
    transactions: float

    @property
    def milliseconds_each(self) -> float:
        """What one piece of work cost all of the processors."""
        return sum(self.spent.values()) / self.each_second * 1000


# Has programs do something, and gives what says how much of it was done so far.
Doing = Callable[[Database, list[Program]], AbstractContextManager[Callable[[], int]]]


def run(_folder: Path) -> None:
    """Measures and prints. The server flushes as it comes, so that a commit is what it costs."""
    processors = f"{os.cpu_count()} processors for everything"
    head(f"Programs on one PostgreSQL, {len(TEAMS)} workspaces, the quietest {MEASURED:.0f} s of each; {processors}")
    with postgres.running() as database, fleet.pretending() as slack:
        postgres.run(database, "ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()")
        for what, doing, are_due in (("messages said", _saying, True), ("commands answered", _asking, False)):
            show(what, "a second", "x one", "ms each", "transactions each", "busy, for others")
            found = dict[int, Work]()
            for count in PROGRAMS:
                fleet.fill(database, slack.direct, are_due=are_due)
                found[count] = _measure(database, slack, count, doing)
                _show(count, found[count], found[1])


def _show(count: int, work: Work, one: Work) -> None:
    goal = f"goal: at least {AT_LEAST:g}x" if count == 2 else ""
    show(
        f"  {count} program{'s' * (count > 1)}", f"{work.each_second:.0f}", f"{work.each_second / one.each_second:.2f}",
        f"{work.milliseconds_each:.1f}", f"{work.transactions:.1f}",
        f"{sum(work.spent.values()):.2f}, {work.by_others:.2f}", goal=goal,
    )  # fmt: skip
    parts = (f"{name} {seconds / work.each_second * 1000:.1f}" for name, seconds in work.spent.items())
    show("", f"  of the ms each: {', '.join(parts)}")


def _measure(database: Database, slack: Pretend, count: int, doing: Doing) -> Work:
    """Returns the work of those of some seconds in which others spent the least."""
    with fleet.programs(count, slack.url, database) as programs, doing(database, programs) as done:
        time.sleep(WARM)
        found = list[Work]()
        while len(found) < WINDOWS and not any(one.by_others < QUIET for one in found):
            found.append(_work(lambda: _reading(database, slack, programs, done)))
    return min(found, key=lambda one: one.by_others)


def _work(read: Callable[[], dict[str, float]]) -> Work:
    first, began = read(), time.perf_counter()
    time.sleep(MEASURED)
    last, seconds = read(), time.perf_counter() - began
    passed = {name: (last[name] - first[name]) / seconds for name in last}
    work, transactions, by_all = (passed.pop(name) for name in (DONE, TRANSACTIONS, ALL))
    return Work(work, passed, by_all - sum(passed.values()), transactions / work)


def _reading(database: Database, slack: Pretend, programs: list[Program], done: Callable[[], int]) -> dict[str, float]:
    return {
        DONE: done(),
        TRANSACTIONS: fleet.transactions(database),
        ALL: fleet.spent_by_all(),
        "programs": fleet.spent([one.pid for one in programs]),
        "PostgreSQL": fleet.spent_by_server(database),
        "Slack": fleet.spent([slack.pid]),
        "who asks": time.process_time(),
    }


@contextmanager
def _saying(database: Database, _programs: list[Program]) -> Iterator[Callable[[], int]]:
    """Has nothing asked of the programs: what is due is there."""

    def said() -> int:
        with database.engine.connect() as connection:
            found = int(connection.execute(_SAID).scalar_one())
        if found >= len(TEAMS) * fleet.MEMBERS:
            raise RuntimeError("all was said before the time was over")
        return found

    yield said


@contextmanager
def _asking(_database: Database, programs: list[Program]) -> Iterator[Callable[[], int]]:
    """Has people note calls to return, in one workspace after the other."""
    answered, ended = [0] * AT_ONCE, threading.Event()
    failures = list[BaseException]()

    def ask(first: int) -> None:
        port, number = programs[first % len(programs)].port, first
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            while not ended.is_set():
                _note_call(connection, TEAMS[number // AT_ONCE % len(TEAMS)], number)
                answered[first] += 1
                number += AT_ONCE
        except BaseException as error:  # noqa: BLE001 - it is raised where the work is counted
            failures.append(error)
        finally:
            connection.close()

    def done() -> int:
        if failures:
            raise failures[0]
        return sum(answered)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    try:
        yield done
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _note_call(connection: http.client.HTTPConnection, team: str, number: int) -> None:
    form = {
        "team_id": team, "channel_id": "C1", "channel_name": "chapter", "user_id": f"U{10 + number % 8:03}",
        "user_name": "person", "command": "/callback", "text": f"<@U001> tomorrow 3pm about survey {number}",
        "api_app_id": "A1", "is_enterprise_install": "false", "response_url": "https://none.test",
        "trigger_id": f"{number}.{team}.a",
    }  # fmt: skip
    body, stamp = urllib.parse.urlencode(form), str(int(time.time()))
    mark = hmac.new(fleet.SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded", "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={mark}",
    }  # fmt: skip
    connection.request("POST", "/slack/events", body, headers)
    answer = connection.getresponse()
    words = answer.read().decode()
    if answer.status != 200 or "*Call " not in words:
        raise RuntimeError(f"a command was not answered: {answer.status} {words[:200]}")
