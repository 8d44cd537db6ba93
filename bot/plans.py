"""When a call is to be remembered: the time as a member said or picked it, and what is made of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot import when, working
from bot.errors import TimeHasPassed, TimeTooFar
from storage import workspaces
from storage.database import Session
from storage.tables import Callback, Member

FARTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Plan:
    """When to remind. `wall` is the local time it was said in, which moves with its owner; None is an instant, which stays.

    `every` is a rule of RFC 5545. Where no hour was said, `is_guess`: it may move into working hours.
    """

    at: datetime
    wall: datetime | None = None
    every: str | None = None
    is_guess: bool = False


def plan_at(day: date, clock_time: time, zone: str, every: str | None = None) -> Plan:
    """Returns the plan for a wall time of a member's, picked or said."""
    return Plan(when.at(day, clock_time, zone), datetime.combine(day, clock_time), every)


def first_of(every: str, wall: datetime, zone: str, now: datetime) -> Plan:
    """Returns the plan for the first day of a rule, counted from a wall time, that is still to come.

    Raises TimeHasPassed for a rule that has no such day.
    """
    run = when.next_in(every, wall, zone, max(now, when.at(wall.date(), wall.time(), zone) - timedelta(seconds=1)))
    if run is None:
        raise TimeHasPassed
    return plan_at(run.day, wall.time(), zone, every)


def check(plan: Plan, now: datetime) -> None:
    """Raises TimeHasPassed or TimeTooFar for a time at which nothing can be remembered."""
    if plan.at <= now:
        raise TimeHasPassed
    if plan.at > now + FARTHEST:
        raise TimeTooFar


def moved_into_hours(session: Session, actor: Member, plan: Plan, now: datetime) -> Plan:
    """Moves an hour that nobody said to the next working hour; what repeats keeps its day, and takes the day's first one."""
    if not plan.is_guess:
        return plan
    hours = working.of(actor, workspaces.find(session, actor.team_id))
    if plan.every is not None and plan.wall is not None:
        if hours.starts <= plan.wall.time() < hours.ends:
            return plan
        return first_of(plan.every, datetime.combine(plan.wall.date(), hours.starts), actor.zone, now)
    free = working.next_working(hours, plan.at)
    if free == plan.at:
        return plan
    return Plan(free, free.astimezone(when.zone_named(actor.zone)).replace(tzinfo=None), is_guess=True)


def same_days(callback: Callback, plan: Plan) -> dict[str, str]:
    """Returns how a callback repeats on the days it did, at another hour, as columns of it; nothing for one that does not."""
    if callback.starts is None or plan.wall is None:
        return {}
    first = datetime.fromisoformat(callback.starts).date()
    return {"starts": datetime.combine(first, plan.wall.time()).isoformat(timespec="minutes")}


def repeat_of(plan: Plan) -> dict[str, str | None]:
    """Returns how a plan repeats, as columns of a callback."""
    starts = plan.wall.isoformat(timespec="minutes") if plan.every and plan.wall else None
    return {"every": plan.every if starts else None, "starts": starts}
