"""Weeks, months, quarters and years: their ends, beginnings and middles, and the weekdays counted in them."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.when.pieces import END_OF_DAY, NO_GUESS, YEAR, Ask, Day, Here, Instant
from bot.when.words import MONTHS, WEEKDAYS

Meaning = Day | Ask | Instant
Rule = tuple[str, Callable[[re.Match[str], Here], Meaning | None]]
Period = tuple[date, date]  # its first day, and the first day after it

_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_WEEK = timedelta(weeks=1)
_DAY = timedelta(days=1)
_LENGTHS = {"month": relativedelta(months=1), "quarter": relativedelta(months=3), "year": relativedelta(years=1)}
_NAMES = "|".join(MONTHS)
_PERIOD = (
    rf"(?:(?P<which>this|the|next|current|our|my) )?"
    rf"(?P<period>(?:business |work |working )?week|month|quarter|year|{_NAMES}|q[1-4])"
    r"(?P<after> after next)?(?: (?P<year>20\d\d))?"
)
_ORDINAL = "1th|1st|second|2nd|3th|3rd|4th|5th|last|final"
_KIND = f"{'|'.join(WEEKDAYS)}|day|weekday|business days?|working days?|work days?|workday"
_ROUGHLY = "early|earlier|late|later|sometime|some time|any ?time|towards the end"
_SEASONS = "spring|summer|autumn|fall|winter"
_SHORT = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}


def period(name: str, here: Here, *, following: bool = False, year: str | None = None) -> tuple[Period, frozenset[str]]:
    """Returns the first day of a week, a month, a quarter or a year and the first day after it, and what was inferred."""
    if name.endswith("week"):
        monday = here.today - timedelta(days=here.today.weekday())
        first = monday + _WEEK if following else monday
        return (first, first + _WEEK), NO_GUESS
    if name in _LENGTHS:
        first = here.today.replace(day=1)
        if name != "month":
            first = first.replace(month=1 if name == "year" else (first.month - 1) // 3 * 3 + 1)
        first = first + _LENGTHS[name] if following else first
        return (first, first + _LENGTHS[name]), NO_GUESS
    months = 1 if name in MONTHS else 3
    number = MONTHS.index(name) + 1 if name in MONTHS else int(name[1]) * 3 - 2
    first = date(int(year) if year else here.today.year, number, 1)
    if year is None and first + relativedelta(months=months) <= here.today:
        first = first.replace(year=first.year + 1)
        return (first, first + relativedelta(months=months)), YEAR
    return (first, first + relativedelta(months=months)), NO_GUESS


def nth(which: str, kind: str, span: Period) -> date:
    """Returns the first, the third, the last weekday or working day of a period; raises ValueError where there is none."""
    is_last = which in ("last", "final")
    step = -_DAY if is_last else _DAY
    day = span[1] - _DAY if is_last else span[0]
    left = 1 if is_last else 2 if which == "second" else int(which[0])
    while span[0] <= day < span[1]:
        is_it = kind == "day" or (
            day.weekday() == WEEKDAYS.index(kind) if kind in WEEKDAYS else day.weekday() <= _FRIDAY
        )
        left -= is_it
        if left == 0:
            return day
        day += step
    raise ValueError(f"there is no {which} {kind}")


def _end(found: re.Match[str], here: Here) -> Meaning:
    groups = found.groupdict()
    name = _SHORT.get(found[0].split()[0]) or groups["period"] or found["alone"]
    is_next = (groups["which"] == "next") or found[0].endswith("next")
    if groups["after"]:
        return Ask()
    span, guesses = period(name, here, following=is_next, year=groups["year"])
    is_week = name.endswith("week")
    day = span[0] + timedelta(days=_FRIDAY) if is_week else span[1] - _DAY
    if is_week and not is_next and (day < here.today or (day == here.today and here.local.time() >= END_OF_DAY)):
        return Ask((Day((day + _WEEK,), END_OF_DAY),))  # said on a weekend: of which week?
    if is_week and is_next and here.today.weekday() == _SUNDAY:
        return Day((day, day + _WEEK), END_OF_DAY)
    return Day((day,), END_OF_DAY, guesses)


def _start(found: re.Match[str], here: Here) -> Meaning:
    span, guesses = period(found["period"], here, following=found["which"] == "next", year=found["year"])
    if found["after"]:
        return Ask()
    if found["period"].endswith("week") and here.today.weekday() == _SUNDAY:
        return Day((span[0], span[0] + _WEEK))
    if span[0] > here.today:
        return Day((span[0],), guesses=guesses)
    coming, _ = period(found["period"], here, following=True)
    later = coming[0] if coming[0] > here.today else span[0].replace(year=span[0].year + 1)
    return Ask((Day((later,)),))


def _middle(found: re.Match[str], here: Here) -> Meaning:
    span, guesses = period(found["period"], here, following=found["which"] == "next", year=found["year"])
    name = found["period"]
    if found["after"] or name in ("quarter", "year") or name[0] == "q":
        return Ask()
    day = span[0] + timedelta(days=2 if name.endswith("week") else 14)
    return Day((day,), guesses=guesses) if day > here.today else Ask()


def _roughly(found: re.Match[str], here: Here) -> Meaning:
    """Offers two days of what is said to be early or late in a period, and takes none."""
    name = found["period"]
    span, _ = period(name, here, following=found["which"] == "next", year=found["year"])
    if name.endswith("week"):
        first = span[0] if found["how"].startswith("early") else span[0] + timedelta(days=3)
        return Ask((Day((first,)), Day((first + _DAY,))))
    return Ask((Day((span[0],)) if found["how"].startswith("early") else Day((span[1] - _DAY,)),))


def _next(found: re.Match[str], here: Here) -> Meaning:
    """Takes the first day of a week, a month or a year that comes next."""
    name = found["period"] or found["other"]
    if name == "quarter":
        return Ask((Day((period(name, here, following=True)[0][0],)),))
    first = period(name, here, following=True)[0][0]
    if name.endswith("week") and found[0].endswith("after next"):
        first += _WEEK
    if name.endswith("week") and here.today.weekday() == _SUNDAY:
        return Day((first, first + _WEEK))
    return Day((first,))


def _this(_found: re.Match[str], _here: Here) -> Meaning:
    return Ask()


def _quarter(found: re.Match[str], here: Here) -> Meaning:
    return Ask((Day((period(found["period"], here)[0][0],)),))


def _weekend(found: re.Match[str], here: Here) -> Meaning:
    weekday = here.today.weekday()
    saturday = here.today + timedelta(days=(_SATURDAY - weekday) % 7)
    if "next" in found[0]:
        return Ask((Day((saturday,)), Day((saturday + _WEEK,))))
    if weekday >= _SATURDAY:
        sunday = (Day((here.today + _DAY,)),) if weekday == _SATURDAY else ()
        return Ask((*sunday, Day((saturday if saturday > here.today else saturday + _WEEK,))))
    return Day((saturday,))


def _positional(found: re.Match[str], here: Here) -> Meaning:
    """Reads "the last Friday of the month" and "first Monday of March"."""
    kind = found["kind"]
    kind = kind if kind in WEEKDAYS or kind == "day" else "workday"
    name, is_next = found["period"], found["which"] == "next"
    span, guesses = period(name, here, following=is_next, year=found["year"])
    if kind == "workday" and name.endswith("week"):
        return Ask()
    day = nth(found["nth"], kind, span)
    if day > here.today or is_next or found["year"]:
        return Day((day,), guesses=guesses)
    if name in MONTHS or name[0] == "q":
        span = (span[0].replace(year=span[0].year + 1), span[1].replace(year=span[1].year + 1))
        later = nth(found["nth"], kind, span)
        return Day((here.today, later)) if day == here.today else Day((later,), guesses=YEAR)
    later = nth(found["nth"], kind, period(name, here, following=True)[0])
    return Day((here.today, later)) if day == here.today else Ask((Day((later,)),))


RULES: tuple[Rule, ...] = (
    (rf"(?:the )?(?:very )?end (?:of |- )?{_PERIOD}|(?P<alone>month|year|quarter|week) end|eo[wmqy](?: (?:of )?next)?", _end),
    (rf"(?:the )?(?:start|beginning|starting) of {_PERIOD}", _start),
    (rf"(?:the )?(?:mid|middle)(?: of| -| in)? {_PERIOD}", _middle),
    (rf"(?P<how>{_ROUGHLY})(?: of| in| on)? {_PERIOD}", _roughly),
    (rf"(?:the )?(?P<nth>{_ORDINAL}) (?P<kind>{_KIND}) (?:of|in) {_PERIOD}", _positional),
    (rf"(?:the )?(?:{_ORDINAL}) (?:week|weekend|half|part|days|third) (?:of|in) {_PERIOD}", _quarter),
    (r"(?:the )?(?P<period>week) after next|next (?P<other>week|month|year|quarter)", _next),
    (r"(?:in|by|during|before|until|till|for|this|next) (?P<period>q[1-4])(?: 20\d\d)?", _quarter),
    (rf"(?:later )?this (?:week|month|quarter|year|{_SEASONS})|next (?:{_SEASONS})", _this),
    ("(?:(?:this|the|over the|on the|at the|next|this coming|coming) )?weekend", _weekend),
)  # fmt: skip
