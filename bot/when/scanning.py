"""Finds the pieces of time in a text, and what stands beside them that the grammar has no place for."""

import re
from dataclasses import dataclass

from bot.when.abroad import read_zone
from bot.when.amounts import read_again, read_duration
from bot.when.beside import GLUE, HOLIDAYS, TAILS
from bot.when.called import or_company, read_corner, read_meeting
from bot.when.clocks import read_clock
from bot.when.days import read_day
from bot.when.names import DOUBT
from bot.when.pieces import Here, Piece, Place
from bot.when.repeats import read_repeat
from bot.when.tokens import Words
from bot.when.turning import is_clean
from bot.when.words import DOUBTFUL_DAYS, STARTS

_MOST_PIECES = 8
_MAY_BE_DAYS = HOLIDAYS | DOUBTFUL_DAYS | {DOUBT, "day"}  # beside a time of day they may be its day
_LIMIT = re.compile(
    "(?:(?P<until>till|to|ending|up to)|(?P<start>starting|from|as of|as from|effective|start))"
    "(?: (?:on|at|from|by|in|with))?(?: the)? "
)
_NTH = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)")  # "the 12th Ana 3pm"
_TIMES = re.compile(r"(?:for )?(?P<count>\d{1,3}) times(?! (?:an?|per|every) )(?= |$)")


@dataclass(frozen=True)
class Scan:
    """The pieces of a text in order; `is_clean` is whether nothing is left over that could be time as well.

    `has_doubt` is whether something is that may be a day and may be none: "3pm on launch day", "Friday's call at 3".
    """

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
            pieces.append(or_company(piece, words))
            number = words.index(piece.end - 1) + 1
    taken = _taken(words, pieces)
    left = {token for number, token in enumerate(words.tokens) if number not in taken}
    has_doubt = not left.isdisjoint(_MAY_BE_DAYS) or any(_NTH.fullmatch(token) for token in left)
    return Scan(words, tuple(pieces), is_clean(words, pieces, taken), has_doubt)


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
        read_corner(place, before) or read_repeat(place) or _read_limit(place, before) or read_again(place) or read_day(place)
        or read_clock(place, before) or read_duration(place) or read_meeting(place)
    )  # fmt: skip


def _read_limit(place: Place, before: Piece | None) -> Piece | None:
    """Reads what limits a repeat: "until June 5", "for 2 weeks", "5 times", "starting Monday"."""
    if before is None or before.role not in ("repeat", "clock", "part", "zone", "start"):
        return None
    line = place.words.line
    found = _LIMIT.match(line, place.at)
    if found:
        day = read_day(place._replace(at=found.end()))
        role = "until" if found["until"] else "start"
        return Piece(role, day.value, place.at, day.end) if day else None
    times = _TIMES.match(line, place.at)
    return Piece("count", int(times["count"]), place.at, times.end()) if times else None


def _taken(words: Words, pieces: list[Piece]) -> set[int]:
    return {number for piece in pieces for number in range(words.index(piece.start), words.index(piece.end - 1) + 1)}
