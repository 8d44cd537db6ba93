"""A member's own numbers: this month, with last month beside it. Private, and compared with nobody's."""

from datetime import datetime, timedelta

from bot import when
from storage import measures
from storage.database import Session
from storage.measures import Month
from storage.tables import Member

__all__ = ["Month", "calls_returned", "of"]

_SOON = timedelta(seconds=1)  # what was recorded at this very moment counts


def of(session: Session, member: Member, now: datetime) -> Month:
    """Counts a member's month, in the member's own zone."""
    last, this = when.months(now, member.zone)
    return measures.of_month(session, member.team_id, member.id, last, this, now + _SOON)


def calls_returned(session: Session, member: Member, now: datetime) -> int:
    """Counts the calls a member returned this month."""
    _, this = when.months(now, member.zone)
    return measures.count_returned(session, member.team_id, member.id, this, now + _SOON)
