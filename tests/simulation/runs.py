"""One run of a story, whose number decides everything that happens in it; and many runs, summed up."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from types import MappingProxyType

from bot.summaries import PICTURE
from handlers.routes import Renderer
from storage import migrate
from storage.database import Database
from tests import postgres
from tests.simulation.checker import Verdict, judge
from tests.simulation.process import Dangers
from tests.simulation.shapes import USUAL, Shape
from tests.simulation.story import Story, render
from tests.simulation.weekly import render_picture
from tests.simulation.world import SenderOf, World, production

CALM = timedelta(days=3)  # at the end nothing goes wrong any more, and all that is due must come
FAULTS = (
    "lost", "doubled", "early", "stale", "wrong person", "after cancel", "after leaving", "not shown",
    "said, and the outbox says it was not", "outside hours", "too often", "while paused", "after stop", "names who is away",
)  # fmt: skip

# Gives an empty database of one kind, again and again.
Fresh = Callable[[], Database]


@dataclass
class Totals:
    """What many runs came to."""

    runs: int = 0
    due: int = 0
    seen: int = 0
    unconfirmed: int = 0
    deaths: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    bad: list[tuple[int, list[tuple[str, str]]]] = field(default_factory=list)

    def add(self, number: int, verdict: Verdict, world: World) -> None:
        """Adds a run."""
        self.runs += 1
        self.due += verdict.due
        self.seen += verdict.seen
        self.unconfirmed += verdict.unconfirmed
        self.deaths += sum(process.deaths for process in world.processes)
        self.faults.update(verdict.counts())
        if not verdict.is_good:
            self.bad.append((number, verdict.faults))

    def join(self, other: "Totals") -> None:
        """Adds what other runs came to."""
        for name in ("runs", "due", "seen", "unconfirmed", "deaths"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.faults.update(other.faults)
        self.bad += other.bad

    def __str__(self) -> str:
        found = ", ".join(f"{self.faults[name]} {name}" for name in FAULTS)
        return (
            f"{self.runs} seeds, {self.due} due, {self.seen} messages seen, {self.deaths} ends of a process: {found}"
            f" ({self.unconfirmed} shown as unconfirmed)"
        )


def run(
    number: int,
    database: Database,
    shape: Shape = USUAL,
    sender_of: SenderOf = production,
    kill_at: int = -1,
    messages: Mapping[str, Renderer] = MappingProxyType({}),
) -> tuple[Verdict, World]:
    """Runs the story of this number on an empty database, and judges it; `messages` take the place of the bot's own renderers."""
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=Random(number).randrange(300 * 86_400))
    story = Story(number, start)
    dangers = Dangers(shape.pauses, shape.kills, kill_at)
    said = {"notice": render, PICTURE: render_picture, **messages}
    world = World(
        database.url.render_as_string(hide_password=False), number, start, processes=shape.processes,
        sender_of=sender_of, dangers=dangers, messages=said, before_sending=story.look,
    )  # fmt: skip
    world.weather.is_bad = not shape.is_fair_weather
    story.write(world, shape)
    with world.running():
        world.run_until(start + shape.length)
        world.weather.is_bad = world.weather.history_is_refused = False
        dangers.pauses = dangers.kills = 0
        world.run_until(start + shape.length + CALM)
    return judge(world, story, database), world


def run_all(
    numbers: Iterable[int],
    fresh: Fresh,
    sender_of: SenderOf = production,
    shape: Shape = USUAL,
    messages: Mapping[str, Renderer] = MappingProxyType({}),
) -> Totals:
    """Runs the stories of these numbers."""
    totals = Totals()
    for number in numbers:
        database = fresh()
        totals.add(number, *run(number, database, shape, sender_of, messages=messages))
        database.close()
    return totals


@contextmanager
def on_sqlite() -> Iterator[Fresh]:
    """Gives empty SQLite files, in memory where there is a place for files in it."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        empty = Path(folder) / "empty.db"
        numbers = count()
        first = Database(f"sqlite:///{empty}")
        migrate.upgrade(first)
        first.close()

        def fresh() -> Database:
            for old in Path(folder).glob("run*"):
                old.unlink()
            file = Path(folder) / f"run-{next(numbers)}.db"  # a name of its own: an old connection may still be open
            shutil.copy(empty, file)
            return Database(f"sqlite:///{file}")

        yield fresh


@contextmanager
def on_postgres() -> Iterator[Fresh]:
    """Gives a PostgreSQL database, emptied each time."""
    with postgres.running() as first:

        def fresh() -> Database:
            postgres.empty(first)
            return Database(first.url.render_as_string(hide_password=False))

        yield fresh


BOTH = {"SQLite": on_sqlite, "PostgreSQL": on_postgres}
