"""What a member's month is measured by, where it is counted from acts."""

from datetime import datetime

from sqlalchemy import bindparam, distinct, func
from sqlmodel import Session, col, select

from storage.acts import IS_NOT_REVERSED
from storage.tables import Act

# Built once: a statement that is built anew costs several times what its execution does.
_PEOPLE_HELPED = select(func.count(distinct(func.coalesce(col(Act.helped_id), col(Act.contact_id))))).where(
    col(Act.team_id) == bindparam("team_id"), col(Act.helper_id) == bindparam("member_id"),
    col(Act.recorded_at) >= bindparam("since"), col(Act.recorded_at) < bindparam("until"),
    col(Act.reverses).is_(None), IS_NOT_REVERSED,
)  # fmt: skip


def count_people_helped(session: Session, team_id: str, member_id: str, since: datetime, until: datetime) -> int:
    """Counts the distinct members and contacts a member helped, since included, until not; removed acts do not count."""
    values = {"team_id": team_id, "member_id": member_id, "since": since, "until": until}
    return int(session.execute(_PEOPLE_HELPED, values).scalar_one())
