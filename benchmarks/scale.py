"""10,000 workspaces of 500 members on a Monday at 09:00: what senders and database have to do, in virtual time.

The database's part is measured on a PostgreSQL that holds the busiest zone's hour; the senders are simulated with the real
pacing and the real order: a look at all workspaces, one row of each, claimed and said one after the other. What is assumed,
and what it says: docs/scale.md.
"""

import heapq
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.measuring import head, show
from benchmarks.pouring import Template, pouring
from handlers.outbound.pacing import Pacer
from handlers.outbound.turns import LOOK_AT
from storage import sending
from storage.database import Database
from storage.tables import Member, Outgoing, Workspace
from tests import postgres

WORKSPACES, MEMBERS = 10_000, 500
DUE_EACH = 32  # of 500 members 30 get a reminder or a nudge at nine, and two channels something
# Where the workspaces lie. Nine o'clock comes an hour or more apart there, so that each is sent to by itself.
ZONES = {
    "America/New_York": 0.30, "America/Chicago": 0.20, "Europe/Berlin": 0.20, "America/Los_Angeles": 0.15,
    "Europe/London": 0.05, "Asia/Kolkata": 0.05, "Australia/Sydney": 0.05,
}  # fmt: skip
CALL = 0.25  # s that Slack takes for a post
PROCESSES = (1, 4, 16, 64)
NINE = datetime(2026, 3, 2, 14, tzinfo=UTC)  # in New York
SAMPLE = 300


@dataclass(frozen=True)
class Costs:
    """What the database takes, in seconds: to name the workspaces, to look at one, to claim and record, to claim in vain."""

    teams: float
    due: float
    said: float
    in_vain: float


@dataclass
class Found:
    """What a simulation came to."""

    waits: list[float] = field(default_factory=list)
    first: dict[str, float] = field(default_factory=dict)
    in_vain: int = 0
    database: float = 0.0
    minutes: Counter[tuple[str, int]] = field(default_factory=Counter)

    def percentile(self, share: float) -> float:
        """Returns the wait that such a share of messages had at the most."""
        return sorted(self.waits)[int((len(self.waits) - 1) * share)]


def run(_folder: Path, processes: tuple[int, ...] = PROCESSES) -> None:
    """Measures and prints."""
    teams = [f"T{number:05}" for number in range(int(WORKSPACES * max(ZONES.values())))]
    head(
        f"{WORKSPACES:,} workspaces x {MEMBERS} members, {WORKSPACES * DUE_EACH:,} messages on Monday at 09:00 by zone"
    )
    show("the busiest zone", f"{len(teams):,} workspaces", f"{len(teams) * DUE_EACH:,} messages")
    with postgres.running() as database:
        _fill(database, teams)
        costs = _measure(database, teams)
    show("", "ms")
    for name, seconds in vars(costs).items():
        show(f"  {name}", f"{seconds * 1000:.2f}")
    show("", "longest, of first", "95 %, half", "posts/s, in vain", "a minute, connections")
    for count in processes:
        _show(f"{count} processes", simulate(teams, costs, count))


def _show(name: str, found: Found) -> None:
    longest = max(found.waits)
    show(
        name,
        f"{_text(longest)}, {_text(max(found.first.values()))}",
        f"{_text(found.percentile(0.95))}, {_text(found.percentile(0.5))}",
        f"{len(found.waits) / longest:.0f}, {found.in_vain / len(found.waits):.1f}",
        f"{max(found.minutes.values())}, {found.database / longest:.1f}",
    )


def _text(seconds: float) -> str:
    return (
        f"{seconds / 3600:.1f} h"
        if seconds >= 3600
        else f"{seconds / 60:.1f} min"
        if seconds >= 60
        else f"{seconds:.0f} s"
    )


def _fill(database: Database, teams: list[str]) -> None:
    """Has so much be due in each workspace, a second before nine, and as much be said before."""
    at, now = "2026-03-02 13:59:59.000000", "2026-03-01 00:00:00.000000"
    workspace, member = Template(Workspace, created_at=now, key="k"), Template(Member, created_at=now)
    row = Template(Outgoing, verb="post", kind="callback", due_at=at, created_at=now)
    with pouring([database]) as funnel:
        funnel.pour(Workspace, [workspace.row(team_id=one) for one in teams])
        numbers = range(DUE_EACH)
        people = [member.row(team_id=one, id=f"m{each}", slack_id=f"U{each}") for one in teams for each in numbers]
        funnel.pour(Member, people)
        for state in ("pending", "sent"):
            rows = (
                row.row(team_id=one, id=f"{state}{each:02}", key=f"{state}{each}", subject=f"{each}", member_id=f"m{each}",
                        state=state)
                for one in teams for each in numbers
            )  # fmt: skip
            funnel.pour(Outgoing, list(rows))


def _measure(database: Database, teams: list[str]) -> Costs:
    some = Random(1).sample(teams, SAMPLE)

    def look_for_teams() -> None:
        with database.reading() as session:
            assert len(sending.teams_with_due(session, NINE)) >= len(teams) - SAMPLE

    def look_at_all() -> None:
        with database.reading() as session:
            for one in some:
                assert sending.due(session, one, NINE, 500)

    def claim_all() -> None:
        for one in some:
            with database.transaction() as session:
                row = sending.claim(session, one, "pending00", NINE)
                assert row is not None
            with database.transaction() as session:
                assert sending.settle(session, row, "sent", sent_at=NINE) == "sent"

    def claim_in_vain() -> None:
        for one in some:
            with database.transaction() as session:
                assert sending.claim(session, one, "pending00", NINE) is None

    return Costs(
        min(_seconds(look_for_teams) for _ in range(5)), _seconds(look_at_all) / SAMPLE, _seconds(claim_all) / SAMPLE,
        _seconds(claim_in_vain) / SAMPLE,
    )  # fmt: skip


def _seconds(doing: Callable[[], None]) -> float:
    began = time.perf_counter()
    doing()
    return time.perf_counter() - began


def simulate(teams: list[str], costs: Costs, processes: int) -> Found:
    """Sends all that is due with so many equal processes, each at one thing at a time, and returns what it came to."""
    found = Found()
    waiting = {one: dict.fromkeys(range(DUE_EACH)) for one in teams}
    clock = [0.0]
    senders = [_sender(waiting, costs, found, clock, Random(one)) for one in range(processes)]
    # They did not start at the same moment, and their ticks are five seconds apart.
    chance = Random(1)
    planned = [(chance.uniform(0, 5), number) for number in range(processes)]
    heapq.heapify(planned)
    while planned:
        clock[0], number = heapq.heappop(planned)
        rests = next(senders[number], None)
        if rests is not None:
            heapq.heappush(planned, (clock[0] + rests, number))
    return found


def _sender(
    waiting: dict[str, dict[int, None]], costs: Costs, found: Found, clock: list[float], chance: Random
) -> Iterator[float]:
    """Does what `Sender.send_due` does, and gives the seconds that each step of it takes."""
    pacer, taken = Pacer(), 0
    while with_due := [one for one, rows in waiting.items() if rows]:
        found.database += costs.teams
        yield costs.teams
        chance.shuffle(with_due)
        before = taken
        for first in range(0, len(with_due), LOOK_AT):
            few = with_due[first : first + LOOK_AT]
            chosen = _free_rows(waiting, few, pacer, NINE + timedelta(seconds=clock[0]))
            found.database += costs.due * len(few)
            yield costs.due * len(few)
            for team_id, row in chosen:
                taken += 1
                if row not in waiting[team_id]:
                    found.in_vain += 1
                    found.database += costs.in_vain
                    yield costs.in_vain
                    continue
                del waiting[team_id][row]
                found.database += costs.said
                yield costs.said + CALL
                found.waits.append(clock[0])
                found.first.setdefault(team_id, clock[0])
                found.minutes[team_id, int(clock[0] // 60)] += 1
                pacer.note(team_id, f"m{row}", NINE + timedelta(seconds=clock[0]))
        if taken == before:
            yield 0.3


def _free_rows(
    waiting: dict[str, dict[int, None]], few: list[str], pacer: Pacer, now: datetime
) -> list[tuple[str, int]]:
    """Returns the first row of each of a few workspaces that may go now."""
    chosen = list[tuple[str, int]]()
    for team_id in few:
        free = (row for row in waiting[team_id] if pacer.free_at(team_id, "post", f"m{row}", now) <= now)
        if (row := next(free, None)) is not None:
            chosen.append((team_id, row))
    return chosen
