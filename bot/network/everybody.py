"""Whom everybody should meet, for a whole workspace at once: what `suggest_introductions` says member by member, and faster.

numpy is loaded when this is first used: a start of the program, and a single member's list, do without it.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.network.events import UNKNOWN_KIND, WEIGHTS, Acts, Id, day_of, days_of, half_life_for, in_order
from bot.network.meeting import GAMMA, POWER, Suggestion, explain, rounded_off
from bot.network.steps import Ties, Walk
from bot.network.ties import FAINTEST

if TYPE_CHECKING:
    from bot.network.steps import Numbers, Places


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
    half_life: timedelta | float | None = None, gamma: float = GAMMA, power: float = POWER,
) -> Suggestions:  # fmt: skip
    """Returns for everybody who has a tie what `suggest_introductions` says for them.

    `progress` is told how many members are done, of how many. Memory does not grow with the lists of all, nor the time with the
    square of the members, unless somebody's ties do.
    """
    import numpy as np

    ties = _draw(events, now, half_life)
    size, k = len(ties.people), max(k, 0)
    chosen, scores = np.full((size, k), -1), np.zeros((size, k))
    walking = Walk(ties, gamma, power)
    for first, last in walking.blocks():
        if k:
            rows, places, found = walking.best(first, last, k)
            turns = np.arange(len(rows)) - np.searchsorted(rows, rows)
            chosen[first + rows, turns], scores[first + rows, turns] = places, found
        if progress:
            progress(last, size)
    return Suggestions(ties, chosen, scores)


def _draw(events: Acts, now: datetime, half_life: timedelta | float | None) -> Ties:
    """Returns the graph of `ties.draw_graph`, its people in the order of their ids, so that the smaller place wins a draw."""
    import numpy as np

    people, pairs, days, worths = _read(events, now)
    size = len(people)
    half = days_of(half_life_for(len(pairs), size) if half_life is None else half_life)
    worths = worths * np.exp2((days - day_of(now)) / half)
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


def _read(events: Acts, now: datetime) -> tuple[list[Id], "Places", Any, Any]:
    """Returns who there is, and of each act its pair of places as one number, its day and its weight."""
    import numpy as np

    places: dict[Id, int] = {}
    givers, receivers, days, weights = array("i"), array("i"), array("i"), array("d")
    today = day_of(now)
    for giver, receiver, kind, at in events:
        day = at.toordinal() if at.tzinfo is UTC else at.astimezone(UTC).toordinal()
        if giver == receiver or (day >= today and at > now):
            continue
        givers.append(places.setdefault(giver, len(places)))
        receivers.append(places.setdefault(receiver, len(places)))
        days.append(day)
        weights.append(WEIGHTS.get(kind, UNKNOWN_KIND))
    people = in_order(places)
    turn = np.zeros(len(people), np.int64)
    turn[[places[one] for one in people]] = np.arange(len(people))
    one, other = turn[np.asarray(givers)], turn[np.asarray(receivers)]
    pairs = np.minimum(one, other) * len(people) + np.maximum(one, other)
    return people, pairs, np.asarray(days), np.asarray(weights)
