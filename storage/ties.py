"""Ties: with whom a member has exchanged help that both sides agreed on, and whom they met by an introduction."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.acts import IS_NOT_REVERSED
from storage.tables import Act, Introduction, Mark, Member, Side

_TEAM: BindParameter[str] = bindparam("team_id")
_MEMBER: BindParameter[str] = bindparam("member_id")
_Thanks, _Other = aliased(Mark), aliased(Side)


class Tie(NamedTuple):
    """What a member and another who is here have done for each other since it began: how often the member gave, and got."""

    other_id: str
    name: str
    gave: int
    got: int
    began_at: datetime


def _agreed(mine: str, other: str, gave: int) -> Any:
    """Selects the other side of each act that stands, that both agreed on, and in which the member is on one side."""
    agreed = (
        col(_Thanks.team_id) == col(Act.team_id),
        col(_Thanks.act_id) == col(Act.id),
        col(_Thanks.mark) == "thanks",
    )
    columns = (getattr(Act, other).label("other_id"), literal(gave).label("gave"), literal(1 - gave).label("got"))
    return (
        select(*columns, col(Act.recorded_at).label("at"))
        .join(_Thanks, and_(*agreed))
        .where(col(Act.team_id) == _TEAM, getattr(Act, mine) == _MEMBER, getattr(Act, other).is_not(None))
        .where(col(Act.reverses).is_(None), IS_NOT_REVERSED)
    )


_MET: Any = (
    select(
        col(_Other.member_id).label("other_id"),
        literal(0).label("gave"),
        literal(0).label("got"),
        col(Introduction.met_at).label("at"),
    )
    .select_from(Side)
    .join(
        Introduction,
        and_(col(Introduction.team_id) == col(Side.team_id), col(Introduction.id) == col(Side.introduction_id)),
    )
    .join(
        _Other, and_(col(_Other.team_id) == col(Side.team_id), col(_Other.introduction_id) == col(Side.introduction_id))
    )
    .where(col(Side.team_id) == _TEAM, col(Side.member_id) == _MEMBER, col(Introduction.met_at).is_not(None))
    .where(
        col(Introduction.is_outside).is_(False), col(_Other.member_id).is_not(None), col(_Other.member_id) != _MEMBER
    )
)
_ALL = union_all(_agreed("helper_id", "helped_id", 1), _agreed("helped_id", "helper_id", 0), _MET).subquery("all")
_TIE = (
    select(
        _ALL.c.other_id,
        func.sum(_ALL.c.gave).label("gave"),
        func.sum(_ALL.c.got).label("got"),
        func.min(_ALL.c.at).label("at"),
    )
    .group_by(_ALL.c.other_id)
    .subquery("tie")
)
# In columns: an object for each of a thousand people costs more than all the rest.
_OF = (
    select(_TIE.c.other_id, col(Member.name), _TIE.c.gave, _TIE.c.got, _TIE.c.at)
    .join(Member, and_(col(Member.team_id) == _TEAM, col(Member.id) == _TIE.c.other_id))
    .where(col(Member.is_gone).is_(False), col(Member.left_at).is_(None))
)


def of(session: Session, team_id: str, member_id: str) -> list[Tie]:
    """Returns a member's ties with people who are here, the newest first."""
    found = session.connection().execute(_OF, {"team_id": team_id, "member_id": member_id})
    ties = [Tie(str(row[0]), str(row[1]), int(row[2]), int(row[3]), row[4]) for row in found]
    return sorted(ties, key=lambda tie: (tie.began_at, tie.other_id), reverse=True)
