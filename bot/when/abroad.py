"""The zone behind a time of day: "3pm PT", "9:00 London time", "noon (GMT+2)"; whose time it is that was said."""

import re

from bot.when.dates import SETS_APART
from bot.when.pieces import Ask, Piece, Place
from bot.when.places import AMBIGUOUS, zone_by_abbreviation, zone_by_name

OWN = "own"
_REGIONS = ("pacific", "eastern", "mountain", "central")
_BEHIND = re.compile(r"(?P<lead>\( ?|\[ |in )?(?P<name>[^\W\d]\S*(?: [^\W\d]\S*)??)(?: [\])])?(?= |$)")
_NAMED = re.compile(r"(?P<name>[^\W\d]\S*(?: [^\W\d]\S*)?) (?:standard |daylight )?time(?: \))?(?= |$)")
_OFFSET = re.compile(r"(?:utc|gmt)(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?$")
_SHORT = 2  # letters: "pt" and "et" begin other things too
_FARTHEST = 14  # hours from UTC that any zone is


def read_zone(place: Place, before: Piece) -> Piece | None:
    """Reads the zone that stands behind a piece; one that cannot be told is to be asked about."""
    line, at = place.words.line, place.at
    found = _BEHIND.match(line, at)
    if found is None:
        return None
    named = _NAMED.match(line, found.start("name"))
    if named is not None:
        return _somebodys(place, named["name"], named.end(), before)
    name, end = found["name"], found.end()
    if offset := _OFFSET.match(name):
        is_zone = int(offset["hours"]) <= _FARTHEST and int(offset["minutes"] or 0) < 60
        return Piece("zone", name[3:], at, end) if is_zone else Piece("ask", Ask(), at, end)
    if "/" in name:
        zone = zone_by_name(name)
        return Piece("zone", zone, at, end) if zone else None
    if found["lead"] == "in " or before.role in ("clock", "part", "day"):
        is_short = found["lead"] != "in " and (name in AMBIGUOUS or zone_by_abbreviation(name, place.here.zone))
        return _short(place, name, found.start("name"), end) if is_short else _in_city(place, name, end)
    return None


def _somebodys(place: Place, name: str, end: int, before: Piece) -> Piece | None:
    """Reads "London time" and "my time"; of "their time" nobody said where it is."""
    if name in ("my", "our", "local"):
        return Piece("zone", OWN, place.at, end)
    zone = zone_by_name(name) or zone_by_abbreviation(name, place.here.zone)
    if zone is not None:
        return Piece("zone", zone, place.at, end)
    return Piece("ask", Ask(), place.at, end) if before.role == "clock" and "same" not in name else None


def _short(place: Place, name: str, start: int, end: int) -> Piece | None:
    """Reads "PT" and "EST"; "Central Park" is no zone, and what "3pm et al" is has to be asked about."""
    number = place.words.index(start)
    raw = place.words.raw(number)
    following = place.words.raw(number + 1) if number + 1 < len(place.words.tokens) else ""
    line = place.words.line
    is_marked = raw.isupper() or line[start - 2 : start] in ("( ", "[ ")
    if not is_marked and SETS_APART.match(line, start + len(name)) is None:
        if name in _REGIONS and raw.istitle() and following[:1].isupper():
            return None
        if name in _REGIONS or len(name) == _SHORT or raw.istitle():
            return Piece("ask", Ask(), place.at, end)
    zone = zone_by_abbreviation(name, place.here.zone)
    return Piece("zone", zone, place.at, end) if zone else Piece("ask", Ask(), place.at, end)


def _in_city(place: Place, name: str, end: int) -> Piece | None:
    """Asks about "3pm in London", which is a place as well as a zone; it is no question to somebody who lives by its clock."""
    zone = zone_by_name(name)
    return Piece("ask", Ask(), place.at, end) if zone and zone != place.here.zone else None
