"""A calendar of wall times that is not the product's: it only reads what a zone's clock shows at one instant after another."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

STEP = timedelta(days=1)  # no zone changes its clocks twice within it
ONE_SECOND = timedelta(seconds=1)


class Spell(NamedTuple):
    """A time in which a zone's clock runs evenly, as naive UTC, and how far it is ahead of UTC."""

    start: datetime
    end: datetime
    ahead: timedelta


def spells(zone: str, first: date, last: date) -> list[Spell]:
    """Returns the spells of a zone from a week before one day to a week after another."""
    moment = start = datetime.combine(first - timedelta(days=7), time())
    end = datetime.combine(last + timedelta(days=7), time())
    found = []
    while moment < end:
        ahead, following = _ahead(moment, zone), moment + STEP
        if _ahead(following, zone) != ahead:
            turn = _turn(moment, following, zone)
            found.append(Spell(start, turn, ahead))
            start = turn
        moment = following
    return [*found, Spell(start, end, _ahead(end, zone))]


def calendar(even: list[Spell], wall: time, first: date, last: date) -> Iterator[tuple[date, datetime]]:
    """Yields each day with the instant of a wall time: the first in an overlap; in a gap, shifted on by as much as is missing."""
    number = 0
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        shown = datetime.combine(day, wall)
        while shown - even[number].ahead >= even[number].end:
            number += 1
        moment = shown - even[number].ahead
        if moment < even[number].start:
            moment = shown - even[number - 1].ahead
        yield day, moment.replace(tzinfo=UTC)


def _turn(before: datetime, after: datetime, zone: str) -> datetime:
    """Returns the first second at which the clock stands elsewhere than it did."""
    ahead = _ahead(before, zone)
    while after - before > ONE_SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (middle, after) if _ahead(middle, zone) == ahead else (before, middle)
    return after


def _ahead(moment: datetime, zone: str) -> timedelta:
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) - moment
