"""Dates: months with days, days of the month alone, and what is written with numbers only."""

import re
from collections.abc import Callable
from datetime import UTC, date

from dateutil.parser import isoparse
from dateutil.relativedelta import relativedelta

from bot.when.pieces import NO_GUESS, YEAR, Ask, Day, Here, Instant
from bot.when.words import MONTHS, WEEKDAYS
from bot.when.zones import at

Meaning = Day | Ask | Instant
Rule = tuple[str, Callable[[re.Match[str], Here], Meaning | None]]

MONTH = f"(?P<month>{'|'.join(MONTHS)})"
_YEAR = r"(?:(?: ,| -)? (?P<year>(?:19|20|21)\d\d))?"
_ENDS = r"(?:st|nd|rd|th)"
_NUMBER = rf"(?P<day>\d{{1,2}}{_ENDS}?|second)"
_NO_CLOCK = r"(?! (?:am|pm|o'clock|hours?|minutes?|days?|weeks?|months?|years?|times?|business|working|/|%)(?: |$))"
_TO = r" (?:-|to|till|and|or|/|&) (?:the )?"
_COUNTED = (
    "of|day|week|month|year|hour|floor|page|hole|street|avenue|try|attempt|anniversary|birthday|round|place|item|one"
)
BOUND = (
    r"(?= (?:about|with|for|to|re|regarding|on|in|and|if|so|because|please|pls|thanks|thx|ty|then|when|from|by|at|via|w|or|of|is|"
    r"sharp|this|next|every|each|morning|afternoon|evening|tonight|noon|eod|first|\d+|[^\w\x01])(?: |$)| \d+:|$)"
)

_APART = BOUND[:-1] + rf"| (?:tomorrow|today|tonight|on|next|{'|'.join(WEEKDAYS)})(?= |$))"
BINDS, SETS_APART = re.compile(BOUND), re.compile(_APART)
_SAYINGS = frozenset({"9/11", "7/11", "10/10"})  # what happened, a shop and full marks, sooner than days
_HOUR_BEHIND = re.compile(r" (?:at \d|\d|noon)")
_LEADS = frozenset({"on", "by", "due", "till", "until", "starting"})


def in_year(here: Here, month: int, day: int, year: str | None = None) -> Day:
    """Returns a date of a year; of the first year in which it is not past where none is said.

    Raises ValueError where there is no such day.
    """
    if year:
        return Day((date(int(year) + (2000 if len(year) == 2 else 0), month, day),))
    if (month, day) == (2, 29):
        leap = next(
            one
            for one in range(here.today.year, here.today.year + 9)
            if _is_leap(one) and date(one, 2, 29) >= here.today
        )
        return Day((date(leap, 2, 29),), guesses=YEAR if leap != here.today.year else NO_GUESS)
    found = date(here.today.year, month, day)
    if found < here.today:
        return Day((found.replace(year=found.year + 1),), guesses=YEAR)
    return Day((found,))


def nth(found: re.Match[str], here: Here) -> Meaning | None:
    """Reads "the 15th", with or without "of next month": its groups are `day` and `of`."""
    number, of = _number(found["day"]), found["of"] or ""
    first = here.today.replace(day=1)
    if "next" in of:
        return Day(((first + relativedelta(months=1)).replace(day=number),))
    if of:
        day = first.replace(day=number)
        is_over = day < here.today and "this" not in of
        return Ask((Day((day + relativedelta(months=1),)),)) if is_over else Day((day,))
    if not 1 <= number <= 31:
        return Ask() if "the" in found[0] else None
    ahead = [one for one in (_day_or_none(first + relativedelta(months=months), number) for months in range(4)) if one]
    later = [one for one in ahead if one > here.today]
    if _day_or_none(first, number) is None:
        return Ask((Day((later[0],)),))  # the 31st, said in a month of 30 days
    if number == here.today.day:
        return Day((here.today, later[0]))
    return Day((later[0],))


def _nth_apart(found: re.Match[str], here: Here) -> Meaning | None:
    return nth(found, here) if BINDS.match(found.string, found.end()) else None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _number(typed: str) -> int:
    return 2 if typed == "second" else int(typed.rstrip("stndrh"))


def _month_day(found: re.Match[str], here: Here) -> Meaning:
    return in_year(here, MONTHS.index(found["month"]) + 1, _number(found["day"]), found["year"])


def _days_of_month(found: re.Match[str], here: Here) -> Meaning:
    return Ask((in_year(here, MONTHS.index(found["month"]) + 1, _number(found["day"])),))


def _month_alone(found: re.Match[str], here: Here) -> Meaning:
    number = MONTHS.index(found["month"]) + 1
    is_over = number <= here.today.month
    return Ask((Day((date(here.today.year + is_over, number, 1),)),))


def _month_year(found: re.Match[str], here: Here) -> Meaning:
    first = date(int(found["year"]), MONTHS.index(found["month"]) + 1, 1)
    return Ask((Day((first,)),) if first > here.today else ())


def _day_or_none(first: date, number: int) -> date | None:
    try:
        return first.replace(day=number)
    except ValueError:
        return None


def _year_first(found: re.Match[str], _here: Here) -> Meaning:
    return Day((date(*map(int, re.split(r"[-/.]", found[0]))),))


def _slashed(found: re.Match[str], here: Here) -> Meaning | None:
    """Reads 3/5 and 3/5/27 in the order of the reader's country; a number over 12 says by itself that it is a day."""
    if (question := _named(found, here)) is not None:
        return question if question.days else None
    one, other, *year = re.split(r"[-/.]", found[0])
    month_first = False if "." in found[0] and here.month_first is not True else here.month_first
    if "." in found[0] and here.month_first:
        month_first = None  # dots are for days first, and a reader with months first may write them all the same
    if int(one) > 12 or int(other) > 12:
        month_first = int(one) <= 12
    elif one == other:
        month_first = True
    orders = [(int(one), int(other)), (int(other), int(one))]
    if month_first is None:
        return Ask(tuple(in_year(here, *order, *year) for order in orders))
    return in_year(here, *orders[0 if month_first else 1], *year)


def _named(found: re.Match[str], here: Here) -> Ask | None:
    """Asks about a date that stands where a name does, "9/11 Museum" and "the 3/5 meeting"; "the 9/11 Museum" is none."""
    line = found.string
    before = line[: found.start()].split()[-1:]
    is_named = bool(before) and before[0] in ("the", "a", "our", "my") and BINDS.match(line, found.end()) is None
    if found[0] not in _SAYINGS:
        return Ask((Day((here.today,)),)) if is_named else None
    if is_named:
        return Ask()
    is_date = (bool(before) and (before[0] in _LEADS or before[0] in WEEKDAYS)) or _HOUR_BEHIND.match(line, found.end())
    return None if is_date or line == found[0] else Ask((Day((here.today,)),))


def _dotted(found: re.Match[str], here: Here) -> Meaning | None:
    """Reads 5.2. where days come first; at the end of a sentence it may be any number."""
    if here.month_first is not False:
        return None
    day = in_year(here, int(found["number"]), int(found["day"]))
    before = found.string[: found.start()].split()[-1:]
    is_last = found.end() == len(found.string) and bool(before)
    is_said = not is_last or before[0] in (*_LEADS, *WEEKDAYS, "am", ",")
    return day if is_said else Ask((day,))


def _iso(found: re.Match[str], here: Here) -> Meaning | None:
    """Reads a full ISO 8601 date and time, with an offset or in the reader's zone."""
    moment = isoparse(found[0].replace(" z", "z").upper().replace(" ", "T", 1))
    if moment.tzinfo is None:
        return Instant(at(moment.date(), moment.time(), here.zone))
    return Instant(moment.astimezone(UTC))


RULES: tuple[Rule, ...] = (
    (r"\d{4}-\d\d-\d\d[t ]\d\S+(?: z)?|\d{8}t\d+z?", _iso),
    (r"\d{4}([-/.])\d{1,2}\1\d{1,2}", _year_first),
    (r"\d{1,2}([-/.])\d{1,2}\1\d{2,4}|\d{1,2}/\d{1,2}(?! (?:of|an?|hours?|days?|weeks?|months?|years?)(?: |$))", _slashed),
    (r"(?P<day>\d{1,2})\.(?P<number>\d{1,2}) \.", _dotted),
    (rf"(?:from |between )?{MONTH} {_NUMBER}{_TO}\d{{1,2}}{_ENDS}?{_NO_CLOCK}{_YEAR}(?! \d*:)", _days_of_month),
    (rf"(?:from |between )?(?:the )?{_NUMBER}{_TO}\d{{1,2}}{_ENDS}? (?:of )?{MONTH}{_YEAR}", _days_of_month),
    (rf"{MONTH} (?:the )?{_NUMBER}{_NO_CLOCK}{_YEAR}", _month_day),
    (rf"(?:the )?{_NUMBER}(?: [-.])? (?:of )?{MONTH}{_YEAR}", _month_day),
    (rf"(?:in |by |on |for )?{MONTH} (?P<year>20\d\d)", _month_year),
    (rf"(?:in|by|before|during|until|till|next|this|since|after|early|late|early in|late in) {MONTH}(?! \d)", _month_alone),
    (rf"(?:the )?{_NUMBER}(?P<of> (?:of )?(?:this|the|next) month)", nth),
    (rf"(?:the |(?!1th|3th))(?P<day>\d{{1,2}}{_ENDS})(?P<of>)(?! of )", _nth_apart),  # "first, call Bob" is no day
    (rf"(?:(?<=on )|(?<=by )|(?<=day ))the (?P<day>\d{{1,2}}{_ENDS})(?P<of>)(?! (?:{_COUNTED})(?: |$))", nth),
)  # fmt: skip
