"""What recurs, in words: "every other Friday", "monthly on the last day", "Mondays and Thursdays"."""

import re
from collections.abc import Callable

from bot.when.dates import BINDS
from bot.when.pieces import Ask, Piece, Place, Rule
from bot.when.words import MONTHS, PARTS, WEEKDAYS

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = (("BYDAY", ",".join(CODES[:5])),)
Found = tuple[Rule | Ask, int] | None

_LONGEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # a February of 29 days does not come every year
_COUNTS = {"other": 2, "alternate": 2, "second": 2, "2nd": 2}
_UNITS = {
    "day": ("DAILY", 1), "week": ("WEEKLY", 1), "fortnight": ("WEEKLY", 2), "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3), "year": ("YEARLY", 1),
}  # fmt: skip
_ADVERBS = {
    "daily": "day", "nightly": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month",
    "quarterly": "quarter", "annually": "year",
}  # fmt: skip
_BEFORE_NOUNS = ("the", "our", "my", "a", "your", "their", "this", "his", "her")

_DAY = "|".join(WEEKDAYS)
_PART = f"(?: (?P<part>{'|'.join(PARTS)})s?)?"
_EVERY = "(?:on |at )?(?:each and )?(?:every|each)(?: single)?"
_AND = "(?: , and | , or | , | and | & | / | )"
_DAYS = f"(?P<days>(?:{_DAY})s?(?:{_AND}(?:{_DAY})s?)*)"
_TH = r"\d{1,2}(?:st|nd|rd|th)"
_NTH = f"(?:{_TH}|second|last|final)"
_NTHS = f"(?P<nths>{_NTH}(?:{_AND}(?:the )?{_NTH})*)(?: (?P<kind>{_DAY}|days?|weekday|(?:business|working|work) day))?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH = "|".join(MONTHS)
_DATE = f"(?:(?P<month>{_MONTH}) (?:the )?(?P<day>{_NUMBER})|(?:the )?(?P<day_first>{_NUMBER}) (?:of )?(?P<month_last>{_MONTH}))"
_UNIT = (
    "days?|weeks?|months?|years?|quarters?|fortnights?|weekdays?|(?:business|working|work) days?|workdays?|mornings?|afternoons?|"
    f"evenings?|nights?|weekends?|hours?|minutes?|seconds?|decades?|{_MONTH}"
)
_PATTERNS = {
    "nth of each month": f"(?:on )?(?:the )?{_NTHS} (?:of|in) (?:every|each|a|any given) (?:calendar )?month",
    "each nth of the month": f"{_EVERY} {_NTHS} (?:of|in) (?:the|every|each|a) (?:calendar )?month",
    "each last Friday": f"{_EVERY} (?P<nths>last|final|1th|1st) (?P<kind>{_DAY})",
    "end of each month": (
        "(?:at |on |by )?(?:the )?end of (?:every|each) month|(?:every|each) (?:end of (?:the )?month|month end)"
    ),
    "Monday to Friday": f"{_EVERY} (?P<first>{_DAY}) (?:-|to|till) (?P<last>{_DAY})",
    "Mondays to Fridays": f"(?:on )?(?P<first>{_DAY})s (?:-|to|till) (?P<last>{_DAY})s",
    "each Friday": rf"{_EVERY} (?:(?P<count>other|alternate|second|2nd|\d{{1,2}}(?:rd|th)) )?{_DAYS}{_PART}",
    "each March 5": f"{_EVERY} {_DATE}",
    "March 5 each year": f"(?:on )?{_DATE} (?:(?:of )?(?:every|each) year|annually)",
    "each 15th": f"{_EVERY} (?P<nths>{_TH}(?:{_AND}{_TH})*)",
    "each unit": (
        r"(?:" + _EVERY + r"|once (?:every|each|an?|per)) "
        r"(?:(?P<count>other|alternate|second|2nd|few|couple|\d{1,3}(?:rd|th)?|couple of|half) )?"
        f"(?P<unit>{_UNIT})"
    ),
    "twice": r"(?:twice|(?:\d+|several|many) times) (?:an?|per|every|each) \w+",
    "adverb": (
        "(?P<times>bi ?-? ?|semi ?-? ?|twice ?)?"
        "(?P<word>daily|nightly|weekly|fortnightly|monthly|quarterly|annually|hourly|bimonthly|semiannually|biannually)"
    ),
    "Fridays": f"(?:on )?(?P<days>(?:(?:{_DAY})s?{_AND})*(?:{_DAY})s){_PART}",
    "Friday mornings": f"(?:on )?(?P<days>{_DAY}) (?P<part>{'|'.join(PARTS)})s",
    "what follows an adverb": f" (?:(?:{_DAY})s?|starting|till)",
    "weekdays": "(?:on |during )?(?P<word>weekdays|weekends)",
    "each week": " (?:every|each) (?P<other>other |second |2 )?weeks?",
    "on days": f"(?: ,)?(?: on)?(?: the)? {_DAYS}",
    "on nths": f"(?: ,)?(?: on)?(?: the)? {_NTHS}(?: of (?:the|every|each) month)?",
    "on a date": f" (?:on |in )?{_DATE}",
    "at its end": " (?:at|on) the (?P<edge>end|start|starting)(?: of (?:the|each|every) month)?",
}  # fmt: skip
_COMPILED = {name: re.compile(f"(?:{pattern})(?= |$)") for name, pattern in _PATTERNS.items()}


def read_repeat(place: Place) -> Piece | None:
    """Reads what recurs; more often than daily, and what can be two rhythms, is to be asked about."""
    for read in _READERS:
        found = read(place.words.line, place.at)
        if found is not None:
            return Piece("repeat", found[0], place.at, found[1])
    return None


def _of_month(line: str, at: int) -> Found:
    """Reads "the first Monday of each month", "every last Friday", "the 1st and 15th of every month"."""
    for name in ("nth of each month", "each nth of the month", "each last Friday"):
        if found := _match(name, line, at):
            return _monthly(found["nths"], found["kind"], 1), found.end()
    end = _match("end of each month", line, at)
    return (Rule("MONTHLY", 1, (("BYMONTHDAY", "-1"),)), end.end()) if end else None


def _weekday_range(line: str, at: int) -> Found:
    found = _match("Monday to Friday", line, at) or _match("Mondays to Fridays", line, at)
    if found is None:
        return None
    first, last = WEEKDAYS.index(found["first"]), WEEKDAYS.index(found["last"])
    by = (("BYDAY", ",".join(CODES[first : last + 1])),)
    return Rule("WEEKLY", 1, by) if first < last else Ask(), found.end()


def _each_weekday(line: str, at: int) -> Found:
    """Reads "every Friday", "every other Friday", "every Mon, Wed and Fri", "every Monday morning"."""
    found = _match("each Friday", line, at)
    if found is None:
        return None
    if found["count"] and found["count"] not in ("other", "alternate"):
        return Ask(), found.end()  # every second Tuesday: of the month, or every other one?
    return _weekly(found["days"], 2 if found["count"] else 1, found["part"]), found.end()


def _each_date(line: str, at: int) -> Found:
    """Reads "every March 5", "every 5th of March", "every 15th", "March 5 every year"."""
    if found := _match("each March 5", line, at) or _match("March 5 each year", line, at):
        return _yearly(found, 1), found.end()
    found = _match("each 15th", line, at)
    is_apart = found and BINDS.match(line, found.end())
    return (_monthly(found["nths"], None, 1), found.end()) if found and is_apart else None


def _each_unit(line: str, at: int) -> Found:
    """Reads "every 2 weeks on Tue and Thu", "each month on the 1st", "every weekday", "once a week"."""
    if often := _match("twice", line, at):
        return Ask(), often.end()
    found = _match("each unit", line, at)
    if found is None:
        return None
    count, unit = found["count"] or "1", found["unit"].removesuffix("s")
    number = _COUNTS.get(count, 0) or (int(count.rstrip("rdth")) if count[0].isdigit() else 0)
    if unit in ("weekday", "workday") or unit.endswith(" day"):
        return Rule("WEEKLY", 1, WORKDAYS) if number == 1 else Ask(), found.end()
    if unit in PARTS and number in (1, 2):
        return Rule("DAILY", number, part=unit), found.end()
    if unit not in _UNITS or number == 0:
        return Ask(), found.end()  # hours are too often, and a weekend has two days
    freq, times = _UNITS[unit]
    return _with_days(line, freq, number * times, found.end())


def _adverb(line: str, at: int) -> Found:
    """Reads "daily", "weekly on Mondays", "monthly on the 1st"; before a noun they are no rhythm: "the weekly report"."""
    found = _match("adverb", line, at)
    if found is None:
        return None
    before, rest = line[:at].rsplit(maxsplit=1)[-1:], line[found.end() :]
    is_said = BINDS.match(rest) or _match("what follows an adverb", rest, 0)
    if (before and before[0] in _BEFORE_NOUNS) or not is_said:
        return None
    is_fortnight = (found["times"] or "").startswith("bi") and found["word"] == "weekly"
    if found["word"] not in _ADVERBS or (found["times"] and not is_fortnight):
        return Ask(), found.end()
    freq, interval = _UNITS["fortnight" if is_fortnight else _ADVERBS[found["word"]]]
    if found["word"] == "nightly":
        return Rule(freq, part="night"), found.end()
    return _with_days(line, freq, interval, found.end())


def _plural(line: str, at: int) -> Found:
    """Reads "Mondays at 10", "Tuesdays and Thursdays", "Monday mornings", "on weekdays"."""
    if found := _match("Fridays", line, at) or _match("Friday mornings", line, at):
        every = _match("each week", line, found.end())
        is_plain = not every and not found["part"] and not found[0].startswith("on ")
        if is_plain and BINDS.match(line, found.end()) is None:
            return Ask(), found.end()  # "Mondays are hard"
        interval = 2 if every and every["other"] else 1
        return _weekly(found["days"], interval, found["part"]), every.end() if every else found.end()
    found = _match("weekdays", line, at)
    if found is None:
        return None
    return Rule("WEEKLY", 1, WORKDAYS) if found["word"] == "weekdays" else Ask(), found.end()


_READERS: tuple[Callable[[str, int], Found], ...] = (
    _of_month, _weekday_range, _each_weekday, _each_date, _each_unit, _adverb, _plural,
)  # fmt: skip


def _with_days(line: str, freq: str, interval: int, end: int) -> tuple[Rule | Ask, int]:
    """Reads the days that follow a rhythm: "on Mondays", "on the 1st and 15th", "on the last Friday", "on March 5"."""
    if freq == "WEEKLY" and (days := _match("on days", line, end)):
        return _weekly(days["days"], interval), days.end()
    if freq == "MONTHLY" and (nths := _match("on nths", line, end)):
        return _monthly(nths["nths"], nths["kind"], interval), nths.end()
    if freq == "YEARLY" and (date := _match("on a date", line, end)):
        return _yearly(date, interval), date.end()
    if freq == "MONTHLY" and interval == 1 and (edge := _match("at its end", line, end)):
        return Rule(freq, 1, (("BYMONTHDAY", "-1" if edge["edge"] == "end" else "1"),)), edge.end()
    return Rule(freq, interval), end


def _weekly(days: str, interval: int, part: str | None = None) -> Rule:
    numbers = sorted({WEEKDAYS.index(one) for one in re.findall(_DAY, days)})
    return Rule("WEEKLY", interval, (("BYDAY", ",".join(CODES[number] for number in numbers)),), part)


def _monthly(nths: str, kind: str | None, interval: int) -> Rule | Ask:
    """Returns days of a month: those that not every month has are to be asked about."""
    words = re.findall(_NTH, nths)
    numbers = [-1 if one in ("last", "final") else 2 if one == "second" else int(one.rstrip("stndrh")) for one in words]
    most = 28 if kind in (None, "day", "days") else 4 if kind in WEEKDAYS else 20
    if any(number == 0 or number > most for number in numbers):
        return Ask()
    if kind in WEEKDAYS:
        code = CODES[WEEKDAYS.index(kind)]
        return Rule("MONTHLY", interval, (("BYDAY", ",".join(f"{number}{code}" for number in numbers)),))
    listed = ",".join(map(str, numbers))
    by = (("BYMONTHDAY", listed),) if kind in (None, "day", "days") else (*WORKDAYS, ("BYSETPOS", listed))
    return Rule("MONTHLY", interval, by)


def _yearly(found: re.Match[str], interval: int) -> Rule | Ask:
    month = MONTHS.index(found["month"] or found["month_last"]) + 1
    day = int((found["day"] or found["day_first"]).rstrip("stndrh"))
    is_there = 1 <= day <= _LONGEST[month - 1]
    return Rule("YEARLY", interval, (("BYMONTH", str(month)), ("BYMONTHDAY", str(day)))) if is_there else Ask()


def _match(name: str, line: str, at: int) -> re.Match[str] | None:
    return _COMPILED[name].match(line, at)
