"""The only home of zones and of times in words. Instants are aware UTC; a zone is an IANA name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)
_WEEK = frozenset(range(len(_DAYS)))
_SHORTEST_DAY = 3  # "mon" is a weekday, "mo" is not
MORNING = time(9)


def zone_named(name: str) -> ZoneInfo:
    """Returns the zone of this name, or UTC where there is none of it: Slack leaves it empty for apps and some guests."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder's name and one too long are the system's errors
        return ZoneInfo("UTC")


def at(day: date, clock_time: time, zone: str) -> datetime:
    """Returns the instant of a wall time; in the gap of a clock change the one shifted on, in the overlap the first."""
    return _instant(day, clock_time, zone_named(zone))


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


def start_of_day(now: datetime, zone: str) -> datetime:
    """Returns the instant at which the day of `now` began there."""
    return at(now.astimezone(zone_named(zone)).date(), time(), zone)


def months(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """Returns the instants at which last month and this month began there."""
    first = now.astimezone(zone_named(zone)).date().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return at(before, time(), zone), at(first, time(), zone)


def find_day(text: str, now: datetime, zone: str) -> datetime | None:
    """Reads a weekday or a date as YYYY-MM-DD, and returns nine in the morning of it.

    A weekday is the next one after today. Returns None for all other text; a date can lie in the past.
    """
    typed = text.strip().lower()
    today = now.astimezone(zone_named(zone)).date()
    for number, name in enumerate(_DAYS):
        if len(typed) >= _SHORTEST_DAY and name.startswith(typed):
            ahead = (number - today.weekday() - 1) % 7 + 1
            return at(today + timedelta(days=ahead), MORNING, zone)
    try:
        return at(date.fromisoformat(typed), MORNING, zone)
    except (ValueError, OverflowError):  # the first and the last day there are lie outside of UTC's in some zones
        return None


def show_time(moment: datetime, zone: str) -> str:
    """Returns an instant's time of day for a reader there: `3:00 PM`."""
    local = moment.astimezone(zone_named(zone))
    return f"{local.hour % 12 or 12}:{local:%M} {local:%p}"


def is_same_day(one: datetime, other: datetime, zone: str) -> bool:
    """Says whether two instants lie on the same day there."""
    there = zone_named(zone)
    return one.astimezone(there).date() == other.astimezone(there).date()


def show(moment: datetime, zone: str) -> str:
    """Returns an instant in words for a reader there, with weekday, date, time and zone: `Tue 2 Mar, 3:00 PM CST`."""
    local = moment.astimezone(zone_named(zone))
    return f"{local:%a} {local.day} {local:%b}, {show_time(moment, zone)} {local:%Z}"


def _runs(rhythm: Rhythm, day: date, step: timedelta) -> Iterator[Run]:
    """Yields occurrences from a day onward or backward."""
    zone = zone_named(rhythm.zone)
    while True:
        if day.weekday() in rhythm.weekdays:
            yield Run(day, _instant(day, rhythm.wall, zone))
        day += step


def _instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, wall, zone).astimezone(UTC)
