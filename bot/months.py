"""A member's own numbers: this month, with last month beside it. Private, and compared with nobody's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import when
from storage import acts
from storage.database import Session
from storage.tables import Member


@dataclass(frozen=True)
class Month:
    """What a member did this month, and the month before."""

    people_helped: int
    people_helped_before: int


def of(session: Session, member: Member, now: datetime) -> Month:
    """Counts a member's month, in the member's own zone."""
    last, this = when.months(now, member.zone)
    return Month(
        acts.count_people_helped(session, member.team_id, member.id, this, now + timedelta(seconds=1)),
        acts.count_people_helped(session, member.team_id, member.id, last, this),
    )
