"""The weekly report for admins who asked for it: when it comes, and what it counts. Sums alone, and nobody's name.

A number for which fewer people took part than `groups.LEAST_PEOPLE` is left out. Nothing of it is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot import members, when, working
from bot.network import groups
from bot.network.groups import Arm, Busiest, Effect
from bot.network.intervals import Estimate
from storage import members as people
from storage import outbox, reports, workspaces
from storage.database import Session, new_id
from storage.tables import Member, Outgoing

REPORT, AT_ONCE, CLOCK = "report", "report.now", f"{outbox.ALARM}report"
MONDAY, MORNING = 0, time(9)
GOOD_FOR = timedelta(hours=24)  # a report that is a day late is no news
WEEK, WEEKS = timedelta(days=7), 4  # what is too little in one week is counted over so many
SEEN = timedelta(
    weeks=26
)  # how far back nudges and first good turns are looked at: what helped long ago may not help now
RETURNED_WITHIN = timedelta(days=90)  # who was helped later than so long ago may still return it, and waits
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Report:
    """A workspace's week. None, or 0, is what too few took part in to be said."""

    since: datetime
    until: datetime
    acts: int
    helpers: int
    first_helpers: int
    busiest: Busiest | None
    days_to_return: float | None
    new_ties: int
    ties_a_week: Estimate | None
    effect: Effect


def of(session: Session, team_id: str, since: datetime, until: datetime) -> Report:
    """Returns the report of a time; ties are counted by days of UTC, as they are kept."""
    lately = reports.given(session, team_id, until - WEEKS * WEEK, since, until)
    gave = [of_week for _, of_week in lately.values() if of_week]
    is_enough = len(gave) >= groups.LEAST_PEOPLE
    first = reports.count_first(session, team_id, since, until) if is_enough else 0
    last_day = (until - _INSTANT).astimezone(UTC).date()
    ties = reports.ties_begun(session, team_id, last_day - SEEN, last_day - WEEKS * WEEK, last_day)
    new = [one for one in ties if _began(one) > last_day - WEEKS * WEEK]
    are_new_enough = len(_people(new)) >= groups.LEAST_PEOPLE
    return Report(
        since,
        until,
        sum(gave) if is_enough else 0,
        len(gave) if is_enough else 0,
        first if first >= groups.LEAST_PEOPLE else 0,
        groups.busiest([count for count, _ in lately.values()]),
        _days_to_return(ties, last_day),
        len(new) if are_new_enough else 0,
        groups.pace(len(new), WEEKS) if are_new_enough else None,
        _effect_of_nudges(session, team_id, until),
    )


def choose(session: Session, actor: Member, now: datetime, *, is_on: bool) -> None:
    """Has the report come to an admin each week, or not any more."""
    members.require("see the report", actor)
    reports.choose(session, actor.team_id, actor.id, now, is_on=is_on)
    outbox.cancel(session, actor.team_id, _subject(actor.id), now)
    if is_on:
        _plan(session, actor, now, now)
    members.refresh_home(session, [actor], now)


def send(session: Session, actor: Member, now: datetime, key: str) -> None:
    """Sends an admin the report of the last seven days; the same request, known by its `key`, does so once."""
    members.require("see the report", actor)
    outbox.plan(session, actor.team_id, key=f"report:{actor.id}:now:{key}", kind=AT_ONCE, subject=f"{actor.id}:report:now",
                member_id=actor.id, now=now)  # fmt: skip


def ring(session: Session, row: Outgoing, now: datetime) -> datetime | None:
    """Hears the clock: it is time for an admin's report. Returns when to ring again where they do not work now, or are paused.

    Who is no admin any more, or has left, gets none meanwhile.
    """
    member = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    planned = row.planned_for or row.due_at
    if not reports.is_on(session, row.team_id, member.id):
        return None
    if now <= planned + GOOD_FOR and is_wanted(session, member):
        free_at = working.free_at(member, working.of(member, workspaces.find(session, row.team_id)), now)
        if free_at > now:
            return free_at
        key = f"report:{member.id}:{_monday_of(now, member.zone)}"
        outbox.plan(session, row.team_id, key=key, kind=REPORT, subject=_subject(member.id), member_id=member.id, now=now,
                    due_at=planned, not_after=planned + GOOD_FOR)  # fmt: skip
    _plan(session, member, max(now, planned), now)
    return None


def is_wanted(session: Session, member: Member) -> bool:
    """Says whether somebody wants the report, and may have it."""
    may_see = members.may("see the report", members.standing(member))
    return may_see and members.is_here(member) and reports.is_on(session, member.team_id, member.id)


def next_at(session: Session, member: Member, after: datetime) -> datetime:
    """Returns when an admin's next report comes: on a Monday morning, moved to when they work and are not paused."""
    hours = working.of(member, workspaces.find(session, member.team_id))
    return working.free_at(member, hours, when.next_run(_rhythm(member), after).at)


def week_of(row: Outgoing, zone: str) -> tuple[datetime, datetime]:
    """Returns the week that a report is about: seven days that end in the night to its Monday, where its reader is."""
    monday = date.fromisoformat(row.key.rpartition(":")[2])
    return when.at(monday - WEEK, time(0), zone), when.at(monday, time(0), zone)


def _plan(session: Session, member: Member, after: datetime, now: datetime) -> None:
    key = f"report:{member.id}:clock:{when.next_run(_rhythm(member), after).day}:{new_id(now)}"
    outbox.add(session, member.team_id, key=key, kind=CLOCK, subject=_subject(member.id), member_id=member.id,
               channel=outbox.NOBODY, now=now, due_at=next_at(session, member, after))  # fmt: skip


def _rhythm(member: Member) -> when.Rhythm:
    return when.Rhythm(frozenset({MONDAY}), MORNING, member.zone)


def _monday_of(at: datetime, zone: str) -> date:
    day = at.astimezone(when.zone_named(zone)).date()
    return day - timedelta(days=day.weekday())


def _subject(member_id: str) -> str:
    return f"{member_id}:report"


def _began(tie: reports.Begun) -> date:
    return min(day for day in (tie.gave, tie.got) if day is not None)


def _people(ties: Iterable[reports.Begun]) -> set[str]:
    return {one for tie in ties for one in (tie.one, tie.other)}


def _days_to_return(ties: Iterable[reports.Begun], last_day: date) -> float | None:
    """Returns in how many days half of those first good turns were returned that were returned in time.

    Two who gave to each other on their first day are left out: nobody can tell who began.
    """
    took = [
        (tie, abs(tie.got - tie.gave))
        for tie in ties
        if tie.gave is not None and tie.got is not None and _began(tie) <= last_day - RETURNED_WITHIN
    ]
    returned = [(tie, days) for tie, days in took if timedelta(0) < days <= RETURNED_WITHIN]
    return groups.median_days([days.days for _, days in returned], len(_people(tie for tie, _ in returned)))


def _effect_of_nudges(session: Session, team_id: str, until: datetime) -> Effect:
    """Compares what was recorded in the seven days after nudges with what was after those that were held back.

    All count that were to be sent, whatever became of them: chance decided between the two before anything else could.
    """
    found = reports.nudged(session, team_id, until - SEEN, until - WEEK)
    arms = []
    for is_held in (False, True):
        times = [
            (member_id, then is not None and then <= at + WEEK)
            for held, member_id, at, then in found
            if held == is_held
        ]
        arms.append(Arm(len(times), sum(followed for _, followed in times), len({member_id for member_id, _ in times})))
    return groups.effect(*arms)
