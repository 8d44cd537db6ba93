"""Introductions as each of their people is shown them, wherever that is. Their messages: `introduction_messages.py`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import islice

from bot import consequences, introductions, meetings, members, openness, when, working
from bot.errors import Stale
from bot.working import WorkingTime
from handlers.views import introductions as views
from handlers.views.introductions import Mine, Shown
from handlers.views.kit import Block, listed
from storage import contacts, workspaces
from storage import introductions as stored
from storage import members as people
from storage.database import Session
from storage.introductions import Standing
from storage.tables import Contact, Member, Side
from storage.tables.introductions import OPEN


def for_connector(session: Session, standing: Standing) -> Shown:
    """Returns an introduction as its connector reads it."""
    return shown(session, standing, _connector(session, standing), None)


def for_side(session: Session, actor: Member, side_id: str, now: datetime) -> Shown:
    """Returns an introduction as one of those reads it who are asked. Raises Stale for everybody else."""
    side = stored.of_side(session, actor.team_id, side_id)
    if side is None or side.member_id != actor.id or not side.is_asked:
        raise Stale
    standing = introductions.held(session, actor, side.introduction_id)
    side = next(one for one in standing.sides if one.id == side_id)
    return shown(session, standing, actor, side, now)


def for_teller(session: Session, actor: Member, side_id: str) -> Shown:
    """Returns an introduction as the one reads it who can say what came of it. Raises Stale for everybody else."""
    standing, side = meetings.reported(session, actor, side_id)
    return shown(session, standing, actor, side)


def list_mine(session: Session, actor: Member, now: datetime) -> Mine:
    """Returns the introductions on a member's Home."""
    long_ago = now - consequences.GOOD_FOR, now - consequences.ASKED_FOR
    mine = stored.of_member(session, actor.team_id, actor.id, *long_ago)
    made = [(one, None) for one in mine.made if one.introduction.state in OPEN]
    asked = [(one, _side_of(one, actor)) for one in mine.asked if _is_open(one, now)]
    met = [(one, _side_of(one, actor)) for one in mine.met]
    unsaid = [(one, side) for one, side in met if side is not None and side.met is None]
    seen = iter(_all_shown(session, actor, [*made, *asked, *unsaid], now))
    first, second = list(islice(seen, len(made))), list(islice(seen, len(asked)))
    return Mine(first, [one for one in second if one.waits], list(seen))


def settings_line(session: Session, actor: Member, now: datetime) -> Block:
    """Returns the line of the settings that says how often a member is asked."""
    until = actor.introductions_from
    rests = when.show_day(until, actor.zone) if until and until > now else ""
    return views.settings_line(openness.a_month(session, actor), rests)


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


def shown(
    session: Session, standing: Standing, reader: Member, side: Side | None, now: datetime | None = None
) -> Shown:
    """Returns an introduction as a reader reads it, whose own side it may have."""
    return _all_shown(session, reader, [(standing, side)], now)[0]


def _all_shown(
    session: Session, reader: Member, found: Sequence[tuple[Standing, Side | None]], now: datetime | None
) -> list[Shown]:
    """Returns introductions as a reader reads them; what it takes is asked of the database once for all of them."""
    team_id, sides = reader.team_id, [side for standing, _ in found for side in standing.sides]
    connectors = [standing.introduction.connector_id for standing, _ in found]
    known = people.by_id(session, team_id, [*connectors, *(side.member_id for side in sides)])
    outside = contacts.by_id(session, team_id, [side.contact_id for side in sides])
    hours = working.of(reader, workspaces.find(session, team_id))
    return [_shown(session, reader, standing, side, known, outside, hours, now) for standing, side in found]


def _shown(
    session: Session,
    reader: Member,
    standing: Standing,
    side: Side | None,
    known: Mapping[str, Member],
    outside: Mapping[str, Contact],
    hours: WorkingTime,
    now: datetime | None,
) -> Shown:
    introduction = standing.introduction
    closes = introduction.expires_at or introduction.created_at
    connector = known[introduction.connector_id]
    in_it = [connector, *(known[one.member_id] for one in standing.sides if one.member_id)]
    is_open = introduction.state in OPEN
    return Shown(
        introduction,
        standing.sides,
        consequences.names(standing, known, outside),
        connector.name,
        closes=when.show_day(closes, reader.zone),
        hears_by=when.show_day(working.next_working(hours, closes), reader.zone),
        side=side,
        again=_again(side, closes, reader.zone) if side is not None else "",
        is_asked_again=side is not None and side.again_at is not None and side.again_at < closes,
        waits=side is not None and _waits(side, closes, now),
        slack_ids=sorted(one.slack_id for one in in_it if members.is_here(one)),
        is_connector_here=members.is_here(connector),
        chat="" if is_open else consequences.state_of_hello(session, standing),
        chosen=_chosen(session, reader, standing, now) if side is not None and side.answer == "no" else "",
    )


def _again(side: Side, closes: datetime, zone: str) -> str:
    """Says when somebody is asked once more, after a not now."""
    if side.answer != "not now" or side.again_at is None:
        return ""
    if side.again_at < closes:
        return f"I ask you once more on {when.show_day(side.again_at, zone)}. Nobody is told."
    return f"I will not ask again. It closes on {when.show_day(closes, zone)}, and nobody is told."


def _waits(side: Side, closes: datetime, now: datetime | None) -> bool:
    """Says whether somebody's answer is waited for, for the first time or once more."""
    is_due = side.answer == "not now" and side.again_at is not None and now is not None and side.again_at <= now
    return side.answer is None or (is_due and side.again_at is not None and side.again_at < closes)


def _chosen(session: Session, reader: Member, standing: Standing, now: datetime | None) -> str:
    """Says what else somebody chose who said no; it may be from the menu under the question."""
    if openness.a_month(session, reader) == 0:
        return "You are asked about no introductions."
    if now is not None and reader.introductions_from is not None and reader.introductions_from > now:
        return f"You are at capacity for introductions until {when.show_day(reader.introductions_from, reader.zone)}."
    unwanted = {one.id: one.name for one in stored.unwanted_by(session, reader.team_id, reader.id)}
    named = [unwanted[one.member_id] for one in standing.sides if one.member_id in unwanted]
    return f"You will not be introduced to {listed(named)}." if named else ""


def _side_of(standing: Standing, member: Member) -> Side | None:
    return next((side for side in standing.sides if side.member_id == member.id), None)


def _connector(session: Session, standing: Standing) -> Member:
    introduction = standing.introduction
    return people.by_id(session, introduction.team_id, [introduction.connector_id])[introduction.connector_id]


def _is_open(standing: Standing, now: datetime) -> bool:
    expires_at = standing.introduction.expires_at
    return standing.introduction.state in OPEN and expires_at is not None and now < expires_at
