"""A member's own numbers: this month, with last month beside it. Private, and compared with nobody's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import when
from storage import callbacks, introductions, measures
from storage.database import Session
from storage.tables import Member

_SOON = timedelta(seconds=1)  # what was recorded at this very moment counts


@dataclass(frozen=True)
class Month:
    """What a member did this month, and the month before. In `referrals_met` of those shared this month people have met."""

    people_helped: int
    people_helped_before: int
    calls_returned: int
    calls_returned_before: int
    referrals_shared: int = 0
    referrals_shared_before: int = 0
    referrals_met: int = 0


def of(session: Session, member: Member, now: datetime) -> Month:
    """Counts a member's month, in the member's own zone."""
    last, this = when.months(now, member.zone)
    shared, met = introductions.count_referrals(session, member.team_id, member.id, this, now + _SOON)
    shared_before, _ = introductions.count_referrals(session, member.team_id, member.id, last, this)
    return Month(
        measures.count_people_helped(session, member.team_id, member.id, this, now + _SOON),
        measures.count_people_helped(session, member.team_id, member.id, last, this),
        calls_returned(session, member, now),
        callbacks.count_returned(session, member.team_id, member.id, last, this),
        shared,
        shared_before,
        met,
    )


def calls_returned(session: Session, member: Member, now: datetime) -> int:
    """Counts the calls a member returned this month."""
    _, this = when.months(now, member.zone)
    return callbacks.count_returned(session, member.team_id, member.id, this, now + _SOON)
