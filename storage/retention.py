"""Words that are too old to be kept: where they stand, and how they go. The rows stay, and with them all that is counted.

What is open stays as it is: an ask, a call to return, an introduction about which somebody is asked.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, inspect, or_, select, tuple_, update
from sqlmodel import Session, SQLModel, col

from storage import wiping
from storage.tables import Act, Ask, Callback, Introduction, Mark, Side, Turn
from storage.tables.introductions import OPEN

AT_ONCE = 200  # rows in one transaction, so that nobody waits for them
# In each table the columns that hold words, and what stands there instead.
BLANK: dict[type[SQLModel], dict[str, str | None]] = {
    Act: {"words": ""},
    Mark: {"words": None},
    Ask: {"words": "", "topics": ""},
    Side: {"line": "", "words": None},
    Callback: {"about": "", "note": ""},
}
Key = Sequence[Any]


def find(session: Session, team_id: str, table: type[SQLModel], before: datetime, behind: Key | None) -> list[Key]:
    """Returns the keys of the next rows of a table that have words from before a moment; to be read while others write."""
    key = list(inspect(table).primary_key)
    has_words = or_(*(getattr(table, name) != (blank or "") for name, blank in BLANK[table].items()))
    rows = (
        select(*key).where(key[0] == team_id, has_words, _is_over(table, team_id, before)).order_by(*key).limit(AT_ONCE)
    )
    if behind is not None:
        rows = rows.where(tuple_(*key) > tuple_(*behind))
    return [tuple(row) for row in session.connection().execute(rows)]


def blank(session: Session, team_id: str, table: type[SQLModel], keys: Sequence[Key]) -> None:
    """Takes the words out of some rows."""
    key = list(inspect(table).primary_key)
    these = (key[0] == team_id, tuple_(*key).in_([tuple(one) for one in keys]))
    session.connection().execute(update(table).where(*these).values(**BLANK[table]))
    wiping.ask(session)


def _is_over(table: type[SQLModel], team_id: str, before: datetime) -> Any:
    if table is Act:
        return col(Act.recorded_at) < before
    if table is Mark:
        return col(Mark.at) < before
    if table is Ask:
        return and_(col(Ask.asked_at) < before, col(Ask.state) != "open")
    if table is Side:
        over = select(col(Introduction.id)).where(
            col(Introduction.team_id) == team_id,
            col(Introduction.created_at) < before,
            col(Introduction.state).not_in(OPEN),
        )
        return col(Side.introduction_id).in_(over)
    is_open = select(col(Turn.callback_id)).where(col(Turn.team_id) == team_id, col(Turn.ended).is_(None))
    return and_(col(Callback.noted_at) < before, col(Callback.id).not_in(is_open))
