"""Nudges: who gets one and when. What one suggests: `suggesting.py`.

Nobody gets any who did not switch them on. A nudge comes once in the member's period at the most, in their working hours; after
k that went unanswered the next one waits for 7 x 2^k days, and after three they pause and ask how to go on. One in four is held
back by chance, so that it can be told what the others do; it counts as neither sent nor unanswered.
"""

import hashlib
import json
from datetime import datetime, time, timedelta
from typing import Any

from bot import members, suggesting, topics, when, working
from bot.errors import Stale
from bot.nudge_errors import TooManyTopics
from storage import members as people
from storage import nudges, outbox, workspaces
from storage.database import Session, new_id
from storage.tables import Member, Nudge, Nudging, Outgoing, Suggested

NUDGE, PAUSED, CLOCK = "nudge", "nudge.paused", f"{outbox.ALARM}nudge"
PERIOD = {"weekly": timedelta(days=7), "fortnightly": timedelta(days=14), "monthly": timedelta(days=28)}
GOOD_FOR = timedelta(hours=12)  # a suggestion that comes a day late is about another day
LATER = timedelta(days=30)
IGNORED = 3  # after so many they pause
HELD_OF = 4  # one of so many is held back
_SLACK = timedelta(hours=12)  # a nudge that waited for an hour of work does not push the next one back by a week
_LOOKED_AT = 12  # of the latest nudges, to find those that were sent


def choose(
    session: Session,
    actor: Member,
    *,
    every: str,
    weekday: int,
    wall: time,
    topics_typed: str,
    takes_asks: bool,
    is_hidden: bool,
    news_from: str,
    is_on: bool,
    now: datetime,
) -> None:
    """Keeps whether and when nudges come, what the member follows, and what others may do. Raises TooManyTopics."""
    members.require("choose nudges", actor)
    followed = topics.read(topics_typed)
    if len(followed) > topics.MOST_TOPICS or len(", ".join(followed)) > topics.MOST_CHARACTERS:
        raise TooManyTopics(topics.MOST_TOPICS, topics.MOST_CHARACTERS)
    nudges.choose(session, actor.team_id, actor.id, every=every, weekday=weekday, wall=f"{wall:%H:%M}",
                  topics=", ".join(followed), takes_asks=takes_asks, is_hidden=is_hidden, news_from=news_from)  # fmt: skip
    if is_on:
        nudges.choose(session, actor.team_id, actor.id, state="on", turned_on_at=now, later_until=None)
        _begin(session, actor, now)
    else:
        _set_off(session, actor, "off", now, later_until=None)


def stop(session: Session, actor: Member, now: datetime) -> None:
    """Switches nudges off; what was chosen is kept for another time."""
    members.require("choose nudges", actor)
    _set_off(session, actor, "off", now, later_until=None)


def go_on(session: Session, actor: Member, now: datetime) -> None:
    """Goes on with nudges that had paused."""
    _answer(session, actor)
    nudges.choose(session, actor.team_id, actor.id, state="on", turned_on_at=now, later_until=None)
    _begin(session, actor, now)


def go_on_later(session: Session, actor: Member, now: datetime) -> None:
    """Goes on with them in a month."""
    _answer(session, actor)
    nudges.choose(session, actor.team_id, actor.id, state="on", turned_on_at=now, later_until=now + LATER)
    _begin(session, actor, now)


def press(session: Session, actor: Member, nudge_id: str, number: int, outcome: str, now: datetime) -> Suggested:
    """Notes that a member did what was suggested, or wants no more of it; any answer shows that nudges are read."""
    nudge = nudges.find(session, actor.team_id, nudge_id)
    found = [one for one in nudges.suggested(session, actor.team_id, nudge_id) if one.number == number]
    if nudge is None or nudge.member_id != actor.id or not found:
        raise Stale
    source, about = found[0].source, found[0].about
    members.require("choose nudges", actor)
    nudges.press(session, actor.team_id, nudge_id, now)
    nudges.note_outcome(session, actor.team_id, nudge_id, number, outcome)
    if outcome == "not this":
        nudges.leave_out(session, actor.team_id, actor.id, source, about, now)
    outbox.change(session, actor.team_id, nudge_id, now)
    return next(one for one in nudges.suggested(session, actor.team_id, nudge_id) if one.number == number)


def let_go(session: Session, member: Member, now: datetime) -> None:
    """Sends nobody a nudge who is gone or has left."""
    outbox.cancel(session, member.team_id, _clock_of(member.id), now)


def resume(session: Session, member: Member, now: datetime) -> None:
    """Goes on for somebody who is back."""
    if nudges.settings(session, member.team_id, member.id).state == "on":
        _begin(session, member, now)


def next_at(session: Session, member: Member, now: datetime) -> datetime:
    """Returns when a member's next nudge can come, whether or not there is something to suggest then."""
    chosen = nudges.settings(session, member.team_id, member.id)
    earliest = _earliest(session, member, chosen, _unanswered(session, member, chosen))
    return _next(session, member, chosen, max(now, earliest - timedelta(seconds=1))).at


def ring(session: Session, row: Outgoing, now: datetime) -> None:
    """Hears the clock: it is time for a member's nudge, if they still want one and are not to wait longer."""
    member = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    chosen = nudges.settings(session, row.team_id, member.id)
    if chosen.state != "on" or not members.is_here(member):
        return
    unanswered = _unanswered(session, member, chosen)
    if unanswered >= IGNORED:
        _set_off(session, member, "paused", now)
        key, subject = f"nudge:{member.id}:paused:{new_id(now)}", _question_to(member.id)
        outbox.plan(session, row.team_id, key=key, kind=PAUSED, subject=subject, member_id=member.id, now=now)
        return
    planned = row.planned_for or row.due_at
    earliest = _earliest(session, member, chosen, unanswered)
    if now <= planned + GOOD_FOR and now >= earliest and _is_free(session, member, now):
        _make(session, member, chosen, now)
        earliest = _earliest(session, member, chosen)  # whether this one is answered is seen when the next is due
    _plan(session, member, chosen, max(now, planned), earliest)


def _make(session: Session, member: Member, chosen: Nudging, now: datetime) -> None:
    """Makes a nudge of what there is to suggest; nothing is sent where there is nothing, or where it is held back."""
    picked = suggesting.choose(session, member, chosen, now)
    if not picked:
        return
    day = now.astimezone(when.zone_named(member.zone)).date()
    nudge_id = new_id(now)
    nudge = Nudge(team_id=member.team_id, id=nudge_id, member_id=member.id, day=day, at=now, is_held=_is_held(nudge_id))
    rows = [
        Suggested(team_id=member.team_id, nudge_id=nudge_id, number=number, member_id=member.id, source=one.source,
                  about=one.about, names=" ".join(one.names), wording=wording, facts=json.dumps(one.facts), at=now)
        for number, (one, wording) in enumerate(picked)
    ]  # fmt: skip
    if nudges.add(session, nudge, rows) and not nudge.is_held:
        outbox.plan(session, member.team_id, key=f"nudge:{member.id}:{day}", kind=NUDGE, subject=nudge_id, member_id=member.id,
                    now=now, due_at=now, not_after=now + GOOD_FOR)  # fmt: skip


def _is_held(nudge_id: str) -> bool:
    """Draws by chance whether a nudge is held back; the same one always so."""
    return int.from_bytes(hashlib.sha256(nudge_id.encode()).digest()) % HELD_OF == 0


def _is_free(session: Session, member: Member, now: datetime) -> bool:
    hours = working.of(member, workspaces.find(session, member.team_id))
    return working.is_working(hours, now) and (member.paused_until is None or member.paused_until <= now)


def _earliest(session: Session, member: Member, chosen: Nudging, unanswered: int = 0) -> datetime:
    """Returns the moment before which no nudge comes: a period after the last one, or longer after those unanswered."""
    found = nudges.latest(session, member.team_id, member.id, _LOOKED_AT)
    moments = [one for one in (chosen.turned_on_at, chosen.later_until) if one is not None]
    if found:
        moments.append(found[0].at + PERIOD[chosen.every] - _SLACK)
    if unanswered:
        moments.append(_sent(session, member)[0].at + timedelta(days=7 * 2**unanswered) - _SLACK)
    return max(moments)


def _unanswered(session: Session, member: Member, chosen: Nudging) -> int:
    """Counts the latest nudges that a member was sent and pressed nothing in, since they last said how to go on."""
    count = 0
    for nudge in _sent(session, member):
        if nudge.pressed_at is not None or (chosen.turned_on_at is not None and nudge.at < chosen.turned_on_at):
            break
        count += 1
    return count


def _sent(session: Session, member: Member) -> list[Nudge]:
    """Returns the latest nudges that a member was sent, the newest first; not what came too late, or named somebody who left."""
    found = [one for one in nudges.latest(session, member.team_id, member.id, _LOOKED_AT) if not one.is_held]
    unsaid = outbox.unsaid(session, member.team_id, [one.id for one in found])
    return [one for one in found if one.id not in unsaid]


def _begin(session: Session, member: Member, now: datetime) -> None:
    outbox.cancel(session, member.team_id, _clock_of(member.id), now)
    chosen = nudges.settings(session, member.team_id, member.id)
    _plan(session, member, chosen, now, _earliest(session, member, chosen))
    outbox.change(session, member.team_id, _question_to(member.id), now)
    members.refresh_home(session, [member], now)


def _plan(session: Session, member: Member, chosen: Nudging, now: datetime, earliest: datetime) -> None:
    run = _next(session, member, chosen, max(now, earliest - timedelta(seconds=1)))
    outbox.add(session, member.team_id, key=f"nudge:{member.id}:clock:{run.day}:{new_id(now)}", kind=CLOCK,
               subject=_clock_of(member.id), member_id=member.id, channel=outbox.NOBODY, now=now, due_at=run.at)  # fmt: skip


def _next(session: Session, member: Member, chosen: Nudging, after: datetime) -> when.Run:
    """Returns the next of the member's days and hours, moved to where they work and are not paused."""
    hours = working.of(member, workspaces.find(session, member.team_id))
    rhythm = when.Rhythm(frozenset({chosen.weekday}), time.fromisoformat(chosen.wall), member.zone)
    run = when.next_run(rhythm, after)
    return run._replace(at=working.free_at(member, hours, run.at))


def _set_off(session: Session, actor: Member, state: str, now: datetime, **columns: Any) -> None:
    nudges.choose(session, actor.team_id, actor.id, state=state, **columns)
    outbox.cancel(session, actor.team_id, _clock_of(actor.id), now)
    outbox.change(session, actor.team_id, _question_to(actor.id), now)
    members.refresh_home(session, [actor], now)


def _answer(session: Session, actor: Member) -> None:
    members.require("choose nudges", actor)
    if nudges.settings(session, actor.team_id, actor.id).state != "paused":
        raise Stale


def _clock_of(member_id: str) -> str:
    return f"{member_id}:nudges"


def _question_to(member_id: str) -> str:
    return f"{member_id}:nudges:paused"
