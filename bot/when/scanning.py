"""Finds the pieces of time in a text, and what stands beside them that the grammar has no place for."""

import re
from dataclasses import dataclass
from functools import cache

from bot.when.amounts import read_duration
from bot.when.beside import GLUE, JOINS, TAILS, TURNS_AFTER, TURNS_BEFORE
from bot.when.clocks import read_clock
from bot.when.days import read_day
from bot.when.pieces import Ask, Day, Here, Piece, Place
from bot.when.places import AMBIGUOUS, zone_by_abbreviation, zone_by_name
from bot.when.repeats import read_repeat
from bot.when.tokens import DOUBT, Words
from bot.when.words import LEFT_OVER, STARTS

OWN = "own"
_MOST_PIECES = 8
_OWNERS = frozenset({"the", "a", "my", "our", "your", "his", "her", "their", "its", "that", "these", "those"})


@dataclass(frozen=True)
class Scan:
    """The pieces of a text in order; `is_clean` is whether nothing is left over that could be time as well."""

    words: Words
    pieces: tuple[Piece, ...]
    is_clean: bool
    has_doubt: bool


def scan(words: Words, here: Here) -> Scan:
    """Finds the pieces of a text, from left to right and each as long as it can be."""
    pieces: list[Piece] = []
    number = 0
    while number < len(words.tokens) and len(pieces) < _MOST_PIECES:
        piece = _read(words, number, here, pieces)
        if piece is None:
            number += 1
        else:
            pieces.append(piece)
            number = words.index(piece.end - 1) + 1
    taken = _taken(words, pieces)
    is_clean = _is_clean(words, pieces, taken)
    return Scan(words, tuple(pieces), is_clean, DOUBT in words.tokens)


def is_between(words: Words, one: Piece, other: Piece, allowed: frozenset[str]) -> bool:
    """Says whether nothing but such words stands between two pieces."""
    return all(token in allowed for token in words.tokens[words.index(one.end - 1) + 1 : words.index(other.start)])


def _read(words: Words, number: int, here: Here, pieces: list[Piece]) -> Piece | None:
    token = words.tokens[number]
    place = Place(words, words.starts[number], here)
    before = pieces[-1] if pieces else None
    if before and not all(
        one in GLUE or one in TAILS for one in words.tokens[words.index(before.end - 1) + 1 : number]
    ):
        before = None
    if (
        before
        and before.role in ("clock", "day", "part", "repeat", "ask")
        and (zone := _read_zone(place, before)) is not None
    ):
        return zone
    if not (token[0].isdigit() or token in STARTS):
        return None
    return (
        read_repeat(place) or _read_limit(place, before) or read_day(place) or read_clock(place, before) or read_duration(place)
        or _read_article(place)
    )  # fmt: skip


def _read_limit(place: Place, before: Piece | None) -> Piece | None:
    """Reads what limits a repeat: "until June 5", "for 2 weeks", "5 times", "starting Monday"."""
    if before is None or before.role not in ("repeat", "clock", "part", "zone", "start"):
        return None
    line = place.words.line
    found = _pattern(
        r"(?:(?P<until>until|till|to|ending|up to)|(?P<start>starting|from|as of|as from|effective|start))(?: (?:on|at|from|by|in|with))?(?: the)? "
    ).match(line, place.at)
    if found:
        day = read_day(place._replace(at=found.end()))
        role = "until" if found["until"] else "start"
        return Piece(role, day.value, place.at, day.end) if day else None
    times = _pattern(r"(?:for )?(?P<count>\d{1,3}) times(?! (?:an?|per|every))(?= |$)").match(line, place.at)
    return Piece("count", int(times["count"]), place.at, times.end()) if times else None


def _read_zone(place: Place, before: Piece) -> Piece | None:
    """Reads the zone of a time of day: "PT", "London time", "America/Chicago", "GMT+2", "my time"."""
    line, at = place.words.line, place.at
    found = _pattern(
        r"(?P<lead>\( ?|\[ |in )?(?P<name>[^\W\d]\S*(?: [^\W\d]\S*)??)(?P<time> (?:standard |daylight )?time)?(?: [\])])?(?= |$)"
    ).match(line, at)
    if found is None:
        return None
    name, end = found["name"], found.end()
    longer = _pattern(r"(?P<name>[^\W\d]\S*(?: [^\W\d]\S*)?) (?:standard |daylight )?time(?: \))?(?= |$)").match(
        line, found.start("name")
    )
    if longer:
        return _named_zone(place, longer["name"], at, longer.end(), before)
    number = place.words.index(found.start("name"))
    raw = place.words.raw(number)
    offset = _pattern(r"(?:utc|gmt)(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?$").match(name)
    if offset:
        is_zone = int(offset["hours"]) <= 14 and int(offset["minutes"] or 0) < 60
        return Piece("zone", name[3:], at, end) if is_zone else Piece("ask", Ask(), at, end)
    if "/" in name:
        zone = zone_by_name(name)
        return Piece("zone", zone, at, end) if zone else None
    if before.role not in ("clock", "part", "day") or found["lead"] == "in ":
        return _in_city(place, found["name"], at, end) if found["lead"] == "in " else None
    if name in AMBIGUOUS or zone_by_abbreviation(name, place.here.zone):
        is_written = (
            raw.isupper()
            or (len(name) > 2 and raw[0].islower())
            or end == len(line)
            or name in ("pacific", "eastern", "mountain", "central")
        )
        if not is_written or (raw[0].isupper() and not raw.isupper() and _is_capital(place.words, number + 1)):
            return None
        zone = zone_by_abbreviation(name, place.here.zone)
        return Piece("zone", zone, at, end) if zone else Piece("ask", Ask(), at, end)
    return _in_city(place, name, at, end)


def _named_zone(place: Place, name: str, at: int, end: int, before: Piece) -> Piece | None:
    if name in ("my", "our", "local"):
        return Piece("zone", OWN, at, end)
    if "same" in name:
        return None
    zone = zone_by_name(name) or zone_by_abbreviation(name, place.here.zone)
    if zone is None and before.role == "clock":
        return Piece("ask", Ask(), at, end)  # somebody's time, and nobody said where that is
    return Piece("zone", zone, at, end) if zone else None


def _in_city(place: Place, name: str, at: int, end: int) -> Piece | None:
    """Asks about "3pm in London", which is a place as well as a zone; it is no question to somebody who lives by its clock."""
    zone = zone_by_name(name)
    return Piece("ask", Ask(), at, end) if zone and zone != place.here.zone else None


def _read_article(place: Place) -> Piece | None:
    """Reads "the 3pm" as a name: of a meeting, a train, a show. It is no piece of a time."""
    found = _pattern(r"the (?:\d{1,2}(?::\d\d)? (?:am|pm)|\d{1,2}:\d\d|noon|midnight)(?= |$)").match(
        place.words.line, place.at
    )
    return Piece("name", None, place.at, found.end()) if found else None


def _taken(words: Words, pieces: list[Piece]) -> set[int]:
    return {number for piece in pieces for number in range(words.index(piece.start), words.index(piece.end - 1) + 1)}


def _is_clean(words: Words, pieces: list[Piece], taken: set[int]) -> bool:
    """Says whether no word that is left over is about time, neither by itself nor beside a piece."""
    tokens = words.tokens
    for number, token in enumerate(tokens):
        if number in taken:
            continue
        if token in LEFT_OVER or (token in ("am", "pm") and number and tokens[number - 1][0].isdigit()):
            return False
        if (
            token in ("every", "each")
            and number + 1 < len(tokens)
            and (tokens[number + 1][0].isdigit() or tokens[number + 1] in LEFT_OVER)
        ):
            return False
    roles = [piece for piece in pieces if piece.role not in ("length", "name")]
    return not any(_is_turned(words, piece, taken) for piece in roles)


def _is_turned(words: Words, piece: Piece, taken: set[int]) -> bool:
    """Says whether a word beside a piece makes another time of it, or is a number that belongs to it in some way."""
    tokens = words.tokens
    before, after = words.index(piece.start) - 1, words.index(piece.end - 1) + 1
    if piece.role in ("day", "bare") and before >= 0 and before not in taken:
        is_owned = isinstance(piece.value, Day) and piece.value.weekday is not None and tokens[before] in _OWNERS
        if is_owned or tokens[before] in ("from", "about"):
            return True  # "the Friday meeting", "the notes from Friday"
    while before >= 0 and tokens[before] in GLUE and before not in taken and tokens[before] not in TURNS_BEFORE:
        before -= 1
    while after < len(tokens) and tokens[after] in TAILS and after not in taken:
        after += 1
    if (
        before >= 0
        and before not in taken
        and (tokens[before] in TURNS_BEFORE or _is_number(words, before, is_before=True))
    ):
        return True
    if after >= len(tokens) or after in taken:
        return False
    if tokens[after] in TURNS_AFTER or _is_number(words, after):
        return True
    following = after + 1
    is_joined = (
        tokens[after] in (*JOINS, *GLUE)
        and tokens[after] not in (",", "for", "about", "of", "(")
        and following < len(tokens)
    )
    return (
        is_joined
        and following not in taken
        and (_is_number(words, following) or tokens[following] in ("half", "quarter"))
    )


def _is_number(words: Words, number: int, *, is_before: bool = False) -> bool:
    """Says whether a word is a number that could be an hour, a day or a year."""
    token = words.tokens[number]
    if not token[0].isdigit():
        return False
    if is_before and number and words.raw(number - 1)[:1].isupper() and token.isdigit() and len(token) == 4:
        return False  # "RFP 2027"
    if re.fullmatch(r"\d{1,2}(?::\d\d|\.\d\d)?|\d{1,2}/\d{1,2}|\d+(?:st|nd|rd|th)", token):
        return int(re.split(r"\D", token)[0]) <= 31
    return re.fullmatch(r"(?:[01]\d|2[0-4])[0-5]\d|20\d\d", token) is not None


def _is_capital(words: Words, number: int) -> bool:
    return number < len(words.tokens) and words.raw(number)[:1].isupper()


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
