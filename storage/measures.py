"""What a member's month is measured by: people helped, calls returned, referrals shared."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, distinct, func
from sqlmodel import Session, col, select

from storage import acts
from storage.tables import Act, Introduction, Turn

_TEAM: BindParameter[str] = bindparam("team_id")
_MEMBER: BindParameter[str] = bindparam("member_id")
_AT = Act.__table__.c.recorded_at.type  # type: ignore[attr-defined]
_BEFORE, _SINCE, _UNTIL = (bindparam(name, type_=_AT) for name in ("before", "since", "until"))


class Month(NamedTuple):
    """What was counted of a month, and of the one before; in `referrals_met` of those shared in it people have met."""

    people_helped: int
    people_helped_before: int
    calls_returned: int
    calls_returned_before: int
    referrals_shared: int = 0
    referrals_shared_before: int = 0
    referrals_met: int = 0


def _people_helped(since: Any, until: Any) -> Any:
    """Counts the distinct members and contacts a member helped; removed acts do not count."""
    people = func.count(distinct(func.coalesce(col(Act.helped_id), col(Act.contact_id))))
    return select(people).where(
        col(Act.team_id) == _TEAM, col(Act.helper_id) == _MEMBER, col(Act.recorded_at) >= since,
        col(Act.recorded_at) < until, col(Act.reverses).is_(None), acts.IS_NOT_REVERSED,
    )  # fmt: skip


def _returned(since: Any, until: Any) -> Any:
    return (
        select(func.count())
        .select_from(Turn)
        .where(col(Turn.team_id) == _TEAM, col(Turn.owner_id) == _MEMBER, col(Turn.ended) == "called back")
        .where(col(Turn.ended_at) >= since, col(Turn.ended_at) < until)
    )


def _referrals(what: Any, since: Any, until: Any) -> Any:
    """Counts the introductions marked as business to which all said yes. One whose record was taken back counts no more."""
    its_record = (col(Act.team_id) == col(Introduction.team_id), col(Act.said_id) == col(Introduction.id))
    return (
        select(func.count(what))
        .where(col(Introduction.team_id) == _TEAM, col(Introduction.connector_id) == _MEMBER)
        .where(col(Introduction.is_business).is_(True))
        .where(col(Introduction.connected_at) >= since, col(Introduction.connected_at) < until)
        .where(acts.STANDING.where(*its_record).correlate(Introduction).exists())
    )


# Built once: a statement that is built anew costs several times what its execution does.
_PEOPLE_HELPED, _RETURNED = _people_helped(_SINCE, _UNTIL), _returned(_SINCE, _UNTIL)
_COUNTS = select(
    *(
        one.scalar_subquery()
        for one in (
            _PEOPLE_HELPED, _people_helped(_BEFORE, _SINCE),
            _RETURNED, _returned(_BEFORE, _SINCE),
            _referrals(col(Introduction.id), _SINCE, _UNTIL), _referrals(col(Introduction.id), _BEFORE, _SINCE),
            _referrals(col(Introduction.met_at), _SINCE, _UNTIL),
        )
    )
)  # fmt: skip


def of_month(
    session: Session, team_id: str, member_id: str, before: datetime, since: datetime, until: datetime
) -> Month:
    """Counts what a member did since a moment until another, and before that since an earlier one."""
    values = {"team_id": team_id, "member_id": member_id, "before": before, "since": since, "until": until}
    return Month(*map(int, session.connection().execute(_COUNTS, values).one()))


def count_people_helped(session: Session, team_id: str, member_id: str, since: datetime, until: datetime) -> int:
    """Counts the distinct members and contacts a member helped, since included, until not; removed acts do not count."""
    return _count(session, _PEOPLE_HELPED, team_id, member_id, since, until)


def count_returned(session: Session, team_id: str, owner_id: str, since: datetime, until: datetime) -> int:
    """Counts the calls a member returned from one moment until before another."""
    return _count(session, _RETURNED, team_id, owner_id, since, until)


def _count(session: Session, question: Any, team_id: str, member_id: str, since: datetime, until: datetime) -> int:
    values = {"team_id": team_id, "member_id": member_id, "since": since, "until": until}
    return int(session.connection().execute(question, values).scalar_one())
