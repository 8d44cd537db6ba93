"""When somebody works: their hours, their week and their country's holidays; and the moments that keep to them.

What the bot says of its own accord waits for these. Nothing here reads the time: `at` and `day` come in.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot import countries, members, when
from bot.errors import EndsTooSoon, NoDay, Stale
from storage import members as people
from storage import workspaces
from storage.database import Session
from storage.tables import Member, Workspace

MORNING, EVENING = time(9), time(17)  # until somebody chooses
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEK = frozenset(range(len(DAYS)))
_DAY = timedelta(days=1)
# The longest rows of holidays there are last two weeks. A calendar that has none but holidays is wrong, and is not kept to.
_LONGEST_HOLIDAY = 60


@dataclass(frozen=True)
class WorkingTime:
    """From `starts` until `ends` on some weekdays, Monday being 0, but not on a country's holidays; "" is no country."""

    zone: str
    starts: time
    ends: time
    days: frozenset[int]
    country: str


def of(member: Member, workspace: Workspace | None) -> WorkingTime:
    """Returns when a member works: what they chose, else what holds in their country or in the workspace's."""
    country = member.country if member.country is not None else (workspace.country if workspace else None)
    chosen = frozenset(map(int, member.works_on)) if member.works_on else _WEEK - countries.weekend_of(country or "")
    return WorkingTime(
        zone=member.zone,
        starts=MORNING if member.works_from is None else _from_minutes(member.works_from),
        ends=EVENING if member.works_until is None else _from_minutes(member.works_until),
        days=chosen,
        country=country or "",
    )


def is_working_day(hours: WorkingTime, day: date) -> bool:
    """Says whether they work on a day at all."""
    return day.weekday() in hours.days and not countries.is_holiday(hours.country, day)


def is_working(hours: WorkingTime, at: datetime) -> bool:
    """Says whether they work at a moment."""
    day = at.astimezone(when.zone_named(hours.zone)).date()
    span = _span(hours, day)
    return is_working_day(hours, day) and span is not None and span[0] <= at < span[1]


def next_working(hours: WorkingTime, at: datetime) -> datetime:
    """Returns the moment itself where they work then, else the next at which they begin to; itself where they never do."""
    today = at.astimezone(when.zone_named(hours.zone)).date()
    for day in _days_after(hours, today - _DAY):
        span = _span(hours, day)
        if span is not None and at < span[1]:
            return max(at, span[0])
    return at


def days_on(hours: WorkingTime, day: date, count: int) -> date:
    """Returns the count-th working day after a day; none is the day itself."""
    for _ in range(count):
        day = next(_days_after(hours, day), day + _DAY)
    return day


def morning_of(hours: WorkingTime, day: date) -> datetime:
    """Returns when they begin to work on a day, or on the next on which they do."""
    return next_working(hours, when.at(day, time(0), hours.zone))


def free_at(member: Member, hours: WorkingTime, at: datetime) -> datetime:
    """Returns the next moment at which they work and are not paused."""
    return next_working(hours, max(at, member.paused_until or at))


def in_words(hours: WorkingTime) -> str:
    """Returns their days, hours and place: `Mon to Fri, 9:00 AM to 5:00 PM, Chicago`."""
    return f"{_days_in_words(hours.days)}, {_clock(hours.starts)} to {_clock(hours.ends)}, {place_of(hours)}"


def place_of(hours: WorkingTime) -> str:
    """Returns the place by which their zone is called: `Chicago`."""
    return when.zone_named(hours.zone).key.rpartition("/")[2].replace("_", " ")


def choose(
    session: Session, actor: Member, *, starts: str, ends: str, days: Collection[str], country: str, now: datetime
) -> None:
    """Keeps when a member works: times as HH:MM, days as digits from 0, and a country as it was typed.

    A country that is the one which holds anyway is not kept as theirs: they follow the workspace as before.
    Raises EndsTooSoon, NoDay or NotACountry.
    """
    members.require("choose hours", actor)
    first, last = _minutes(starts), _minutes(ends)
    if last <= first:
        raise EndsTooSoon
    on = "".join(_weekdays(days))
    if not on:
        raise NoDay
    code, held = countries.find(country), of(actor, workspaces.find(session, actor.team_id)).country
    people.change(
        session,
        actor.team_id,
        actor.id,
        works_from=first,
        works_until=last,
        works_on=on,
        country=actor.country if code == held else code,
    )
    members.refresh_home(session, [actor], now)


def _days_after(hours: WorkingTime, day: date) -> Iterator[date]:
    """Yields the working days that come after a day; where every day ahead is a holiday, as if none were."""
    ahead = [day + number * _DAY for number in range(1, _LONGEST_HOLIDAY + 1)]
    kept = [one for one in ahead if one.weekday() in hours.days]
    yield from [one for one in kept if not countries.is_holiday(hours.country, one)] or kept


def _span(hours: WorkingTime, day: date) -> tuple[datetime, datetime] | None:
    """Returns from when until when they would work on a day; None where a change of clocks takes all of it away."""
    first, last = when.at(day, hours.starts, hours.zone), when.at(day, hours.ends, hours.zone)
    is_that_day = first.astimezone(when.zone_named(hours.zone)).date() == day
    return (first, last) if first < last and is_that_day else None


def _days_in_words(days: frozenset[int]) -> str:
    """Returns three or more days on end as `Mon to Fri`, also over a Sunday, and the others one by one."""
    if days == _WEEK:
        return "Mon to Sun"
    parts: dict[int, str] = {}
    for first in (day for day in days if (day - 1) % len(DAYS) not in days):
        run = [(first + number) % len(DAYS) for number in range(len(DAYS))]
        run = run[: next(number for number, day in enumerate(run) if day not in days)]
        if len(run) > 2:
            parts[min(run)] = f"{DAYS[run[0]]} to {DAYS[run[-1]]}"
        else:
            parts |= {day: DAYS[day] for day in run}
    named = [parts[day] for day in sorted(parts)]
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named) or "no day"


def _clock(wall: time) -> str:
    return f"{wall.hour % 12 or 12}:{wall:%M} {wall:%p}"


def _from_minutes(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _minutes(typed: str) -> int:
    """Reads HH:MM as a picker gives it. Raises Stale for what no picker gives."""
    try:
        wall = time.fromisoformat(typed)
    except ValueError:
        raise Stale from None
    return wall.hour * 60 + wall.minute


def _weekdays(picked: Collection[str]) -> list[str]:
    """Returns the weekdays among what a form gives, in order, once each."""
    return [str(day) for day in sorted(_WEEK) if str(day) in picked]
