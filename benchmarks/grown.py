"""A channel's weekly summary, the busiest member's Home, and whom a member should meet, in a workspace that has grown.

On SQLite and on PostgreSQL, beside a bare count of the rows that each is made of, through the same driver.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlmodel import col

from benchmarks import everybody
from benchmarks.happened import pour_acts
from benchmarks.measuring import ROUNDS, Spent, head, milliseconds_each, show
from benchmarks.pouring import pouring
from benchmarks.promised import pour_calls, pour_introductions
from benchmarks.slack import TEAM
from benchmarks.workspace import BUSY, BUSY_ACTS, BUSY_PEOPLE, NAME_OF_WEEK, NOW, WEEK, People, Size, pour_people
from bot import insights
from bot.weeks import KNOWN_FOR
from handlers import features
from handlers.views.kit import Message
from storage import members, migrate, stories, summaries
from storage.database import Database, Session
from storage.tables import Act, Outgoing
from tests import postgres

LARGE = Size(acts=1_000_000, members=100_000, gave=5_000, got=2_000)
SMALL = Size(acts=10_000, members=1_000, gave=500, got=200)
MOST_OF_A_SUMMARY, MOST_OF_A_HOME = 20, 30  # ms
MOST_TIMES_SMALL = 2.0
MEMORY = "512MB"  # of PostgreSQL for its pages, less than half of this workspace; https://www.postgresql.org/docs/18/runtime-config-resource.html
FLOOR_OF_WEEK, SUMMARY, COUNTING = "count(*) of the week's acts", "the summary, row to words", "of which counting"
FLOOR_OF_MEMBER, HOME = "count(*) of the busiest one's acts", "their Home, row to blocks"
MEDIAN, BUSIEST = "whom to meet: a usual member", "whom to meet: the busiest"
MOST_OF_MEDIAN, MOST_OF_BUSIEST = 20, 60  # ms
GOALS = {SUMMARY: MOST_OF_A_SUMMARY, HOME: MOST_OF_A_HOME, MEDIAN: MOST_OF_MEDIAN, BUSIEST: MOST_OF_BUSIEST}
FLOORS = {
    SUMMARY: FLOOR_OF_WEEK, COUNTING: FLOOR_OF_WEEK, HOME: FLOOR_OF_MEMBER, MEDIAN: FLOOR_OF_MEMBER, BUSIEST: FLOOR_OF_MEMBER,
}  # fmt: skip
_COUNT = select(func.count()).select_from(Act).where(col(Act.team_id) == TEAM)
_OF_WEEK = _COUNT.where(col(Act.channel) == BUSY, col(Act.recorded_at) >= NOW - WEEK, col(Act.recorded_at) < NOW)
_OF_MEMBER = _COUNT.where(or_(*(one == bindparam("member_id") for one in (col(Act.helper_id), col(Act.helped_id)))))

Work = Callable[[Session], Any]


def run(folder: Path, sizes: tuple[Size, ...] = (LARGE, SMALL)) -> None:
    """Measures and prints."""
    head(f"A week of {BUSY_ACTS:,} acts among {BUSY_PEOPLE} people in one channel, and a busy Home: best of {ROUNDS}")
    show("PostgreSQL's shared_buffers", MEMORY)
    found: dict[str, list[float]] = {}
    for size in sizes:
        with _databases(folder) as databases:
            fill(databases.values(), size)
            for name, database in databases.items():
                found.setdefault(name, []).append(_measure(f"{name}: {size}", database, size)[SUMMARY].wall)
                everybody.measure(name, database)
    for name, (large, *small) in found.items():
        if small:
            show(
                f"{name}: the summary, large",
                f"{large / small[0]:.2f}x small",
                goal=f"goal: at most {MOST_TIMES_SMALL:g}x",
            )


@contextmanager
def _databases(folder: Path) -> Iterator[dict[str, Database]]:
    """Gives an empty SQLite and an empty PostgreSQL, which are gone afterwards."""
    database = Database(f"sqlite:///{folder / 'grown.db'}")
    migrate.upgrade(database)
    with postgres.running(MEMORY) as server:
        yield {"SQLite": database, "PostgreSQL": server}
    database.close()
    (folder / "grown.db").unlink()


def fill(databases: Iterable[Database], size: Size) -> None:
    """Makes up a grown workspace in empty databases."""
    began, people = time.perf_counter(), People(size)
    with pouring(databases) as funnel:
        pour_people(funnel, people)
        pour_introductions(funnel, people)
        pour_calls(funnel, people)
        pour_acts(funnel, people)
    show(f"{size.acts:,} acts made", f"{time.perf_counter() - began:.0f} s")


def _measure(name: str, database: Database, size: Size) -> Mapping[str, Spent]:
    """Measures and prints."""
    head(f"{name}, {size.channels} channels; {size.gave + size.got:,} acts of the busiest one")
    spent = milliseconds_each(_cases(People(size)), lambda: _session(database))
    show("", "processor ms", "wall ms", "x the count")
    for case, one in spent.items():
        beside = spent[FLOORS.get(case, case)].wall
        goal = f"goal: under {GOALS[case]} ms" if case in GOALS else ""
        show(case, f"{one.processor:.1f}", f"{one.wall:.1f}", f"{one.wall / beside:.1f}", goal=goal)
    return spent


def _cases(people: People) -> dict[str, Work]:
    messages = features.listening().messages
    week = _row(people, "summary", f"{BUSY}:{NAME_OF_WEEK}")
    home = _row(people, "home", people.busiest)
    return {
        FLOOR_OF_WEEK: _count_week,
        SUMMARY: lambda session: _check(messages["summary"](session, week, NOW)),
        COUNTING: _count_as_summary,
        FLOOR_OF_MEMBER: lambda session: _count_acts(session, people.busiest),
        HOME: lambda session: _check(messages["home"](session, home, NOW)),
        MEDIAN: lambda session: _suggest(session, people.usual),
        BUSIEST: lambda session: _suggest(session, people.busiest),
    }


def _row(people: People, kind: str, subject: str) -> Outgoing:
    at = NOW + timedelta(seconds=1)
    return Outgoing(
        team_id=TEAM, id="o", key="k", verb="post", kind=kind, subject=subject, member_id=people.busiest, due_at=at,
        created_at=at,
    )  # fmt: skip


def _check(said: object) -> Message:
    assert isinstance(said, Message)
    assert len(said.blocks) > 3
    return said


def _count_week(session: Session) -> None:
    assert session.connection().execute(_OF_WEEK).scalar_one() >= BUSY_ACTS


def _count_as_summary(session: Session) -> None:
    summaries.count_week(session, TEAM, BUSY, NOW - WEEK, NOW, NOW - KNOWN_FOR)
    stories.count_introductions(session, TEAM, BUSY, NOW - WEEK, NOW)


def _count_acts(session: Session, member_id: str) -> None:
    assert session.connection().execute(_OF_MEMBER, {"member_id": member_id}).scalar_one()


def _suggest(session: Session, member_id: str) -> None:
    member = members.by_id(session, TEAM, [member_id])[member_id]
    assert insights.nearby(session, member, NOW).suggest()


@contextmanager
def _session(database: Database) -> Iterator[Session]:
    with database.reading() as session:
        session.connection()
        yield session
