"""The sentence for each mistake of `bot/introduction_errors.py`, and the buttons under it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.introduction_errors import (
    AskedBefore,
    AskedThisMonth,
    AtCapacity,
    CannotBeAsked,
    NoLine,
    NotForGuests,
    NotLookedUp,
    NotTwoPeople,
)
from handlers.views.kit import listed, name

Sentences = dict[type[Exception], tuple[Callable[[Any], str], tuple[tuple[str, str], ...]]]

_NOT_TWO = {
    "few": "*Whom do you introduce to whom?* Name two or three people.",
    "many": "*An introduction is of two or three people.* Take one out, or make it two introductions.",
    "oneself": "*You are the one who introduces.* Name two others; you will be in their chat too.",
}


def show_day(at: datetime) -> str:
    """Writes a day that is in the reader's zone already."""
    return f"{at:%a} {at.day} {at:%b}"


INTRODUCTION_SENTENCES: Sentences = {
    NotForGuests: (
        lambda _: "*Guests cannot introduce people here.* Ask a member to, or record a good turn with /give.",
        (),
    ),
    NotTwoPeople: (lambda it: _NOT_TWO[it.why], (("Open the form", "introductions.open"),)),
    CannotBeAsked: (
        lambda it: (
            {
                "guest": f"*{name(it.name)} is a guest, so I cannot ask {name(it.name)} for you.*",
                "elsewhere": f"*{name(it.name)} is from another workspace, so I cannot ask {name(it.name)} for you.*",
                "outside": f"*{name(it.name)} is outside Slack, so I cannot ask {name(it.name)} for you.*",
            }[it.why]
            + " Here is a text you can send instead."
        ),
        (("Show the text", "introductions.text"),),
    ),
    NotLookedUp: (
        lambda it: (
            f"*Slack did not tell me who {'you are' if it.is_oneself else f'{name(it.name)} is'}.* Please try once more."
        ),
        (("Open the form", "introductions.open"),),
    ),
    NoLine: (
        lambda it: f"*What will the {('first', 'second', 'third')[it.number - 1]} person read?* One line is enough.",
        (("Open the form", "introductions.open"),),
    ),
    AtCapacity: (
        lambda it: (
            f"*{name(it.name)} is at capacity for introductions until {show_day(it.until)}.* Your draft is kept."
            if it.until
            else f"*{name(it.name)} is at capacity for introductions for now.*"
        ),
        (("Remind me then", "introductions.keep"), ("Change the people", "introductions.open")),
    ),
    AskedBefore: (
        lambda it: (
            f"*{listed(it.names)} are being asked already.* You hear by {show_day(it.until)}."
            if it.is_open
            else f"*You asked {listed(it.names)} in {it.at:%B %Y}.* Ask them again?"
        ),
        (("Ask again", "introductions.again"), ("Leave it", "introductions.leave")),
    ),
    AskedThisMonth: (
        lambda it: f"*{name(it.name)} got a request of yours this month already.* You can send another one next month.",
        (),
    ),
}
