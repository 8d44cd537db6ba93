"""The inbox: which requests were acted on already, and what came of them."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert
from sqlmodel import Session, col, select

from storage.tables import InboxKey

_RESULT = select(col(InboxKey.result)).where(
    col(InboxKey.team_id) == bindparam("team_id"), col(InboxKey.key) == bindparam("key")
)
_ADD = insert(InboxKey.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it


def result_of(session: Session, team_id: str, key: str) -> str | None:
    """Returns the id of what this request caused when it came before, or None when it is new."""
    row = session.connection().execute(_RESULT, {"team_id": team_id, "key": key}).first()
    if row is None:
        return None
    session.info["duplicate"] = True  # counted once its transaction is over
    return str(row[0])


def add(session: Session, team_id: str, key: str, result: str, now: datetime) -> None:
    """Notes that the request was acted on. A second worker with the same key fails here, and writes nothing."""
    session.connection().execute(_ADD, {"team_id": team_id, "key": key, "result": result, "at": now})


def forget(session: Session, team_id: str, before: datetime) -> int:
    """Removes keys noted before a moment, and returns how many."""
    old = delete(InboxKey).where(col(InboxKey.team_id) == team_id, col(InboxKey.at) < before)
    return session.connection().execute(old).rowcount
