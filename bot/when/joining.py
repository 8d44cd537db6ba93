"""The policy: what one time the pieces of a phrase make, or why they make none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.when.amounts import moved
from bot.when.pieces import END_OF_DAY, HOUR, HOURS, MERIDIEM, NO_GUESS, Amount, Clock, Day, Here, Part
from bot.when.zones import MORNING, at

MOST_CHOICES = 3
_DAY = timedelta(days=1)
_LAST_OF_AFTERNOON = 6  # 1 to 6 alone are in the afternoon, 7 to 11 in the morning
# The hours that a part of the day can have, of its twelve and of the day's 24.
_HOURS_OF = {"morning": range(12), "afternoon": range(12, 20), "evening": range(16, 24), "night": range(18, 24)}


@dataclass(frozen=True)
class Outcome:
    """What a phrase comes to: `reason` is empty where it is one time, `at`."""

    reason: str = ""
    at: datetime | None = None
    guessed: frozenset[str] = NO_GUESS
    choices: tuple[datetime, ...] = ()
    every: str | None = None


def unclear(choices: Iterable[datetime] = (), here: Here | None = None) -> Outcome:
    """Returns a question, with the future instants that it may be about."""
    later = sorted({one for one in choices if here is None or one > here.now})
    return Outcome("unclear", choices=tuple(later[:MOST_CHOICES]))


def past(choices: Iterable[datetime] = ()) -> Outcome:
    """Returns that it is past, with what may be meant instead."""
    return Outcome("past", choices=tuple(choices))


def join(day: Day | None, clock: Clock | None, part: Part | None, here: Here) -> Outcome:
    """Returns the instant of a day and a time of day; either of them can be missing."""
    if part is not None and part.is_today:
        if day is not None and day.dates != (here.today,):
            return unclear()
        day = Day((here.today,))
    hours = hours_of(clock, part)
    if not hours:
        return unclear()
    if day is None:
        return _next_time(clock, part, hours, here)
    if len(day.dates) != 1:
        wall = hours[0] if clock or part else day.hour or MORNING
        return unclear((at(one, wall, here.zone) for one in day.dates), here)
    if clock is not None and clock.is_end:
        return _midnight(day, here)
    return _on_day(day, clock, part, hours, here)


def hours_of(clock: Clock | None, part: Part | None) -> Sequence[time]:
    """Returns the times that a time of day can be, the likelier first; none where it contradicts its part of the day."""
    if clock is None:
        return (HOURS[part.name] if part else MORNING,)
    if part is None:
        if not clock.is_open:
            return (clock.time,)
        morning, afternoon = (
            clock.time.replace(hour=clock.time.hour % 12),
            clock.time.replace(hour=clock.time.hour % 12 + 12),
        )
        is_late = clock.time.hour <= _LAST_OF_AFTERNOON or clock.time.hour == 12
        return (afternoon,) if is_late else (morning, afternoon)
    if clock.is_end:
        return (clock.time,) if part.name == "night" else ()
    hour = clock.time.hour
    hours = {hour % 12, hour % 12 + 12} if clock.is_open else {hour}
    if part.name == "morning":
        hours -= {0}
    return tuple(clock.time.replace(hour=one) for one in hours & set(_HOURS_OF[part.name]))


def guesses_of(clock: Clock | None, part: Part | None) -> frozenset[str]:
    """Returns what of a time of day was not said."""
    if clock is None:
        return HOUR
    return clock.guesses | (MERIDIEM if clock.is_open and part is None else NO_GUESS)


def after(amount: Amount, here: Here) -> Outcome:
    """Returns the instant that lies an amount after now: days and up by the wall clock, hours and minutes as they pass."""
    day = moved(here.today, amount)
    start = here.now if day == here.today else at(day, here.local.time(), here.zone)
    found = start + amount.elapsed
    if amount.is_vague:
        return unclear((found,), here)
    return Outcome(at=found) if found > here.now else unclear()


def _next_time(clock: Clock | None, part: Part | None, hours: Sequence[time], here: Here) -> Outcome:
    """Returns the next instant at which it is that time; of an hour in the morning that is over, today's evening is as likely."""
    tomorrow = here.today + _DAY
    if clock is not None and clock.is_end:
        return Outcome(at=at(tomorrow, clock.time, here.zone))
    guessed = guesses_of(clock, part)
    today = [at(here.today, hour, here.zone) for hour in hours]
    if today[0] > here.now:
        return Outcome(at=today[0], guessed=guessed)
    following = at(tomorrow, hours[0], here.zone)
    if clock is not None and clock.is_todays:
        return unclear((following,))
    if today[-1] > here.now:
        return unclear((today[-1], following))
    return Outcome(at=following, guessed=guessed)


def _midnight(day: Day, here: Here) -> Outcome:
    """Returns the midnight that today ends with; of another day, both ends are meant by some."""
    (one,) = day.dates
    if one == here.today:
        return Outcome(at=at(one + _DAY, time(), here.zone))
    return unclear((at(one, time(), here.zone), at(one + _DAY, time(), here.zone)), here)


def _on_day(day: Day, clock: Clock | None, part: Part | None, hours: Sequence[time], here: Here) -> Outcome:
    (one,) = day.dates
    is_alone = clock is None and part is None
    wall = day.hour or MORNING if is_alone else hours[0]
    found, guessed = at(one, wall, here.zone), day.guesses | guesses_of(clock, part)
    if day.or_today and not is_alone:
        today = [at(day.or_today, hour, here.zone) for hour in hours]
        if today[-1] > here.now:
            return unclear((*today, found), here)
    if found > here.now:
        return Outcome(at=found, guessed=guessed)
    if one < here.today:
        return past()
    if len(hours) > 1 and (evening := at(one, hours[-1], here.zone)) > here.now:
        return unclear((evening,))
    following = at(one + _DAY, wall, here.zone)
    if part and clock is None and here.local.hour in _HOURS_OF[part.name]:
        return unclear((following,))
    if is_alone:
        return unclear((at(one, END_OF_DAY, here.zone), following), here)
    return past((following,))


def one_day(days: Sequence[Day]) -> Day | None:
    """Returns the one day that several descriptions are about, such as "Friday, March 6"; None where they disagree."""
    first, *others = days
    for other in others:
        named, dated = (first, other) if first.weekday is not None else (other, first)
        if len(dated.dates) != 1 or len(named.dates) != 1:
            return None
        is_same = dated.dates[0].weekday() == named.weekday if named.weekday is not None else dated.dates == named.dates
        if not is_same:
            return None
        first = replace(dated, or_today=None)
    return first


def candidates(days: Iterable[Day], clocks: Sequence[Clock], part: Part | None, here: Here) -> Outcome:
    """Returns a question with every instant that these days and times of day could be."""
    found: list[datetime] = []
    for clock in clocks or (None,):
        outcomes = [join(day, clock, part, here) for day in days] or ([join(None, clock, part, here)] if clock else [])
        for outcome in outcomes:
            found += [outcome.at] if outcome.at else outcome.choices
    return unclear(found, here)
