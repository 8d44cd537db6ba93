"""Numbers that are hours: by how they are written, and by what stands beside them."""

import re
from datetime import time

from bot.when.beside import MEASURES, PLACES
from bot.when.dates import BINDS, SETS_APART
from bot.when.pieces import Ask, Clock, Day, Piece, Place
from bot.when.places import ABBREVIATIONS, AMBIGUOUS

Meaning = Clock | Ask


def clock(hour: int, minute: int, half: str | None, *, is_24: bool = False) -> Clock | Ask:
    """Returns a time of day as it is written; what is no time of day is to be asked about."""
    if minute > 59 or hour > 23 or (half == "am" and hour > 12) or (half == "pm" and (hour > 12 or hour == 0)):
        return Ask()
    if half:
        return Clock(time(hour % 12 + (12 if half == "pm" else 0), minute))
    return Clock(time(hour, minute), is_open=not is_24 and 1 <= hour <= 12)


def bare(found: re.Match[str], place: Place) -> Meaning | None:
    """Reads an hour alone; one after twelve is none where the day has two halves."""
    hour = int(found["hour"])
    if not 1 <= hour <= 23:
        return None
    if hour > 12 and place.here.month_first is not False:
        return Ask((), (Clock(time(hour)),))
    return clock(hour, minutes(found), None)


def at_number(found: re.Match[str], place: Place) -> Meaning | None:
    """Reads "at 3": alone at the start of a text, or before what cannot be counted."""
    value = bare(found, place)
    following = place.words.line[found.end() :].split(maxsplit=1)[:1]
    is_abroad = bool(following) and (following[0] in ABBREVIATIONS or following[0] in AMBIGUOUS)
    is_bound = is_abroad or SETS_APART.match(place.words.line, found.end()) is not None
    if is_bound or value is None:
        return value
    is_digit = place.words.raw(place.words.index(found.start("hour"))).isdigit()
    if found["how"] != "at" or not is_digit:
        return None
    return value if found.start() == 0 and not is_counted(place, found) else Ask()


def at_four(found: re.Match[str], place: Place) -> Meaning | None:
    """Reads "at 1730"; "by 2030" is a year as well, and "at 1600 Pennsylvania" an address."""
    value, following = four(found, place), place.words.line[found.end() :].split(maxsplit=1)[:1]
    is_bound = (
        SETS_APART.match(place.words.line, found.end()) or following[0] in ABBREVIATIONS or following[0] in AMBIGUOUS
    )
    is_year = found["how"] == "by" and found["four"][:2] in ("19", "20")
    if value is None or (is_bound and not is_year):
        return value
    return Ask((), (value,) if isinstance(value, Clock) else ())


def four(found: re.Match[str], _place: Place) -> Meaning | None:
    """Reads 1500, 0900 and 330pm."""
    digits = found["four"]
    half = group(found, "half")
    hour, minute = int(digits[:-2]), int(digits[-2:])
    if minute > 59 or hour > 23:
        return None
    return clock(hour, minute, half, is_24=True)


def dotted(found: re.Match[str], place: Place) -> Meaning:
    """Reads 14.30 where days come first and dots are for clocks; 2.50 can be money there, and 9.10 a date."""
    value = clock(int(found["hour"]), minutes(found), None)
    is_clock = place.here.month_first is False and (minutes(found) % 15 == 0 or int(found["hour"]) > 12)
    return value if is_clock else Ask((), (value,) if isinstance(value, Clock) else ())


def first_dotted(found: re.Match[str], place: Place) -> Meaning | None:
    """Reads 14.30 at the start of a text."""
    is_first = found.start() == 0 and place.here.month_first is False
    return dotted(found, place) if is_first and SETS_APART.match(found.string, found.end()) else None


def is_date(found: re.Match[str], before: Piece) -> bool:
    """Says whether a number behind a weekday is that day's own: "Thu 5" is an hour or the fifth."""
    day = before.value
    is_alone = found["minute"] is None and found[0].isdigit() and isinstance(day, Day) and day.weekday is not None
    return (
        is_alone and found.start() == before.end + 1 and isinstance(day, Day) and day.dates[0].day == int(found["hour"])
    )


def is_counted(place: Place, found: re.Match[str]) -> bool:
    """Says whether a number is followed by what it counts: "tomorrow 3 people", and not "tomorrow 3 about", "at 3 Boris"."""
    line, end = place.words.line, found.end()
    following = line[end:].split(maxsplit=1)[:1]
    if not following or BINDS.match(line, end):
        return False
    is_name = place.words.raw(place.words.index(end + 1)).istitle()
    if is_name and place.words.raw(place.words.index(found.start("hour"))).istitle():
        return True  # "at Five Guys"
    if line[: found.start()].endswith(("at ", "by ")) or found[0].startswith(("at ", "by ")):
        return following[0] in MEASURES or following[0] in PLACES
    return following[0].isalpha() and following[0].endswith("s") and not is_name


def minutes(found: re.Match[str], name: str = "minute") -> int:
    """Returns the minutes that were matched, 0 where none were said."""
    return int(group(found, name) or 0)


def group(found: re.Match[str], name: str) -> str | None:
    """Returns what a group matched; None where the pattern has no such group."""
    return found.groupdict().get(name)
