"""Whom to ask: who helped people like the one who asks, and who is asked too much already."""

from datetime import datetime
from math import exp2, log1p
from statistics import quantiles
from typing import NamedTuple

from bot.network.events import Acts, Id, days_given, past, people_in
from bot.network.meeting import best
from bot.network.ties import Graph, take_step

# Days. Who helped last year may have moved on; a load is gone in a few weeks.
HALF_LIFE_OF_HELP, HALF_LIFE_OF_LOAD = 90.0, 14.0
# Who is active answers more often; who is loaded is left in peace a little. Not tuned: docs/network.md.
ACTIVITY_POWER, LOAD_POWER = 0.5, 0.3
# Judgement: nobody with three acts on their hands is overloaded, nor nine in ten of a workspace.
LEAST_LIMIT, TENTHS = 3.0, 9


class Helper(NamedTuple):
    """Somebody who may help. The score orders one member's list, and means nothing beside another's."""

    member: Id
    score: float


def who_can_help(events: Acts, member: Id, now: datetime, k: int = 10) -> list[Helper]:
    """Returns who may help a member, best first, without themselves and without those who are overloaded.

    `[P_rh P_hr P_rh](u, v) * activity_v^.5 * (load_v + 1)^-.3`: from those who helped them to others these helped, to those
    who helped them. Empty for somebody whom nobody helped yet, as were 41 of 100 who asked: only topics can serve those.
    """
    acts = past(events, now)
    helped_by, helped, activity = _draw_help(acts, now)
    if member not in helped_by:
        return []
    to_helpers: dict[Id, float] = {}
    own = take_step(helped_by, {member: 1.0}, to_helpers)
    scores = take_step(helped_by, take_step(helped, own, {}), to_helpers)
    loads = _loads(acts, now)
    limit = _limit(loads, acts)
    return [Helper(*one) for one in best({
        one: score * activity[one] ** ACTIVITY_POWER * (loads[one] + 1) ** -LOAD_POWER
        for one, score in scores.items() if one != member and loads[one] <= limit
    }, k)]  # fmt: skip


def load(events: Acts, member: Id, now: datetime) -> float:
    """Returns the acts a member gave lately, each halved in 14 days: `L = sum of 2^-(age / 14)`."""
    return _loads(past(events, now), now).get(member, 0.0)


def load_limit(events: Acts, now: datetime) -> float:
    """Returns the load above which no asks are routed to somebody: what nine in ten of the workspace stay below, at least 3."""
    acts = past(events, now)
    return _limit(_loads(acts, now), acts)


def is_overloaded(events: Acts, member: Id, now: datetime) -> bool:
    """Says whether a member gave so much lately that no asks are routed to them."""
    acts = past(events, now)
    loads = _loads(acts, now)
    return loads.get(member, 0.0) > _limit(loads, acts)


def _draw_help(acts: Acts, now: datetime) -> tuple[Graph, Graph, dict[Id, float]]:
    """Returns who was helped by whom, who helped whom, and how active each helper is."""
    helped_by: Graph = {}
    helped: Graph = {}
    activity: dict[Id, float] = {}
    for (giver, receiver), days in days_given(acts, now, HALF_LIFE_OF_HELP).items():
        strength = sum(days.values())
        helped_by.setdefault(receiver, {})[giver] = log1p(strength)
        helped.setdefault(giver, {})[receiver] = log1p(strength)
        activity[giver] = activity.get(giver, 0.0) + strength
    return helped_by, helped, activity


def _loads(acts: Acts, now: datetime) -> dict[Id, float]:
    loads: dict[Id, float] = {}
    for giver, _, _, at in acts:
        loads[giver] = loads.get(giver, 0.0) + exp2((at - now).total_seconds() / 86400 / HALF_LIFE_OF_LOAD)
    return loads


def _limit(loads: dict[Id, float], acts: Acts) -> float:
    all_loads = [loads.get(one, 0.0) for one in people_in(acts)]
    return (
        max(LEAST_LIMIT, quantiles(all_loads, n=10, method="inclusive")[TENTHS - 1])
        if len(all_loads) > 1
        else LEAST_LIMIT
    )
