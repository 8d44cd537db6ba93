"""Nudges as they are said: what is true of each suggestion at the moment when it is read."""

import json
from collections.abc import Callable
from datetime import datetime, time

from bot import ledger, members, nudges, suggesting, when, working
from bot.suggesting import Candidate
from handlers.asks import show_day
from handlers.routes import Later, Routes
from handlers.views import nudges as views
from handlers.views.kit import Message
from handlers.views.nudges import Chosen, Shown
from storage import asks, callbacks, contacts, introductions, workspaces
from storage import members as people
from storage import nudges as stored
from storage.database import Session
from storage.tables import Member, Outgoing, Suggested

# The name where it is no member's, words of somebody's, and facts in words.
Made = tuple[str, str, dict[str, str]]


def chosen_by(session: Session, member: Member, now: datetime) -> Chosen:
    """Returns what a member chose about nudges, for them to read."""
    found = stored.settings(session, member.team_id, member.id)
    next_at = when.show(nudges.next_at(session, member, now), member.zone) if found.state == "on" else ""
    return Chosen(
        found.state,
        found.every,
        found.weekday,
        time.fromisoformat(found.wall),
        found.topics,
        found.takes_asks,
        not found.is_hidden,
        next_at,
    )


def _render(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    member = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    chosen = stored.settings(session, row.team_id, member.id)
    if row.slack_ts is None:
        if chosen.state != "on":
            return None
        free_at = working.free_at(member, working.of(member, workspaces.find(session, row.team_id)), now)
        if free_at > now:
            return Later(free_at)
    found = stored.suggested(session, row.team_id, row.subject)
    shown = [one for one in (_shown(session, member, each, now) for each in found) if one is not None]
    words = chosen_by(session, member, now).words
    return views.nudge(shown, words) if shown else None


def _shown(session: Session, member: Member, one: Suggested, now: datetime) -> Shown | None:
    """Returns a suggestion as it is read now; None where whom it names is gone or hidden, or it is over."""
    value, facts = f"{one.nudge_id}:{one.number}", json.loads(one.facts)
    other = people.by_id(session, member.team_id, [one.names]).get(one.names)
    if other is not None and not members.is_here(other):
        return None
    if suggesting.hidden_among(session, member.team_id, [Candidate(one.source, one.about, one.names)]):
        return None
    made = _MADE[one.source](session, member, one, now)
    if made is None:
        return None
    name, words, more = made
    return Shown(
        one.source, value, name or (other.name if other else ""), one.wording, one.outcome, words, facts | more
    )


def _of_ask(session: Session, member: Member, one: Suggested, _now: datetime) -> Made | None:
    found = asks.find(session, member.team_id, one.about)
    if found is None or (found.state != "open" and one.outcome == "shown"):
        return None
    return "", found.words, {"until": show_day(found.until, member.zone)}


def _of_introduction(session: Session, member: Member, one: Suggested, _now: datetime) -> Made | None:
    side = introductions.of_side(session, member.team_id, one.about)
    is_open = side is not None and side.answer is None
    return ("", "", {}) if is_open or one.outcome != "shown" else None


def _of_call(session: Session, member: Member, one: Suggested, _now: datetime) -> Made | None:
    found = callbacks.find(session, member.team_id, one.about)
    if found is None or (found.turn.ended is not None and one.outcome == "shown"):
        return None
    contact = contacts.by_id(session, member.team_id, [found.callback.contact_id]).get(found.callback.contact_id or "")
    about = found.callback.about
    return (ledger.show_contact(contact) if contact else ""), about, {}


def _of_member(_session: Session, _member: Member, _one: Suggested, _now: datetime) -> Made:
    return "", "", {}


_MADE: dict[str, Callable[[Session, Member, Suggested, datetime], Made | None]] = {
    "ask": _of_ask,
    "stuck": _of_introduction,
    "call": _of_call,
    "pass on": _of_member,
    "quiet": _of_member,
}


def _render_paused(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    member = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    state = stored.settings(session, row.team_id, member.id).state
    if row.slack_ts is None:
        if state != "paused":
            return None
        free_at = working.free_at(member, working.of(member, workspaces.find(session, row.team_id)), now)
        if free_at > now:
            return Later(free_at)
    return views.paused(state)


def _ring(session: Session, row: Outgoing, now: datetime) -> None:
    nudges.ring(session, row, now)


def register(routes: Routes) -> None:
    """Says what is said here."""
    routes.messages |= {nudges.NUDGE: _render, nudges.PAUSED: _render_paused, nudges.CLOCK: _ring}
    routes.considerate |= {nudges.NUDGE, nudges.PAUSED}
