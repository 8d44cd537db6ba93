"""The three steps of `meeting.walk`, taken from many members at once, in arrays of numpy."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from bot.network.events import Id
from bot.network.meeting import DIGITS, SAME, SOFTENS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

# Places in memory for one block of members, and steps taken at once: about 100 MB with all that goes with them.
MOST_PLACES, MOST_STEPS, MOST_ROWS = 2_000_000, 1_000_000, 256
WIDEST_LINE = 8
SMALLEST = 5e-324  # of all numbers above nothing: whom no walk reached is nobody to meet


class Ties(NamedTuple):
    """All ties from both sides, as a sparse matrix in rows: row u is `others[starts[u]:starts[u + 1]]`."""

    people: list[Id]
    starts: "Places"
    others: "Places"
    depths: "Numbers"
    sums: "Numbers"


class Walk:
    """Takes the three steps of `meeting.walk` from some members at once.

    A place is a row (a member of the block) times all people, plus a person; what arrives there is added up in one array. Only
    places that were reached are looked at again, unless most were: then all are. A person's ties stand in
    lines of equal length, filled up with steps from somebody to themselves that nobody takes: lines are copied faster than ties.
    """

    def __init__(self, ties: Ties, gamma: float, power: float) -> None:
        import numpy as np

        self._size = len(ties.people)
        self._factors = (ties.sums + SOFTENS) ** -power
        degrees = np.diff(ties.starts)
        width = int(max(1, min(WIDEST_LINE, len(ties.others) // max(self._size, 1) // 2)))
        self._lines = -(-degrees // width)
        self._first_lines = np.cumsum(self._lines) - self._lines
        owners = np.repeat(np.arange(self._size), degrees)
        where = np.arange(len(owners)) + (self._first_lines * width - ties.starts[:-1])[owners]
        others = np.repeat(np.arange(self._size), self._lines * width)
        others[where] = ties.others
        shares = np.zeros(len(others))
        shares[where] = ties.depths / ties.sums[owners]
        self._width = width
        self._others, self._shares = others.reshape(-1, width), shares.reshape(-1, width)
        self._last_shares = gamma * self._shares * self._factors[self._others]
        self._second_steps = np.cumsum(np.bincount(owners, self._lines[ties.others] * width, minlength=self._size))
        self._rows = max(1, min(MOST_ROWS, MOST_PLACES // max(self._size, 1), self._size))
        self._scores = np.zeros(self._rows * self._size)

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Gives the first member of each block and the one behind its last."""
        import numpy as np

        first = 0
        while first < self._size:
            before = self._second_steps[first - 1] if first else 0
            last = int(np.searchsorted(self._second_steps, before + MOST_STEPS, side="right"))
            yield first, (last := min(max(last, first + 1), first + self._rows))
            first = last

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
        twice = _each_once(twice)
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
        lowest = max(float(least.min()), SMALLEST)
        places = _each_once(np.concatenate([places[scores[places] >= lowest] for places in reached]))
        values = scores[places]
        for some_places in reached:
            scores[some_places] = 0
        which, people = np.divmod(places, self._size)
        good = values >= least[which]
        return _first_of_each(which[good], people[good], values[good], k)

    def _step(self, places: "Places", chances: "Numbers", shares: "Numbers") -> tuple["Places", "Numbers"]:
        """Goes from each place one step along all ties there are, and returns where to, and with what chance."""
        import numpy as np

        people = places % self._size
        counts = self._lines[people]
        lines = np.arange(counts.sum()) + np.repeat(self._first_lines[people] - (np.cumsum(counts) - counts), counts)
        others = self._others.take(lines, axis=0)
        others += np.repeat(places - people, counts)[:, None]
        there = shares.take(lines, axis=0)
        there *= np.repeat(chances, counts)[:, None]
        return others.ravel(), there.ravel()

    def _slices(self, places: "Places") -> list[slice]:
        """Returns the places in slices from which few enough ties lead on."""
        import numpy as np

        turns = np.cumsum(self._lines[places % self._size]) // max(1, MOST_STEPS // self._width)
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


def _each_once(places: "Places") -> "Places":
    """Returns places in order, each once; for these, sorting is faster than what numpy's own unique does."""
    import numpy as np

    ordered = np.sort(places)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _first_of_each(rows: "Places", people: "Places", scores: "Numbers", k: int) -> tuple["Places", "Places", "Numbers"]:
    """Returns the k best of each row, best first; of equal ones, to the digits that count, the smaller place comes first."""
    import numpy as np

    digits = 10.0 ** (DIGITS - 1 - np.floor(np.log10(scores)))
    order = np.lexsort((people, -np.rint(scores * digits) / digits, rows))
    ordered = rows[order]
    order = order[np.arange(len(ordered)) - np.searchsorted(ordered, ordered) < k]
    return rows[order], people[order], scores[order]
