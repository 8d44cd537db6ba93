"""Reminders planned anew: when their owner moves to another zone or comes back, and where a restore lost what was next."""

from datetime import datetime

from bot import members, reminders, when, working
from storage import callbacks, outbox
from storage import members as people
from storage.database import Session
from storage.tables import Member


def follow_zone(session: Session, owner: Member, now: datetime) -> None:
    """Moves what a member planned in wall time to where they are now. What is on its way stays; nothing is doubled."""
    for callback, turn in callbacks.open_of(session, owner.team_id, owner.id):
        if turn.wall is None:
            continue
        wall = datetime.fromisoformat(turn.wall)
        due_at = when.at(wall.date(), wall.time(), owner.zone)
        if due_at != turn.due_at:
            callbacks.change_turn(session, owner.team_id, turn.id, due_at=due_at)
            moved = callbacks.turn(session, owner.team_id, turn.id)
            coming = reminders.following(session, owner, moved, now)
            if coming is not None:
                outbox.move(
                    session, owner.team_id, turn.id, max(coming[1], now), (reminders.AT_ITS_TIME, reminders.AGAIN)
                )
            run = reminders.next_day(callback, moved, owner.zone)
            if run is not None:  # where its day has come there already, it rings now
                outbox.move(session, owner.team_id, turn.id, max(run.at, now), (reminders.ALARM,))
    members.refresh_home(session, [owner], now)


def resume(session: Session, owner: Member, now: datetime) -> None:
    """Plans anew what a member has to return who was away and is back; what came due meanwhile waits for a working day."""
    tomorrow = working.days_on(
        reminders.hours_of(session, owner), now.astimezone(when.zone_named(owner.zone)).date(), 1
    )
    for callback, turn in callbacks.open_of(session, owner.team_id, owner.id):
        if callback.every is not None and turn.due_at <= now:
            if reminders.end(session, turn, "passed", now):
                reminders.begin_next(session, owner, callback, turn, now)
            continue
        if turn.said >= reminders.MOST:
            continue  # of this one the last reminder was said
        wall, due_at = reminders.wall_if_any(turn), turn.due_at
        if due_at <= now:
            wall = datetime.combine(tomorrow, reminders.wall_of(turn, owner.zone).time())
            due_at = when.at(wall.date(), wall.time(), owner.zone)
        if reminders.end(session, turn, "changed", now):
            reminders.begin(session, owner, callback.id, due_at, wall, now, day=turn.day)


def plan_missing(session: Session, team_id: str, now: datetime) -> None:
    """Plans what comes next of turns of which nothing waits.

    After a restore, a reminder that had been said since the backup is found in Slack, and only then known to have been said.
    """
    for callback, turn in callbacks.forgotten(session, team_id):
        said = outbox.keys_said(session, team_id, turn.id)
        number = max([turn.said, *(int(key.rpartition(":")[2]) for key in said if key.startswith("rem:"))])
        if 0 < number < reminders.MOST:
            callbacks.change_turn(session, team_id, turn.id, said=number)
            owner = people.by_id(session, team_id, [turn.owner_id])[turn.owner_id]
            reminders.plan_next(session, owner, callback, callbacks.turn(session, team_id, turn.id), now)
