"""Days by name: today and its neighbours, weekdays, and weekdays of weeks."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from bot.when import dates, periods
from bot.when.pieces import Ask, Day, Here, Instant, Piece, Place, add_workdays
from bot.when.words import WEEKDAYS

Meaning = Day | Ask | Instant
Rules = tuple[tuple[str, Callable[[re.Match[str], Here], Meaning | None]], ...]

WEEKDAY = f"(?P<weekday>{'|'.join(WEEKDAYS)})"
_WEEK = timedelta(weeks=1)
_SUNDAY = 6


def read_day(place: Place) -> Piece | None:
    """Reads a day; one that cannot be told from another is a piece as well, to be asked about."""
    line = place.words.line
    for pattern, meaning in _rules():
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


def _meant(
    meaning: Callable[[re.Match[str], Here], Meaning | None], found: re.Match[str], here: Here
) -> Meaning | None:
    try:
        return meaning(found, here)
    except (ValueError, OverflowError):  # the thirtieth of February, and a year beyond the calendar
        return Ask()


def _tomorrow(found: re.Match[str], here: Here) -> Meaning:
    return Day((here.today + timedelta(days=2 if "after" in found[0] else 1),))


def _today(found: re.Match[str], here: Here) -> Meaning:
    return Day((here.today,))


def _past(found: re.Match[str], here: Here) -> Meaning:
    return Instant(None)


def _unclear(found: re.Match[str], here: Here) -> Meaning:
    return Ask()


def _bare(found: re.Match[str], here: Here) -> Meaning:
    number = WEEKDAYS.index(found["weekday"])
    today = here.today if here.today.weekday() == number else None
    return Day((next_weekday(number, here),), or_today=today, weekday=number, is_said=False)


def _this(found: re.Match[str], here: Here) -> Meaning:
    number = WEEKDAYS.index(found["weekday"])
    if number == here.today.weekday():
        return Day((here.today, here.today + _WEEK))
    ahead = next_weekday(number, here)
    if ahead in in_week(number, 0, here) or "coming" in found[0]:
        return Day((ahead,))
    return Ask((Day((ahead,)),))


def _next(found: re.Match[str], here: Here) -> Meaning:
    number = WEEKDAYS.index(found["weekday"])
    return Day(tuple(sorted({next_weekday(number, here), *in_week(number, 1, here)})))


def _of_week(found: re.Match[str], here: Here) -> Meaning:
    weeks = 2 if "after" in found[0] else 0 if "this" in found[0] else 1
    days = in_week(WEEKDAYS.index(found["weekday"]), weeks, here)
    if weeks:
        return Day(days)
    return Day(days) if days[0] >= here.today else Ask(tuple(Day((one,)) for one in days if one >= here.today))


def _week_on(found: re.Match[str], here: Here) -> Meaning:
    day = next_weekday(WEEKDAYS.index(found["weekday"]), here)
    return Day((day, day + _WEEK) if day == here.today + _WEEK else (day + _WEEK,))


def _after_next(found: re.Match[str], here: Here) -> Meaning:
    first = next_weekday(WEEKDAYS.index(found["weekday"]), here)
    return Ask((Day((first + _WEEK,)), Day((first + 2 * _WEEK,))))


def _workday(found: re.Match[str], here: Here) -> Meaning:
    return Day((add_workdays(here.today, 1),))


def _either(found: re.Match[str], here: Here) -> Meaning:
    """Returns weekdays joined by "or", "to" and the like, each as it would be alone."""
    names = [name for name in re.findall(r"\w+", found[0]) if name in WEEKDAYS]
    return Ask(tuple(Day((next_weekday(WEEKDAYS.index(name), here),)) for name in dict.fromkeys(names)))


_JOINED = r"(?:or|and|to|till|/|-|&|, or|, and|or on|or the)"
_OF_WEEKS: Rules = (
    (rf"(?:the )?next week(?: ,)?(?: on)? {WEEKDAY}", _of_week),
    (rf"{WEEKDAY}(?: ,)?(?: of| in)? (?:the )?(?:following week|next week|week after next|this week)", _of_week),
    (rf"(?:this week|the week after next|week after next)(?: ,)?(?: on)? {WEEKDAY}", _of_week),
    (rf"(?:the )?{WEEKDAY} after next", _after_next),
    (rf"{WEEKDAY} week", _week_on),
)  # fmt: skip
_RULES: Rules = (
    (r"(?:the )?day (?:before yesterday)|yesterday|last (?:night|evening)|the other (?:day|week)", _past),
    (rf"(?:last|past|previous) (?:week|month|year|quarter|weekend|summer|winter|spring|fall|{'|'.join(WEEKDAYS)})(?! (?:of|in) )", _past),
    (r"(?:the )?day after tomorrow|tomorrow(?! \d+ years)", _tomorrow),
    (r"today|later today", lambda found, here: Ask() if "later" in found[0] else _today(found, here)),
    (rf"{'(?:' + '|'.join(WEEKDAYS) + ')'}(?: {_JOINED} (?:{'|'.join(WEEKDAYS)}))+", _either),
    (rf"next {WEEKDAY}", _next),
    (rf"(?:this (?:coming |upcoming )?|coming |upcoming ){WEEKDAY}", _this),
    (rf"{WEEKDAY}", _bare),
    (r"(?:the )?next (?:business |working |work )day|next weekday", _workday),
    (r"(?:the )?(?:next|following) day|(?:some|one)day|some day|sometime|soonish|(?<!as )soon|asap|later|eventually|shortly|in a (?:bit|while|moment|jiffy|few(?! \w+s?(?: |$)))|in due course", _unclear),
    (r"(?:at|on|by|before|after|until|till|for|over) (?:christmas|xmas|easter|thanksgiving|new year(?:'s)?(?: day| eve)?|halloween|labor|memorial)", _unclear),
)  # fmt: skip


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Here], Meaning | None]], ...]:
    return tuple((re.compile(rf"(?:{pattern})(?= |$)"), meaning) for pattern, meaning in _in_order())


def _in_order() -> Iterator[tuple[str, Callable[[re.Match[str], Here], Meaning | None]]]:
    yield from _OF_WEEKS
    yield from periods.RULES
    yield from dates.RULES
    yield from _RULES
