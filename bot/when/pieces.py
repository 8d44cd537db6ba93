"""What a phrase about time is made of: a day, a time of day, a part of it, a zone, an amount. Shapes and nothing else."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from bot.when.tokens import Words
from bot.when.zones import zone_named

NO_GUESS: frozenset[str] = frozenset()
HOUR, YEAR, MERIDIEM = frozenset({"hour"}), frozenset({"year"}), frozenset({"meridiem"})
END_OF_DAY, AFTER_LUNCH, LUNCH = time(17), time(13), time(12)
HOURS = {"morning": time(9), "afternoon": time(14), "evening": time(18), "night": time(20)}


Span = tuple[time, time]  # between which times


@dataclass(frozen=True)
class Here:
    """Where and when a phrase is said. `month_first` is whether 3/5 is in March, None where it can be either.

    `half_past` is whether "half five" is half past five there, and no question.
    """

    now: datetime
    zone: str
    month_first: bool | None
    half_past: bool = False
    local: datetime = field(init=False)
    today: date = field(init=False)

    def __post_init__(self) -> None:
        local = self.now.astimezone(zone_named(self.zone))
        object.__setattr__(self, "local", local.replace(tzinfo=None, fold=0))
        object.__setattr__(self, "today", local.date())


@dataclass(frozen=True)
class Day:
    """A day: more than one date is to be asked about. `hour` is taken where no time of day is said.

    `or_today` is for a weekday that today is as well, `weekday` for one that is said by its name alone.
    """

    dates: tuple[date, ...]
    hour: time | None = None
    guesses: frozenset[str] = NO_GUESS
    or_today: date | None = None
    weekday: int | None = None


@dataclass(frozen=True)
class Clock:
    """A time of day. An open one was said without morning or afternoon; `is_end` is the midnight between two days.

    `is_todays` is for the end of the day, which is today's where no day is said, and can be over. `span` is for a time that is
    named and not told, such as "first thing": an exact one that lies between the two tells it.
    """

    time: time
    is_open: bool = False
    is_end: bool = False
    is_todays: bool = False
    guesses: frozenset[str] = NO_GUESS
    span: "Span | None" = None


@dataclass(frozen=True)
class Part:
    """A part of the day, today's if `is_today`."""

    name: str
    is_today: bool = False


@dataclass(frozen=True)
class Amount:
    """A length of time: days and up by the calendar, `elapsed` by the clock, `workdays` without weekends."""

    calendar: relativedelta
    elapsed: timedelta = timedelta()
    workdays: int = 0
    is_vague: bool = False

    @property
    def has_hours(self) -> bool:
        """Says whether anything of it is shorter than a day."""
        return bool(self.elapsed)


@dataclass(frozen=True)
class Ask:
    """What is about time and cannot be told; `days` are what it may mean."""

    days: tuple[Day, ...] = ()
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True)
class Instant:
    """A moment that is said in full, or that is past if there is no more to know of it."""

    at: datetime | None


@dataclass(frozen=True)
class Rule:
    """What recurs, as the parts of an RRULE: `by` holds its BY... parts in their order, `part` a part of the day."""

    freq: str
    interval: int = 1
    by: tuple[tuple[str, str], ...] = ()
    part: str | None = None


class Piece(NamedTuple):
    """One part of a phrase: its role, and where it stands in a line of words."""

    role: str
    value: object
    start: int
    end: int


class Place(NamedTuple):
    """Where in a line of words the grammar stands."""

    words: Words
    at: int
    here: Here


def add_workdays(day: date, count: int) -> date:
    """Returns the day that lies so many working days, Monday to Friday, after another."""
    if count == 0:
        return day
    day -= timedelta(days=max(day.weekday() - 4, 0))
    weeks, left = divmod(count, 5)
    day += timedelta(weeks=weeks)
    while day.weekday() > 4 or left:
        day += timedelta(days=1)
        left -= 1 if left and day.weekday() <= 4 else 0
    return day
