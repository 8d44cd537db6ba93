"""What a member's month is measured by, where it is counted from acts."""

from datetime import datetime

from sqlalchemy import distinct, func
from sqlmodel import Session, col, select

from storage.acts import IS_NOT_REVERSED
from storage.tables import Act


def count_people_helped(session: Session, team_id: str, member_id: str, since: datetime, until: datetime) -> int:
    """Counts the distinct members and contacts a member helped, since included, until not; removed acts do not count."""
    people = func.count(distinct(func.coalesce(col(Act.helped_id), col(Act.contact_id))))
    found = session.execute(
        select(people).where(
            col(Act.reverses).is_(None),
            IS_NOT_REVERSED,
            col(Act.team_id) == team_id,
            col(Act.helper_id) == member_id,
            col(Act.recorded_at) >= since,
            col(Act.recorded_at) < until,
        )
    )
    return int(found.scalar_one())
