"""Introductions whose people leave, are gone, and come back."""

from datetime import datetime, timedelta

from bot import consequences
from bot.introductions import ASKED, CONNECTOR, so_far, take
from storage import introductions
from storage.database import Session
from storage.tables import Member
from storage.tables.introductions import OPEN

_KEPT_FOR = timedelta(days=366)  # a draft, at the longest: until the one who is at capacity has room


def let_go(session: Session, connector: Member, now: datetime) -> None:
    """Asks nobody any more on behalf of somebody who is gone or has left."""
    for made in introductions.made_by(session, connector.team_id, connector.id, now - consequences.GOOD_FOR):
        standing = introductions.find(session, connector.team_id, made.introduction.id, hold=True)
        if standing is not None and standing.introduction.state in OPEN:
            take(session, standing, "its connector has gone", CONNECTOR, now)


def decline_all(session: Session, member: Member, now: datetime) -> None:
    """Says no, in the name of somebody who will not be here any more, to all that they are asked; others read it as any no."""
    for found in introductions.open_for(session, member.team_id, member.id):
        standing = introductions.find(session, member.team_id, found.introduction.id, hold=True)
        if standing is not None and standing.introduction.state in OPEN:
            for side in standing.sides:
                if side.member_id == member.id:
                    introductions.change_side(session, side.team_id, side.id, answer="no", answered_at=now)
            again = introductions.find(session, member.team_id, found.introduction.id)
            assert again is not None
            take(session, again, so_far(session, again), ASKED, now)


def resume(session: Session, member: Member, now: datetime) -> None:
    """Goes on where somebody who was away is back: what they were to be asked is asked, and their earlier answer counts again."""
    for found in introductions.open_for(session, member.team_id, member.id):
        standing = introductions.find(session, member.team_id, found.introduction.id, hold=True)
        if standing is None or standing.introduction.state not in OPEN:
            continue
        side = next(one for one in standing.sides if one.member_id == member.id)
        consequences.ask_after_all(session, side)
        take(session, standing, so_far(session, standing), ASKED, now)
    for kept in introductions.made_by(session, member.team_id, member.id, now - _KEPT_FOR):
        if kept.introduction.state == "drafted":
            consequences.remind_after_all(session, kept)
