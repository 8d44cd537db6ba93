"""What can go wrong for a member, one class each, carrying the values its sentence needs.

The sentences themselves stand in `handlers/views/mistakes.py`.
"""

from dataclasses import dataclass


class Mistake(Exception):
    """Something a member can put right; nothing was written when it is raised."""


@dataclass(eq=False)
class NoPerson(Mistake):
    """Nobody was named. `role` says whether help was `gave` or `got`."""

    role: str


class NoWords(Mistake):
    """Somebody was named, and nothing was said."""


@dataclass(eq=False)
class NotAMention(Mistake):
    """A name was typed that Slack did not turn into a mention."""

    typed: str


@dataclass(eq=False)
class NotAName(Mistake):
    """A name of somebody outside Slack that cannot be read."""

    typed: str


@dataclass(eq=False)
class NotOnePerson(Mistake):
    """A channel, a group or everybody was named."""

    typed: str


class Oneself(Mistake):
    """A good turn to oneself."""


@dataclass(eq=False)
class IsABot(Mistake):
    """An app was named."""

    name: str


@dataclass(eq=False)
class IsGone(Mistake):
    """Somebody was named whose account is deactivated."""

    name: str
    slack_id: str


@dataclass(eq=False)
class IsFromElsewhere(Mistake):
    """Somebody of another workspace was named, who is here through a shared channel."""

    name: str
    slack_id: str


@dataclass(eq=False)
class TakesNoPart(Mistake):
    """Somebody was named who has left Good Turn."""

    name: str


class YouHaveLeft(Mistake):
    """Somebody who has left Good Turn used it."""


@dataclass(eq=False)
class TooManyPeople(Mistake):
    """More people in one act than it holds."""

    count: int
    limit: int


@dataclass(eq=False)
class TooLong(Mistake):
    """More characters than fit, in a field if it came from a form."""

    count: int
    limit: int
    field: str = "words"


@dataclass(eq=False)
class DayIsFull(Mistake):
    """The daily cap. `left` is how many still fit."""

    limit: int
    left: int


@dataclass(eq=False)
class SaidBefore(Mistake):
    """The same act was recorded a moment ago."""

    name: str
    minutes: int


@dataclass(eq=False)
class NoSuchTime(Mistake):
    """A time that cannot be read, or has passed."""

    typed: str


class TooLate(Mistake):
    """A moment that has passed was chosen."""


class TooFar(Mistake):
    """A moment more than a year ahead was chosen."""


@dataclass(eq=False)
class NotAnEmoji(Mistake):
    """What an admin typed is no emoji's name."""

    typed: str


class Stale(Mistake):
    """Not there, not yours, or no longer open: one answer for all three, so that none can be told from the others."""


@dataclass(eq=False)
class NoSuchStep(Stale):
    """An introduction that is in this state knows no such step: what `happens` is refused by name."""

    state: str
    happens: str


@dataclass(eq=False)
class NotANumber(Mistake):
    """What was typed is no number, or not within its limits."""

    typed: str
    least: int
    most: int
    field: str = "acts_a_day"


@dataclass(eq=False)
class NobodyToCall(Mistake):
    """No one is named whom one could call. `why` is `none`, `oneself`, `app`, `group` or `several`; `typed` what stood there."""

    typed: str
    why: str = "none"


class ZoneNotKnown(Mistake):
    """Slack has not told yet where somebody is, so that no time of theirs can be understood."""


class NoTimePicked(Mistake):
    """A day or a time was not picked."""


class TimeHasPassed(Mistake):
    """A call was planned for a moment that has passed."""


class TimeTooFar(Mistake):
    """A call was planned for a moment more than three years ahead."""


@dataclass(eq=False)
class TooManyCalls(Mistake):
    """More calls to return than a list holds."""

    limit: int


class EndsTooSoon(Mistake):
    """A working day was to end before it starts, or as it starts."""


class NoDay(Mistake):
    """A working week without a day."""


@dataclass(eq=False)
class NotACountry(Mistake):
    """What was typed is no country's name or code. `near` is the one whose name is nearest to it, or ""."""

    typed: str
    near: str
