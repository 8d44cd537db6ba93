"""Channels that the bot comes to and leaves, and when their weekly summary comes, for whoever invited it and for admins."""

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from zoneinfo import available_timezones

from bot import channels as joined
from bot import summaries, when
from bot.errors import NoTimePicked, Stale
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import schedules as views
from handlers.views.kit import Message
from handlers.views.schedules import Schedule
from storage import channels
from storage import members as people
from storage.database import Session
from storage.tables import Channel, Member, Outgoing

_A_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
Answer = Callable[[Session, Member, str, datetime], Channel]


def hear_joined(request: Request) -> None:
    """Hears that somebody joined a channel; where it is the bot, whoever invited it is asked about the summary."""
    event = request.event
    if not _is_the_bot(request) or not event.get("channel"):
        return
    inviter_id = str(event.get("inviter") or "")
    if inviter_id:
        request.look_up([inviter_id])
    with request.transaction() as session:
        if request.claim(session):
            inviter = people.meet(session, request.team_id, [inviter_id], request.now)[0] if inviter_id else None
            is_shared = bool(request.body.get("is_ext_shared_channel"))
            joined.note_joined(
                session, request.team_id, str(event["channel"]), inviter, request.now, is_shared=is_shared
            )


def hear_left(request: Request) -> None:
    """Hears that the bot was taken out of a channel."""
    if _is_the_bot(request):
        hear_gone(request)


def hear_gone(request: Request) -> None:
    """Hears that a channel is archived or deleted, or that the bot is not in it any more."""
    with request.transaction() as session:
        if request.claim(session):
            joined.note_left(session, request.team_id, str(request.event.get("channel") or ""), request.now)


def hear_shared(request: Request) -> None:
    """Hears that a channel is shared with another company, or with one more."""
    _note_shared(request, is_shared=True)


def hear_unshared(request: Request) -> None:
    """Hears that a company left a channel; Slack says whether others are still there."""
    _note_shared(request, is_shared=bool(request.event.get("is_ext_shared")))


def save(request: Request) -> None:
    """Hears *Save* under the question, with what was picked beside it."""
    _choose(request, request.about, lambda name: request.held(f"summaries.{name}"))


def choose(request: Request) -> None:
    """Hears the form of when a summary comes."""
    _choose(request, request.about, request.filled)


def hear_field(request: Request) -> None:
    """Hears that something was picked in the question; *Save* says what to do with it."""
    request.done()


def open_form(request: Request) -> None:
    """Opens that form."""
    with request.transaction() as session:
        actor = request.actor(session)
        channel = summaries.mine(session, actor, request.about)
        shown, zones = schedule(channel, actor, request.now), people.zones(session, request.team_id)
    request.show(views.form(shown, zones))


def stop(request: Request) -> None:
    """Hears *No weekly summary* and *Stop it*."""
    _answer(request, summaries.stop)


def keep(request: Request) -> None:
    """Hears *Keep it*."""
    _answer(request, summaries.keep)


def pause(request: Request) -> None:
    """Hears *Pause for a month*."""
    _answer(request, summaries.pause)


def schedule(channel: Channel, reader: Member, now: datetime) -> Schedule:
    """Returns when a channel's summary comes, as somebody reads it."""
    next_at = summaries.next_at(channel, now)
    wall = time.fromisoformat(channel.wall)
    state = summaries.state_of(channel, now)
    return Schedule(channel.id, state, channel.weekday, wall, channel.zone, when.show(next_at, reader.zone))


def list_schedules(session: Session, member: Member, most: int, now: datetime) -> tuple[list[Schedule], int]:
    """Returns the first channels for which a member may choose when the summary comes, with when it does; and how many."""
    known, count = summaries.choosable(session, member, most)
    return [schedule(one, member, now) for one in known], count


def _answer(request: Request, answer: Answer) -> None:
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            answer(session, actor, request.about, request.now)
        shown = schedule(summaries.mine(session, actor, request.about), actor, request.now)
    request.answer(views.kept(shown))


def _choose(request: Request, channel_id: str, held: Callable[[str], Any]) -> None:
    weekday, wall, zone = (str(held(one) or "") for one in ("weekday", "wall", "zone"))
    if weekday not in views.DAYS or zone not in available_timezones():
        raise Stale
    if not _A_TIME.fullmatch(wall):
        raise NoTimePicked
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            summaries.choose(session, actor, channel_id, int(weekday), time.fromisoformat(wall), zone, request.now)
        shown = schedule(summaries.mine(session, actor, channel_id), actor, request.now)
    request.answer(views.kept(shown))


def _note_shared(request: Request, *, is_shared: bool) -> None:
    channel = str(request.event.get("channel") or "")
    with request.transaction() as session:
        if request.claim(session):
            joined.note_shared(session, request.team_id, channel, request.now, is_shared=is_shared)


def _is_the_bot(request: Request) -> bool:
    """Says whether an event is about the bot itself."""
    known = request.body.get("authorizations") or []
    return any(one.get("is_bot") and one.get("user_id") == request.event.get("user") for one in known)


def _render_offer(session: Session, row: Outgoing, now: datetime) -> Message | None:
    channel = channels.find(session, row.team_id, row.subject)
    if channel is None or (row.slack_ts is None and channel.state == "left"):
        return None
    reader = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    shown = schedule(channel, reader, now)
    if row.slack_ts is not None:
        return views.kept(shown)
    return views.offer(
        shown, people.zones(session, row.team_id), is_shared=channel.is_shared, is_inviter=joined.is_to_inviter(row)
    )


def _render_shared(session: Session, row: Outgoing, now: datetime) -> Message | None:
    channel = channels.find(session, row.team_id, row.subject)
    if channel is None:
        return None
    reader = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    shown = schedule(channel, reader, now)
    if row.slack_ts is not None:
        return views.kept(shown)
    if channel.state != "off":
        return None
    return views.shared(shown, people.zones(session, row.team_id), is_over=not channel.is_shared)


def _render_quiet(session: Session, row: Outgoing, now: datetime) -> Message | None:
    channel = channels.find(session, row.team_id, row.subject)
    if channel is None:
        return None
    reader = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    is_open = channel.state == "on" and channel.quiet_weeks >= summaries.QUIET_WEEKS
    if row.slack_ts is None and not is_open:
        return None
    return views.quiet(schedule(channel, reader, now), channel.quiet_weeks, is_open=is_open)


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.events |= {
        "member_joined_channel": hear_joined,
        "member_left_channel": hear_left,
        "channel_archive": hear_gone,
        "group_archive": hear_gone,
        "channel_shared": hear_shared,
        "channel_unshared": hear_unshared,
    }
    routes.forms["summaries.chosen"] = choose
    routes.buttons |= {
        "summaries.save": save,
        "summaries.open": open_form,
        "summaries.stop": stop,
        "summaries.keep": keep,
        "summaries.pause": pause,
        **dict.fromkeys(("summaries.weekday", "summaries.wall", "summaries.zone"), hear_field),
    }
    routes.messages |= {
        summaries.OFFER: _render_offer,
        summaries.QUIET: _render_quiet,
        summaries.SHARED: _render_shared,
    }
