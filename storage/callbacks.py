"""Calls to return: who owes one to whom, every plan of it, and how many were returned."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, and_, bindparam, exists, insert, update
from sqlmodel import Session, col, select

from storage.database import new_id
from storage.outbox import ALARM
from storage.tables import Callback, Outgoing, Turn

_ADD = insert(Callback.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it
_ADD_TURN = insert(Turn.__table__)  # type: ignore[attr-defined]
_MOST = 4  # reminders of a turn
_FAR_ENOUGH = 20  # turns of which somebody still presses a button
_OF_TURN = and_(col(Callback.team_id) == col(Turn.team_id), col(Callback.id) == col(Turn.callback_id))
# Built once: a statement that is built anew costs several times what its execution does.
_TEAM: BindParameter[str] = bindparam("team_id")
_FIND = (
    select(Callback, Turn).join(Turn, _OF_TURN).where(col(Callback.team_id) == _TEAM, col(Turn.id) == bindparam("id"))
)
_CALLBACK = select(Callback).where(col(Callback.team_id) == _TEAM, col(Callback.id) == bindparam("id"))
_TURN = select(Turn).where(col(Turn.team_id) == _TEAM, col(Turn.id) == bindparam("id"))
_NEWEST = (
    select(Turn)
    .where(col(Turn.team_id) == _TEAM, col(Turn.callback_id) == bindparam("id"))
    .order_by(col(Turn.number).desc())
    .limit(1)
)
_OPEN = (
    select(Callback, Turn)
    .join(Turn, _OF_TURN)
    .where(col(Turn.team_id) == _TEAM, col(Turn.owner_id) == bindparam("owner"), col(Turn.ended).is_(None))
    .order_by(col(Turn.due_at), col(Turn.id))
)


class Standing(NamedTuple):
    """A callback and one of its turns."""

    callback: Callback
    turn: Turn


def add(session: Session, team_id: str, owner_id: str, now: datetime, **columns: Any) -> str:
    """Adds a callback and returns its id; `columns` are the others of Callback."""
    callback_id = new_id(now)
    row = {"team_id": team_id, "id": callback_id, "owner_id": owner_id, "noted_at": now, **columns}
    session.connection().execute(_ADD, row)
    return callback_id


def add_turn(
    session: Session,
    team_id: str,
    owner_id: str,
    callback_id: str,
    number: int,
    due_at: datetime,
    now: datetime,
    *,
    wall: str | None,
    day: date | None,
    said: int = 0,
    turn_id: str | None = None,
) -> str:
    """Adds a turn of a callback and returns its id."""
    row = {
        "team_id": team_id, "id": turn_id or new_id(now), "callback_id": callback_id, "owner_id": owner_id, "number": number,
        "due_at": due_at, "wall": wall, "day": day, "said": said, "ended": None, "ended_at": None,
    }  # fmt: skip
    session.connection().execute(_ADD_TURN, row)
    return str(row["id"])


def change(session: Session, team_id: str, callback_id: str, **columns: Any) -> None:
    """Sets columns of a callback."""
    this = (col(Callback.team_id) == team_id, col(Callback.id) == callback_id)
    session.connection().execute(update(Callback).where(*this).values(**columns))
    session.expire_all()


def change_turn(session: Session, team_id: str, turn_id: str, **columns: Any) -> None:
    """Sets columns of a turn."""
    this = (col(Turn.team_id) == team_id, col(Turn.id) == turn_id)
    session.connection().execute(update(Turn).where(*this).values(**columns))
    session.expire_all()


def end_turn(session: Session, team_id: str, turn_id: str, ended: str, now: datetime) -> bool:
    """Ends a turn that is open, and says whether it was: of two who end it at once, one does."""
    is_open = (col(Turn.team_id) == team_id, col(Turn.id) == turn_id, col(Turn.ended).is_(None))
    done = session.connection().execute(update(Turn).where(*is_open).values(ended=ended, ended_at=now))
    session.expire_all()
    return done.rowcount == 1


def find(session: Session, team_id: str, turn_id: str) -> Standing | None:
    """Returns a turn with its callback."""
    found = session.execute(_FIND, {"team_id": team_id, "id": turn_id}).first()
    return None if found is None else Standing(*found)


def turn(session: Session, team_id: str, turn_id: str) -> Turn:
    """Returns a turn as it now is."""
    found: Turn = session.execute(_TURN, {"team_id": team_id, "id": turn_id}).scalars().one()
    return found


def with_newest(session: Session, team_id: str, callback_id: str) -> tuple[Callback, Turn | None]:
    """Returns a callback with the newest of its turns, if it has had one."""
    this = {"team_id": team_id, "id": callback_id}
    return session.execute(_CALLBACK, this).scalars().one(), session.execute(_NEWEST, this).scalars().first()


def latest(session: Session, team_id: str, callback_id: str) -> Standing:
    """Returns a callback with the newest of its turns, which begins with the callback."""
    callback, newest = with_newest(session, team_id, callback_id)
    assert newest is not None
    return Standing(callback, newest)


def turn_after(session: Session, turn: Turn) -> Turn | None:
    """Returns the turn that followed upon one."""
    following = (Turn.team_id == turn.team_id, Turn.callback_id == turn.callback_id, Turn.number == turn.number + 1)
    return session.exec(select(Turn).where(*following)).first()


def turns_before(session: Session, turn: Turn) -> list[Turn]:
    """Returns the latest turns of a callback before one, the newest first."""
    older = (Turn.team_id == turn.team_id, Turn.callback_id == turn.callback_id, Turn.number < turn.number)
    return list(session.exec(select(Turn).where(*older).order_by(col(Turn.number).desc()).limit(_FAR_ENOUGH)))


def open_of(session: Session, team_id: str, owner_id: str) -> list[Standing]:
    """Returns all that a member has to return, the next one due first."""
    return [Standing(*one) for one in session.execute(_OPEN, {"team_id": team_id, "owner": owner_id})]


def forgotten(session: Session, team_id: str) -> list[Standing]:
    """Returns the open turns of which nothing waits to be said and not all four reminders have been."""
    waits = exists().where(
        col(Outgoing.team_id) == team_id,
        col(Outgoing.subject) == col(Turn.id),
        col(Outgoing.verb) == "post",
        ~col(Outgoing.kind).startswith(ALARM),
        col(Outgoing.state).in_(("pending", "sending")),
    )
    found = session.exec(
        select(Callback, Turn)
        .join(Turn, _OF_TURN)
        .where(
            Turn.team_id == team_id, Callback.team_id == team_id, col(Turn.ended).is_(None), Turn.said < _MOST, ~waits
        )
    )
    return [Standing(*one) for one in found]
