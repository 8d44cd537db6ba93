"""Times of day in words and numbers: "3pm", "15:00", "half past 3", "noon"."""

import re
from collections.abc import Callable
from datetime import time

from bot.when.beside import GLUE
from bot.when.dates import BINDS, SETS_APART
from bot.when.hours import (
    Meaning,
    at_four,
    at_number,
    bare,
    clock,
    dotted,
    first_dotted,
    four,
    group,
    is_counted,
    is_date,
    minutes,
)
from bot.when.parts import PART, read_part
from bot.when.pieces import Ask, Clock, Part, Piece, Place
from bot.when.words import LEFT_OVER, PARTS

Rule = tuple[str, Callable[[re.Match[str], Place], Meaning | None]]

_HALF = "am|pm"
_HALVES = {"am": "morning", "pm": "afternoon"}
_ROUND = (5, 10, 20, 25)  # minutes that are said without the word
_TIME = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?::\d\d)?)?"
_OTHER = r"(?P<hour2>\d{1,2})(?:[:.](?P<minute2>\d\d))?"
_LEADS = r"(?:(?:exactly|about|around|~) )?"


def read_clock(place: Place, before: Piece | None) -> Piece | None:
    """Reads a time of day; `before` is the piece that stands right before, of which a bare number can be the hour."""
    line = place.words.line
    after_day = before is not None and before.role in ("day", "part", "repeat")
    for pattern, meaning in _COMPILED:
        found = pattern.match(line, place.at)
        if found and (value := meaning(found, place)) is not None:
            if meaning is at_number and after_day and isinstance(value, Ask):
                continue  # "tomorrow at 10 send it": the day says what the number is
            return _piece(value, place.at, found.end())
    return read_part(place) or (_after_day(place, before) if before and after_day else None)


def _after_day(place: Place, before: Piece) -> Piece | None:
    """Reads what is a time of day only because a day stands before it: "tomorrow 3", "Friday 0900", "Monday morning"."""
    line, at = place.words.line, place.at
    if found := _HOUR_BEHIND.match(line, at):
        value = bare(found, place)
        if is_date(found, before) or line[:at].endswith(" the "):  # "monthly on the 5"
            value = Ask((), (value,) if isinstance(value, Clock) else ())
        return _piece(value, at, found.end()) if value and not is_counted(place, found) else None
    if found := _DOTTED_BEHIND.match(line, at):
        return _piece(dotted(found, place), at, found.end())
    if found := _FOUR_BEHIND.match(line, at):
        value = four(found, place)
        is_year = found["four"].startswith("20")
        return _piece(value, at, found.end()) if value and not is_year else None
    found = _PART_BEHIND.match(line, at)
    if found is None or (found["half"] and not BINDS.match(line, found.end())):
        return None
    return Piece("part", Part(found["part"] or _HALVES[found["half"]]), at, found.end())


def _piece(value: Meaning, start: int, end: int) -> Piece:
    return Piece("clock" if isinstance(value, Clock) else "ask", value, start, end)


def _written(found: re.Match[str], place: Place) -> Meaning:
    """Reads 3pm, 3:30 pm, 15:00 and 08:00; the last two are said with all of the day's 24 hours."""
    is_24 = found["hour"].startswith("0") or "hours" in found[0]
    before = place.words.line[: found.start()].rsplit(maxsplit=1)
    is_verse = (
        minutes(found) % 5 and not group(found, "half") and before and before[-1].isalpha() and before[-1] not in GLUE
    )
    if is_verse and not is_24 and int(found["hour"]) <= 12 and before[-1] not in LEFT_OVER:
        return Ask()  # "John 3:16"
    return clock(int(found["hour"]), minutes(found), group(found, "half"), is_24=is_24)


def _written_apart(found: re.Match[str], place: Place) -> Meaning | None:
    return _written(found, place) if SETS_APART.match(found.string, found.end()) else None


def _noon(found: re.Match[str], _place: Place) -> Meaning:
    is_noon = "noon" in found[0]
    return Clock(time(12) if is_noon else time(0), is_end=not is_noon)


def _past(found: re.Match[str], place: Place) -> Meaning | None:
    """Reads "half past 3", "quarter to five", "20 past 3"."""
    is_said = found["part"] != "half" or found["way"] == "past"
    if found["part"].isdigit():  # "10 to 3" is a stretch as well, and "10 of 12" a share
        is_in_letters = place.words.raw(place.words.index(found.start())).isalpha()
        is_said = bool(found["unit"]) or found["way"] == "past" or (is_in_letters and found["way"] != "of")
    if not is_said:
        return None
    word = found["part"].split()
    minute = 30 if "half" in word else 15 if "quarter" in word else int(word[0])
    if not found["unit"] and word[0].isdigit() and minute not in _ROUND:
        return Ask()  # "nine to five"
    hour = 12 if found["hour"] == "noon" else 24 if found["hour"] == "midnight" else int(found["hour"])
    if not 0 < minute < 60 or not 0 < hour <= (24 if found["hour"] == "midnight" else 12):
        return Ask()
    if found["way"] in ("to", "before", "till", "of"):
        hour, minute = hour - 1, 60 - minute
    if not found["hour"].isdigit():
        return Clock(time(hour % 24, minute))
    return clock(hour or 12, minute, found["half"])


def _half(found: re.Match[str], place: Place) -> Meaning:
    """Reads "half five" as half past five in Britain; it is half past four to others, and a half is one of many things."""
    half_past = clock(int(found["hour"]), 30, found["half"])
    before = place.words.line[: found.start()].rsplit(maxsplit=1)[-1:]
    is_share = bool(before) and (
        before[0] in ("a", "an", "the", "first", "1th", "second", "other") or before[0][0].isdigit()
    )
    if place.here.half_past and not is_share and 1 <= int(found["hour"]) <= 12:
        return half_past
    return Ask((), (half_past,) if isinstance(half_past, Clock) else ())


def _stretch(found: re.Match[str], _place: Place) -> Meaning | None:
    """Offers the start of "3-4pm" and of "between 3 and 4", and takes none of it."""
    is_time = found["minute"] or found["minute2"] or found["half"] or found["half2"] or found["how"]
    if not is_time or int(found["hour"]) > 23 or int(found["hour2"]) > 24:
        return None
    half = found["half"] or (found["half2"] if int(found["hour"]) < int(found["hour2"]) != 12 else None)
    start = clock(int(found["hour"]), minutes(found), half)
    return Ask((), (start,) if isinstance(start, Clock) else ())


def _same(_found: re.Match[str], place: Place) -> Meaning:
    return Clock(
        place.here.local.time().replace(second=0, microsecond=0), is_todays=True
    )  # without a day it says nothing


_UNITS = (
    r"(?! (?:minutes?|hours?|days?|weeks?|months?|years?|business|working|people|more|times|quarters)(?: |$)"
    r"| (?:past|to) \d)"
)
_STRETCH = (
    rf"(?:(?P<how>from|between|at|starting) )?{_TIME}(?: (?P<half>{_HALF}))? (?:-|to|till|and|or|/|&)(?: at)? {_OTHER}"
    rf"(?: (?P<half2>{_HALF}))?{_UNITS}"
)
_PAST = (
    rf"(?P<part>half|(?:a )?quarter|\d{{1,2}})(?P<unit> minutes?)? (?P<way>past|to|before|after|till|of) "
    rf"(?P<hour>\d{{1,2}}|noon|midnight)(?: o'clock)?(?: (?P<half>{_HALF}))?{_UNITS}"
)
_AT_NUMBER = (
    r"(?P<how>at|by|about|around|~)(?: (?:about|around|exactly|say|like))? (?P<hour>\d{1,2})(?: (?P<minute>[0-5]\d))?"
    rf"(?: ish)?(?! (?:am|pm|o'clock)(?: |$)){_UNITS}"
)
_DOTTED = r"(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)"
_HOUR_BEHIND = re.compile(rf"{_LEADS}(?P<hour>\d{{1,2}})(?: (?P<minute>[0-5]\d))?(?: ish)?(?= |$)")
_DOTTED_BEHIND = re.compile(rf"{_DOTTED}(?= |$)")
_FOUR_BEHIND = re.compile(r"(?P<four>\d{4})(?: hours)?(?= |$)")
_PART_BEHIND = re.compile(rf"(?:{PART}|(?P<half>{_HALF}))(?= |$)")
_RULES: tuple[Rule, ...] = (
    (_STRETCH, _stretch),
    (rf"{_LEADS}{_TIME} (?:o'clock )?(?P<half>{_HALF})(?! i )", _written),  # "at 3 am I free?"
    (rf"{_LEADS}(?P<four>\d{{3,4}}) (?P<half>{_HALF})", four),
    (rf"{_LEADS}(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::\d\d)?(?: ish| o'clock| hours)?", _written),
    (r"(?P<hour>\d{1,2}) o'clock(?: ish)?", _written),
    (r"(?:at |by )?(?P<four>\d{4}) hours(?! (?:from|ago|later))", four),
    (r"(?P<how>at|by) (?P<four>\d{4})", at_four),
    (rf"{_DOTTED}(?! \.)", first_dotted),
    (rf"(?:at|by) {_DOTTED}(?! (?:{_HALF}))", _written_apart),
    (r"(?:12 )?(?:noon|midnight)(?: ish)?", _noon),
    (_PAST, _past),
    (rf"(?:at )?half (?P<hour>\d{{1,2}})(?: o'clock)?(?: (?P<half>{_HALF}))?{_UNITS}", _half),
    (r"at (?P<hour>\d{1,2}) hours(?: (?P<minute>[0-5]\d))?", _written),
    (_AT_NUMBER, at_number),
    (rf"(?P<hour>\d{{1,2}})(?: ish|(?= (?:(?:in the|this|at|of the) (?:{'|'.join(PARTS)})|tonight)(?: |$)))", bare),
    (r"(?:(?:the )?same|this) time", _same),
)  # fmt: skip
_COMPILED = tuple((re.compile(f"(?:{pattern})(?= |$)"), meaning) for pattern, meaning in _RULES)
