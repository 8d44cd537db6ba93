"""Whom everybody should meet, for a whole workspace at once: what `suggest_introductions` says member by member, and faster.

numpy is loaded when this is first used: a start of the program, and a single member's list, do without it.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from math import exp2
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.network.events import UNKNOWN_KIND, WEIGHTS, Acts, Id, in_order, seconds_of
from bot.network.meeting import DIGITS, GAMMA, POWER, SAME, SOFTENS, Suggestion, explain, rounded_off
from bot.network.ties import HALF_LIFE_OF_TIES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

# Places in memory for one block of members, and steps taken at once: about 100 MB with all that goes with them.
MOST_PLACES, MOST_STEPS, MOST_ROWS = 2_000_000, 500_000, 256


class Ties(NamedTuple):
    """All ties from both sides, as a sparse matrix in rows: row u is `others[starts[u]:starts[u + 1]]`."""

    people: list[Id]
    starts: "Places"
    others: "Places"
    depths: "Numbers"
    sums: "Numbers"


class Suggestions(Mapping[Id, list[Suggestion]]):
    """Everybody's suggestions by member; they are kept as numbers, and each list is made when it is asked for."""

    def __init__(self, ties: Ties, chosen: "Places", scores: "Numbers") -> None:
        self._ties, self._chosen, self._scores = ties, chosen, scores
        self._places = {one: place for place, one in enumerate(ties.people)}

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Id]:
        return iter(self._places)

    def __getitem__(self, member: Id) -> list[Suggestion]:
        place = self._places[member]
        mine = self._row(place)
        found = zip(self._chosen[place].tolist(), self._scores[place].tolist(), strict=True)
        return [
            Suggestion(self._ties.people[v], rounded_off(score), explain(mine, self._row(v)))
            for v, score in found
            if v >= 0
        ]

    def _row(self, place: int) -> dict[Id, float]:
        row = slice(int(self._ties.starts[place]), int(self._ties.starts[place + 1]))
        return {
            self._ties.people[other]: depth
            for other, depth in zip(self._ties.others[row].tolist(), self._ties.depths[row].tolist(), strict=True)
        }


def suggest_all(
    events: Acts, now: datetime, k: int = 10, progress: Callable[[int, int], object] | None = None, *,
    half_life: timedelta | float = HALF_LIFE_OF_TIES, gamma: float = GAMMA, power: float = POWER,
) -> Suggestions:  # fmt: skip
    """Returns for everybody who has a tie what `suggest_introductions` says for them.

    `progress` is told how many members are done, of how many. Memory does not grow with the lists of all, nor the time with the
    square of the members, unless somebody's ties do.
    """
    import numpy as np

    ties = _draw(events, now, half_life)
    size, k = len(ties.people), max(k, 0)
    chosen, scores = np.full((size, k), -1, np.int32), np.zeros((size, k))
    walking = _Walk(ties, gamma, power)
    for first, last in walking.blocks():
        if k:
            rows, places, found = walking.best(first, last, k)
            turns = np.arange(len(rows)) - np.searchsorted(rows, rows)
            chosen[first + rows, turns], scores[first + rows, turns] = places, found
        if progress:
            progress(last, size)
    return Suggestions(ties, chosen, scores)


def _draw(events: Acts, now: datetime, half_life: timedelta | float) -> Ties:
    """Returns the graph of `ties.draw_graph`, its people in the order of their ids, so that the smaller place wins a draw."""
    import numpy as np

    people, pairs, days, worths = _read(events, now, half_life)
    size = len(people)
    order = np.lexsort((worths, days, pairs))
    pairs, days, worths = pairs[order], days[order], worths[order]
    last = np.append((pairs[1:] != pairs[:-1]) | (days[1:] != days[:-1]), True) if size else np.zeros(0, bool)
    pairs, worths = pairs[last], worths[last]
    pairs, which = np.unique(pairs, return_inverse=True)
    depths = np.log1p(np.bincount(which, worths, minlength=len(pairs)))
    one, other = np.divmod(pairs, max(size, 1))
    rows, others, depths = np.concatenate([one, other]), np.concatenate([other, one]), np.tile(depths, 2)
    order = np.lexsort((others, rows))
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=size), out=starts[1:])
    return Ties(people, starts, others[order], depths[order], np.bincount(rows, depths, minlength=size))


def _read(events: Acts, now: datetime, half_life: timedelta | float) -> tuple[list[Id], "Places", Any, "Numbers"]:
    """Returns who there is, and for each act its pair of places as one number, its day, and what it is worth now."""
    import numpy as np

    places: dict[Id, int] = {}
    givers, receivers, days, worths = array("i"), array("i"), array("i"), array("d")
    half, utc, weight = seconds_of(half_life), UTC, WEIGHTS.get
    for giver, receiver, kind, at in events:
        age = (now - at).total_seconds()
        if age < 0 or giver == receiver:
            continue
        givers.append(places.setdefault(giver, len(places)))
        receivers.append(places.setdefault(receiver, len(places)))
        days.append(at.toordinal() if at.tzinfo is utc else at.astimezone(utc).toordinal())
        worths.append(exp2(-age / half) * weight(kind, UNKNOWN_KIND))
    people = in_order(places)
    turn = np.zeros(len(people), np.int64)
    turn[[places[one] for one in people]] = np.arange(len(people))
    one, other = turn[np.asarray(givers)], turn[np.asarray(receivers)]
    pairs = np.minimum(one, other) * len(people) + np.maximum(one, other)
    return people, pairs, np.asarray(days), np.asarray(worths)


class _Walk:
    """Takes the three steps of `meeting.walk` from some members at once.

    Where they arrive is added up in one array, a place for each member and each person. Of the places none is looked at that
    was not reached, unless most were: then all are.
    """

    def __init__(self, ties: Ties, gamma: float, power: float) -> None:
        import numpy as np

        self._ties, self._gamma = ties, gamma
        self._size = len(ties.people)
        self._degrees = np.diff(ties.starts)
        self._shares = ties.depths / np.repeat(ties.sums, self._degrees)
        self._factors = (ties.sums + SOFTENS) ** -power
        self._last_shares = gamma * self._shares * self._factors[ties.others]

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Gives the first member of each block and the one behind its last."""
        rows = max(1, min(MOST_ROWS, MOST_PLACES // max(self._size, 1)))
        for first in range(0, self._size, rows):
            yield first, min(first + rows, self._size)
