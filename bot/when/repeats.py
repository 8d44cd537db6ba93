"""What recurs, in words: "every other Friday", "monthly on the last day", "Mondays and Thursdays"."""

import re
from functools import cache

from bot.when import dates
from bot.when.pieces import Ask, Piece, Place, Rule
from bot.when.words import MONTHS, PARTS, WEEKDAYS

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = ",".join(CODES[:5])
_DAY = "|".join(WEEKDAYS)
_MONTH = "|".join(MONTHS)
_UNIT = (
    "days?|weeks?|months?|years?|quarters?|fortnights?|weekdays?|business days?|working days?|work days?|workdays?|"
    f"mornings?|afternoons?|evenings?|nights?|weekends?|hours?|minutes?|seconds?|decades?|centur(?:y|ies)|lunch|{_MONTH}"
)
_NTH = r"(?:\d{1,2}(?:st|nd|rd|th)|second|last|final)"
_EVERY = r"(?:on |at )?(?:each and )?(?:every|each)(?: single)?"
_LIST = r"(?: , and | , or | , | and | & | / | )"
_DAYS = rf"(?:{_DAY})s?(?:{_LIST}(?:{_DAY})s?)*"
_COUNT = {"other": 2, "alternate": 2, "second": 2, "2nd": 2}
_WORDS = {
    "daily": ("DAILY", 1), "nightly": ("DAILY", 1), "weekly": ("WEEKLY", 1), "fortnightly": ("WEEKLY", 2), "monthly": ("MONTHLY", 1),
    "quarterly": ("MONTHLY", 3), "annually": ("YEARLY", 1), "annual": ("YEARLY", 1),
}  # fmt: skip
_UNITS = {
    "day": ("DAILY", 1), "week": ("WEEKLY", 1), "fortnight": ("WEEKLY", 2), "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3), "year": ("YEARLY", 1),
}  # fmt: skip
_THE_MONTH = r"(?:the|every|each|a) (?:calendar )?month"


def read_repeat(place: Place) -> Piece | None:
    """Reads what recurs; more often than daily, and what can be two rhythms, is to be asked about."""
    line = place.words.line
    for read in (_of_month, _every_range, _every_days, _every_date, _every_unit, _adverb, _plural, _range):
        found = read(place, line)
        if found is not None:
            value, end = found
            return Piece("repeat", value, place.at, end)
    return None


Found = tuple[Rule | Ask, int] | None


def _of_month(place: Place, line: str) -> Found:
    """Reads "the first Monday of each month", "every last Friday", "the 1st and 15th of every month"."""
    found = _pattern(
        rf"(?:on )?(?:the )?(?P<days>{_NTH}(?:{_LIST}(?:the )?{_NTH})*)(?: (?P<kind>{_DAY}|days?|weekday|(?:business|working|work) day))? (?:of|in) (?:every|each|a|any given) (?:calendar )?month(?= |$)"
    ).match(line, place.at)
    if found is None:
        found = _pattern(
            rf"{_EVERY} (?P<days>{_NTH}(?:{_LIST}{_NTH})*)(?: (?P<kind>{_DAY}|day|weekday|(?:business|working|work) day))? (?:of|in) {_THE_MONTH}(?= |$)"
        ).match(line, place.at)
    if found is None:
        found = _pattern(rf"{_EVERY} (?P<days>last|final|1th|1st)(?: (?P<kind>{_DAY}))(?= |$)").match(line, place.at)
    if found is None:
        end = _pattern(r"(?:at |on |by )?(?:the )?end of (?:every|each) month(?= |$)").match(line, place.at)
        return (Rule("MONTHLY", 1, (("BYMONTHDAY", "-1"),)), end.end()) if end else None
    return _monthly(found["days"], found["kind"], 1), found.end()


def _monthly(days: str, kind: str | None, interval: int) -> Rule | Ask:
    numbers = [
        -1 if one in ("last", "final") else 2 if one == "second" else int(one.rstrip("stndrh"))
        for one in re.findall(_NTH, days)
    ]
    if kind in WEEKDAYS:
        if any(not -1 <= number <= 4 or number == 0 for number in numbers):
            return Ask()  # not every month has five of a weekday
        code = CODES[WEEKDAYS.index(kind)]
        return Rule("MONTHLY", interval, (("BYDAY", ",".join(f"{number}{code}" for number in numbers)),))
    if kind and kind not in ("day", "days"):
        by = (("BYDAY", WORKDAYS), ("BYSETPOS", ",".join(map(str, numbers))))
        return Rule("MONTHLY", interval, by) if all(-1 <= number <= 20 for number in numbers) else Ask()
    if any(not -1 <= number <= 28 or number == 0 for number in numbers):
        return Ask()  # not every month has a 29th, a 30th, a 31st
    return Rule("MONTHLY", interval, (("BYMONTHDAY", ",".join(map(str, numbers))),))


def _every_days(place: Place, line: str) -> Found:
    """Reads "every Friday", "every other Friday", "every Mon, Wed and Fri", "every Monday morning"."""
    found = _pattern(
        rf"{_EVERY} (?:(?P<count>other|alternate|second|2nd|\d{{1,2}}(?:rd|th)) )?(?P<days>{_DAYS})(?: (?P<part>{'|'.join(PARTS)})s?)?(?= |$)"
    ).match(line, place.at)
    if found is None:
        return None
    if found["count"] and found["count"] not in ("other", "alternate"):
        return Ask(), found.end()  # every second Tuesday: of the month, or every other one?
    rest = _pattern(r" (?:every|each|of the|of) (?:other )?(?:week|month)").match(line, found.end())
    if rest is not None:
        return None if "week" not in rest[0] else (_weekly(found["days"], 2 if "other" in rest[0] else 1), rest.end())
    return _weekly(found["days"], 2 if found["count"] else 1, found["part"]), found.end()


def _every_range(place: Place, line: str) -> Found:
    found = _pattern(rf"{_EVERY} (?P<first>{_DAY}) (?:-|to|till) (?P<last>{_DAY})(?= |$)").match(line, place.at)
    return (_weekday_range(found), found.end()) if found else None


def _range(place: Place, line: str) -> Found:
    """Reads "Monday to Friday every week", and "Mondays to Fridays"."""
    found = _pattern(rf"(?:on )?(?P<first>{_DAY})s (?:-|to|till) (?P<last>{_DAY})s(?= |$)").match(line, place.at)
    return (_weekday_range(found), found.end()) if found else None


def _weekday_range(found: re.Match[str]) -> Rule | Ask:
    first, last = WEEKDAYS.index(found["first"]), WEEKDAYS.index(found["last"])
    return Rule("WEEKLY", 1, (("BYDAY", ",".join(CODES[first : last + 1])),)) if first < last else Ask()


def _weekly(days: str, interval: int, part: str | None = None) -> Rule:
    numbers = sorted({WEEKDAYS.index(one) for one in re.findall(_DAY, days)})
    return Rule("WEEKLY", interval, (("BYDAY", ",".join(CODES[number] for number in numbers)),), part=part)


def _every_date(place: Place, line: str) -> Found:
    """Reads "every March 5", "every 5th of March", "every 15th", "March 5 every year"."""
    found = _pattern(
        rf"{_EVERY} (?:(?P<month>{_MONTH}) (?:the )?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?)|(?P<day2>\d{{1,2}}(?:st|nd|rd|th)?) (?:of )?(?P<month2>{_MONTH}))(?= |$)"
    ).match(line, place.at)
    if found is None:
        found = _pattern(
            rf"(?:on )?(?:(?P<month>{_MONTH}) (?:the )?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?)|(?:the )?(?P<day2>\d{{1,2}}(?:st|nd|rd|th)?) (?:of )?(?P<month2>{_MONTH})) (?:(?:of )?(?:every|each) year|annually)(?= |$)"
        ).match(line, place.at)
    if found is not None:
        return _yearly(found["month"] or found["month2"], found["day"] or found["day2"], 1), found.end()
    found = _pattern(
        rf"{_EVERY} (?P<days>\d{{1,2}}(?:st|nd|rd|th)(?:{_LIST}\d{{1,2}}(?:st|nd|rd|th))*)(?! (?:{_UNIT}|{_DAY})(?: |$)){dates.BOUND}"
    ).match(line, place.at)
    return (_monthly(found["days"], None, 1), found.end()) if found else None


def _yearly(month: str, day: str, interval: int) -> Rule | Ask:
    month_number, day_number = MONTHS.index(month) + 1, int(day.rstrip("stndrh"))
    longest = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month_number - 1]
    if not 1 <= day_number <= longest:
        return Ask()  # the 29th of February is not there every year
    return Rule("YEARLY", interval, (("BYMONTH", str(month_number)), ("BYMONTHDAY", str(day_number))))


def _every_unit(place: Place, line: str) -> Found:
    """Reads "every 2 weeks on Tue and Thu", "each month on the 1st", "every weekday", "once a week"."""
    found = _pattern(
        rf"(?:{_EVERY}|once (?:every|each|an?|per)) (?:(?P<count>other|alternate|second|2nd|few|couple|\d{{1,3}}(?:rd|th)?|couple of|half) )?(?P<unit>{_UNIT})(?= |$)"
    ).match(line, place.at)
    if found is None:
        often = _pattern(r"(?:twice|(?:\d+|several|many) times) (?:an?|per|every|each) \w+(?= |$)").match(
            line, place.at
        )
        return (Ask(), often.end()) if often else None
    unit = found["unit"] if found["unit"] == "business" else found["unit"].removesuffix("s")
    number = _COUNT.get(found["count"] or "", 0) or (
        int(found["count"].rstrip("rdth")) if found["count"] and found["count"][0].isdigit() else 1
    )
    if found["count"] in ("few", "couple", "couple of", "half") or number == 0:
        return Ask(), found.end()
    if unit in ("weekday", "business day", "working day", "work day", "workday"):
        return (Rule("WEEKLY", 1, (("BYDAY", WORKDAYS),)) if number == 1 else Ask()), found.end()
    if unit in PARTS:
        return (Rule("DAILY", number, part=unit) if not found["count"] or number == 2 else Ask()), found.end()
    if unit not in _UNITS:
        return Ask(), found.end()  # hours and minutes are too often; a weekend has two days
    freq, times = _UNITS[unit]
    return _with_days(place, line, freq, number * times, found.end())


def _adverb(place: Place, line: str) -> Found:
    """Reads "daily", "weekly on Mondays", "monthly on the 1st"; before a noun they are no rhythm: "the weekly report"."""
    found = _pattern(
        r"(?P<bi>bi ?-? ?|semi ?-? ?|twice ?)?(?P<word>daily|nightly|weekly|fortnightly|monthly|quarterly|annually|hourly|bimonthly|semiannually|biannually)(?= |$)"
    ).match(line, place.at)
    if found is None:
        return None
    before = line[: place.at].rsplit(maxsplit=1)[-1:]
    rest = line[found.end() :]
    is_bound = re.match(dates.BOUND, rest) or re.match(rf" (?:{_DAY})s?(?= |$)| starting(?= |$)| until| till", rest)
    if before in (["the"], ["our"], ["my"], ["a"], ["your"], ["their"], ["this"], ["his"], ["her"]) or not is_bound:
        return None
    if found["word"] not in _WORDS or (found["bi"] and (found["word"] != "weekly" or not found["bi"].startswith("bi"))):
        return Ask(), found.end()
    freq, interval = _WORDS[found["word"]]
    value, end = _with_days(place, line, freq, 2 if found["bi"] else interval, found.end())
    return (
        Rule(value.freq, value.interval, value.by, "night")
        if found["word"] == "nightly" and isinstance(value, Rule)
        else value
    ), end


def _plural(place: Place, line: str) -> Found:
    """Reads "Mondays at 10", "Tuesdays and Thursdays", "Monday mornings", "on weekdays"."""
    found = _pattern(
        rf"(?:on )?(?P<days>(?:(?:{_DAY})s?{_LIST})*(?:{_DAY})s)(?: (?P<part>{'|'.join(PARTS)})s?)?(?= |$)"
    ).match(line, place.at)
    found = found or _pattern(rf"(?:on )?(?P<days>{_DAY}) (?P<part>{'|'.join(PARTS)})s(?= |$)").match(line, place.at)
    if found is not None:
        every = _pattern(r" (?:every|each) (?P<other>other |second |2 )?weeks?(?= |$)").match(line, found.end())
        interval = 2 if every and every["other"] else 1
        is_plain = not every and not found["part"] and not found[0].startswith("on ")
        if is_plain and re.match(dates.BOUND, line[found.end() :]) is None:
            return Ask(), found.end()  # "Mondays are hard"
        return _weekly(found["days"], interval, found["part"]), every.end() if every else found.end()
    found = _pattern(r"(?:on |during )?(?P<word>weekdays|weekends)(?= |$)").match(line, place.at)
    if found is None:
        return None
    return (Rule("WEEKLY", 1, (("BYDAY", WORKDAYS),)) if found["word"] == "weekdays" else Ask()), found.end()


def _with_days(place: Place, line: str, freq: str, interval: int, end: int) -> tuple[Rule | Ask, int]:
    """Reads the days that follow a rhythm: "on Mondays", "on the 1st and 15th", "on the last Friday", "on March 5"."""
    days = _pattern(rf"(?: ,)?(?: on)?(?: the)? (?P<days>{_DAYS})(?= |$)").match(line, end)
    if freq == "WEEKLY" and days:
        return _weekly(days["days"], interval), days.end()
    nth = _pattern(
        rf"(?: ,)?(?: on)?(?: the)? (?P<days>{_NTH}(?:{_LIST}(?:the )?{_NTH})*)(?: (?P<kind>{_DAY}|days?|weekday|(?:business|working|work) day))?(?: of (?:the|every|each) month)?(?= |$)"
    ).match(line, end)
    if freq == "MONTHLY" and nth:
        return _monthly(nth["days"], nth["kind"], interval), nth.end()
    date = _pattern(
        rf" (?:on |in )?(?:(?P<month>{_MONTH}) (?:the )?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?)|(?:the )?(?P<day2>\d{{1,2}}(?:st|nd|rd|th)?) (?:of )?(?P<month2>{_MONTH}))(?= |$)"
    ).match(line, end)
    if freq == "YEARLY" and date:
        return _yearly(date["month"] or date["month2"], date["day"] or date["day2"], interval), date.end()
    edge = _pattern(
        r" (?:at|on) the (?P<edge>end|start|beginning|starting)(?: of (?:the|each|every) month)?(?= |$)"
    ).match(line, end)
    if freq == "MONTHLY" and edge and interval == 1:
        return Rule(freq, 1, (("BYMONTHDAY", "-1" if edge["edge"] == "end" else "1"),)), edge.end()
    return Rule(freq, interval), end


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
