"""Parts of the day in words: mornings and evenings, lunch, the end of the day."""

import re
from collections.abc import Callable
from datetime import time

from bot.when.pieces import AFTER_LUNCH, END_OF_DAY, HOUR, HOURS, LUNCH, Ask, Clock, Part, Piece, Place
from bot.when.words import PARTS

Meaning = Clock | Part | Ask
Rule = tuple[str, Callable[[re.Match[str]], Meaning]]

PART = f"(?P<part>{'|'.join(PARTS)})"
_SPANS = {  # between which times people who say so mean it to be
    HOURS["morning"]: (time(5), time(10)), LUNCH: (time(11), time(14, 30)), AFTER_LUNCH: (time(12), time(15)),
    END_OF_DAY: (time(15), time(20)),
}  # fmt: skip
_ROUGHLY = "(?P<roughly>early |late |mid |mid - |later )"


def read_part(place: Place) -> Piece | None:
    """Reads a part of the day, or a time of day that is named for what happens then."""
    for pattern, meaning in _COMPILED:
        if found := pattern.match(place.words.line, place.at):
            value = meaning(found)
            role = {Clock: "clock", Part: "part", Ask: "ask"}[type(value)]
            return Piece(role, value, place.at, found.end())
    return None


def _named(hour: time) -> Callable[[re.Match[str]], Meaning]:
    return lambda _found: Clock(hour, is_todays=hour == END_OF_DAY, guesses=HOUR, span=_SPANS[hour])


def _part(found: re.Match[str]) -> Meaning:
    """Reads "in the morning" and "this evening"; of a part of a part the hour is to be asked about."""
    name, is_rough = found["part"], found.groupdict().get("roughly")
    return Ask((), (Clock(HOURS[name], guesses=HOUR),)) if is_rough else Part(name, found[0].startswith("this"))


def _night(_found: re.Match[str]) -> Meaning:
    return Part("night")


def _tonight(_found: re.Match[str]) -> Meaning:
    return Part("night", is_today=True)


def _unclear(_found: re.Match[str]) -> Meaning:
    return Ask()


_END_OF_DAY = (
    "(?:the )?(?:eod|(?:very )?end of (?:the |my |business |work |working )?(?:day|today|business|play|work)"
    "|close of (?:the )?(?:business|play|day))"
)
_RULES: tuple[Rule, ...] = (
    (_END_OF_DAY, _named(END_OF_DAY)),
    ("(?:first|1th) thing(?: in the morning)?|bright and early", _named(HOURS["morning"])),
    ("(?:right |just )?after lunch", _named(AFTER_LUNCH)),
    ("(?:at |about |around )lunch(?:time)?|lunchtime", _named(LUNCH)),
    ("(?:before|after|during|over) (?:lunch|work|breakfast|dinner|school|hours)|last thing|later tonight", _unclear),
    ("tonight", _tonight),
    ("(?:at|by) night", _night),
    (f"(?:in|during|for) the {_ROUGHLY}?{PART}", _part),
    (f"(?:this )?{_ROUGHLY}(?:this |in the )?{PART}", _part),
    (f"this {PART}", _part),
    (f"(?:on |in )?the {PART} of", _part),
)  # fmt: skip
_COMPILED = tuple((re.compile(f"(?:{pattern})(?= |$)"), meaning) for pattern, meaning in _RULES)
