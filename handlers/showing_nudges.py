"""Nudges as they are said: what is true of each suggestion at the moment when it is read."""

import json
from collections.abc import Callable
from datetime import datetime, time
from typing import NamedTuple
from urllib.parse import urlsplit

from bot import insights, ledger, members, nudges, shares, suggesting, when, working
from bot import workspaces as list_of_topics
from bot.items import is_ahead, to_meet
from bot.suggesting.candidates import Candidate
from handlers.asks import show_day
from handlers.items import show as show_event
from handlers.routes import Later, Routes
from handlers.views import nudges as views
from handlers.views.kit import Message
from handlers.views.nudges import Chosen
from handlers.views.suggestions import Shown
from storage import asks, callbacks, contacts, feeds, introductions, items, workspaces
from storage import members as people
from storage import nudges as stored
from storage.database import Session
from storage.tables import Member, Outgoing, Suggested


class Made(NamedTuple):
    """What is true of a suggestion now: somebody's words, facts in words, the name where it is no member's, a link."""

    words: str = ""
    facts: dict[str, str] = {}  # noqa: RUF012 - nobody writes into it
    name: str = ""
    url: str | None = None


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
        found.news_from,
        next_at,
        list_of_topics.topics_of(session, member.team_id),
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
    """Returns a suggestion as it is read now; None where whom it names is gone or hidden, or what it is about is over."""
    known = people.by_id(session, member.team_id, one.names.split())
    if not all(members.is_here(other) for other in known.values()):
        return None
    if suggesting.hidden_among(session, member.team_id, [Candidate(one.source, one.about, tuple(one.names.split()))]):
        return None
    made = _MADE[one.source](session, member, one, now)
    if made is None:
        return None
    names = [made.name] if made.name else [known[other].name for other in one.names.split()]
    facts = json.loads(one.facts) | made.facts
    return Shown(
        one.source, f"{one.nudge_id}:{one.number}", names, one.wording, one.outcome, made.words, facts, made.url
    )


def _of_ask(session: Session, member: Member, one: Suggested, _now: datetime) -> Made | None:
    found = asks.find(session, member.team_id, one.about)
    if found is None or (found.state != "open" and one.outcome == "shown"):
        return None
    return Made(found.words, {"until": show_day(found.until, member.zone)})


def _of_introduction(session: Session, member: Member, one: Suggested, _now: datetime) -> Made | None:
    side = introductions.of_side(session, member.team_id, one.about)
    is_open = side is not None and side.answer is None
    return Made() if is_open or one.outcome != "shown" else None


def _of_call(session: Session, member: Member, one: Suggested, _now: datetime) -> Made | None:
    found = callbacks.find(session, member.team_id, one.about)
    if found is None or (found.turn.ended is not None and one.outcome == "shown"):
        return None
    contact = contacts.by_id(session, member.team_id, [found.callback.contact_id]).get(found.callback.contact_id or "")
    return Made(found.callback.about, name=ledger.show_contact(contact) if contact else "")


def _of_news(session: Session, member: Member, one: Suggested, _now: datetime) -> Made | None:
    item = items.find(session, member.team_id, one.about.partition(":")[0])
    if item is None or (one.outcome == "shown" and not shares.can_be_sent(session, member, one.about)):
        return None
    return Made(item.title)


def _of_event(session: Session, member: Member, one: Suggested, now: datetime) -> Made | None:
    item = items.find(session, member.team_id, one.about)
    if item is None or item.is_cancelled or (one.outcome == "shown" and not is_ahead(session, item, now)):
        return None
    shown, feed = show_event(item, member.zone, now), feeds.find(session, member.team_id, item.feed_id)
    calendar = "" if feed is None else feed.title or urlsplit(feed.url).hostname
    facts = {"ahead": shown.ahead, "then": shown.time or shown.day, "place": item.place, "calendar": calendar or ""}
    return Made(facts=facts, name=item.title)


def _of_meeting(session: Session, member: Member, one: Suggested, now: datetime) -> Made | None:
    item_id, _, other_id = one.about.partition(":")
    item, other = items.find(session, member.team_id, item_id), people.by_id(session, member.team_id, [other_id])
    if item is None or item.is_cancelled or not other:
        return None
    asked_for_it = other_id in {each.id for each in to_meet(session, member, item_id)}
    if one.outcome == "shown" and not (asked_for_it and is_ahead(session, item, now)):
        return None
    url = f"slack://user?team={member.team_id}&id={other[other_id].slack_id}"
    return Made(facts={"called": item.title}, url=url)


def _of_pair(session: Session, member: Member, one: Suggested, _now: datetime) -> Made | None:
    ids = one.names.split()
    return (
        Made() if one.outcome != "shown" or insights.findable(session, member.team_id, ids).keys() == set(ids) else None
    )


def _of_member(_session: Session, _member: Member, _one: Suggested, _now: datetime) -> Made:
    return Made()


_MADE: dict[str, Callable[[Session, Member, Suggested, datetime], Made | None]] = {
    "stuck": _of_introduction,
    "ask": _of_ask,
    "call": _of_call,
    "there": _of_meeting,
    "item": _of_news,
    "event": _of_event,
    "pass on": _of_member,
    "quiet": _of_member,
    "introduce": _of_pair,
}


def _render_paused(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    member = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    shown = chosen_by(session, member, now)
    if row.slack_ts is None:
        if shown.state != "paused":
            return None
        free_at = working.free_at(member, working.of(member, workspaces.find(session, row.team_id)), now)
        if free_at > now:
            return Later(free_at)
    return views.paused(shown.state, shown.next_at)


def _ring(session: Session, row: Outgoing, now: datetime) -> None:
    nudges.ring(session, row, now)


def register(routes: Routes) -> None:
    """Says what is said here."""
    routes.messages |= {nudges.NUDGE: _render, nudges.PAUSED: _render_paused, nudges.CLOCK: _ring}
    routes.considerate |= {nudges.NUDGE, nudges.PAUSED}
