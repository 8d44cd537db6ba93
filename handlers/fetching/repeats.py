"""When an event of a calendar happens that repeats: bounded, since a rule of one line can ask for ever. See `parsing.py`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

MOST_IN_A_LIST = 32  # values of a BY... part
MOST_INSTANCES = 500
MOST_STEPS = 20_000  # of one rule, before it comes to what is looked for: a daily one of fifty years ago takes so many
_OFTEN: Mapping[str, Literal[0, 1, 2, 3]] = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = re.compile(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBERS = {
    "BYMONTH": "bymonth", "BYMONTHDAY": "bymonthday", "BYYEARDAY": "byyearday", "BYWEEKNO": "byweekno", "BYSETPOS": "bysetpos",
    "BYHOUR": "byhour", "BYMINUTE": "byminute", "BYSECOND": "bysecond",
}  # fmt: skip
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_NUMBERS}
_BY_TIME = ("byhour", "byminute", "bysecond")


class NotFollowed(Exception):
    """A rule that is not followed: more often than daily, with lists too long, or not understood."""


def starts(
    first: datetime, rule: Mapping[str, Any], until: datetime | None, since: datetime, before: datetime
) -> Iterator[datetime]:
    """Yields when an event starts between two moments, all of it in local time. The first start counts, whatever the rule says.

    `rule` is as icalendar reads it, `until` its end in the event's own local time. Raises NotFollowed.
    """
    options = _options(rule)
    frequency, interval, count = _frequency(rule), _number(rule, "INTERVAL") or 1, _number(rule, "COUNT")
    begun = first if count else _near(first, frequency, interval, since)
    repeats = rrule(frequency, dtstart=begun, interval=interval, count=count, **options)
    if since <= first < before:
        yield first
    left = count
    if count is not None and next(iter(repeats), first) != first:
        left = count - 1  # the first start is one of those that are counted
    found = 0
    for step, start in enumerate(repeats):
        ended = (until is not None and start > until) or (left is not None and step >= left)
        if start >= before or ended or found >= MOST_INSTANCES:
            return
        if step >= MOST_STEPS:
            raise NotFollowed
        if start >= since and start != first:
            found += 1
            yield start


def _options(rule: Mapping[str, Any]) -> dict[str, Any]:
    if set(rule) - _KNOWN:
        raise NotFollowed
    for name in ("BYDAY", *_NUMBERS):
        if len(_values(rule, name)) > MOST_IN_A_LIST:
            raise NotFollowed
    options: dict[str, Any] = {
        name: [int(one) for one in _values(rule, key)] for key, name in _NUMBERS.items() if _values(rule, key)
    }
    in_a_day = 1
    for name in _BY_TIME:
        in_a_day *= len(options.get(name, [0]))
    if in_a_day > MOST_IN_A_LIST:
        raise NotFollowed
    if days := _values(rule, "BYDAY"):
        options["byweekday"] = [_day(str(one)) for one in days]
    if week := _values(rule, "WKST"):
        options["wkst"] = _day(str(week[0]))
    return options


def _frequency(rule: Mapping[str, Any]) -> Literal[0, 1, 2, 3]:
    named = [str(one).upper() for one in _values(rule, "FREQ")]
    if len(named) != 1 or named[0] not in _OFTEN:
        raise NotFollowed
    return _OFTEN[named[0]]


def _near(first: datetime, frequency: int, interval: int, since: datetime) -> datetime:
    """Returns a start shortly before what is looked for, in step with the first: nobody counts the days since 1970."""
    step = {DAILY: timedelta(days=interval), WEEKLY: timedelta(weeks=interval)}.get(frequency)
    skipped = 0 if step is None else (since - first) // step - 1
    return first + step * skipped if step is not None and skipped > 0 else first


def _day(named: str) -> weekday:
    """Reads a weekday as calendars name it: `MO`, or `-1FR` for the last Friday."""
    read = _WEEKDAY.fullmatch(named.upper())
    if read is None:
        raise NotFollowed
    return weekday(_DAYS.index(read[2]), int(read[1]) if read[1] else None)


def _number(rule: Mapping[str, Any], name: str) -> int | None:
    values = _values(rule, name)
    if not values:
        return None
    number = int(values[0])
    if not 0 < number <= 10_000:
        raise NotFollowed
    return number


def _values(rule: Mapping[str, Any], name: str) -> Sequence[Any]:
    values = rule.get(name)
    if values is None:
        return []
    return values if isinstance(values, (list, tuple)) else [values]
