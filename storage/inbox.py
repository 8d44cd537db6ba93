"""The inbox: which requests were acted on already, and what came of them; and when what comes and goes was last heard of."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.tables import InboxKey

_RESULT = select(col(InboxKey.result)).where(
    col(InboxKey.team_id) == bindparam("team_id"), col(InboxKey.key) == bindparam("key")
)
_ADD = insert(InboxKey.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it
# Built once, for each of the two databases: a statement that is built anew costs three times what its execution does.
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert(InboxKey), "postgresql": postgresql.insert(InboxKey)}
_CLAIM = {
    name: added.on_conflict_do_nothing().execution_options(preserve_rowcount=True) for name, added in _INSERT.items()
}
_HEAR = {
    name: added.on_conflict_do_update(
        index_elements=["team_id", "key"],
        set_={"result": added.excluded.result, "at": added.excluded.at},
        where=col(InboxKey.result) < added.excluded.result,
    ).execution_options(preserve_rowcount=True)
    for name, added in _INSERT.items()
}


def claim(session: Session, team_id: str, key: str, result: str, now: datetime) -> str | None:
    """Takes a request to be acted on in this transaction, and returns None; or what came of it when it came before.

    Of two that come at once, the second waits for the end of the first one's transaction.
    """
    connection = session.connection()
    row = {"team_id": team_id, "key": key, "result": result, "at": now}
    if connection.execute(_CLAIM[connection.dialect.name], row).rowcount == 1:
        return None
    return result_of(session, team_id, key)


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


def hear_of(session: Session, team_id: str, subject: str, moment: str, now: datetime) -> bool:
    """Notes when something last came or went, and says whether that is news: not the moment known already, nor an older one.

    Moments are compared as text: Slack writes them as seconds with six decimals, ten digits before the point until the year 2286.
    """
    connection = session.connection()
    row = {"team_id": team_id, "key": subject, "result": moment, "at": now}
    return connection.execute(_HEAR[connection.dialect.name], row).rowcount == 1


def forget(session: Session, team_id: str, before: datetime) -> int:
    """Removes keys noted before a moment, and returns how many."""
    old = delete(InboxKey).where(col(InboxKey.team_id) == team_id, col(InboxKey.at) < before)
    return session.connection().execute(old).rowcount
