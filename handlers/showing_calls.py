"""Calls to return as their owner is shown them, wherever that is; and the reminders the outbox asks for."""

from datetime import datetime

from bot import callbacks, months, reminders, when, working
from bot.plans import Plan
from handlers.routes import Later, Routes
from handlers.views import callbacks as views
from handlers.views.callbacks import Shown
from handlers.views.kit import Message
from storage import callbacks as stored
from storage import members as people
from storage import workspaces
from storage.callbacks import Standing
from storage.database import Session
from storage.tables import Member, Outgoing


def shown(session: Session, owner: Member, standing: Standing, now: datetime) -> Shown:
    """Returns a callback as its owner reads it."""
    callback, turn = standing
    newest = stored.latest(session, owner.team_id, callback.id).turn
    names = callbacks.names_of(session, owner.team_id, [callback])
    returned = months.calls_returned(session, owner, now)
    return Shown(callback, turn, newest, names[callback.id], owner.zone, now, returned)


def answered(session: Session, owner: Member, turn_id: str, now: datetime) -> Shown:
    """Returns one's own callback as it stands for whoever pressed under one of its turns."""
    return shown(session, owner, callbacks.answered(session, owner, turn_id), now)


def list_open(session: Session, owner: Member, now: datetime) -> list[Shown]:
    """Returns what a member has to return, the next one due first."""
    found = callbacks.list_open(session, owner)
    names = callbacks.names_of(session, owner.team_id, [callback for callback, _ in found])
    return [Shown(callback, turn, turn, names[callback.id], owner.zone, now) for callback, turn in found]


def remarks(session: Session, owner: Member, standing: Standing, plan: Plan, guessed: frozenset[str]) -> list[str]:
    """Returns what was assumed about a time, in a sentence each, for the one who said it."""
    due_at, said = standing.turn.due_at, []
    hours = working.of(owner, workspaces.find(session, owner.team_id))
    if due_at != plan.at and not when.is_same_day(due_at, plan.at, owner.zone):
        said.append(f"No hour was said, and {when.show_day(plan.at, owner.zone)} is outside your working time.")
    elif "hour" in guessed:
        said.append(f"No hour was said, so I took {when.show_time(due_at, owner.zone)}.")
    elif "meridiem" in guessed:
        local = due_at.astimezone(when.zone_named(owner.zone))
        said.append(f"I took {local.hour % 12 or 12} as the {'morning' if local.hour < 12 else 'afternoon'}.")
    if "year" in guessed:
        said.append(f"I took the year {due_at.astimezone(when.zone_named(owner.zone)).year}.")
    if "hour" not in guessed and not working.is_working(hours, due_at):
        said.append("Outside your hours; I keep to it.")
    return said


def _render(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    said = reminders.say(session, row, now)
    if said is None:
        return None
    if isinstance(said, datetime):
        return Later(said)
    owner = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    names = callbacks.names_of(session, row.team_id, [said.callback])
    returned = months.calls_returned(session, owner, now)
    view = Shown(said.callback, said.turn, said.latest, names[said.callback.id], owner.zone, now, returned)
    return views.reminder(view, said.number)


def _pass_on(session: Session, row: Outgoing, now: datetime) -> Later | None:
    rings_again_at = reminders.pass_on(session, row, now)
    return Later(rings_again_at) if rings_again_at else None


def register(routes: Routes) -> None:
    """Says what is said here."""
    routes.messages |= {reminders.AT_ITS_TIME: _render, reminders.AGAIN: _render, reminders.ALARM: _pass_on}
    routes.considerate.add(reminders.AGAIN)
