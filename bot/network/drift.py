"""Which ties may go quiet. A question to ask, not a verdict: even the best rule is wrong about half the time."""

from collections.abc import Sequence
from datetime import datetime
from math import exp, exp2, log
from typing import NamedTuple

from bot.network.events import HALF_LIFE_OF_DRIFT, Acts, Id, Pair, contact_days, day_of, in_order

# Fitted on e-mail of a research institute. The slope was -1.28 to -1.30 in each of its departments, and stays; how many
# lapse at all differs from one workspace to the next, so the intercept is fitted anew to each.
INTERCEPT, SLOPE = 0.65, -1.3
# What a tie is, and what it takes to speak of it. The last two are judgement.
LEAST_DAYS, LEAST_DAYS_TO_ALERT = 3, 10
LEAST_SILENCE, LEAST_CHANCE = 30, 0.4  # days; of lapsing
MOST_LAPSE = 0.6  # where more than that lapse, all of them do, and there is nothing to tell apart
WINDOW, WINDOWS, RECENT = (
    60,
    2,
    120,
)  # days of a window, how many, and how long ago a tie's last contact may be at its start
# Fewer ties than these say less about a workspace than the default does.
LEAST_TIES = 30
# What is believed of a workspace before anything is known: as if of five ties two had lapsed, as in the e-mail.
BELIEVED_LAPSED, BELIEVED_TIES = 2, 5


class Drift(NamedTuple):
    """How likely a tie is to stay quiet for the next 60 days, and whether that is worth a word."""

    member: Id
    probability: float
    alert: bool


class Fit(NamedTuple):
    """What the last two closed windows say of a workspace: the intercept, the share of ties that lapsed, and of how many."""

    intercept: float
    lapse_rate: float
    ties: int


def p_lapse(strength: float, intercept: float = INTERCEPT) -> float:
    """Returns the chance that a tie of this strength (h = 60 d) has no contact in 60 days, `sigmoid(a - 1.3 ln s)`."""
    return _sigmoid(intercept + SLOPE * log(strength)) if strength > 0 else 1.0


def drifting(events: Acts, member: Id, now: datetime, fit: Fit | None = None) -> list[Drift]:
    """Returns all of a member's ties of three days of contact or more, those with the most to lose first.

    An alert takes ten days of contact, 30 days of silence and a chance of .4. Most to lose is the tie's best past strength
    times its chance. The fit is that of the events unless one of the whole workspace is given.
    """
    pairs = contact_days(events, now, HALF_LIFE_OF_DRIFT)
    fit = fit or _fit(pairs, now)
    found = []
    for pair, days in pairs.items():
        if len(days) >= LEAST_DAYS and member in pair:
            chance = p_lapse(sum(days.values()), fit.intercept)
            other = pair[1] if pair[0] == member else pair[0]
            found.append(
                (Drift(other, chance, _is_worth_a_word(days, chance, fit, now)), _best_past(days, now) * chance)
            )
    turn = {one: number for number, one in enumerate(in_order(drift.member for drift, _ in found))}
    found.sort(key=lambda each: (-each[1], turn[each[0].member]))
    return [drift for drift, _ in found]


def fit_drift(events: Acts, now: datetime) -> Fit:
    """Returns what a workspace's last two closed windows of 60 days say; they close on Mondays, so it changes once a week."""
    return _fit(contact_days(events, now, HALF_LIFE_OF_DRIFT), now)


def _is_worth_a_word(days: dict[int, float], chance: float, fit: Fit, now: datetime) -> bool:
    return (
        fit.lapse_rate <= MOST_LAPSE
        and len(days) >= LEAST_DAYS_TO_ALERT
        and day_of(now) - max(days) >= LEAST_SILENCE
        and chance >= LEAST_CHANCE
    )


def _best_past(days: dict[int, float], now: datetime) -> float:
    """Returns the strength a tie had on its best day."""
    today, so_far, best = day_of(now), 0.0, 0.0
    for day in sorted(days):
        so_far += days[day]
        best = max(best, so_far * exp2((today - day) / HALF_LIFE_OF_DRIFT))
    return best


def _fit(pairs: dict[Pair, dict[int, float]], now: datetime) -> Fit:
    monday = day_of(now) - (day_of(now) + 6) % 7
    seen = [one for back in range(1, WINDOWS + 1) for one in _lapses(pairs, now, monday - back * WINDOW)]
    lapsed = sum(one for _, one in seen)
    rate = (lapsed + BELIEVED_LAPSED) / (len(seen) + BELIEVED_TIES)
    return Fit(_intercept(seen) if len(seen) >= LEAST_TIES else INTERCEPT, rate, len(seen))


def _lapses(pairs: dict[Pair, dict[int, float]], now: datetime, start: int) -> list[tuple[float, bool]]:
    """Returns the slope's share for each tie there was when a window began, and whether it lapsed in it."""
    back = log(2) * (day_of(now) - start) / HALF_LIFE_OF_DRIFT
    found = []
    for days in pairs.values():
        if len(days) < LEAST_DAYS:
            continue
        before = [day for day in days if day < start]
        if len(before) >= LEAST_DAYS and max(before) >= start - RECENT:
            strength = sum([days[day] for day in before])
            lapsed = len(before) == len(days) or not any(start <= day < start + WINDOW for day in days)
            found.append((SLOPE * (log(strength) + back), lapsed))
    return found


def _intercept(seen: Sequence[tuple[float, bool]]) -> float:
    """Returns the likeliest intercept, by Newton's steps, with a standard normal belief around the default.

    The belief is worth about four ties; it keeps the answer finite where all lapsed or none did.
    """
    a = INTERCEPT
    for _ in range(25):
        chances = [_sigmoid(a + part) for part, _ in seen]
        slope = sum(lapsed - chance for (_, lapsed), chance in zip(seen, chances, strict=True)) - (a - INTERCEPT)
        step = slope / (sum(chance * (1 - chance) for chance in chances) + 1)
        a += max(-1.0, min(1.0, step))
        if abs(step) < 1e-9:
            break
    return a


def _sigmoid(z: float) -> float:
    return 1 / (1 + exp(-z)) if z > -700 else 0.0
