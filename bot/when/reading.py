"""Reads when something is to be from what a member typed; what can be read in two ways is asked about, and never guessed.

Pieces of time are found word by word; each has one role, and all of them together must make one time. A piece too many, a number
left over beside them, a word such as "before": each of these is a question.
"""

from dataclasses import replace
from datetime import UTC, datetime

from bot.when import leftovers, resolving
from bot.when.found import Found, WhyNone
from bot.when.joining import Outcome
from bot.when.pieces import Here, Piece
from bot.when.places import puts_month_first, says_half_past
from bot.when.scanning import scan
from bot.when.tokens import Words, read_words

MOST_CHARACTERS = 500


def find_time(text: str, now: datetime, zone: str, locale: str = "en-US") -> Found | None:
    """Returns the one time that a text names; see `found`."""
    outcome, words, pieces = _read(text, now, zone, locale)
    if outcome.at is None or outcome.reason:
        return None
    phrase, rest = leftovers.split(words, pieces)
    is_instant = any(resolving.stays(piece) for piece in pieces)
    return Found(outcome.at, outcome.every, rest, phrase, outcome.guessed, is_instant)


def why_none(text: str, now: datetime, zone: str, locale: str = "en-US") -> WhyNone:
    """Returns why `find_time` finds none in this text; it is not asked about a text with one."""
    outcome, words, pieces = _read(text, now, zone, locale)
    phrase = leftovers.split(words, pieces)[0] if pieces else ""
    if outcome.reason == "past":
        return WhyNone("past", phrase, outcome.choices)
    if outcome.reason == "none":
        return WhyNone("none")
    return WhyNone("unclear", phrase, outcome.choices)


def _read(text: str, now: datetime, zone: str, locale: str) -> tuple[Outcome, Words, list[Piece]]:
    nothing = Words(text, "", (), (), ())
    if len(text) > MOST_CHARACTERS:
        return Outcome("none"), nothing, []
    words = read_words(text)
    here = Here(now.astimezone(UTC), zone, puts_month_first(locale), says_half_past(locale))
    try:
        return _resolved(words, here)
    except (OverflowError, ValueError):  # a day before the first or after the last that there is
        return Outcome("unclear"), nothing, []


def _resolved(words: Words, here: Here) -> tuple[Outcome, Words, list[Piece]]:
    """Reads with the day it is for the reader; where it is another one in the zone that was said, both must agree."""
    found = scan(words, here)
    outcome, pieces = resolving.resolve(found, here)
    said = resolving.zone_of(pieces)
    there = replace(here, zone=said) if said else here
    if there.today == here.today or not any(piece.role == "day" for piece in pieces):
        return outcome, words, pieces
    other, _ = resolving.resolve(scan(words, there), there)
    if other.at == outcome.at:
        return outcome, words, pieces
    both = [one for one in (outcome.at, other.at) if one is not None]
    return replace(outcome, reason="unclear", at=None, choices=tuple(sorted(both))), words, pieces
