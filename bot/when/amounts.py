"""Lengths of time in words: "2 hours and 30 minutes", "a week and a half", "5 business days", and what is counted from what."""

import re
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.when import days
from bot.when.dates import BINDS
from bot.when.pieces import Amount, Ask, Day, Instant, Piece, Place, add_workdays
from bot.when.words import UNITS

_ORDER = tuple(UNITS)
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST = {
    "second": 864_000,
    "minute": 100_000,
    "hour": 10_000,
    "day": 40_000,
    "week": 5_000,
    "fortnight": 2_500,
    "month": 1_200,
}
_VAGUE = 3  # "a few": what is offered, not what is taken
_HALVES = {"half", "half a", "half an", "1/2", "a half", "1/2 a", "1/2 an"}
_TERM = re.compile(
    r"(?:(?P<few>an? few|few|several|some)|(?P<couple>an? couple of|an? couple|couple of|couple)"
    r"|(?P<half>a half|half an?|half|1/2 an?|1/2)|(?P<number>\d{1,6}(?:\.\d{1,2})?|an?|another)) "
    rf"(?:(?P<more>and a half|1/2) )?(?P<unit>(?:business |working |work )days?|weekdays|(?:{'|'.join(_ORDER)})s?)"
    r"(?P<tail> and a half)?(?= |$)"
)
_QUARTER = re.compile(r"(?:(?P<n>a|3|an) )?quarters? (?:of an |of a )?hour(?= |$)")
_ADJECTIVE = re.compile(r"\b(?!1 )[\d.]+ (?:minute|hour|day|week|month|quarter|year)$")
_AGAIN = re.compile("(?:(?:the )?same|this) (?:time|day) next (?P<unit>week|month|year)(?= |$)")
_NEXT = {"week": relativedelta(weeks=1), "month": relativedelta(months=1), "year": relativedelta(years=1)}
_BEFORE = re.compile(
    "(?:(?P<in>in|after)|(?P<length>for))(?: (?:about|around|just|exactly|under|less than|like|say|maybe|an extra))?(?= )"
)
_HOUR_OF_DAY = re.compile(r"(?:1[3-9]|2[0-3]) hours(?: [0-5]\d)?$|(?:[6-9]|1\d) hours [0-5]\d$")
_FROM_NOW = re.compile(" (?:from now|hence|later|time|from today|or so from now)(?= |$)")
_MINUTES_GLUED = re.compile(r" ([0-5]\d)(?= |$)(?! minutes?)")
_JOINED = re.compile("(?: , and| and| ,|) ")
_AGO = re.compile(" (?:ago|back)(?= |$)")
_FROM_DAY = re.compile(r" (?P<how>from|after|on|)(?: |)(?=\w)")
_RELATIVE = re.compile(" (?:before|after|prior|earlier|into|past|of|notice|flat)(?= |$)")


def read_duration(place: Place) -> Piece | None:
    """Reads an amount together with what it is counted from."""
    line = place.words.line
    before = _BEFORE.match(line, place.at)
    found = read_amount(place, before.end() + 1 if before else place.at)
    if found is None:
        return None
    amount, end = found
    if before is None and _HOUR_OF_DAY.match(line[place.at : end]):
        return Piece("ask", Ask(), place.at, end)  # "17h" and "8h30" are times of day to some
    if before and before["length"]:
        return Piece("length", amount, place.at, end)
    counted = _counted_from(place, amount, end, is_in=before is not None)
    if counted is not None:
        return counted
    after = _FROM_NOW.match(line, end)
    if after is not None and "today" in after[0]:
        return Piece("day", shifted(Day((place.here.today,)), amount), place.at, after.end())
    if before and not after and _ADJECTIVE.search(line, place.at, end) and not BINDS.match(line, end):
        return Piece("ask", Ask(), place.at, end)  # "in 2 day workshop"
    is_said = bool(before) or after is not None
    return Piece("duration" if is_said else "bare", amount, place.at, after.end() if after else end)


def read_again(place: Place) -> Piece | None:
    """Reads "same time next week", which is a week from now."""
    found = _AGAIN.match(place.words.line, place.at)
    return Piece("duration", Amount(_NEXT[found["unit"]]), place.at, found.end()) if found else None


def read_amount(place: Place, at: int) -> tuple[Amount, int] | None:
    """Reads an amount of one or more units, the longer ones first; returns it and where it ends."""
    line, total, end, last = place.words.line, Amount(relativedelta()), -1, len(_ORDER)
    quarter = _QUARTER.match(line, at)
    if quarter:
        minutes = 45 if quarter["n"] == "3" else 15
        return Amount(relativedelta(), timedelta(minutes=minutes)), quarter.end()
    while (term := _TERM.match(line, at)) is not None:
        unit = _unit(term["unit"])
        order = _ORDER.index(unit) if unit != "workday" else len(_ORDER) - 1
        if order >= last or (end >= 0 and line[end:at] == " " and not term["number"]):
            break
        total = _sum(total, _amount(term, unit))
        end, last = term.end(), order
        glued = _MINUTES_GLUED.match(line, end)
        if unit == "hour" and glued and _is_glued(place, end):  # "1h30"
            return _sum(total, Amount(relativedelta(), timedelta(minutes=int(glued[1])))), glued.end()
        joined = _JOINED.match(line, end)
        at = joined.end() if joined else end
    return None if end < 0 else (total, end)


def shifted(day: Day, amount: Amount) -> Day | Ask:
    """Returns the day that lies an amount of days or more after another."""
    if amount.has_hours or amount.is_vague:
        return Ask()
    dates = tuple(moved(one, amount) for one in day.dates)
    also = (moved(day.or_today, amount),) if day.or_today else ()
    return Day((*also, *dates), guesses=day.guesses)


def moved(day: date, amount: Amount) -> date:
    """Returns the date that lies the calendar's part of an amount after another."""
    return add_workdays(day + amount.calendar, amount.workdays)


def _counted_from(place: Place, amount: Amount, end: int, *, is_in: bool) -> Piece | None:
    """Reads what follows an amount: "ago", "before the launch", "from Tuesday", "on Monday"."""
    line = place.words.line
    if _AGO.match(line, end):
        return Piece(
            "instant", Instant(None), place.at, line.find(" ", end + 1) if " " in line[end + 1 :] else len(line)
        )
    from_day = _FROM_DAY.match(line, end)
    day = days.read_day(place._replace(at=from_day.end())) if from_day else None
    if from_day and day and not amount.has_hours:
        is_weeks = amount.calendar.days and amount.calendar.days % 7 == 0 and not amount.calendar.months
        is_close = isinstance(day.value, Day) and (
            day.value.weekday is not None or line[day.start :].startswith("tomorrow")
        )
        if from_day["how"] in ("from", "after") or (is_weeks and is_close):
            value = shifted(day.value, amount) if isinstance(day.value, Day) else Ask()
            if is_in and from_day["how"] not in ("from", "after") and isinstance(value, Day):
                value = _in_weeks(value, place.here.today, amount)
            return Piece("day", value, place.at, day.end)
    if _RELATIVE.match(line, end):
        return Piece("ask", Ask(), place.at, line.find(" ", end + 1) if " " in line[end + 1 :] else len(line))
    return None


def _in_weeks(day: Day, today: date, amount: Amount) -> Day:
    """Returns the day of "in two weeks on Monday", or both that it can be: two weeks after Monday, or Monday in two weeks."""
    week = moved(today, amount)
    other = week + timedelta(days=day.dates[-1].weekday() - week.weekday())
    return replace(day, dates=tuple(sorted({*day.dates, other})))


def _is_glued(place: Place, end: int) -> bool:
    """Says whether the word after a place was typed without a space before it."""
    number = place.words.index(end + 1)
    return place.words.typed[number - 1][1] == place.words.typed[number][0]


def _unit(word: str) -> str:
    return "workday" if word.startswith(("business", "work", "weekday")) else word.removesuffix("s")


def _amount(term: re.Match[str], unit: str) -> Amount:
    """Returns what one number and its unit amount to."""
    number = 0.5 if term["half"] else 2.0 if term["couple"] else float(_VAGUE) if term["few"] else 1.0
    if term["number"] and term["number"][0].isdigit():
        number = float(term["number"])
    number += 0.5 if term["more"] or term["tail"] else 0
    is_vague = bool(term["few"]) or number == 0 or number > _MOST.get(unit, 100)
    if is_vague and not term["few"]:
        return Amount(relativedelta(), is_vague=True)
    if unit in _SECONDS:
        return Amount(relativedelta(), timedelta(seconds=number * _SECONDS[unit]), is_vague=is_vague)
    whole = int(number)
    if unit in _MONTHS:
        months = number * _MONTHS[unit]
        return Amount(relativedelta(months=int(months)), is_vague=is_vague or months != int(months))
    if number != whole and (unit != "day" or whole == 0):
        return Amount(relativedelta(), is_vague=True)  # half a day, and a week and a half, can be several things
    if unit == "workday":
        return Amount(relativedelta(), workdays=whole, is_vague=is_vague or number != whole)
    return Amount(relativedelta(days=whole * _DAYS[unit]), timedelta(hours=(number - whole) * 24), is_vague=is_vague)


def _sum(one: Amount, other: Amount) -> Amount:
    return Amount(
        one.calendar + other.calendar, one.elapsed + other.elapsed, one.workdays + other.workdays,
        one.is_vague or other.is_vague,
    )  # fmt: skip
