"""When a call to return is remembered: at its time, and after 1, 3 and 7 working days; four times at the most.

Only one reminder of a turn waits at a time: when it is said, the next is planned, and one that could not be said until then gives
way to it. So after days away one comes, and not all that were missed. A callback that repeats has an alarm as well, which nobody
reads: at its next day it begins the next turn.
"""

import itertools
from dataclasses import dataclass
from datetime import date, datetime

from bot import members, when, working
from storage import callbacks, outbox, workspaces
from storage import members as people
from storage.database import Session
from storage.tables import Callback, Member, Outgoing, Turn

AT_ITS_TIME, AGAIN, ALARM = "callback", "callback.again", f"{outbox.ALARM}callback"
_AFTER_DAYS = {2: 1, 3: 3, 4: 7}  # working days after the due time, by the number of the reminder
MOST = 4


@dataclass(frozen=True)
class Reminder:
    """A reminder to be said, or as it stands since: the turn it shows, the newest one, and which of the four it is."""

    callback: Callback
    turn: Turn
    latest: Turn
    number: int


def begin(
    session: Session,
    owner: Member,
    callback_id: str,
    due_at: datetime,
    wall: datetime | None,
    now: datetime,
    *,
    day: date | None = None,
    said: int = 0,
    turn_id: str | None = None,
    is_late: bool = False,
) -> str:
    """Begins a turn of a callback and plans what is to be said of it; returns its id.

    What was due before now is due now, unless it `is_late`: then it says so. One that repeats stands for the occurrence of a
    `day`, which its owner may have moved; `said` reminders of it came before.
    """
    callback, newest = callbacks.with_newest(session, owner.team_id, callback_id)
    number = newest.number + 1 if newest else 1
    if callback.every is not None and day is None:
        day = due_at.astimezone(when.zone_named(owner.zone)).date()
    shown = wall.isoformat(timespec="minutes") if wall else None
    turn_id = callbacks.add_turn(
        session,
        owner.team_id,
        owner.id,
        callback_id,
        number,
        due_at,
        now,
        wall=shown,
        day=day,
        said=said,
        turn_id=turn_id,
    )
    turn = callbacks.turn(session, owner.team_id, turn_id)
    plan_next(session, owner, callback, turn, now, is_late=is_late)
    _set_alarm(session, owner, callback, turn, now)
    return turn_id


def begin_next(session: Session, owner: Member, callback: Callback, turn: Turn, now: datetime) -> None:
    """Begins the turn of a repeating callback's next day, after one that has ended."""
    run = next_day(callback, turn, owner.zone, now)
    if run is not None:
        wall = datetime.combine(run.day, _starts(callback).time())
        begin(session, owner, callback.id, run.at, wall, now, day=run.day)


def end(session: Session, turn: Turn, ended: str, now: datetime) -> bool:
    """Ends a turn: what waits to be said of it is not said, and what was said shows what became of it."""
    is_ended = callbacks.end_turn(session, turn.team_id, turn.id, ended, now)
    if is_ended:
        outbox.cancel(session, turn.team_id, turn.id, now)
        show_anew(session, turn, now)
    return is_ended


def show_anew(session: Session, turn: Turn, now: datetime) -> None:
    """Has the messages brought up to date that show a turn: its own, and those of what was taken back before it."""
    before = callbacks.turns_before(session, turn)
    for one in (turn, *itertools.takewhile(lambda one: one.ended == "taken back", before)):
        outbox.change(session, turn.team_id, one.id, now)


def speaks_for(session: Session, turn: Turn) -> Turn:
    """Returns the turn whose state a message about this one shows: what was taken back speaks for the one that came after it."""
    while turn.ended == "taken back" and (after := callbacks.turn_after(session, turn)) is not None:
        turn = after
    return turn


def say(session: Session, row: Outgoing, now: datetime) -> Reminder | datetime | None:
    """Returns the reminder a row stands for, and plans the next one; a moment, if it is to wait until then.

    Returns None when it is not to be said any more. A row that was said before is answered with how things stand.
    """
    found = callbacks.find(session, row.team_id, row.subject)
    if found is None:
        return None
    callback, turn = found
    newest = callbacks.latest(session, row.team_id, callback.id).turn
    number = int(row.key.rpartition(":")[2])
    if row.slack_ts is not None:
        return Reminder(callback, speaks_for(session, turn), newest, number)
    owner = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    if turn.ended is not None or turn.said > number or newest_day(callback, turn, owner.zone, now) is not None:
        return None
    if row.kind == AGAIN:
        free = working.free_at(owner, hours_of(session, owner), now)
        if free > now:
            return free
    if turn.said < number:
        callbacks.change_turn(session, row.team_id, turn.id, said=number)
        callback, turn = callbacks.latest(session, row.team_id, callback.id)
        plan_next(session, owner, callback, turn, now)
        members.refresh_home(session, [owner], now)
    return Reminder(callback, turn, turn, number)


def pass_on(session: Session, row: Outgoing, now: datetime) -> datetime | None:
    """Hears an alarm: the next day of a repeating callback has come, and what was due until then has passed.

    Returns when to ring again, if that day is still to come: its owner may have moved to another zone.
    """
    found = callbacks.find(session, row.team_id, row.subject)
    if found is None or found.turn.ended is not None:
        return None
    callback, turn = found
    owner = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    run = newest_day(callback, turn, owner.zone, now)
    if run is None:
        coming = next_day(callback, turn, owner.zone)
        return coming.at if coming else None
    if end(session, turn, "passed", now):
        wall = datetime.combine(run.day, _starts(callback).time())
        begin(session, owner, callback.id, run.at, wall, now, day=run.day, is_late=True)
    return None


def wall_of(turn: Turn, zone: str) -> datetime:
    """Returns the local time of a turn, as it was said or as it is there."""
    return wall_if_any(turn) or turn.due_at.astimezone(when.zone_named(zone)).replace(tzinfo=None)


def wall_if_any(turn: Turn) -> datetime | None:
    """Returns the local time in which a turn was said, if it was."""
    return datetime.fromisoformat(turn.wall) if turn.wall else None


def next_day(callback: Callback, turn: Turn, zone: str, after: datetime | None = None) -> when.Run | None:
    """Returns the day on which a repeating callback comes after a turn's own and after a moment; None if it comes no more.

    A turn's own day is the one it stands for, and where it was moved beyond others, that one.
    """
    if callback.every is None:
        return None
    starts = _starts(callback)
    own = turn.due_at if turn.day is None else max(turn.due_at, when.at(turn.day, starts.time(), zone))
    return when.next_in(callback.every, starts, zone, max(own, after or own))


def newest_day(callback: Callback, turn: Turn, zone: str, now: datetime) -> when.Run | None:
    """Returns the latest day of a repeating callback that has come since a turn's own; None if none has."""
    found, run = None, next_day(callback, turn, zone)
    while run is not None and run.at <= now:
        found, run = run, next_day(callback, turn, zone, run.at)
    return found


def plan_next(
    session: Session, owner: Member, callback: Callback, turn: Turn, now: datetime, *, is_late: bool = False
) -> None:
    """Plans the reminder of a turn that comes next, unless the callback's next day comes first."""
    coming = following(session, owner, turn, now)
    if coming is None:
        return
    number, at = coming
    run = next_day(callback, turn, owner.zone)
    if number > 1 and run is not None and run.at <= at:
        return
    occasion = f"{turn.day}:{turn.number}" if turn.day else str(turn.number)
    outbox.plan(
        session,
        owner.team_id,
        key=f"rem:{callback.id}:{occasion}:{number}",
        kind=AT_ITS_TIME if number == 1 else AGAIN,
        subject=turn.id,
        member_id=owner.id,
        due_at=at if is_late else max(at, now),
        now=now,
    )


def following(session: Session, owner: Member, turn: Turn, now: datetime) -> tuple[int, datetime] | None:
    """Returns which reminder of a turn comes next, and when: the first that does not come on the day of the one before."""
    if turn.said == 0:
        return 1, turn.due_at
    hours, wall = hours_of(session, owner), wall_of(turn, owner.zone)
    today = now.astimezone(when.zone_named(owner.zone)).date()
    for number in range(turn.said + 1, MOST + 1):
        day = working.days_on(hours, wall.date(), _AFTER_DAYS[number])
        if day > today:
            return number, working.next_working(hours, when.at(day, wall.time(), owner.zone))
    return None


def _set_alarm(session: Session, owner: Member, callback: Callback, turn: Turn, now: datetime) -> None:
    run = next_day(callback, turn, owner.zone)
    if run is not None:
        key = f"next:{callback.id}:{run.day}:{turn.number}"
        outbox.plan(
            session, owner.team_id, key=key, kind=ALARM, subject=turn.id, member_id=owner.id, due_at=run.at, now=now
        )


def _starts(callback: Callback) -> datetime:
    assert callback.starts is not None
    return datetime.fromisoformat(callback.starts)


def hours_of(session: Session, owner: Member) -> working.WorkingTime:
    """Returns when a callback's owner works."""
    return working.of(owner, workspaces.find(session, owner.team_id))
