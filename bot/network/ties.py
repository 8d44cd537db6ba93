"""Ties: how strong they are, whom they join that nothing else joins, and how broad a member's network is.

Recorded contact, not closeness. Depth, breadth and bridging are kept apart on purpose, and never summed into one score.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import log1p
from typing import NamedTuple, TypeAlias

from bot.network.events import Acts, Id, Pair, pair_of, past, worth_of_ties

# Who is tied to whom, from both sides, and by how much.
Graph: TypeAlias = dict[Id, dict[Id, float]]

# What a tie of long ago still is: next to nothing, and yet a tie.
FAINTEST = 1e-200


class Breadth(NamedTuple):
    """How many of a member's ties are not redundant, and how much they lead back to each other."""

    ties: int
    effective_size: float
    constraint: float


def strengths(events: Acts, now: datetime, half_life: timedelta | float) -> dict[Pair, float]:
    """Returns the strength of each tie, `s = sum of m * 2^-(age / half_life)` over its days of contact.

    A tie is what two people have done for each other, so both directions count, and the key is the pair with the smaller id
    first, as `tuple(sorted(pair))` gives it. A half-life is a timedelta or a number of days. Ahmad, Porter and
    Beguerisse-Diaz 2021.
    """
    worth = worth_of_ties(events, now, half_life)
    return {(one, other): strength for one, ties in worth.items() for other, strength in ties.items()}


def draw_graph(events: Acts, now: datetime, half_life: timedelta | float | None = None) -> Graph:
    """Returns all ties from both sides, each with `x = ln(1 + s)`: the tenth contact adds less than the first."""
    graph: Graph = {}
    for one, ties in worth_of_ties(events, now, half_life).items():
        own = graph.setdefault(one, {})
        for other, strength in ties.items():
            own[other] = depth = depth_of(strength)
            graph.setdefault(other, {})[one] = depth
    return graph


def depth_of(strength: float) -> float:
    """Returns how deep a tie of some strength is; never nothing."""
    return max(log1p(strength), FAINTEST)


def take_step(graph: Graph, start: dict[Id, float], sums: dict[Id, float]) -> dict[Id, float]:
    """Returns where one is after a step along the ties of where one was, to each by its share; `sums` remembers the sums."""
    end: dict[Id, float] = {}
    get = end.get
    for one, chance in start.items():
        ties = graph[one]
        if one not in sums:
            sums[one] = sum(ties.values())
        share = chance / sums[one]
        for other, depth in ties.items():
            end[other] = get(other, 0.0) + share * depth
    return end


def bridging(events: Acts, member: Id, now: datetime) -> dict[Id, float]:
    """Returns for each tie of a member how much of a bridge it is: 1 where the two share nobody, 0 where they share everybody.

    One minus the overlap `O = n / ((k_u - 1) + (k_v - 1) - n)` of Onnela and others 2007; n people in common, k ties each.
    """
    known = _contacts(events, now)
    mine = known.get(member, set())
    return {other: 1 - _overlap(mine, known[other]) for other in mine}


def breadth(events: Acts, member: Id, now: datetime) -> Breadth:
    """Returns a member's effective size and constraint, by Burt 1992, over ties weighed by their depth.

    `ES = sum_j [1 - sum_q p_iq m_jq]`, which is n less the mean degree among one's contacts where all ties are equal, and
    `c = sum_j (p_ij + sum_q p_iq p_qj)^2`; p is a tie's share in all of a person's, m its share in their deepest one.
    """
    graph = draw_graph(events, now)
    mine = graph.get(member, {})
    if not mine:
        return Breadth(0, 0.0, 0.0)
    share = {other: depth / sum(mine.values()) for other, depth in mine.items()}
    sums = {other: sum(graph[other].values()) for other in mine}
    deepest = {other: max(graph[other].values()) for other in mine}
    size = constraint = 0.0
    for other in mine:
        between = [one for one in graph[other] if one in mine]
        size += 1 - sum(share[one] * graph[other][one] / deepest[other] for one in between)
        constraint += (share[other] + sum(share[one] * graph[one][other] / sums[one] for one in between)) ** 2
    return Breadth(len(mine), size, constraint)


def first_contacts(events: Acts, now: datetime) -> dict[Pair, tuple[datetime, Id]]:
    """Returns when each tie began, and who gave then; of two acts at once, the one of the smaller id."""
    first: dict[Pair, tuple[datetime, Id]] = {}
    for (one, other), (when, givers) in _firsts(past(events, now)).items():
        first[one, other] = (when, one if one in givers else other)
    return first


def _firsts(events: Acts) -> dict[Pair, tuple[datetime, set[Id]]]:
    found: dict[Pair, tuple[datetime, set[Id]]] = {}
    for giver, receiver, _, at in events:
        pair = pair_of(giver, receiver)
        when, givers = found.get(pair, (at, set()))
        if at < when:
            found[pair] = (at, {giver})
        elif at == when:
            found[pair] = (when, givers | {giver})
    return found


def _contacts(events: Acts, now: datetime) -> dict[Id, set[Id]]:
    known: dict[Id, set[Id]] = {}
    for giver, receiver, _, _ in past(events, now):
        known.setdefault(giver, set()).add(receiver)
        known.setdefault(receiver, set()).add(giver)
    return known


def _overlap(mine: Iterable[Id], theirs: set[Id]) -> float:
    mine = set(mine)
    common = len(mine & theirs)
    all_of_both = (len(mine) - 1) + (len(theirs) - 1) - common
    return common / all_of_both if all_of_both else 0.0
