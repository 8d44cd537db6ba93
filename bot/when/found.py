"""The door to the reading room: what a text says, and why it says nothing.

The room is entered when the first text is read, or `warm` is called. Its patterns take longer to compile than a text may take to
be read, and whoever only shows times has no use for them: this is why it is imported in the functions here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal


@dataclass(frozen=True)
class Found:
    """A time that was said: `at` is its instant, `every` an RRULE where it recurs, its wall time and zone being the reader's.

    `words` is the phrase as typed and `rest` the text without it. `guessed` names what was not said: hour, year, meridiem.
    Elapsed hours and a time in a zone that was named are an instant; all else is wall time, and moves with its reader.
    """

    at: datetime
    every: str | None
    rest: str
    words: str
    guessed: frozenset[str]
    is_instant: bool = False


@dataclass(frozen=True)
class WhyNone:
    """Why there is no time: none was said, it can be read in several ways, or it is past.

    `choices` are at most three instants to come that may have been meant.
    """

    reason: Literal["none", "unclear", "past"]
    words: str = ""
    choices: tuple[datetime, ...] = ()


def find_time(text: str, now: datetime, zone: str, locale: str = "en-US") -> Found | None:
    """Returns the one time that a text names, strictly after `now`; None for none, an unclear one and a past one.

    `zone` is where the reader lives, and `locale` tells whether 3/5 is in March or in May.
    """
    from bot.when import reading

    return reading.find_time(text, now, zone, locale)


def why_none(text: str, now: datetime, zone: str, locale: str = "en-US") -> WhyNone:
    """Returns why `find_time` finds none in this text; it is not asked about a text with one."""
    from bot.when import reading

    return reading.why_none(text, now, zone, locale)


def warm() -> None:
    """Compiles all that reading takes, once. Called beside the start of a program, it keeps the first reader from waiting."""
    from bot.when import reading

    moment = datetime(2026, 1, 1, tzinfo=UTC)
    reading.find_time("tomorrow at 3pm", moment, "UTC")
