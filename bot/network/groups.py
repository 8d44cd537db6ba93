"""What numbers say about a whole group, with how sure they are: a week, and whether nudges help. No person is in them.

A number for which fewer than LEAST_PEOPLE took part is not said: who knows the others would know the one.
"""

from collections.abc import Sequence
from math import ceil, sqrt
from statistics import median
from typing import NamedTuple

from bot.network.intervals import Estimate, rate_estimate

LEAST_PEOPLE = 5
BUSIEST = 0.05  # of those who help; five of them at least
LEAST_OF_WHOM = 4 * LEAST_PEOPLE  # with fewer givers, five of them are no small part
LEAST_TIMES = 30  # in each arm: below that an interval says nothing; at 5 of 10 it is 23 to 77 %
_Z = 1.959963984540054  # a normal value lies within so many standard deviations with 95 %


class Busiest(NamedTuple):
    """The share of all acts that so many people gave, of so many who gave any."""

    people: int
    of: int
    share: float


class Arm(NamedTuple):
    """How often something was done or held back, how often an act followed, and how many people it was about."""

    times: int
    followed: int
    people: int

    @property
    def share(self) -> float:
        """The share of times that an act followed."""
        return self.followed / self.times


class Effect(NamedTuple):
    """What it does: the share after it was done, less that after it was held back. None where nothing can be said."""

    done: Arm
    held: Arm
    difference: Estimate | None

    @property
    def is_clear(self) -> bool:
        """Whether the sample can tell it from none."""
        return self.difference is not None and not self.difference.low <= 0 <= self.difference.high


def busiest(gave: Sequence[int]) -> Busiest | None:
    """Returns which share of acts the twentieth who gave most gave, five people at least; `gave` has the acts of each."""
    if len(gave) < LEAST_OF_WHOM:
        return None
    people = max(LEAST_PEOPLE, ceil(BUSIEST * len(gave)))
    return Busiest(people, len(gave), sum(sorted(gave, reverse=True)[:people]) / sum(gave))


def pace(count: int, weeks: int) -> Estimate:
    """Returns how many come in a week, with the middle 90 % of Gamma(n + 1/2, weeks), which holds for none, too (Jeffreys)."""
    likely = rate_estimate(count / weeks, count + 0.5, weeks)
    return likely if count else likely._replace(low=0.0)


def median_days(days: Sequence[int], people: int) -> float | None:
    """Returns the median of how many days something took between two, so many people in all."""
    return median(days) if min(len(days), people) >= LEAST_PEOPLE else None


def effect(done: Arm, held: Arm) -> Effect:
    """Returns what something does that was done, and by chance was held back, with 95 % of the difference.

    The interval is Newcombe's tenth, from the two shares' own (Statistics in Medicine 17 (1998) 873-890). One person can be in
    it many times; as chance decides each time anew, that makes it too wide and not too narrow.
    """
    arms = (done, held)
    is_enough = min(arm.times for arm in arms) >= LEAST_TIMES and min(arm.people for arm in arms) >= LEAST_PEOPLE
    return Effect(done, held, difference(done.followed, done.times, held.followed, held.times) if is_enough else None)


def difference(count: int, of: int, less: int, of_which: int) -> Estimate:
    """Returns one share less another, with 95 % by Newcombe's hybrid of Wilson's intervals."""
    one, other = share(count, of), share(less, of_which)
    value = one.value - other.value
    down = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    up = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Estimate(value, value - down, value + up)


def share(count: int, of: int) -> Estimate:
    """Returns a share with 95 % by Wilson's score (Journal of the American Statistical Association 22 (1927) 209-212)."""
    value, weight = count / of, _Z**2 / of
    middle, reach = value + weight / 2, _Z * sqrt((value * (1 - value) + weight / 4) / of)
    low, high = (middle - reach) / (1 + weight), (middle + reach) / (1 + weight)
    return Estimate(value, max(0.0, min(low, value)), min(1.0, max(high, value)))
