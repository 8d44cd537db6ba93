"""How much happens in a run: the usual weeks, and short stories for ending the program at each of its steps."""

from dataclasses import dataclass, replace
from datetime import timedelta

LONG = timedelta(days=21)


@dataclass(frozen=True)
class Shape:
    """How much happens in a run, and how dangerous it is."""

    notices: int = 4  # they stand in for what features will say, and give way as features bring messages of their own
    acts: int = 5
    weekly: int = 2
    calls: int = 6
    introductions: int = 3
    asks: int = 3
    nudges: int = 0
    processes: int = 2
    pauses: float = 0.02
    kills: float = 0.01
    length: timedelta = LONG
    is_fair_weather: bool = False


USUAL = Shape()
# Few things, none of them by chance: for ending the program at each of its steps in turn.
SHORT = Shape(
    notices=4,
    acts=2,
    weekly=0,
    calls=1,
    introductions=0,
    asks=0,
    processes=1,
    pauses=0,
    kills=0,
    length=timedelta(hours=2),
    is_fair_weather=True,
)
# One introduction from the first word to the last, for the same.
INTRODUCED = replace(SHORT, notices=0, acts=0, calls=0, introductions=1, length=LONG)
# Asks and nothing else, in bad weather.
ASKS_ALONE = replace(USUAL, notices=0, acts=0, weekly=0, calls=0, introductions=0, asks=4)
# One ask from the form to its end, for the same.
ASKED = replace(INTRODUCED, introductions=0, asks=1)
# Three months in which members get nudges.
MONTHS = timedelta(days=91)
NUDGED = Shape(notices=0, acts=0, weekly=0, calls=2, introductions=1, asks=0, nudges=4, length=MONTHS)
# Three weeks of two members' nudges, for the steps.
SUGGESTED = replace(INTRODUCED, introductions=0, nudges=2)
