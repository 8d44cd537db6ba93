"""Whom everybody in a workspace should meet, read from its database: in a process of its own, whose memory is its own."""

import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from datetime import time as wall

import typer
from sqlalchemy import select
from sqlmodel import col

from benchmarks.measuring import show
from benchmarks.slack import TEAM
from benchmarks.workspace import NOW
from bot.insights import since
from bot.network import suggest_all
from storage.database import Database
from storage.tables import TieDay

MOST_SECONDS, MOST_MEGABYTES = 20, 500
_NOON = wall(12, tzinfo=UTC)


def measure(name: str, database: Database) -> None:
    """Measures and prints."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    url = database.url.render_as_string(hide_password=False)
    child = context.Process(target=_suggest, args=(url, answers))
    child.start()
    seconds, passed, megabytes = answers.get()
    child.join()
    show(
        f"{name}: everybody, read and found",
        f"{seconds:.1f} s",
        f"{passed:.1f} s",
        goal=f"goal: under {MOST_SECONDS} s",
    )
    show("memory of that process at its most", f"{megabytes:,.0f} MB", goal=f"goal: under {MOST_MEGABYTES} MB")


def _suggest(url: str, answers: "multiprocessing.Queue[tuple[float, float, float]]") -> None:
    database = Database(url)
    began, began_at = time.process_time(), time.perf_counter()
    with typer.progressbar(length=1, label="whom everybody should meet", file=sys.stderr) as bar:

        def advance(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        found = suggest_all(_contacts(database), NOW, progress=advance)
    assert found
    spent = time.process_time() - began, time.perf_counter() - began_at
    answers.put((*spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000))
    database.close()


def _contacts(database: Database) -> Iterator[tuple[str, str, str, datetime]]:
    """Gives the days on which two helped each other, for others to be told of: each from one of its two sides."""
    is_shown = (col(TieDay.shown_gave) > 0) | (col(TieDay.shown_got) > 0)
    found = select(col(TieDay.member_id), col(TieDay.other_id), col(TieDay.day)).where(
        col(TieDay.team_id) == TEAM, is_shown
    )
    one_side = found.where(col(TieDay.member_id) < col(TieDay.other_id), col(TieDay.day) >= since(NOW))
    days: dict[object, datetime] = {}
    with database.reading() as session:
        for one, other, day in session.connection().execution_options(yield_per=10_000).execute(one_side):
            at = days.get(day) or days.setdefault(day, datetime.combine(day, _NOON))
            yield one, other, "help", at
