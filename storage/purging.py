"""All of a workspace's rows go, some at a time, those that point to others before those they point to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, delete, inspect, select, tuple_
from sqlmodel import Session, SQLModel

from storage import wiping
from storage.tables import Workspace

AT_ONCE = 500  # rows in one transaction, so that no other workspace waits for it


def remove_some(session: Session, team_id: str, most: int = AT_ONCE) -> int:
    """Removes some more rows of a workspace, so many at the most, and returns how many; 0 once there is none.

    Its own row goes last: as long as it is there, it says that the others are to go.
    """
    last = SQLModel.metadata.tables[str(Workspace.__tablename__)]
    for table in (*(one for one in reversed(SQLModel.metadata.sorted_tables) if one is not last), last):
        if removed := _remove(session, table, team_id, most):
            wiping.ask(session)
            return removed
    return 0


def _remove(session: Session, table: Table, team_id: str, most: int) -> int:
    """Removes rows of one table, those first that point to another row of the same."""
    for column in _to_itself(table):
        if removed := _remove_where(session, table, team_id, [column.is_not(None)], most):
            return removed
    return _remove_where(session, table, team_id, [], most)


def _to_itself(table: Table) -> Sequence[Any]:
    own = [key for key in table.foreign_key_constraints if key.referred_table is table]
    return [column for key in own for column in key.columns if column.name != "team_id"]


def _remove_where(session: Session, table: Table, team_id: str, which: Sequence[Any], most: int) -> int:
    key = list(inspect(table).primary_key)
    some = select(*key).where(table.c.team_id == team_id, *which).order_by(*key).limit(most)
    these = delete(table).where(table.c.team_id == team_id, tuple_(*key).in_(some))
    return session.connection().execute(these).rowcount
