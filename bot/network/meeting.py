"""Who should meet: people a member has no tie with, reached by two or three steps along ties, and who could introduce them.

A walk along ties finds who comes into contact anyway; whether it helps to suggest them, no data say.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.network.events import Acts, Id, in_order, past, people_in
from bot.network.ties import Graph, draw_graph, take_step

# Chosen on earlier cuts of e-mail, student messages and a public Q&A: docs/network.md. Three steps count three times as much
# as two; whoever has many ties is suggested a little less, so that suggestions do not all end with the same few.
GAMMA, POWER = 3.0, 0.2
# Added to a person's ties before the power is taken, so that one faint tie does not lift its owner above all others.
SOFTENS = 0.1
# Two scores that differ by less are the same: sums in another order differ in the last digits.
DIGITS = 9
# Below that a walk goes round among the same few; judgement.
LEAST_PEOPLE, LEAST_ACTS = 20, 50
SAME = 1 - 10.0**-DIGITS


class Reasons(NamedTuple):
    """What speaks for a suggestion: how many people both know, and who of them could best introduce the two."""

    in_common: int
    introducer: Id | None


class Suggestion(NamedTuple):
    """Somebody to meet. The score orders one member's list, and means nothing beside another's."""

    member: Id
    score: float
    reasons: Reasons


def suggest_introductions(
    events: Acts, member: Id, now: datetime, k: int = 10, *,
    half_life: timedelta | float | None = None, gamma: float = GAMMA, power: float = POWER,
) -> list[Suggestion]:  # fmt: skip
    """Returns whom a member should meet, best first; never somebody they have a tie with, never themselves.

    `score = [P^2 + gamma P^3](u, v) * (k_v + .1)^-power`, P the ties' depths as shares of a person's sum k. P^2 is weighted
    resource allocation (Zhou, Lu and Zhang 2009), P^3 the three-step idea of Kovacs and others 2019. Exact where the events
    hold all acts of everybody within three steps; people farther away need not be there.
    """
    graph = draw_graph(events, now, half_life)
    scores = walk(graph, member, gamma, power)
    return [Suggestion(v, score, explain(graph[member], graph[v])) for v, score in best(scores, k)]


def is_too_little(events: Acts, now: datetime) -> bool:
    """Says whether a workspace has too few people or acts to suggest anybody from: fewer than 20, or fewer than 50."""
    acts = past(events, now)
    return are_too_few(len(acts), len(people_in(acts)))


def are_too_few(acts: int, people: int) -> bool:
    """Says whether so many acts of so many people are too few to suggest anybody from."""
    return acts < LEAST_ACTS or people < LEAST_PEOPLE


def best_introducer(events: Acts, one: Id, other: Id, now: datetime) -> Id | None:
    """Returns whom both know best, `argmax_z min(x_uz, x_zv)`, or None where they share nobody (Mosleh and others 2025)."""
    graph = draw_graph(events, now)
    return explain(graph.get(one, {}), graph.get(other, {})).introducer


def explain(mine: Mapping[Id, float], theirs: Mapping[Id, float]) -> Reasons:
    """Returns what two people's ties have in common."""
    depths = {z: min(mine[z], theirs[z]) for z in mine if z in theirs}
    return Reasons(len(depths), best(depths, 1)[0][0] if depths else None)


def walk(graph: Graph, member: Id, gamma: float = GAMMA, power: float = POWER) -> dict[Id, float]:
    """Returns the score of everybody within three steps of a member who has no tie with them."""
    mine = graph.get(member)
    if not mine:
        return {}
    sums: dict[Id, float] = {member: sum(mine.values())}
    first = {one: depth / sums[member] for one, depth in mine.items()}
    second = take_step(graph, first, sums)
    scores = {one: score for one, score in second.items() if one not in mine and one != member}
    second.pop(member, None)  # from oneself, a third step leads to those one knows
    third = take_step(graph, second, sums) if gamma else {}
    for one, score in third.items():
        if one not in mine and one != member:
            scores[one] = scores.get(one, 0.0) + gamma * score
    for one in scores:
        if one not in sums:
            sums[one] = sum(graph[one].values())
        scores[one] *= (sums[one] + SOFTENS) ** -power
    return scores


def best(scores: Mapping[Id, float], k: int) -> list[tuple[Id, float]]:
    """Returns the k best with their scores, rounded to nine digits; of equal ones, the smaller id comes first."""
    if k <= 0 or not scores:
        return []
    least = sorted(scores.values(), reverse=True)[min(k, len(scores)) - 1] * SAME
    rounded = {one: rounded_off(score) for one, score in scores.items() if score >= least}
    return [(one, rounded[one]) for one in sorted(in_order(rounded), key=lambda one: -rounded[one])][:k]


def rounded_off(score: float) -> float:
    """Returns a score to nine digits."""
    return float(f"{score:.{DIGITS}g}")
