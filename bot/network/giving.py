"""Who gave, who received, what came back and how far it went. Counts first; nothing here is a rank, and nobody a taker."""

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.network.events import DAY, Acts, Id, day_of, past
from bot.network.intervals import Estimate, binomial_below, rate_estimate, share_estimate
from bot.network.ties import first_contacts

WITHIN_TO_RETURN, WITHIN_TO_REACH = 180 * DAY, 90 * DAY
LEAST_FIRST_ACTS = 30  # below that the interval says nothing: at 5 of 10 it is 23 to 77 %
BELIEVED_ACTS = 5.0  # how many acts of the workspace's mean a member's balance starts with
WEEK, WEEKS, WEEKS_OF_WORKSPACE = 7 * DAY, 4, 52
LEAST_NEW_TIES, SURE_IT_IS_FASTER = 5, 0.9


class GivenAndReceived(NamedTuple):
    """How many people a member helped, and how many helped them: two counts, no balance."""

    helped: int
    helped_by: int


class Reciprocity(NamedTuple):
    """How many first good turns between two were returned, and the chance that one is: to be shown once it is enough."""

    returned: int
    first_acts: int
    chance: Estimate
    is_enough: bool


class Velocity(NamedTuple):
    """A member's new ties in the last weeks and in as many before, and how many that is a week."""

    new_ties: int
    before: int
    a_week: Estimate
    is_faster: bool
    is_too_early: bool


def given_and_received(events: Acts, member: Id, now: datetime) -> GivenAndReceived:
    """Returns how many different people a member helped, and how many helped them."""
    acts = past(events, now)
    return GivenAndReceived(len({act[1] for act in acts if act[0] == member}),
                            len({act[0] for act in acts if act[1] == member}))  # fmt: skip


def giving_balance(events: Acts, member: Id, now: datetime) -> Estimate:
    """Returns the share of giving in a member's acts, `(G + 5 g0) / (G + R + 5)`, with the middle 95 % of its Beta. Never shown.

    A day on which one gave to the other counts once. g0 is the mean share in the workspace; five acts of it keep a newcomer's
    first act from saying anything.
    """
    given, received = dict[Id, int](), dict[Id, int]()
    for giver, receiver, _ in {(act[0], act[1], day_of(act[3])) for act in past(events, now)}:
        given[giver] = given.get(giver, 0) + 1
        received[receiver] = received.get(receiver, 0) + 1
    people = given.keys() | received.keys()
    shares = [given.get(one, 0) / (given.get(one, 0) + received.get(one, 0)) for one in people]
    mean = sum(sorted(shares)) / len(shares) if shares else 0.5
    g, r = given.get(member, 0) + BELIEVED_ACTS * mean, received.get(member, 0) + BELIEVED_ACTS * (1 - mean)
    value = g / (g + r)
    return share_estimate(value, g, r) if 0 < value < 1 else Estimate(value, value, value)


def direct_reciprocity(events: Acts, now: datetime, within: timedelta = WITHIN_TO_RETURN) -> Reciprocity:
    """Returns how often a first good turn was returned within 180 days, `w = (returned + 1) / (n + 2)`, with 95 % of its Beta.

    Only first acts between two people, and only those whose 180 days are over. Giving holds where w > c/b (Nowak 2006).
    """
    acts = past(events, now)
    first = {pair: one for pair, one in first_contacts(acts, now).items() if one[0] + within <= now}
    paid_back = set()
    for giver, receiver, _, at in acts:
        pair = (giver, receiver) if (giver, receiver) in first else (receiver, giver)
        if pair in first:
            began, who = first[pair]
            if receiver == who and began < at <= began + within:
                paid_back.add(pair)
    returned, n = len(paid_back), len(first)
    chance = share_estimate((returned + 1) / (n + 2), returned + 1, n - returned + 1)
    return Reciprocity(returned, n, chance, n >= LEAST_FIRST_ACTS)


def velocity(events: Acts, member: Id, now: datetime, weeks: int = WEEKS) -> Velocity:
    """Returns a member's new ties a week, `(n + 4 l0) / (W + 4)`, with the middle 90 % of its Gamma; l0 is the workspace's mean.

    Faster means that the weeks before, had the pace been the same, would have made it as fast with less than one chance in
    ten: the new ties fall into either half like coins. Below five it is too early to say.
    """
    first = first_contacts(events, now)
    mine = [(now - began) / WEEK for pair, (began, _) in first.items() if member in pair]
    recent, before = sum(age < weeks for age in mine), sum(weeks <= age < 2 * weeks for age in mine)
    usual = _usual_pace(
        [(now - began) / WEEK for began, _ in first.values()], len({one for pair in first for one in pair})
    )
    shape, rate = recent + WEEKS * usual, weeks + WEEKS
    early = recent < LEAST_NEW_TIES
    faster = not early and binomial_below(recent, recent + before, 0.5) > SURE_IT_IS_FASTER
    # With nothing to go by, half an event leaves an upper end that is not nothing (Jeffreys).
    interval = rate_estimate(shape / rate, shape or 0.5, rate)
    return Velocity(recent, before, interval if shape else interval._replace(low=0.0), faster, early)


def reach(events: Acts, member: Id, now: datetime, within: timedelta = WITHIN_TO_REACH) -> int:
    """Returns how many people were helped by those a member helped, within 90 days after: "went on to", never "because of"."""
    acts = past(events, now)
    helped: dict[Id, list[datetime]] = {}
    for giver, receiver, _, at in acts:
        if giver == member:
            helped.setdefault(receiver, []).append(at)
    onwards = set()
    for giver, receiver, _, at in acts:
        if giver in helped and receiver != member and any(then < at <= then + within for then in helped[giver]):
            onwards.add(receiver)
    return len(onwards)


def _usual_pace(ages: list[float], people: int) -> float:
    """Returns the new ties a person has in a week, over the last year or as long as there is anything."""
    if not ages:
        return 0.0
    weeks = min(max(*ages, 1.0), WEEKS_OF_WORKSPACE)
    return 2 * sum(age <= WEEKS_OF_WORKSPACE for age in ages) / (people * weeks)
