"""How long suggestions take: for everybody in a workspace of 100,000, and for one member of a busy neighbourhood."""

import random
import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from benchmarks.measuring import head, show
from bot.network import Event, drifting, suggest_all, suggest_introductions

PEOPLE, ACTS, CIRCLE = 100_000, 1_000_000, 30
ROWS, NEIGHBOURS, ROUNDS = 60_000, 1_500, 3
MOST_SECONDS, MOST_MEGABYTES = 20, 500
DAYS = 720
NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)


def run() -> None:
    """Measures and prints."""
    head(
        f"Whom everybody should meet: {PEOPLE:,} people and {ACTS:,} acts, nine of ten between two who had acts before"
    )
    acts = list(_acts())
    before, began, began_at = _most(), time.process_time(), time.perf_counter()
    found = suggest_all(acts, NOW)
    spent, passed = time.process_time() - began, time.perf_counter() - began_at
    show("of the processor, of the clock", f"{spent:,.1f} s", f"{passed:,.1f} s", goal=f"goal: under {MOST_SECONDS} s")
    show("memory at its most, more than before", f"{_most() - before:,.0f} MB", goal=f"goal: under {MOST_MEGABYTES} MB")
    show("people with suggestions", f"{sum(bool(found[one]) for one in list(found)[:1_000]) / 10:.0f} %")
    head(f"One member, with {ROWS:,} days of contact of {NEIGHBOURS:,} people around them: best of {ROUNDS}")
    rows = list(_neighbourhood())
    show("suggest_introductions", _milliseconds(lambda: suggest_introductions(rows, rows[0].giver, NOW)))
    show("drifting", _milliseconds(lambda: drifting(rows, rows[0].giver, NOW)))


def _acts() -> Iterator[Event]:
    """Gives acts in circles of thirty: one new tie in ten leads out of its circle to one of 3 % who know many, two to anybody."""
    chance = random.Random(1)
    names = [f"U{number:06}" for number in range(PEOPLE)]
    ties: list[tuple[str, str]] = []
    for number in range(ACTS):
        if ties and chance.random() < 0.9:
            tie = chance.choice(ties)
        else:
            one, draw = chance.randrange(PEOPLE), chance.randrange(10)
            near = (one // CIRCLE * CIRCLE + chance.randrange(CIRCLE)) % PEOPLE
            far = chance.randrange(PEOPLE if draw > 1 else PEOPLE * 3 // 100)
            tie = (names[one], names[far if draw < 3 else near])
            ties.append(tie)
        yield Event(
            *(tie if chance.random() < 0.5 else tie[::-1]), "help", NOW - timedelta(days=DAYS * (1 - number / ACTS))
        )


def _neighbourhood() -> Iterator[Event]:
    chance = random.Random(1)
    names = [f"U{number:06}" for number in range(NEIGHBOURS)]
    for number in range(ROWS):
        one = chance.randrange(NEIGHBOURS)
        other = (one + 1 + int(chance.expovariate(1 / 12))) % NEIGHBOURS
        yield Event(names[one], names[other], "help", NOW - timedelta(days=DAYS * (1 - number / ROWS)))


def _milliseconds(measured: Callable[[], object]) -> str:
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        measured()
        spent.append(time.process_time() - began)
    return f"{min(spent) * 1000:,.0f} ms"


def _most() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000
