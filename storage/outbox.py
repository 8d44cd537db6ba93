"""The outbox: what is to be said to somebody who did not just ask, written in the transaction of what causes it.

A row goes from pending to sending to sent, or ends unconfirmed, dead, expired or cancelled. How it is sent is asked in
`sending.py`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, insert, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from storage.database import add_if_new, new_id
from storage.tables import Outgoing

_GONE_OUT = ("sending", "sent", "unconfirmed")
_UNDER_WAY = ("sending", "unconfirmed")  # what may turn out not to have arrived
_SETTLED = ("sent", "cancelled", "expired", "dead")
# Not before the last of these: nothing says when a row was settled, but each way to settle one leaves one of them behind.
_MOMENTS = ("created_at", "due_at", "first_tried_at", "looked_at", "cancelled_at", "sent_at")
_MAY_GO_OUT = ("pending", *_UNDER_WAY, "dead", "expired")  # the last two by an operator's hand
ALARM = "alarm."  # how the kind of a row begins that is never said
TO_OPEN = "group"  # in the place of a channel: a conversation of a few, which is opened when it is said
NOBODY = "nobody"  # in the place of a channel: an alarm that rings for no one in particular, whoever leaves
# For so long a key keeps what it stands for from being said twice, also by a clock that jumps; and a message can be changed.
KEEP = timedelta(days=90)
# Locks what it reads until the transaction ends, where writers do not wait for each other anyway; a sender passes over what is
# locked. Single columns and no objects, since a session gives an object that it has read before as it was then.
_ABOUT = (
    select_columns(
        *(col(one) for one in (Outgoing.id, Outgoing.state, Outgoing.kind, Outgoing.member_id, Outgoing.target))
    )
    .where(
        col(Outgoing.team_id) == bindparam("team"),
        col(Outgoing.subject) == bindparam("subject"),
        col(Outgoing.verb) == bindparam("verb"),
    )
    .order_by(col(Outgoing.id))
    .with_for_update(key_share=True)
)
_ADD = insert(Outgoing.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it


def add(
    session: Session, team_id: str, *, key: str, kind: str, subject: str, member_id: str, now: datetime, **columns: Any
) -> str:
    """Adds a row and returns its id. `key` names subject, occasion and recipient, once and for all.

    `columns` are those of Outgoing; with `due_at` it is planned for that time, without it is due at once.
    """
    row = _row(session, team_id, key, kind, subject, member_id, now, columns)
    session.connection().execute(_ADD, row)
    session.info["outgoing"] = True
    return str(row["id"])


def plan(
    session: Session, team_id: str, *, key: str, kind: str, subject: str, member_id: str, now: datetime, **columns: Any
) -> None:
    """Adds a row unless its key was ever used: a clock that jumps back, or a second process, plans nothing twice."""
    if add_if_new(session, Outgoing, _row(session, team_id, key, kind, subject, member_id, now, columns)):
        session.info["outgoing"] = True


def add_once(
    session: Session, team_id: str, *, key: str, kind: str, subject: str, member_id: str, now: datetime
) -> None:
    """Adds a message of this kind about a subject, unless one is waiting or has gone out already.

    One that was cancelled while it was under way, and may not have arrived, is to be said again where it did not.
    """
    posts = [one for one in _about(session, team_id, subject, "post") if one.kind == kind]
    if not any(one.state in ("pending", *_GONE_OUT) for one in posts):
        key = f"{key}:{new_id(now)}"
        add(session, team_id, key=key, kind=kind, subject=subject, member_id=member_id, now=now)
        return
    of_kind = (col(Outgoing.subject) == subject, col(Outgoing.verb) == "post", col(Outgoing.kind) == kind)
    session.connection().execute(
        update(Outgoing)
        .where(col(Outgoing.team_id) == team_id, *of_kind, col(Outgoing.state).in_(_UNDER_WAY))
        .values(cancelled_at=None)
    )


def change(session: Session, team_id: str, subject: str, now: datetime) -> None:
    """Has every message that was posted about a subject brought up to date; a waiting update serves for all that came since."""
    posts = _about(session, team_id, subject, "post")
    waiting = {one.target for one in _about(session, team_id, subject, "update") if one.state == "pending"}
    for post in posts:
        if post.state in _GONE_OUT and post.id not in waiting and not is_alarm(post.kind):
            key = f"change:{post.id}:{new_id(now)}"
            add(session, team_id, key=key, kind=post.kind, subject=subject, member_id=post.member_id, now=now,
                verb="update", target=post.id)  # fmt: skip


def cancel(session: Session, team_id: str, subject: str, now: datetime, kind: str | None = None) -> bool:
    """Cancels what has not gone out about a subject, or of one kind about it.

    Says whether anything about it had gone out, or is going now. What is going now, and turns out not to have arrived, is
    not sent again.
    """
    of_kind = () if kind is None else (col(Outgoing.kind) == kind,)
    _about(session, team_id, subject, "post")  # held, so that what is said of them here stays true until the commit
    _cancel(session, now, col(Outgoing.team_id) == team_id, col(Outgoing.subject) == subject, *of_kind)
    return any(post.state in _GONE_OUT for post in _about(session, team_id, subject, "post"))


def move(session: Session, team_id: str, subject: str, due_at: datetime, kinds: Collection[str]) -> None:
    """Plans what waits of these kinds about a subject for another time."""
    waiting = (
        col(Outgoing.team_id) == team_id,
        col(Outgoing.subject) == subject,
        col(Outgoing.kind).in_(kinds),
        col(Outgoing.verb) == "post",
        col(Outgoing.state) == "pending",
    )
    session.connection().execute(update(Outgoing).where(*waiting).values(due_at=due_at, planned_for=due_at))


def keys_said(session: Session, team_id: str, subject: str) -> list[str]:
    """Returns the keys of the posts about a subject that were said, or may have been."""
    said = (Outgoing.team_id == team_id, Outgoing.subject == subject, Outgoing.verb == "post")
    return list(session.exec(select(Outgoing.key).where(*said, col(Outgoing.state).in_(_GONE_OUT))))


def unsaid(session: Session, team_id: str, subjects: Collection[str]) -> set[str]:
    """Returns those of some subjects about which a post has not gone out."""
    these = (Outgoing.team_id == team_id, col(Outgoing.subject).in_(subjects), Outgoing.verb == "post")
    return set(session.exec(select(Outgoing.subject).where(*these, col(Outgoing.state).not_in(_GONE_OUT))))


def state_of(session: Session, team_id: str, key: str) -> str | None:
    """Returns what became of the row with this key, if there is one still."""
    return session.exec(select(Outgoing.state).where(Outgoing.team_id == team_id, Outgoing.key == key)).first()


def cancel_for(session: Session, team_id: str, member_id: str, now: datetime) -> None:
    """Cancels all that has not gone out to a member."""
    to_them = (col(Outgoing.member_id) == member_id, col(Outgoing.channel).is_(None))
    _cancel(session, now, col(Outgoing.team_id) == team_id, *to_them)


def revive(session: Session, team_id: str, key: str) -> None:
    """Has the row of this key wait again that was cancelled before it was ever tried, for whoever is back."""
    this = (col(Outgoing.team_id) == team_id, col(Outgoing.key) == key)
    untried = (col(Outgoing.state) == "cancelled", col(Outgoing.first_tried_at).is_(None))
    session.connection().execute(update(Outgoing).where(*this, *untried).values(state="pending", cancelled_at=None))
    session.info["outgoing"] = True


def refresh_home(session: Session, team_id: str, member_id: str, now: datetime) -> None:
    """Has a member's Home published anew; it takes the place of one that waits."""
    waiting = (col(Outgoing.subject) == member_id, col(Outgoing.verb) == "home", col(Outgoing.state) == "pending")
    session.connection().execute(delete(Outgoing).where(col(Outgoing.team_id) == team_id, *waiting))
    key = f"home:{member_id}:{new_id(now)}"
    add(session, team_id, key=key, kind="home", subject=member_id, member_id=member_id, now=now, verb="home")


def is_alarm(kind: str) -> bool:
    """Says whether a row is an alarm, which rings when it is due and which nobody reads."""
    return kind.startswith(ALARM)


def find(session: Session, team_id: str, row_id: str) -> Outgoing | None:
    """Returns one row."""
    return session.get(Outgoing, (team_id, row_id))


def answer_unconfirmed(session: Session, team_id: str, row_id: str, now: datetime, *, is_there: bool) -> bool:
    """Records what somebody found who looked for an unconfirmed post; says whether it was still open.

    What is not there goes out again, and is not looked for once more; unless it was cancelled since.
    """
    again = case((col(Outgoing.cancelled_at).is_not(None), "cancelled"), else_="pending")
    found = {"state": "sent", "sent_at": now} if is_there else {"state": again, "due_at": now, "looked_at": now}
    answered = session.connection().execute(
        update(Outgoing)
        .where(col(Outgoing.team_id) == team_id, col(Outgoing.id) == row_id, col(Outgoing.state) == "unconfirmed")
        .values(tried=0, refused=0, first_tried_at=None, **found)
    )
    session.info["outgoing"] = True
    return answered.rowcount == 1


def unconfirmed(session: Session, team_id: str, member_id: str | None = None) -> list[Outgoing]:
    """Returns the posts of which nobody knows whether they are there, oldest first; all, or those to one member's DM.

    Of a file nobody is asked.
    """
    mine = () if member_id is None else (Outgoing.member_id == member_id, col(Outgoing.channel).is_(None))
    posts = (Outgoing.state == "unconfirmed", Outgoing.verb == "post")
    rows = select(Outgoing).where(Outgoing.team_id == team_id, *posts, *mine)
    return list(session.exec(rows.order_by(col(Outgoing.id))))


def forget(session: Session, team_id: str, before: datetime, most: int) -> int:
    """Removes rows that were settled before a moment, so many at the most, and returns how many.

    What is not settled stays, and so does a message as long as there is a change of it.
    """
    unasked = and_(col(Outgoing.verb) == "file", col(Outgoing.state) == "unconfirmed")
    mine = (col(Outgoing.team_id) == team_id, or_(col(Outgoing.state).in_(_SETTLED), unasked))
    moments = (getattr(Outgoing, name) for name in _MOMENTS)
    is_old = (or_(col(moment).is_(None), col(moment) < before) for moment in moments)
    # As a list, since SQLite went through the whole outbox for each row when it was asked for one after the other.
    changed = select_columns(col(Outgoing.target)).where(mine[0], col(Outgoing.target).is_not(None))
    found = select_columns(col(Outgoing.id)).where(*mine, *is_old, col(Outgoing.id).not_in(changed)).limit(most)
    ids = session.connection().execute(found).scalars().all()
    session.connection().execute(delete(Outgoing).where(col(Outgoing.team_id) == team_id, col(Outgoing.id).in_(ids)))
    return len(ids)


def _row(
    session: Session,
    team_id: str,
    key: str,
    kind: str,
    subject: str,
    member_id: str,
    now: datetime,
    columns: dict[str, Any],
) -> dict[str, Any]:
    due_at = columns.get("due_at")
    return {
        "team_id": team_id, "id": new_id(now), "key": key, "verb": "post", "kind": kind, "subject": subject,
        "member_id": member_id, "owner_id": None, "channel": None, "target": None, "greets": False, "plain": False,
        "not_after": None, "state": "pending", "tried": 0, "refused": 0, "cause": session.info.get("cause"),
        "created_at": now, **columns, "due_at": due_at or now, "planned_for": due_at,
    }  # fmt: skip


def _about(session: Session, team_id: str, subject: str, verb: str) -> Sequence[Any]:
    """Returns id, state, kind, member_id and target of the rows about a subject, and holds them until the transaction ends.

    What is decided by their states is true then, too: nobody else can begin to send one, or record what became of one.
    """
    return session.connection().execute(_ABOUT, {"team": team_id, "subject": subject, "verb": verb}).all()


def _cancel(session: Session, now: datetime, *where: Any) -> None:
    """Ends what waits, and marks what might be sent once more.

    In one statement: between two, a row that was being sent could come to wait again, and be met by neither.
    """
    ended = case((col(Outgoing.state) == "pending", "cancelled"), else_=col(Outgoing.state))
    may_go_out = col(Outgoing.state).in_(_MAY_GO_OUT)
    session.connection().execute(update(Outgoing).where(*where, may_go_out).values(state=ended, cancelled_at=now))
