"""News that members shared with each other: acts of their own source, about an item."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables import Act

SOURCE = "share"
_Reversal = aliased(Act)
_UNDONE = and_(
    col(_Reversal.team_id) == col(Act.team_id),
    col(_Reversal.reverses) == col(Act.id),
    col(_Reversal.source) == "undone",
)


def had(session: Session, team_id: str, member_ids: Collection[str], since: datetime) -> set[tuple[str, str]]:
    """Returns which items members were sent since a moment, as pairs of both ids; not what was taken back again."""
    theirs = (col(Act.team_id) == team_id, col(Act.helped_id).in_(member_ids), col(Act.recorded_at) > since)
    shared = (col(Act.source) == SOURCE, col(Act.reverses).is_(None), ~select(1).where(_UNDONE).exists())
    found = session.execute(select(col(Act.helped_id), col(Act.about)).where(*theirs, *shared))
    return {(str(member_id), str(about)) for member_id, about in found}


def is_first(session: Session, team_id: str, member_id: str, act_id: str) -> bool:
    """Says whether no news was shared with a member before an act."""
    before = (col(Act.team_id) == team_id, col(Act.helped_id) == member_id, col(Act.id) < act_id)
    shared = (col(Act.source) == SOURCE, col(Act.reverses).is_(None))
    return session.execute(select(col(Act.id)).where(*before, *shared).limit(1)).first() is None
