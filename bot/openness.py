"""How open somebody is to introductions: how often they are asked, from when, and to whom they do not want to be introduced."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot import members
from bot.errors import NotANumber, TooFar, TooLate
from storage import introductions, workspaces
from storage import members as people
from storage.database import Session
from storage.tables import INTRODUCTIONS_A_MONTH, Member

MONTH = timedelta(days=30)
MOST_A_MONTH = 30
LONGEST_REST = timedelta(days=366)  # at capacity: as every pause, it has an end


def has_room_at(session: Session, member: Member, now: datetime) -> datetime | None:
    """Returns from when a member can be asked once more, which is a moment that has come if they can be; None for never."""
    if a_month(session, member) == 0:
        return None
    return max(_room_by_count_at(session, member, now), member.introductions_from or now)


def is_full(session: Session, member: Member, now: datetime) -> bool:
    """Says whether a member has been asked as often as they are in 30 days, whatever else they chose."""
    return _room_by_count_at(session, member, now) > now


def a_month(session: Session, member: Member) -> int:
    """Returns how often a member is asked in 30 days at the most: what they chose, else what an admin did."""
    if member.introductions_a_month is not None:
        return member.introductions_a_month
    return of_workspace(session, member.team_id)


def of_workspace(session: Session, team_id: str) -> int:
    """Returns how often an admin has everybody asked who chose nothing."""
    workspace = workspaces.find(session, team_id)
    return workspace.introductions_a_month if workspace else INTRODUCTIONS_A_MONTH


def choose(
    session: Session,
    actor: Member,
    *,
    a_month: str,
    rest_until: datetime | None,
    unwanted: Collection[Member],
    now: datetime,
) -> None:
    """Keeps how often a member is asked, from when, and whom they do not want to be introduced to."""
    members.require("choose introductions", actor)
    number = int(a_month) if a_month.isascii() and a_month.isdigit() and len(a_month) < 3 else -1
    if not 0 <= number <= MOST_A_MONTH:
        raise NotANumber(a_month, 0, MOST_A_MONTH, "a_month")
    rest(session, actor, rest_until, now)
    if actor.introductions_a_month is not None or number != of_workspace(session, actor.team_id):
        people.change(session, actor.team_id, actor.id, introductions_a_month=number)
    others = {one.id for one in unwanted} - {actor.id}
    introductions.want_none_of(session, actor.team_id, actor.id, others)
    members.refresh_home(session, [actor], now)


def rest(session: Session, actor: Member, until: datetime | None, now: datetime) -> None:
    """Has a member asked about no introduction until a day, or from now on again with None."""
    members.require("choose introductions", actor)
    if until is not None and until <= now:
        raise TooLate
    if until is not None and until > now + LONGEST_REST:
        raise TooFar
    people.change(session, actor.team_id, actor.id, introductions_from=until)
    members.refresh_home(session, [actor], now)


def want_none(session: Session, actor: Member, now: datetime) -> None:
    """Has a member asked about no introductions, until they choose otherwise."""
    members.require("choose introductions", actor)
    people.change(session, actor.team_id, actor.id, introductions_a_month=0)
    members.refresh_home(session, [actor], now)


def want_none_with(session: Session, actor: Member, other_ids: Collection[str], now: datetime) -> None:
    """Keeps in confidence that a member does not want to be introduced to these."""
    members.require("choose introductions", actor)
    for other_id in sorted(other_ids):
        introductions.add_unwanted(session, actor.team_id, actor.id, other_id)
    members.refresh_home(session, [actor], now)


def _room_by_count_at(session: Session, member: Member, now: datetime) -> datetime:
    """Returns from when one ask more is not too many. Whoever was spared counts as asked, so that this tells nobody of it."""
    cap = a_month(session, member)
    asked = introductions.asked_since(session, member.team_id, member.id, now - MONTH)
    return asked[-cap] + MONTH if 0 < cap <= len(asked) else now
