"""Days by name: today and its neighbours, weekdays, and weekdays of weeks."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.when import dates, periods
from bot.when.pieces import Ask, Day, Here, Instant, Piece, Place, add_workdays
from bot.when.words import WEEKDAYS

Meaning = Day | Ask | Instant
Reader = Callable[[re.Match[str], Here], Meaning | None]
Rules = tuple[tuple[str, Reader], ...]

_NAMES = "|".join(WEEKDAYS)
_WEEKDAY = f"(?P<weekday>{_NAMES})"
_WEEK = timedelta(weeks=1)


def read_day(place: Place) -> Piece | None:
    """Reads a day; one that cannot be told from another is a piece as well, to be asked about."""
    line = place.words.line
    for pattern, meaning in _COMPILED:
        found = pattern.match(line, place.at)
        if found and (value := _meant(meaning, found, place.here)) is not None:
            role = {Ask: "ask", Instant: "instant", Day: "day"}[type(value)]
            return Piece(role, value, place.at, found.end())
    return None


def next_weekday(number: int, here: Here) -> date:
    """Returns the date of a weekday, the first one after today."""
    return here.today + timedelta(days=(number - here.today.weekday() - 1) % 7 + 1)


def in_week(number: int, weeks: int, here: Here) -> tuple[date, ...]:
    """Returns the date of a weekday in the week after so many; both where weeks from Sunday and from Monday differ."""
    monday = here.today - timedelta(days=here.today.weekday())
    sunday = here.today - timedelta(days=(here.today.weekday() + 1) % 7)
    found = {monday + weeks * _WEEK + timedelta(days=number), sunday + weeks * _WEEK + timedelta(days=(number + 1) % 7)}
    return tuple(sorted(found))


def _meant(meaning: Reader, found: re.Match[str], here: Here) -> Meaning | None:
    try:
        return meaning(found, here)
    except (ValueError, OverflowError):  # the thirtieth of February, and a year beyond the calendar
        return Ask()


def _number(found: re.Match[str]) -> int:
    return WEEKDAYS.index(found["weekday"])


def _tomorrow(found: re.Match[str], here: Here) -> Meaning:
    return Day((here.today + timedelta(days=2 if "after" in found[0] else 1),))


def _today(_found: re.Match[str], here: Here) -> Meaning:
    return Day((here.today,))


def _past(_found: re.Match[str], _here: Here) -> Meaning:
    return Instant(None)


def _unclear(_found: re.Match[str], _here: Here) -> Meaning:
    return Ask()


def _bare(found: re.Match[str], here: Here) -> Meaning:
    number = _number(found)
    today = here.today if here.today.weekday() == number else None
    return Day((next_weekday(number, here),), or_today=today, weekday=number)


def _this(found: re.Match[str], here: Here) -> Meaning:
    number = _number(found)
    if number == here.today.weekday():
        return Day((here.today, here.today + _WEEK))
    ahead = next_weekday(number, here)
    if ahead in in_week(number, 0, here) or "coming" in found[0]:
        return Day((ahead,))
    return Ask((Day((ahead,)),))


def _next(found: re.Match[str], here: Here) -> Meaning:
    number = _number(found)
    return Day(tuple(sorted({next_weekday(number, here), *in_week(number, 1, here)})))


def _of_week(found: re.Match[str], here: Here) -> Meaning:
    weeks = 2 if "after" in found[0] else 0 if "this" in found[0] else 1
    days = in_week(_number(found), weeks, here)
    if weeks:
        return Day(days)
    return Day(days) if days[0] >= here.today else Ask(tuple(Day((one,)) for one in days if one >= here.today))


def _week_on(found: re.Match[str], here: Here) -> Meaning:
    day = next_weekday(_number(found), here)
    return Day((day, day + _WEEK) if day == here.today + _WEEK else (day + _WEEK,))


def _after_next(found: re.Match[str], here: Here) -> Meaning:
    first = next_weekday(_number(found), here)
    return Ask((Day((first + _WEEK,)), Day((first + 2 * _WEEK,))))


def _workday(_found: re.Match[str], here: Here) -> Meaning:
    return Day((add_workdays(here.today, 1),))


def _either(found: re.Match[str], here: Here) -> Meaning:
    """Returns weekdays joined by "or", "to" and the like, each as it would be alone."""
    names = [name for name in re.findall(r"\w+", found[0]) if name in WEEKDAYS]
    return Ask(tuple(Day((next_weekday(WEEKDAYS.index(name), here),)) for name in dict.fromkeys(names)))


_JOINED = "(?:or|and|to|till|/|-|&|, or|, and|or on|or the)"
_GONE = "week|month|year|quarter|weekend|summer|winter|spring|fall"
_SOME_TIME = (
    "(?:the )?(?:next|following) day|(?:some|one)day|some day|sometime|soonish|(?<!as )soon|asap|later|eventually|shortly"
    r"|in a (?:bit|while|moment|jiffy|few(?! \w+s?(?: |$)))|in due course"
)
_FEASTS = "christmas|xmas|easter|thanksgiving|new year(?:'s)?(?: day| eve)?|halloween|labor|memorial"
_OF_WEEKS: Rules = (
    (rf"(?:the )?next week(?: ,)?(?: on)? {_WEEKDAY}", _of_week),
    (rf"{_WEEKDAY}(?: ,)?(?: of| in)? (?:the )?(?:following week|next week|week after next|this week)", _of_week),
    (rf"(?:this week|the week after next|week after next)(?: ,)?(?: on)? {_WEEKDAY}", _of_week),
    (rf"(?:the )?{_WEEKDAY} after next", _after_next),
    (rf"{_WEEKDAY} week", _week_on),
    (r"(?P<of>(?:this|next) month)(?: ,)?(?: on)?(?: the)? (?P<day>\d{1,2}(?:st|nd|rd|th))", dates.nth),
)  # fmt: skip
_RULES: Rules = (
    (r"(?:the )?day (?:before yesterday)|yesterday|last (?:night|evening)|the other (?:day|week)", _past),
    (f"(?:last|past|previous) (?:{_GONE}|{_NAMES})(?! (?:of|in) )", _past),
    (r"(?:the )?day after tomorrow|tomorrow(?! \d+ years)", _tomorrow),
    (r"today", _today),
    (r"later today", _unclear),
    (f"(?:{_NAMES})(?: {_JOINED} (?:{_NAMES}))+", _either),
    (rf"next {_WEEKDAY}", _next),
    (rf"(?:this (?:coming |upcoming )?|coming |upcoming ){_WEEKDAY}", _this),
    (rf"{_WEEKDAY}", _bare),
    (r"(?:the )?next (?:business |working |work )day|next weekday", _workday),
    (_SOME_TIME, _unclear),
    (f"(?:at|on|by|before|after|until|till|for|over) (?:{_FEASTS})", _unclear),
)  # fmt: skip
_COMPILED = tuple(
    (re.compile(f"(?:{pattern})(?= |$)"), meaning)
    for pattern, meaning in (*_OF_WEEKS, *periods.RULES, *dates.RULES, *_RULES)
)
