"""What keeps an introduction from being asked about. Whatever it is, nobody was asked."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import Mistake


class NobodyAsked(Mistake):
    """An introduction of which nobody was asked."""


class NotForGuests(NobodyAsked):
    """A guest wants to introduce people."""


@dataclass(eq=False)
class NotTwoPeople(NobodyAsked):
    """Not two or three others were named. `why` is `few`, `many` or `oneself`."""

    why: str


@dataclass(eq=False)
class CannotBeAsked(NobodyAsked):
    """Somebody whom the bot cannot ask about an introduction. `why` is `guest`, `elsewhere` or `outside`."""

    name: str
    why: str


@dataclass(eq=False)
class NotLookedUp(NobodyAsked):
    """Slack has not said yet who somebody is; `is_oneself` where it is the one who asks."""

    name: str
    is_oneself: bool


@dataclass(eq=False)
class NoLine(NobodyAsked):
    """The line is missing that the person of this number would read."""

    number: int


@dataclass(eq=False)
class AtCapacity(NobodyAsked):
    """Somebody is asked about no introduction until a moment, or, with None, about none at all."""

    name: str
    until: datetime | None


@dataclass(eq=False)
class AskedBefore(NobodyAsked):
    """The connector asked these people before, at a moment; if it `is_open`, they are being asked still, `until` another."""

    names: list[str]
    at: datetime
    until: datetime
    is_open: bool


@dataclass(eq=False)
class AskedThisMonth(NobodyAsked):
    """Somebody is to be asked for an introduction whom the same member asked for one this month."""

    name: str
