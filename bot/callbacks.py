"""Calls to return: noting one down, and what its owner answers. When to remind of it is decided in `reminders.py`.

Each answer ends a turn of the callback, and most begin the next. An answer to a turn that has ended changes nothing, so that a
button pressed twice does its work once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import members, plans, reminders, when, working
from bot.errors import NobodyToCall, Stale, TooLong, TooManyCalls
from bot.ledger import Outsider, show_contact
from bot.plans import Plan
from storage import callbacks, contacts, inbox, workspaces
from storage import members as people
from storage.callbacks import Standing
from storage.database import Session, new_id
from storage.tables import Callback, Member

MOST_OPEN = 200  # of one member: more than anybody returns, fewer than a script writes
MOST_ABOUT = 150
MOST_NOTE = 500
_MINUTE = timedelta(minutes=1)
UNDOABLE = frozenset({"called back", "moved", "dropped"})
# An answer to one of these is meant for the turn that came after it.
_PASSED_ON = frozenset({"moved", "changed", "passed", "taken back"})


@dataclass(frozen=True)
class Call:
    """What a member wants to remember."""

    who: Member | Outsider
    about: str = ""
    note: str = ""


def note_down(session: Session, actor: Member, call: Call, plan: Plan, now: datetime, key: str) -> Standing:
    """Notes a call to return, and plans its first reminder.

    The same request, known by its `key`, is answered from what stands. Raises a Mistake, and then nothing is written.
    """
    turn_id = new_id(now)
    earlier = inbox.claim(session, actor.team_id, key, turn_id, now)
    if earlier is not None:
        return recall(session, actor, earlier)
    people.hold(session, actor.team_id, actor.id)
    members.require("note a call", actor)
    _check(call, plan, actor, now)
    if len(callbacks.open_of(session, actor.team_id, actor.id)) >= MOST_OPEN:
        raise TooManyCalls(MOST_OPEN)
    plan = plans.moved_into_hours(session, actor, plan, now)
    whom = _identity(session, actor, call.who, now)
    repeat = plans.repeat_of(plan)
    callback_id = callbacks.add(
        session, actor.team_id, actor.id, now, about=call.about, note=call.note, **whom, **repeat
    )
    reminders.begin(session, actor, callback_id, plan.at, plan.wall, now, turn_id=turn_id)
    members.refresh_home(session, [actor], now)
    return recall(session, actor, turn_id)


def change(session: Session, actor: Member, turn_id: str, call: Call, plan: Plan, now: datetime) -> None:
    """Changes who, what about and when. Another time begins another turn; what repeats as before keeps its days."""
    callback, turn = newest_open(session, actor, turn_id)
    is_moved = abs(plan.at - turn.due_at) >= _MINUTE  # a form knows no seconds
    is_new_rule = plan.every != callback.every
    _check(call, plan, actor, now, is_new=is_moved)
    whom = {"member_id": None, "contact_id": None} | _identity(session, actor, call.who, now)
    repeat = plans.repeat_of(plan) if is_new_rule else plans.same_days(callback, plan)
    callbacks.change(session, actor.team_id, callback.id, about=call.about, note=call.note, **whom, **repeat)
    reminders.show_anew(session, turn, now)
    if (is_moved or is_new_rule) and reminders.end(session, turn, "changed", now):
        day, said = (None if is_new_rule else turn.day), (0 if is_moved else turn.said)
        reminders.begin(session, actor, callback.id, plan.at, plan.wall, now, day=day, said=said)
    members.refresh_home(session, [actor], now)


def call_back(session: Session, actor: Member, turn_id: str, now: datetime) -> None:
    """Counts a call as returned. One that repeats comes again on its next day."""
    _end(session, actor, turn_id, "called back", now)


def drop(session: Session, actor: Member, turn_id: str, now: datetime) -> None:
    """Takes a call off the list, with all its repeats."""
    _end(session, actor, turn_id, "dropped", now)


def move(session: Session, actor: Member, turn_id: str, plan: Plan, now: datetime) -> None:
    """Moves a call to another time; its repeats stay where they are."""
    standing = _mine(session, actor, turn_id, "answer a call")
    plans.check(plan, now)
    if standing.turn.ended is None:
        _move(session, actor, standing, plan, now)


def move_to_tomorrow(session: Session, actor: Member, turn_id: str, now: datetime) -> None:
    """Moves a call to the next working day, at the same wall time."""
    standing = _mine(session, actor, turn_id, "answer a call")
    if standing.turn.ended is None:
        _move(session, actor, standing, tomorrow(session, actor, standing, now), now)


def tomorrow(session: Session, actor: Member, standing: Standing, now: datetime) -> Plan:
    """Returns the next working day at the time at which a call was due."""
    hours = working.of(actor, workspaces.find(session, actor.team_id))
    today = now.astimezone(when.zone_named(actor.zone)).date()
    return plans.plan_at(
        working.days_on(hours, today, 1), reminders.wall_of(standing.turn, actor.zone).time(), actor.zone
    )


def undo(session: Session, actor: Member, turn_id: str, now: datetime) -> None:
    """Takes one's last answer back: the call is open again, as it was. Raises Stale once something else was answered since."""
    callback, turn = _mine(session, actor, turn_id, "answer a call")
    if turn.ended == "taken back":
        return
    following = callbacks.turn_after(session, turn)
    if turn.ended not in UNDOABLE or (following is not None and following.ended is not None):
        raise Stale
    if following is not None and not reminders.end(session, following, "taken back", now):
        raise Stale
    callbacks.change_turn(session, actor.team_id, turn.id, ended="taken back", ended_at=now)
    reminders.begin(
        session, actor, callback.id, turn.due_at, reminders.wall_if_any(turn), now, said=turn.said, day=turn.day
    )
    reminders.show_anew(session, turn, now)
    members.refresh_home(session, [actor], now)


def take_back(session: Session, actor: Member, turn_id: str, now: datetime) -> None:
    """Takes a call off the list as if it had never been noted."""
    _end(session, actor, turn_id, "taken back", now, also=())


def newest_open(session: Session, actor: Member, turn_id: str) -> Standing:
    """Returns the turn that is open of the callback that an older one may have belonged to. Raises Stale where none is."""
    pressed = _mine(session, actor, turn_id, "answer a call")
    newest = callbacks.latest(session, actor.team_id, pressed.callback.id)
    if newest.turn.ended is not None or (pressed.turn.id != newest.turn.id and pressed.turn.ended not in _PASSED_ON):
        raise Stale
    return newest


def answered(session: Session, actor: Member, turn_id: str) -> Standing:
    """Returns what became of a callback for whoever pressed under this turn: an answer that came after it counts for it too."""
    callback, turn = _mine(session, actor, turn_id, "answer a call")
    turn = reminders.speaks_for(session, turn)
    while turn.ended in _PASSED_ON and (after := callbacks.turn_after(session, turn)) and after.ended is not None:
        turn = after
    return Standing(callback, turn)


def recall(session: Session, actor: Member, turn_id: str) -> Standing:
    """Returns one's own callback with this turn, as it stands."""
    return _mine(session, actor, turn_id, "answer a call")


def list_open(session: Session, actor: Member) -> list[Standing]:
    """Returns what a member has to return, the next one due first."""
    members.require("note a call", actor)
    return callbacks.open_of(session, actor.team_id, actor.id)


def names_of(session: Session, team_id: str, shown: list[Callback]) -> dict[str, str]:
    """Returns the name of the person to call, by callback."""
    known = people.by_id(session, team_id, {one.member_id for one in shown})
    outside = contacts.by_id(session, team_id, {one.contact_id for one in shown})
    return {
        one.id: known[one.member_id].name if one.member_id else show_contact(outside[str(one.contact_id)])
        for one in shown
    }


def _end(
    session: Session,
    actor: Member,
    turn_id: str,
    ended: str,
    now: datetime,
    also: frozenset[str] | tuple[()] = _PASSED_ON,
) -> None:
    """Ends a callback's open turn; pressed under one that has passed on to another, that one is meant."""
    pressed = _mine(session, actor, turn_id, "answer a call")
    callback, turn = callbacks.latest(session, actor.team_id, pressed.callback.id)
    if pressed.turn.id != turn.id and pressed.turn.ended not in also:
        return
    if turn.ended is not None or not reminders.end(session, turn, ended, now):
        return
    if ended == "called back" and callback.every is not None:
        reminders.begin_next(session, actor, callback, turn, now)
    members.refresh_home(session, [actor], now)


def _move(session: Session, actor: Member, standing: Standing, plan: Plan, now: datetime) -> None:
    callback, turn = standing
    if reminders.end(session, turn, "moved", now):
        reminders.begin(session, actor, callback.id, plan.at, plan.wall, now, day=turn.day)
        members.refresh_home(session, [actor], now)


def _check(call: Call, plan: Plan, actor: Member, now: datetime, *, is_new: bool = True) -> None:
    if isinstance(call.who, Member) and call.who.id == actor.id:
        raise NobodyToCall("", "oneself")
    if isinstance(call.who, Member) and call.who.is_bot:
        raise NobodyToCall(call.who.name, "app")
    for field, words, most in (("about", call.about, MOST_ABOUT), ("note", call.note, MOST_NOTE)):
        if len(words) > most:
            raise TooLong(len(words), most, field)
    if is_new:
        plans.check(plan, now)


def _identity(session: Session, actor: Member, who: Member | Outsider, now: datetime) -> dict[str, str]:
    if isinstance(who, Member):
        return {"member_id": who.id}
    return {"contact_id": contacts.meet(session, actor.team_id, actor.id, who.name, who.company, now).id}


def _mine(session: Session, actor: Member, turn_id: str, action: str) -> Standing:
    """Returns one's own turn, and lets nobody else answer for its owner meanwhile.

    Somebody else's is answered like one that is not there.
    """
    people.hold(session, actor.team_id, actor.id)
    standing = callbacks.find(session, actor.team_id, turn_id)
    if standing is None:
        raise Stale
    members.require(action, actor, {"owner"} if standing.callback.owner_id == actor.id else {"other"})
    return standing
