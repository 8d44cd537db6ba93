"""Finds the pieces of time in a text, and what stands beside them that the grammar has no place for."""

import re
from dataclasses import dataclass
from functools import cache

from bot.when.abroad import read_zone
from bot.when.amounts import read_again, read_duration
from bot.when.beside import EXCEPTS, GLUE, JOINS, SAYS_MORE, TAILS, TURNS_AFTER, TURNS_BEFORE
from bot.when.clocks import read_clock
from bot.when.days import read_day
from bot.when.names import DOUBT
from bot.when.pieces import Day, Here, Piece, Place
from bot.when.repeats import read_repeat
from bot.when.tokens import Words
from bot.when.words import LEFT_OVER, STARTS

_MOST_PIECES = 8
_LIMIT = (
    "(?:(?P<until>till|to|ending|up to)|(?P<start>starting|from|as of|as from|effective|start))"
    "(?: (?:on|at|from|by|in|with))?(?: the)? "
)
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
        and (zone := read_zone(place, before)) is not None
    ):
        return zone
    if not (token[0].isdigit() or token in STARTS):
        return None
    return (
        read_repeat(place) or _read_limit(place, before) or read_again(place) or read_day(place)
        or read_clock(place, before) or read_duration(place) or _read_article(place)
    )  # fmt: skip


def _read_limit(place: Place, before: Piece | None) -> Piece | None:
    """Reads what limits a repeat: "until June 5", "for 2 weeks", "5 times", "starting Monday"."""
    if before is None or before.role not in ("repeat", "clock", "part", "zone", "start"):
        return None
    line = place.words.line
    found = _pattern(_LIMIT).match(line, place.at)
    if found:
        day = read_day(place._replace(at=found.end()))
        role = "until" if found["until"] else "start"
        return Piece(role, day.value, place.at, day.end) if day else None
    times = _pattern(r"(?:for )?(?P<count>\d{1,3}) times(?! (?:an?|per|every) )(?= |$)").match(line, place.at)
    return Piece("count", int(times["count"]), place.at, times.end()) if times else None


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
    return tokens[after] in TURNS_AFTER or _is_number(words, after) or _is_turned_later(words, after, taken)


def _is_turned_later(words: Words, after: int, taken: set[int]) -> bool:
    """Says whether behind a joining word there is more of the time before it: "on day 15", "or 4", "(except Fridays)"."""
    tokens, joint, following = words.tokens, words.tokens[after], after + 1
    while following < len(tokens) and following not in taken and tokens[following] in GLUE and joint in GLUE:
        following += 1
    if following >= len(tokens) or following in taken or joint not in (*JOINS, *GLUE, ":", ";"):
        return False
    if joint in ("for", "about", "of"):
        return False
    if joint in ("(", ",", ":", ";"):
        is_last = following == len(tokens) - 1 and _is_number(words, following)
        return is_last or (joint == "(" and tokens[following] in EXCEPTS)
    return _is_number(words, following) or tokens[following] in SAYS_MORE


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


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
