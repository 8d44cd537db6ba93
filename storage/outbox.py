"""The outbox: what is to be said to somebody who did not just ask, and what became of it.

A row is written in the transaction of what causes it. `handlers/sender.py` claims it, posts it and records what became of it.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, update
from sqlmodel import Session, col, select

from storage.database import new_id
from storage.tables import Outgoing

_GONE_OUT = ("sending", "sent", "unconfirmed")
_ADD = insert(Outgoing.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it


def add(
    session: Session,
    team_id: str,
    *,
    key: str,
    kind: str,
    subject: str,
    member_id: str,
    now: datetime,
    verb: str = "post",
    target: str | None = None,
    due_at: datetime | None = None,
    not_after: datetime | None = None,
) -> str:
    """Adds a row and returns its id. `key` names subject, occasion and recipient, once and for all."""
    row = {
        "team_id": team_id,
        "id": new_id(now),
        "key": key,
        "verb": verb,
        "kind": kind,
        "subject": subject,
        "member_id": member_id,
        "target": target,
        "greets": False,
        "due_at": due_at or now,
        "not_after": not_after,
        "state": "pending",
        "tried": 0,
        "created_at": now,
    }
    session.connection().execute(_ADD, row)
    session.info["outgoing"] = True
    return str(row["id"])


def add_once(
    session: Session, team_id: str, *, key: str, kind: str, subject: str, member_id: str, now: datetime
) -> None:
    """Adds a message of this kind about a subject, unless one is waiting or has gone out already."""
    posts = [one for one in _about(session, team_id, subject, "post") if one.kind == kind]
    if not any(one.state in ("pending", *_GONE_OUT) for one in posts):
        key = f"{key}:{new_id(now)}"
        add(session, team_id, key=key, kind=kind, subject=subject, member_id=member_id, now=now)


def change(session: Session, team_id: str, subject: str, now: datetime) -> None:
    """Has every message that was posted about a subject brought up to date; a waiting update serves for all that came since."""
    posts = _about(session, team_id, subject, "post")
    waiting = {one.target for one in _about(session, team_id, subject, "update") if one.state == "pending"}
    for post in posts:
        if post.state in _GONE_OUT and post.id not in waiting:
            key = f"change:{post.id}:{new_id(now)}"
            add(session, team_id, key=key, kind=post.kind, subject=subject, member_id=post.member_id, now=now,
                verb="update", target=post.id)  # fmt: skip


def cancel(session: Session, team_id: str, subject: str, kind: str | None = None) -> bool:
    """Cancels what has not gone out about a subject, or of one kind about it.

    Says whether anything about it had gone out, or is going now.
    """
    of_kind = () if kind is None else (col(Outgoing.kind) == kind,)
    _cancel(session, col(Outgoing.team_id) == team_id, col(Outgoing.subject) == subject, *of_kind)
    return any(post.state in _GONE_OUT for post in _about(session, team_id, subject, "post"))


def cancel_for(session: Session, team_id: str, member_id: str) -> None:
    """Cancels all that has not gone out to a member."""
    _cancel(session, col(Outgoing.team_id) == team_id, col(Outgoing.member_id) == member_id)


def refresh_home(session: Session, team_id: str, member_id: str, now: datetime) -> None:
    """Has a member's Home published anew; it takes the place of one that waits."""
    waiting = (col(Outgoing.subject) == member_id, col(Outgoing.verb) == "home", col(Outgoing.state) == "pending")
    session.connection().execute(delete(Outgoing).where(col(Outgoing.team_id) == team_id, *waiting))
    key = f"home:{member_id}:{new_id(now)}"
    add(session, team_id, key=key, kind="home", subject=member_id, member_id=member_id, now=now, verb="home")


def teams_with_due(session: Session, now: datetime) -> list[str]:
    """Returns the workspaces that have something due. The one question that is asked across workspaces."""
    due = select(Outgoing.team_id).where(_is_due(now)).distinct()
    return list(session.exec(due, execution_options={"across_workspaces": True}))


def due(session: Session, team_id: str, now: datetime, limit: int) -> list[Outgoing]:
    """Returns a workspace's due rows, the longest due first."""
    rows = select(Outgoing).where(Outgoing.team_id == team_id, _is_due(now))
    return list(session.exec(rows.order_by(col(Outgoing.due_at), col(Outgoing.id)).limit(limit)))


def claim(session: Session, team_id: str, row_id: str, now: datetime, lease: timedelta) -> Outgoing | None:
    """Takes a due row for sending and returns it, or None when another has it or it is no longer due."""
    taken = session.connection().execute(
        update(Outgoing)
        .where(col(Outgoing.team_id) == team_id, col(Outgoing.id) == row_id, _is_due(now))
        .values(state="sending", lease_until=now + lease, tried=col(Outgoing.tried) + 1),
    )
    return session.get(Outgoing, (team_id, row_id)) if taken.rowcount == 1 else None


def find(session: Session, team_id: str, row_id: str) -> Outgoing | None:
    """Returns one row."""
    return session.get(Outgoing, (team_id, row_id))


def drop(session: Session, team_id: str, row_id: str) -> None:
    """Removes a row that promised nothing and is done: a Home that was published."""
    session.connection().execute(delete(Outgoing).where(col(Outgoing.team_id) == team_id, col(Outgoing.id) == row_id))


def settle(session: Session, team_id: str, row_id: str, state: str, **columns: Any) -> None:
    """Records what became of a claimed row: its state, and whatever else is known now."""
    session.connection().execute(
        update(Outgoing)
        .where(col(Outgoing.team_id) == team_id, col(Outgoing.id) == row_id)
        .values(state=state, lease_until=None, **columns)
    )


def _about(session: Session, team_id: str, subject: str, verb: str) -> list[Outgoing]:
    rows = select(Outgoing).where(Outgoing.team_id == team_id, Outgoing.subject == subject, Outgoing.verb == verb)
    return list(session.exec(rows.order_by(col(Outgoing.id))))


def _cancel(session: Session, *where: Any) -> None:
    session.connection().execute(
        update(Outgoing).where(*where, col(Outgoing.state) == "pending").values(state="cancelled")
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(
        col(Outgoing.state) == "pending",
        and_(col(Outgoing.state) == "sending", col(Outgoing.lease_until) <= now),
    )
    return and_(col(Outgoing.due_at) <= now, is_free)
