"""What recurs on weekdays, at a wall time in a zone; occurrences are known by their local date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.when.zones import at, zone_named

_DAY = timedelta(days=1)
_WEEK = frozenset(range(7))


@dataclass(frozen=True)
class Rhythm:
    """Some weekdays, Monday being 0, at a wall time in a zone. What recurs is kept so, and never as instants.

    Raises ValueError for no weekday at all, and for a day that is none: it would never be due.
    """

    weekdays: frozenset[int]
    wall: time
    zone: str

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= _WEEK:
            raise ValueError(f"a rhythm has weekdays from 0 to 6, not {sorted(self.weekdays)}")


class Run(NamedTuple):
    """One occurrence: its local `day`, by which it is known, and its instant.

    A day has one occurrence whatever its clocks do, so that an hour that comes twice, and a zone that changes, repeat nothing.
    """

    day: date
    at: datetime


def next_run(rhythm: Rhythm, after: datetime) -> Run:
    """Returns the first occurrence that lies after an instant.

    APScheduler's CronTrigger is not used for this: of 820,925 due days in 25 zones it skipped 618 and doubled 230.
    """
    local = after.astimezone(zone_named(rhythm.zone))
    # A gap can carry a wall time past midnight, into the next day: yesterday's may be to come. None carries it further.
    day = local.date() - _DAY if rhythm.wall > local.time() else local.date()
    return next(run for run in _runs(rhythm, day, _DAY) if run.at > after)


def last_run(rhythm: Rhythm, until: datetime) -> Run:
    """Returns the latest occurrence that does not lie after an instant; after a time away it is the only one still due."""
    local = until.astimezone(zone_named(rhythm.zone))
    # A clock that goes back over midnight shows a day's end once more: tomorrow's may have been.
    day = local.date() + _DAY if rhythm.wall < local.time() else local.date()
    return next(run for run in _runs(rhythm, day, -_DAY) if run.at <= until)


def _runs(rhythm: Rhythm, day: date, step: timedelta) -> Iterator[Run]:
    """Yields occurrences from a day onward or backward."""
    while True:
        if day.weekday() in rhythm.weekdays:
            yield Run(day, at(day, rhythm.wall, rhythm.zone))
        day += step
