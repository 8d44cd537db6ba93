"""Sending: which rows of the outbox are due, who has one, and what is known of it since.

A row belongs to whoever claimed it until its lease is over; what anybody else records of it then is left out.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Update,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    or_,
    update,
)
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.tables import Member, Outgoing, Workspace
from storage.tables.traffic import OPEN

# How long a claimed row is its claimer's. A try ends within 20 s of its claim (10 s to begin it, 10 s for Slack to answer), so
# at least 100 s lie between its end and the moment at which somebody else looks what became of it.
LEASE = timedelta(seconds=120)
# So much a process may be behind another that claimed the row: it looked at its clock before it waited for its turn at the
# database, and two machines' clocks differ. What was taken for a lease of the future there was taken over, and said twice.
BEHIND = LEASE
# The verbs by which people get something new: what may have been said is not said blindly again.
SAYS = ("post", "file")
_PLACE = func.coalesce(Outgoing.target, Outgoing.channel, Outgoing.member_id)
_TEAM: BindParameter[str] = bindparam("team")
_ROW: BindParameter[str] = bindparam("row")
_NOW = bindparam("now", type_=Outgoing.__table__.c.due_at.type)  # type: ignore[attr-defined]  # SQLModel does not declare it
_LEASE_END = bindparam("lease_end", type_=_NOW.type)
_FARTHEST = bindparam("farthest", type_=_NOW.type)


class Due(NamedTuple):
    """A row that is due: its id, and the place it goes to, which two rows of the same verb take one after the other."""

    id: str
    verb: str
    place: str
    lease_until: datetime | None


# Built once: a statement that is built anew costs several times what its execution does.
_OTHER = aliased(Outgoing)
_THEIR_PLACE = func.coalesce(_OTHER.target, _OTHER.channel, _OTHER.member_id)
# Whether another row changes the same message, or publishes the same Home, at this moment. Of posts it is not even asked:
# asked of each of 500 due ones, it took a hundred times as long as all the rest.
_OTHER_IS_UNDER_WAY = exists().where(
    col(_OTHER.team_id) == _TEAM,
    col(_OTHER.id) != col(Outgoing.id),
    col(_OTHER.verb) == col(Outgoing.verb),
    col(_OTHER.state) == "sending",
    col(_OTHER.lease_until) > _NOW,
    _THEIR_PLACE == _PLACE,
)
_HAS_ITS_TURN = or_(col(Outgoing.verb) == "post", ~_OTHER_IS_UNDER_WAY)
# A lease that ends later than any that is made now is of a clock that has been put back since; see wait_anew.
_LEASE_IS_OVER = or_(col(Outgoing.lease_until) <= _NOW, col(Outgoing.lease_until) > _FARTHEST)
_IS_FREE = or_(col(Outgoing.state) == "pending", and_(col(Outgoing.state) == "sending", _LEASE_IS_OVER))
_IS_DUE = and_(col(Outgoing.due_at) <= _NOW, _IS_FREE)
_IS_OPEN: ColumnElement[bool] = literal_column(f"outbox.{OPEN}")
_SILENT = select_columns(col(Workspace.team_id)).where(col(Workspace.uninstalled_at).is_not(None))
_TEAMS_WITH_DUE = (
    select_columns(col(Outgoing.team_id))
    .where(_IS_OPEN, _IS_DUE, col(Outgoing.team_id).not_in(_SILENT))
    .distinct()
    .order_by(col(Outgoing.team_id))
)
_TURN = func.row_number().over(
    partition_by=[col(Outgoing.verb), _PLACE], order_by=[col(Outgoing.due_at), col(Outgoing.id)]
)
_QUEUED = (
    select_columns(
        *(col(one) for one in (Outgoing.id, Outgoing.verb, Outgoing.lease_until, Outgoing.due_at)),
        _PLACE.label("place"),
        _TURN.label("turn"),
    )
    .where(col(Outgoing.team_id) == _TEAM, _IS_OPEN, _IS_DUE, _HAS_ITS_TURN)
    .subquery()
)
_DUE = (
    select_columns(*(_QUEUED.c[name] for name in Due._fields))
    .where(_QUEUED.c.turn == 1)
    .order_by(_QUEUED.c.due_at, _QUEUED.c.id)
    .limit(bindparam("most"))
)
_CLAIM = (
    update(Outgoing)
    .where(col(Outgoing.team_id) == _TEAM, col(Outgoing.id) == _ROW, _IS_DUE, _HAS_ITS_TURN)
    .values(
        state="sending",
        lease_until=_LEASE_END,
        tried=col(Outgoing.tried) + 1,
        first_tried_at=func.coalesce(Outgoing.first_tried_at, _NOW),
    )
)
# Holds whoever a row is for, so that what they answer at this moment comes before it or after it.
_HOLD_READER = (
    select(Member.id)
    .join(Outgoing, and_(col(Outgoing.team_id) == col(Member.team_id), col(Outgoing.member_id) == col(Member.id)))
    .where(col(Member.team_id) == _TEAM, col(Outgoing.team_id) == _TEAM, col(Outgoing.id) == _ROW)
    .with_for_update(key_share=True, of=Member)
)
# Says whether no other transaction holds the row, without waiting for one that does.
_LOCK = (
    select(Outgoing.id)
    .where(col(Outgoing.team_id) == _TEAM, col(Outgoing.id) == _ROW)
    .with_for_update(skip_locked=True)
)


def teams_with_due(session: Session, now: datetime) -> list[str]:
    """Returns the workspaces that have something due, without those that removed the app.

    The one question of sending that is asked across workspaces.
    """
    moments = {"now": now, "farthest": now + LEASE + BEHIND}
    found = session.connection().execute(_TEAMS_WITH_DUE, moments, execution_options={"across_workspaces": True})
    return list(found.scalars())


def due(session: Session, team_id: str, now: datetime, limit: int) -> list[Due]:
    """Returns what is due in a workspace, the longest due first, and at most one row for each place it goes to.

    A change of a message or a Home waits while an earlier one of the same is under way.
    """
    values = {"team": team_id, "now": now, "farthest": now + LEASE + BEHIND, "most": limit}
    return [Due(*row) for row in session.connection().execute(_DUE, values)]


def claim(session: Session, team_id: str, row_id: str, now: datetime) -> Outgoing | None:
    """Takes a due row for sending and returns it, or None when another has it or it is no longer due.

    `first_tried_at` is the moment from which it may have been said.
    """
    connection, values = session.connection(), {"team": team_id, "row": row_id}
    if connection.dialect.name == "postgresql":
        connection.execute(_HOLD_READER, values)
        if connection.execute(_LOCK, values).first() is None:
            return None
    moments = {"now": now, "lease_end": now + LEASE, "farthest": now + LEASE + BEHIND}
    taken = connection.execute(_CLAIM, values | moments)
    return session.get(Outgoing, (team_id, row_id)) if taken.rowcount == 1 else None


def wait_anew(session: Session, team_id: str, row_id: str, now: datetime) -> None:
    """Has a row wait one lease from now whose lease lies much further ahead: the clock was put back after it was claimed."""
    session.connection().execute(
        update(Outgoing)
        .where(col(Outgoing.team_id) == team_id, col(Outgoing.id) == row_id, col(Outgoing.state) == "sending")
        .where(col(Outgoing.lease_until) > now + LEASE + BEHIND)
        .values(lease_until=now + LEASE)
    )


def drop(session: Session, team_id: str, row_id: str) -> None:
    """Removes a row that promised nothing and is done: a Home that was published."""
    session.connection().execute(delete(Outgoing).where(col(Outgoing.team_id) == team_id, col(Outgoing.id) == row_id))


def address(session: Session, row: Outgoing, channel: str) -> bool:
    """Records which conversation was opened for a claimed row, before anything is said; says whether the claim still holds."""
    return session.connection().execute(_claimed(row).values(channel=channel)).rowcount == 1


def renew(session: Session, row: Outgoing, now: datetime, **columns: Any) -> bool:
    """Claims a claimed row anew from now on, and records what is known of it; says whether the claim still held."""
    renewed = _claimed(row).values(lease_until=now + LEASE, **columns)
    row.lease_until = now + LEASE if (holds := session.connection().execute(renewed).rowcount == 1) else row.lease_until
    return holds


def settle(session: Session, row: Outgoing, state: str | ColumnElement[str], **columns: Any) -> str | None:
    """Records what became of a claimed row, its state and whatever else is known now; returns that state.

    Nothing is recorded, and None returned, once somebody else has taken the row over.
    """
    ended = {"state": state, "lease_until": None, **columns}
    settled = _claimed(row).values(**ended).returning(col(Outgoing.state))
    return session.connection().execute(settled).scalar_one_or_none()


def put_back(session: Session, row: Outgoing, due_at: datetime, **columns: Any) -> str | None:
    """Has a claimed row that was certainly not said wait for its next try; what was cancelled meanwhile ends here.

    Returns which of the two it is, "pending" or "cancelled"; None, changing nothing, once somebody else has taken the row over.
    """
    state = case((col(Outgoing.cancelled_at).is_not(None), "cancelled"), else_="pending")
    session.info["outgoing"] = True
    return settle(session, row, state, due_at=due_at, **columns)


def look_later(session: Session, row: Outgoing, at: datetime, **columns: Any) -> None:
    """Keeps a claimed row of unknown outcome, to be looked for at a moment."""
    session.connection().execute(_claimed(row).values(lease_until=at, **columns))


def _claimed(row: Outgoing) -> Update:
    """Begins a change of a row that holds only while the claim under which it was read does."""
    return update(Outgoing).where(
        col(Outgoing.team_id) == row.team_id,
        col(Outgoing.id) == row.id,
        col(Outgoing.state) == "sending",
        col(Outgoing.lease_until) == row.lease_until,
    )
