"""Who did what for whom, and when: all that the measures know, and the days on which two people were in contact."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import exp2
from operator import eq, itemgetter
from typing import Any, NamedTuple, TypeAlias

# A str, or whatever else the caller knows people by: hashable, and best of one type.
Id: TypeAlias = Any
# Two people, the smaller id first.
Pair: TypeAlias = tuple[Id, Id]


class Event(NamedTuple):
    """One act: somebody gave, somebody received. `at` is an aware datetime; a plain tuple of these four does as well."""

    giver: Id
    receiver: Id
    kind: str
    at: datetime


# Anything that unpacks into a giver, a receiver, a kind and an instant.
Acts: TypeAlias = Iterable[tuple[Id, Id, str, datetime]]

# Product judgement, not evidence: to call back is polite, and less than help. A kind that is not here weighs 1.
WEIGHTS = {"information": 1.0, "introduction": 1.0, "advice": 1.0, "help": 1.0, "call": 0.5}
UNKNOWN_KIND = 1.0
DAY = timedelta(days=1)
# Days. Few acts are ever logged, and with few records it pays to forget slowly; drift looks at a shorter past.
HALF_LIFE_OF_TIES, HALF_LIFE_OF_DRIFT = 180.0, 60.0
# Where each took part in more than 50 acts, the last months say enough: tuned on sparser and sparser samples of e-mail.
MANY_ACTS, HALF_LIFE_OF_MANY = 50.0, 60.0
_GIVER, _RECEIVER, _AT = itemgetter(0), itemgetter(1), itemgetter(3)


def without(events: Acts, people: Iterable[Id]) -> list[tuple[Id, Id, str, datetime]]:
    """Returns the events in which none of these people took part: who opted out is in no measure, on neither side."""
    hidden = frozenset(people)
    return [event for event in events if event[0] not in hidden and event[1] not in hidden]


def pair_of(one: Id, other: Id) -> Pair:
    """Returns the key of a tie, which is the same from both sides: the smaller id first."""
    return (other, one) if comes_before(other, one) else (one, other)


def comes_before(one: Id, other: Id) -> bool:
    """Says which of two ids is smaller; ids that know no order are ordered by their type and what they print."""
    try:
        return bool(one < other)
    except TypeError:
        return (type(one).__name__, repr(one)) < (type(other).__name__, repr(other))


def in_order(people: Iterable[Id]) -> list[Id]:
    """Returns people in the order of their ids, which decides wherever nothing else does."""
    found = list(people)
    try:
        return sorted(found)
    except TypeError:
        return sorted(found, key=lambda one: (type(one).__name__, repr(one)))


def days_of(half_life: timedelta | float) -> float:
    """Returns a half-life in days; a number is one of days already."""
    days = half_life / DAY if isinstance(half_life, timedelta) else half_life
    if not days > 0:
        raise ValueError(f"a half-life is longer than nothing: {half_life}")
    return days


def half_life_for(acts: int, people: int) -> float:
    """Returns the half-life of ties where so many people took part in so many acts: 180 days, and 60 above 50 acts each."""
    return HALF_LIFE_OF_MANY if 2 * acts > MANY_ACTS * people else HALF_LIFE_OF_TIES


def day_of(at: datetime) -> int:
    """Returns the day of an instant, in UTC, as the number that `date.toordinal` gives."""
    return at.toordinal() if at.tzinfo is UTC else at.astimezone(UTC).toordinal()


def past(events: Acts, now: datetime) -> list[tuple[Id, Id, str, datetime]]:
    """Returns the events until now between two different people."""
    acts = list(events)
    if acts and (max(map(_AT, acts)) > now or any(map(eq, map(_GIVER, acts), map(_RECEIVER, acts)))):
        return [act for act in acts if act[3] <= now and act[0] != act[1]]
    return acts


def people_in(acts: Acts) -> set[Id]:
    """Returns everybody who gave or received."""
    acts = list(acts)
    return {*map(_GIVER, acts), *map(_RECEIVER, acts)}


def worth_of_ties(events: Acts, now: datetime, half_life: timedelta | float | None = None) -> dict[Id, dict[Id, float]]:
    """Returns for each pair, the smaller id first, the sum of what its days of contact are worth now.

    It is the sum of `contact_days` in less time: with the latest act first, a day is over when another begins. This is where
    the time of a member's list goes, so it calls as little as it can. Without a half-life, that of the events' number is taken.
    """
    acts = _latest_first(events, now)
    half = days_of(half_life_for(len(acts), len(people_in(acts))) if half_life is None else half_life)
    latest: dict[
        Id, dict[Id, tuple[int, float, float]]
    ] = {}  # a day, the best act of it, and the sum of the days after it
    utc, today, shares, weight = UTC, day_of(now), dict[int, float](), WEIGHTS.get
    for giver, receiver, kind, at in acts:
        day = at.toordinal() if at.tzinfo is utc else at.astimezone(utc).toordinal()
        share = shares.get(day)
        if share is None:
            share = shares[day] = exp2((day - today) / half)
        worth = share * weight(kind, UNKNOWN_KIND)
        try:
            one, other = (receiver, giver) if receiver < giver else (giver, receiver)
        except TypeError:
            one, other = pair_of(giver, receiver)
        ties = latest.get(one)
        if ties is None:
            ties = latest[one] = {}
        was = ties.get(other)
        if was is None:
            ties[other] = (day, worth, 0.0)
        elif was[0] != day:
            ties[other] = (day, worth, was[1] + was[2])
        elif was[1] < worth:
            ties[other] = (day, worth, was[2])
    return {one: {other: best + rest for other, (_, best, rest) in ties.items()} for one, ties in latest.items()}


def contact_days(events: Acts, now: datetime, half_life: timedelta | float) -> dict[Pair, dict[int, float]]:
    """Returns for each pair what each day of contact is worth now: its best act, halved with every half-life.

    However many acts a day has, it counts once: messages come in bursts, and what counts once is harder to game. Its age is in
    days of UTC, so that it is of no account at what time of the day an act was.
    """
    return _days(events, now, half_life)


def days_given(events: Acts, now: datetime, half_life: timedelta | float) -> dict[Pair, dict[int, float]]:
    """Returns the same for each (giver, receiver), the two directions apart."""
    return _days(events, now, half_life, both_ways=False)


def _days(
    events: Acts, now: datetime, half_life: timedelta | float, *, both_ways: bool = True
) -> dict[Pair, dict[int, float]]:
    pairs: dict[Pair, dict[int, float]] = {}
    half, today, shares = days_of(half_life), day_of(now), dict[int, float]()
    for giver, receiver, kind, at in events:
        day = at.toordinal() if at.tzinfo is UTC else at.astimezone(UTC).toordinal()
        if giver == receiver or (day >= today and at > now):
            continue
        share = shares.get(day)
        if share is None:
            share = shares[day] = exp2((day - today) / half)
        worth = share * WEIGHTS.get(kind, UNKNOWN_KIND)
        try:
            pair = (receiver, giver) if both_ways and receiver < giver else (giver, receiver)
        except TypeError:
            pair = pair_of(giver, receiver)
        days = pairs.get(pair)
        if days is None:
            pairs[pair] = {day: worth}
        elif days.get(day, 0.0) < worth:
            days[day] = worth
    return pairs


def _latest_first(events: Acts, now: datetime) -> list[tuple[Id, Id, str, datetime]]:
    acts = sorted(events, key=_AT, reverse=True)
    acts = acts[next((place for place, act in enumerate(acts) if act[3] <= now), len(acts)) :]
    if any(map(eq, map(_GIVER, acts), map(_RECEIVER, acts))):
        return [act for act in acts if act[0] != act[1]]
    return acts
