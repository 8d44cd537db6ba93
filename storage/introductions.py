"""Introductions: who is introduced to whom by whom, what they answered, and how often somebody was asked."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, delete, insert, or_, update
from sqlmodel import Session, col, select

from storage import members
from storage.database import add_if_new
from storage.tables import Introduction, Member, Side, Unwanted
from storage.tables.introductions import OPEN

_ADD = insert(Introduction.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it
_ADD_SIDES = insert(Side.__table__)  # type: ignore[attr-defined]
# Built once: a statement that is built anew costs several times what its execution does.
_TEAM: BindParameter[str] = bindparam("team_id")
_FIND = select(Introduction).where(col(Introduction.team_id) == _TEAM, col(Introduction.id) == bindparam("id"))
_HOLD = _FIND.with_for_update(key_share=True)
_SIDES = (
    select(Side)
    .where(col(Side.team_id) == _TEAM, col(Side.introduction_id).in_(bindparam("ids", expanding=True)))
    .order_by(col(Side.introduction_id), col(Side.number))
)
_SIDE = select(Side).where(col(Side.team_id) == _TEAM, col(Side.id) == bindparam("id"))
_IS_STILL_ASKED = col(Introduction.state).in_(OPEN)
_OF_SIDE = and_(col(Introduction.team_id) == col(Side.team_id), col(Introduction.id) == col(Side.introduction_id))
_MEMBER: BindParameter[str] = bindparam("member_id")
_MADE_BY = (
    select(Introduction)
    .where(col(Introduction.team_id) == _TEAM, col(Introduction.connector_id) == _MEMBER)
    .where(col(Introduction.created_at) >= bindparam("since"))
    .order_by(col(Introduction.created_at).desc(), col(Introduction.id).desc())
)
_FOR = (
    select(Introduction)
    .join(Side, _OF_SIDE)
    .where(col(Introduction.team_id) == _TEAM, col(Side.team_id) == _TEAM, col(Side.member_id) == _MEMBER)
    .order_by(col(Introduction.id))
)
_OPEN_FOR = _FOR.where(col(Side.asked_at).is_not(None), col(Side.is_spared).is_(False), _IS_STILL_ASKED)
_MET_BY = _FOR.where(
    col(Introduction.state).in_(("checking in", "met")), col(Introduction.connected_at) > bindparam("since"),
    col(Introduction.is_outside).is_(False),
    or_(col(Side.met).is_(None), col(Side.met).not_in(("met", "led to something"))),
)  # fmt: skip


class Standing(NamedTuple):
    """An introduction, and those who are introduced, in the order in which they were named."""

    introduction: Introduction
    sides: tuple[Side, ...]


class Mine(NamedTuple):
    """What a member introduces, what they are asked about, and of which they are asked whether they met."""

    made: list[Standing]
    asked: list[Standing]
    met: list[Standing]


def add(session: Session, introduction: Mapping[str, Any], sides: Collection[Mapping[str, Any]]) -> None:
    """Adds an introduction with its sides; both are columns of their tables."""
    session.connection().execute(_ADD, Introduction(**introduction).model_dump())
    session.connection().execute(_ADD_SIDES, [Side(**side).model_dump() for side in sides])


def find(session: Session, team_id: str, introduction_id: str, *, hold: bool = False) -> Standing | None:
    """Returns an introduction; with `hold`, others who would change it wait until this transaction ends."""
    question = _HOLD if hold else _FIND
    values = {"team_id": team_id, "id": introduction_id}
    found = session.execute(question, values, execution_options={"populate_existing": True}).scalars().first()
    return None if found is None else with_sides(session, team_id, [found])[0]


def of_side(session: Session, team_id: str, side_id: str) -> Side | None:
    """Returns one side."""
    return session.execute(_SIDE, {"team_id": team_id, "id": side_id}).scalars().first()


def change(session: Session, team_id: str, introduction_id: str, **columns: Any) -> None:
    """Sets columns of an introduction."""
    this = (col(Introduction.team_id) == team_id, col(Introduction.id) == introduction_id)
    session.connection().execute(update(Introduction).where(*this).values(**columns))
    session.expire_all()


def change_side(session: Session, team_id: str, side_id: str, **columns: Any) -> None:
    """Sets columns of a side."""
    this = (col(Side.team_id) == team_id, col(Side.id) == side_id)
    session.connection().execute(update(Side).where(*this).values(**columns))
    session.expire_all()


def asked_since(session: Session, team_id: str, member_id: str, since: datetime) -> list[datetime]:
    """Returns when a member was asked since a moment, oldest first."""
    mine = (Side.team_id == team_id, Side.member_id == member_id, col(Side.asked_at) > since)
    return [
        at for at in session.exec(select(Side.asked_at).where(*mine).order_by(col(Side.asked_at))) if at is not None
    ]


def made_by(session: Session, team_id: str, connector_id: str, since: datetime) -> list[Standing]:
    """Returns what a member has introduced since a moment, the newest first."""
    values = {"team_id": team_id, "member_id": connector_id, "since": since}
    return with_sides(session, team_id, session.execute(_MADE_BY, values).scalars().all())


def open_for(session: Session, team_id: str, member_id: str) -> list[Standing]:
    """Returns the introductions in which a member is asked, as long as they are open, oldest first."""
    found = session.execute(_OPEN_FOR, {"team_id": team_id, "member_id": member_id})
    return with_sides(session, team_id, found.scalars().all())


def of_member(session: Session, team_id: str, member_id: str, made_since: datetime, met_since: datetime) -> Mine:
    """Returns the introductions that a member has to do with at this time."""
    values = {"team_id": team_id, "member_id": member_id}
    found = [
        session.execute(question, values | {"since": since}).scalars().all()
        for question, since in ((_MADE_BY, made_since), (_OPEN_FOR, made_since), (_MET_BY, met_since))
    ]
    known = {one.introduction.id: one for one in with_sides(session, team_id, [one for some in found for one in some])}
    return Mine(*([known[one.id] for one in some] for some in found))


def unwanted_among(session: Session, team_id: str, member_ids: Collection[str]) -> set[tuple[str, str]]:
    """Returns who of some members does not want to be introduced to which other of them."""
    both = (col(Unwanted.member_id).in_(member_ids), col(Unwanted.other_id).in_(member_ids))
    found = select(Unwanted.member_id, Unwanted.other_id).where(Unwanted.team_id == team_id, *both)
    return set(session.exec(found).all())


def unwanted_by(session: Session, team_id: str, member_id: str) -> list[Member]:
    """Returns whom a member does not want to be introduced to, by name."""
    mine = (Unwanted.team_id == team_id, Unwanted.member_id == member_id)
    found = members.by_id(session, team_id, session.exec(select(Unwanted.other_id).where(*mine)).all())
    return sorted(found.values(), key=lambda member: (member.name, member.id))


def want_none_of(session: Session, team_id: str, member_id: str, other_ids: Collection[str]) -> None:
    """Keeps these, and no others, as those whom a member does not want to be introduced to."""
    mine = (col(Unwanted.team_id) == team_id, col(Unwanted.member_id) == member_id)
    gone = delete(Unwanted).where(*mine, col(Unwanted.other_id).not_in(other_ids))
    session.connection().execute(gone)
    for other_id in sorted(other_ids):
        add_unwanted(session, team_id, member_id, other_id)


def add_unwanted(session: Session, team_id: str, member_id: str, other_id: str) -> None:
    """Adds one whom a member does not want to be introduced to."""
    add_if_new(session, Unwanted, {"team_id": team_id, "member_id": member_id, "other_id": other_id})


def want_again(session: Session, team_id: str, member_id: str, other_ids: Collection[str]) -> None:
    """Keeps these no more as those whom a member does not want to be introduced to."""
    mine = (col(Unwanted.team_id) == team_id, col(Unwanted.member_id) == member_id)
    session.connection().execute(delete(Unwanted).where(*mine, col(Unwanted.other_id).in_(other_ids)))


def with_sides(session: Session, team_id: str, found: Sequence[Introduction]) -> list[Standing]:
    """Returns introductions with those who are introduced."""
    sides = defaultdict[str, list[Side]](list)
    if found:
        values = {"team_id": team_id, "ids": [one.id for one in found]}
        for side in session.execute(_SIDES, values, execution_options={"populate_existing": True}).scalars():
            sides[side.introduction_id].append(side)
    return [Standing(one, tuple(sides[one.id])) for one in found]
