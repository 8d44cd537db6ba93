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
from bot.network.ties import FAINTEST, HALF_LIFE_OF_TIES

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
    chosen, scores = np.full((size, k), -1), np.zeros((size, k))
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
    depths = np.maximum(np.log1p(np.bincount(which, worths, minlength=len(pairs))), FAINTEST)
    one, other = np.divmod(pairs, max(size, 1))
    rows, others, depths = np.concatenate([one, other]), np.concatenate([other, one]), np.tile(depths, 2)
    order = np.lexsort((others, rows))
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=size), out=starts[1:])
    return Ties(people, starts, others[order], depths[order], np.bincount(rows, depths, minlength=size).astype(float))


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

    A place is a row (a member of the block) times all people, plus a person; what arrives there is added up in one array. Only
    places that were reached are looked at again, unless most were: then all are.
    """

    def __init__(self, ties: Ties, gamma: float, power: float) -> None:
        import numpy as np

        self._ties, self._size = ties, len(ties.people)
        self._degrees = np.diff(ties.starts)
        self._shares = ties.depths / np.repeat(ties.sums, self._degrees)
        self._factors = (ties.sums + SOFTENS) ** -power
        self._last_shares = gamma * self._shares * self._factors[ties.others]
        self._rows = max(1, min(MOST_ROWS, MOST_PLACES // max(self._size, 1), self._size))
        self._scores = np.zeros(self._rows * self._size)

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Gives the first member of each block and the one behind its last."""
        for first in range(0, self._size, self._rows):
            yield first, min(first + self._rows, self._size)

    def best(self, first: int, last: int, k: int) -> tuple["Places", "Places", "Numbers"]:
        """Returns, row by row and best first, the rows of these members, whom each should meet, and the scores."""
        import numpy as np

        scores = self._scores
        rows = np.arange(last - first)
        own = rows * self._size + first + rows
        known, chances = self._step(own, np.ones(len(rows)), self._shares)
        twice, chances = self._step(known, chances, self._shares)
        np.add.at(scores, twice, chances)
        scores[own] = 0  # from oneself, a third step leads to those one knows
        twice = np.unique(twice)
        chances = scores[twice]
        scores[twice] *= self._factors[twice % self._size]
        scores[known] = scores[own] = -np.inf
        least = self._least(twice, len(rows), k) * SAME
        reached = [np.concatenate([own, known]), twice]
        for some in self._slices(twice):
            third, shares = self._step(twice[some], chances[some], self._last_shares)
            np.add.at(scores, third, shares)
            reached.append(third)
            if sum(map(len, reached)) * 4 > len(scores):
                reached = [np.arange(len(rows) * self._size)]
        found = [places[scores[places] >= np.maximum(least[places // self._size], 5e-324)] for places in reached]
        places = np.unique(np.concatenate(found))
        which, values = places // self._size, scores[places]
        for places_reached in reached:
            scores[places_reached] = 0
        return _first_of_each(which, places % self._size, values, k)

    def _step(self, places: "Places", chances: "Numbers", shares: "Numbers") -> tuple["Places", "Numbers"]:
        """Goes from each place one step along all ties there are, and returns where to, and with what chance."""
        import numpy as np

        rows, people = np.divmod(places, self._size)
        counts = self._degrees[people]
        ties = np.arange(counts.sum()) + np.repeat(self._ties.starts[people] - (np.cumsum(counts) - counts), counts)
        return np.repeat(rows * self._size, counts) + self._ties.others[ties], np.repeat(chances, counts) * shares[ties]

    def _slices(self, places: "Places") -> list[slice]:
        """Returns the places in slices from which few enough ties lead on."""
        import numpy as np

        turns = np.cumsum(self._degrees[places % self._size]) // MOST_STEPS
        ends = [*(np.flatnonzero(np.diff(turns)) + 1).tolist(), len(places)]
        return [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]

    def _least(self, places: "Places", rows: int, k: int) -> "Numbers":
        """Returns for each row a score that the k best reach, whatever the third step adds."""
        import numpy as np

        edges = np.searchsorted(places, np.arange(rows + 1) * self._size)
        scores, least = self._scores[places], np.zeros(rows)
        for row, (start, end) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
            if end - start > k:
                least[row] = np.partition(scores[start:end], -k)[-k]
        return np.maximum(least, 0)


def _first_of_each(rows: "Places", people: "Places", scores: "Numbers", k: int) -> tuple["Places", "Places", "Numbers"]:
    """Returns the k best of each row, best first; of equal ones, to the digits that count, the smaller place comes first."""
    import numpy as np

    digits = 10.0 ** (DIGITS - 1 - np.floor(np.log10(scores)))
    order = np.lexsort((people, -np.rint(scores * digits) / digits, rows))
    ordered = rows[order]
    order = order[np.arange(len(ordered)) - np.searchsorted(ordered, ordered) < k]
    return rows[order], people[order], scores[order]
