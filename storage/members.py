"""Members: the people of a workspace, by Slack's id and by ours."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal_column, update
from sqlmodel import Session, col, select

from storage import workspaces
from storage.database import add_if_new, new_id
from storage.tables import Member
from storage.tables.people import IS_ADMIN

# Built once: a statement that is built anew costs three times what its execution does.
_BY_SLACK_ID = select(Member).where(
    col(Member.team_id) == bindparam("team_id"),
    col(Member.slack_id).in_(bindparam("slack_ids", expanding=True)),
)
_BY_ID = select(Member).where(
    col(Member.team_id) == bindparam("team_id"), col(Member.id).in_(bindparam("ids", expanding=True))
)
_IS_ADMIN: ColumnElement[bool] = literal_column(f"({IS_ADMIN})")
_HOLD = (
    select(col(Member.id))
    .where(col(Member.team_id) == bindparam("team_id"), col(Member.id) == bindparam("id"))
    .with_for_update(
        key_share=True
    )  # rows that point here can still be added: two who help each other do not lock each other out
)


def known(session: Session, team_id: str, slack_ids: Collection[str]) -> dict[str, Member]:
    """Returns those of the people who have a row, by their Slack id."""
    found = session.execute(_BY_SLACK_ID, {"team_id": team_id, "slack_ids": list(slack_ids)}).scalars()
    return {member.slack_id: member for member in found}


def by_id(session: Session, team_id: str, ids: Collection[str | None]) -> dict[str, Member]:
    """Returns members by our id; None among the ids is passed over."""
    wanted = [one for one in ids if one is not None]
    if not wanted:
        return {}
    found = session.execute(_BY_ID, {"team_id": team_id, "ids": wanted}).scalars()
    return {member.id: member for member in found}


def meet(
    session: Session,
    team_id: str,
    slack_ids: Sequence[str],
    now: datetime,
    *,
    profiles: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    handles: Mapping[str, str] = MappingProxyType({}),
) -> list[Member]:
    """Returns a member for each Slack id, in their order: new people get a row, and fresh profiles are kept.

    A profile maps columns of Member to what Slack says now; who has none and no row is kept as not yet looked up, under the
    name by which they were mentioned.
    """
    members = known(session, team_id, slack_ids)
    # In one order for everybody, so that two who meet the same people do not wait for each other in a ring.
    for slack_id in sorted(set(slack_ids)):
        profile = profiles.get(slack_id)
        if slack_id not in members:
            workspaces.meet(session, team_id, now)
            name = handles.get(slack_id, "")
            row = Member(team_id=team_id, id=new_id(now), slack_id=slack_id, name=name, created_at=now)
            add_if_new(session, Member, row.model_dump() | _checked(profile, now))
        elif profile is not None:
            change(session, team_id, members[slack_id].id, **_checked(profile, now))
        elif not members[slack_id].name and handles.get(slack_id):
            change(session, team_id, members[slack_id].id, name=handles[slack_id])
    if any(slack_id not in members or slack_id in profiles or not members[slack_id].name for slack_id in slack_ids):
        session.expire_all()
        members = known(session, team_id, slack_ids)
    return [members[slack_id] for slack_id in slack_ids]


def change(session: Session, team_id: str, member_id: str, **columns: Any) -> None:
    """Sets columns of one member's row."""
    session.connection().execute(
        update(Member).where(col(Member.team_id) == team_id, col(Member.id) == member_id).values(**columns)
    )


def zones(session: Session, team_id: str, most: int = 90) -> list[str]:
    """Returns the zones that members are in, the most common first."""
    found = select(Member.zone).where(Member.team_id == team_id, col(Member.is_gone).is_(False)).group_by(Member.zone)
    return list(session.exec(found.order_by(func.count().desc(), Member.zone).limit(most)))


def hold(session: Session, team_id: str, member_id: str) -> None:
    """Makes other transactions about this member wait until this one ends, so that a cap holds for parallel requests.

    SQLite's writers wait for each other anyway; there this does nothing.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        connection.execute(_HOLD, {"team_id": team_id, "id": member_id})


def admins(session: Session, team_id: str) -> list[Member]:
    """Returns all admins known here, Slack's own and named ones, as long as they are here and have not left."""
    is_here = (col(Member.is_gone).is_(False), col(Member.left_at).is_(None))
    rows = select(Member).where(Member.team_id == team_id, _IS_ADMIN, *is_here).order_by(Member.id)
    return list(session.exec(rows))


def named_admins(session: Session, team_id: str) -> list[Member]:
    """Returns the admins that Slack's admins named here, by name."""
    is_named = (_IS_ADMIN, col(Member.is_named_admin))
    rows = select(Member).where(Member.team_id == team_id, *is_named).order_by(Member.name)
    return list(session.exec(rows))


def _checked(profile: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    return {} if profile is None else {**profile, "checked_at": now}
