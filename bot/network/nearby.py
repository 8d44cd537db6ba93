"""Who should meet, where a workspace is too large to be handed over whole: the same walk, which reads whose ties it comes to.

It goes on from the strongest of a member's ties and from the likeliest of those it has come to. What is left out has little
weight; how little is measured: docs/network.md.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime
from math import exp2

from bot.network.events import HALF_LIFE_OF_TIES, Id, half_life_for
from bot.network.meeting import GAMMA, POWER, SOFTENS, Suggestion, are_too_few, best, explain
from bot.network.ties import Graph, depth_of, take_step

# Two people and a day on which one helped the other, each once.
Contact = tuple[Id, Id, date]
# All contacts of some people, or the latest of each: the one asked for stands first.
Read = Callable[[Collection[Id]], Iterable[Contact]]

FIRST, SECOND = 150, 150  # people from whom the walk goes on, one step from a member and two
LOOKED_AT = 40  # people whom it came to, and of whom it is read how many ties they have


class Nearby:
    """The people around a member, read as far as a walk needs it."""

    def __init__(self, read: Read, member: Id, now: datetime) -> None:
        self.member = member
        self._read, self._today = read, now.astimezone(UTC).date()
        self._ties: Graph = {}  # of those who were read, to everybody
        self._contacts = 0
        self._half_life = HALF_LIFE_OF_TIES
        own = list(read([member]))
        self._keep(own, [member])
        first = [one for one, _ in best(self.mine, FIRST)]
        near = list(read(first)) if first else []
        self._half_life, self._contacts = half_life_for((len(own) + len(near)) // 2, 1 + len(first)), 0
        self._keep([*own, *near], [member, *first])

    @property
    def mine(self) -> dict[Id, float]:
        """How deep each tie of the member is."""
        return self._ties[self.member]

    @property
    def is_too_little(self) -> bool:
        """Whether what was read by now is too little to suggest anybody from; ask once something was to be suggested.

        In a workspace so small everybody is read, and so each contact twice.
        """
        people = set(self._ties).union(*self._ties.values())
        return are_too_few(self._contacts // 2, len(people))

    def of(self, one: Id) -> dict[Id, float]:
        """Returns the ties of somebody with whom the member has one of the strongest; of others nothing."""
        return self._ties.get(one, {}) if one in self.mine else {}

    def suggest(self, k: int = 10) -> list[Suggestion]:
        """Returns whom the member should meet, best first, as `suggest_introductions` would say of all acts."""
        mine, sums = self.mine, dict[Id, float]()
        whole = sum(mine.values())
        second = take_step(self._ties, {one: depth / whole for one, depth in mine.items() if one in self._ties}, sums)
        scores = {one: score for one, score in second.items() if one not in mine and one != self.member}
        second.pop(self.member, None)  # from oneself, a third step leads to those one knows
        on = dict(best(second, SECOND))
        self._go_on(on)
        for one, score in take_step(self._ties, on, sums).items():
            if one not in mine and one != self.member:
                scores[one] = scores.get(one, 0.0) + GAMMA * score
        found = dict(best(scores, LOOKED_AT))
        self._go_on(found)
        for one in found:
            found[one] *= (sum(self._ties[one].values()) + SOFTENS) ** -POWER
        return [Suggestion(one, score, explain(mine, self._ties[one])) for one, score in best(found, k)]

    def to_introduce(self, among: int) -> list[tuple[Id, Id, int]]:
        """Returns pairs `among` so many of the member's strongest ties who have none with each other, and have most in common.

        Only those whom the member knows best of all who know both, by `min(x_uz, x_zv)`. Each with how many they have in common.
        """
        strongest = [one for one, _ in best(self.mine, among) if one in self._ties]
        found = []
        for place, one in enumerate(strongest):
            for other in strongest[place + 1 :]:
                reasons = explain(self._ties[one], self._ties[other])
                if other not in self._ties[one] and reasons.introducer == self.member:
                    found.append((one, other, reasons.in_common))
        return sorted(found, key=lambda pair: -pair[2])

    def _go_on(self, people: Iterable[Id]) -> None:
        new = [one for one in people if one not in self._ties]
        if new:
            self._keep(self._read(new), new)

    def _keep(self, contacts: Iterable[Contact], people: Iterable[Id]) -> None:
        """Keeps the ties of some people, of whom the contacts are: `x = ln(1 + s)`, s as in `strengths`."""
        for one in people:
            self._ties[one] = {}
        ties, shares = self._ties, dict[date, float]()
        for one, other, day in contacts:
            share = shares.get(day)
            if share is None:
                share = shares[day] = exp2((day - self._today).days / self._half_life)
            own = ties[one]
            own[other] = own.get(other, 0.0) + share
            self._contacts += 1
        for one in people:
            self._ties[one] = {other: depth_of(strength) for other, strength in ties[one].items()}
