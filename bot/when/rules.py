"""What recurs by a rule: kept as local wall time, zone and RRULE text (RFC 5545); the next occurrence is computed each time.

https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrule, rrulestr

from bot.when.rhythm import Run
from bot.when.words import MONTHS, WEEKDAYS
from bot.when.zones import at, zone_named

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS = "MO,TU,WE,TH,FR"
_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_STEPS = {"DAILY": 1, "WEEKLY": 7}
_NTH = {"-1": "last", "1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth"}
_DAY = timedelta(days=1)


def next_in(every: str, start: datetime, zone: str, after: datetime) -> Run | None:
    """Returns the first occurrence of a rule that lies after an instant; None where the rule has ended.

    `start` is the wall time, without a zone, of the first occurrence. A day has one occurrence whatever its clocks do; in a gap
    it is shifted on, in an overlap it is the first. Raises ValueError for what is no rule, or is one that recurs more than daily.
    """
    local = after.astimezone(zone_named(zone)).replace(tzinfo=None, fold=0)
    # A gap can carry a wall time past midnight, into the next day: yesterday's may be to come. None carries it further.
    day = _rule(every, start, local.date() - 2 * _DAY).after(
        datetime.combine(local.date() - _DAY, start.time()), inc=True
    )
    rule = _rule(every, start, local.date() - 2 * _DAY)
    while day is not None:
        run = Run(day.date(), at(day.date(), start.time(), zone))
        if run.at > after:
            return run
        day = rule.after(day)
    return None


def first_in(every: str, day: date, clock: time, zone: str, now: datetime) -> Run | None:
    """Returns the occurrence that a rule begins with: the first that fits from a day on, whatever its interval."""
    has_days = "BY" in every
    kept = [
        part
        for part in every.split(";")
        if not part.startswith(("COUNT", "UNTIL", "INTERVAL" if has_days else "COUNT"))
    ]
    return next_in(";".join(kept), datetime.combine(day, clock), zone, now)


def every_in_words(every: str) -> str:
    """Returns a rule in words: "every other Friday", "every month on the last day"."""
    parts = dict(part.split("=", 1) for part in every.split(";"))
    unit, interval = _UNITS[parts["FREQ"]], int(parts.get("INTERVAL", "1"))
    days = parts.get("BYDAY", "")
    if parts["FREQ"] == "WEEKLY" and days == _WORKDAYS and interval == 1:
        said = "every weekday"
    elif parts["FREQ"] == "WEEKLY" and days and interval < 3:
        said = f"every {'other ' if interval == 2 else ''}{_listed([_weekday(one) for one in days.split(',')])}"
    else:
        period = unit if interval == 1 else f"other {unit}" if interval == 2 else f"{interval} {unit}s"
        said = f"every {period}{_on(parts)}"
    return said + _until(parts)


def _on(parts: dict[str, str]) -> str:
    """Returns on which days of its weeks, months or years a rule recurs."""
    days = parts.get("BYDAY", "").split(",") if "BYDAY" in parts else []
    if "BYMONTH" in parts:
        return f" on {parts['BYMONTHDAY']} {MONTHS[int(parts['BYMONTH']) - 1].title()}"
    if "BYMONTHDAY" in parts and "BYSETPOS" in parts:
        return f" on the {_ordinal(int(parts['BYMONTHDAY'].split(',')[-1]))}, or the last day"
    if "BYMONTHDAY" in parts:
        return f" on the {_listed(['last day' if one == '-1' else _ordinal(int(one)) for one in parts['BYMONTHDAY'].split(',')])}"
    if "BYSETPOS" in parts:
        return f" on the {_listed([_NTH.get(one) or _ordinal(int(one)) for one in parts['BYSETPOS'].split(',')])} working day"
    if parts["FREQ"] == "MONTHLY" and days:
        return f" on the {_listed([f'{_NTH[one[:-2]]} {_weekday(one[-2:])}' for one in days])}"
    return f" on {_listed([_weekday(one) for one in days])}" if days else ""


def _until(parts: dict[str, str]) -> str:
    if "UNTIL" in parts:
        day = datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").replace(tzinfo=UTC)
        return f" until {day.day} {day:%B %Y}"
    return f", {parts['COUNT']} times" if "COUNT" in parts else ""


def _weekday(code: str) -> str:
    return WEEKDAYS[_CODES.index(code)].title()


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _rule(every: str, start: datetime, day: date) -> rrule:
    """Returns a rule that begins at its start, or as near to a later day as its phase can be kept without counting."""
    parts = dict(part.split("=", 1) for part in every.split(";") if "=" in part)
    if parts.get("FREQ") not in _UNITS:
        raise ValueError(f"no rule that recurs daily or less often: {every}")
    step = _STEPS.get(parts["FREQ"], 0) * int(parts.get("INTERVAL", "1"))
    if step and "COUNT" not in parts and day > start.date():
        start += timedelta(days=(day - start.date()).days // step * step)
    return _parsed(every, start)


@lru_cache(maxsize=256)
def _parsed(every: str, start: datetime) -> rrule:
    rule = rrulestr(every, dtstart=start)
    assert isinstance(rule, rrule)  # a set of rules would have more than one line
    return rule
