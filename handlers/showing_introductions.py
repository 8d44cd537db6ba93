"""Introductions as each of their people is shown them, wherever that is. Their messages: `introduction_messages.py`."""

from datetime import date, datetime, time, timedelta

from bot import consequences, introductions, meetings, proposals, when, working
from bot.errors import Stale
from handlers.views import introductions as views
from handlers.views.introductions import Shown
from handlers.views.kit import Block
from storage import introductions as stored
from storage import members as people
from storage import workspaces
from storage.database import Session
from storage.introductions import Standing
from storage.tables import Member, Side


def for_connector(session: Session, standing: Standing) -> Shown:
    """Returns an introduction as its connector reads it."""
    return shown(session, standing, _connector(session, standing), None)


def for_side(session: Session, actor: Member, side_id: str, now: datetime) -> Shown:
    """Returns an introduction as one of those reads it who are asked. Raises Stale for everybody else."""
    side = stored.of_side(session, actor.team_id, side_id)
    if side is None or side.member_id != actor.id or side.asked_at is None:
        raise Stale
    standing = introductions.held(session, actor, side.introduction_id)
    side = next(one for one in standing.sides if one.id == side_id)
    return shown(session, standing, actor, side, now)


def for_teller(session: Session, actor: Member, side_id: str) -> Shown:
    """Returns an introduction as the one reads it who can say what came of it. Raises Stale for everybody else."""
    standing, side = meetings.reported(session, actor, side_id)
    return shown(session, standing, actor, side)


def list_made(session: Session, actor: Member, now: datetime) -> list[Shown]:
    """Returns what a member introduces at this time."""
    made = stored.made_by(session, actor.team_id, actor.id, now - consequences.GOOD_FOR)
    is_open = [one for one in made if one.introduction.state in introductions.OPEN]
    return [shown(session, one, actor, None) for one in is_open]


def list_asked(session: Session, actor: Member, now: datetime) -> list[Shown]:
    """Returns the introductions about which a member is asked and has not answered."""
    return [
        shown(session, standing, actor, side, now)
        for standing in stored.open_for(session, actor.team_id, actor.id)
        for side in standing.sides
        if side.member_id == actor.id and side.answer is None and _is_open(standing, now)
    ]


def settings_line(session: Session, actor: Member, now: datetime) -> Block:
    """Returns the line of the settings that says how often a member is asked."""
    until = actor.introductions_from
    rests = when.show_day(until, actor.zone) if until and until > now else ""
    return views.settings_line(proposals.a_month(session, actor), rests)


def rests_until(member: Member, now: datetime) -> date | None:
    """Returns the day until which a member is asked about no introductions, if there is one ahead."""
    until = member.introductions_from
    return until.astimezone(when.zone_named(member.zone)).date() if until and until > now else None


def day_read(typed: str, zone: str) -> datetime | None:
    """Returns the beginning of a day as a picker gives it; None for none."""
    try:
        return when.at(date.fromisoformat(typed), time(0), zone)
    except ValueError:
        return None


def morning_in(session: Session, member: Member, since: datetime, days: timedelta) -> datetime:
    """Returns when a member begins to work so many days later."""
    hours = working.of(member, workspaces.find(session, member.team_id))
    day = (since + days).astimezone(when.zone_named(member.zone)).date()
    return working.next_working(hours, when.at(day, time(0), member.zone))


def shown(
    session: Session, standing: Standing, reader: Member, side: Side | None, now: datetime | None = None
) -> Shown:
    """Returns an introduction as a reader reads it, whose own side it may have."""
    introduction = standing.introduction
    closes = introduction.expires_at or introduction.created_at
    hours = working.of(reader, workspaces.find(session, reader.team_id))
    hears = working.next_working(hours, closes)
    again, is_asked_again = "", False
    if side is not None and side.answer == "not now" and side.again_at is not None:
        is_asked, is_asked_again = side.again_at < closes, now is not None and side.again_at <= now
        day = when.show_day(side.again_at, reader.zone)
        again = (
            f"I ask you once more on {day}. Nobody is told."
            if is_asked
            else f"It closes on {when.show_day(closes, reader.zone)}, before then. Nobody is told."
        )
    known = people.by_id(
        session, reader.team_id, [introduction.connector_id, *(one.member_id for one in standing.sides)]
    )
    here = [one.slack_id for one in known.values() if not one.is_gone and one.left_at is None]
    return Shown(
        introduction,
        standing.sides,
        consequences.names_of(session, standing),
        known[introduction.connector_id].name,
        closes=when.show_day(closes, reader.zone),
        hears_by=when.show_day(hears, reader.zone),
        side=side,
        again=again,
        is_asked_again=is_asked_again,
        slack_ids=sorted(here),
    )


def _connector(session: Session, standing: Standing) -> Member:
    introduction = standing.introduction
    return people.by_id(session, introduction.team_id, [introduction.connector_id])[introduction.connector_id]


def _is_open(standing: Standing, now: datetime) -> bool:
    expires_at = standing.introduction.expires_at
    return standing.introduction.state in introductions.OPEN and expires_at is not None and now < expires_at
