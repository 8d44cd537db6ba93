"""Why giving pays here: how many first good turns of this workspace were returned, beside what simple models say of that.

A model, and not a forecast: docs/network.md.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot import network
from storage import history
from storage.database import Session

ENOUGH = 30  # below that an interval says nothing: at 5 of 10 it is 23 to 77 %
WITHIN = timedelta(days=180)
SHARE = 0.95


@dataclass(frozen=True)
class Paying:
    """First good turns, how many were returned in six months, that share with its interval, and the b/c above which it pays."""

    first: int
    returned: int
    low: float
    high: float
    break_even: float

    @property
    def is_enough(self) -> bool:
        """Whether there are enough of them to say anything."""
        return self.first >= ENOUGH

    @property
    def share(self) -> float:
        """The share that was returned."""
        return self.returned / self.first if self.first else 0.0


def of(session: Session, team_id: str, now: datetime) -> Paying:
    """Returns what this workspace's own numbers say; first good turns of the last six months may still be returned, and wait."""
    until = (now - WITHIN).astimezone(UTC).date()
    first, returned = history.count_returned(session, team_id, until, WITHIN)
    low, high = (network.intervals.beta_quantile(one, returned + 1, first - returned + 1) for one in _SIDES)
    chance = (returned + 1) / (first + 2)
    return Paying(first, returned, low, high, network.break_even(chance).holds)


_SIDES = ((1 - SHARE) / 2, (1 + SHARE) / 2)
