"""What the weekly report counts, as sums over a whole workspace; and which admins get it.

Only help for others to see is counted: what is private, or stands no more, is in no number. Whether somebody recorded anything
after a nudge is asked of all they recorded.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.acts import IS_NOT_REVERSED
from storage.database import add_if_new
from storage.tables import Act, Mark, Nudge, Reporting, TieDay

_FRESH = {"populate_existing": True}
_SHOWN = or_(col(TieDay.shown_gave) > 0, col(TieDay.shown_got) > 0)


class Begun(NamedTuple):
    """Two between whom a tie began, and the first days on which the one gave, and the other did."""

    one: str
    other: str
    gave: date | None
    got: date | None


def is_on(session: Session, team_id: str, member_id: str) -> bool:
    """Says whether somebody wants the weekly report."""
    mine = (col(Reporting.team_id) == team_id, col(Reporting.member_id) == member_id)
    found = session.execute(select(Reporting).where(*mine), execution_options=_FRESH).scalars().first()
    return found is not None and found.is_on


def choose(session: Session, team_id: str, member_id: str, now: datetime, *, is_on: bool) -> None:
    """Keeps whether somebody wants the weekly report."""
    row = Reporting(team_id=team_id, member_id=member_id, is_on=is_on, chosen_at=now)
    if not add_if_new(session, Reporting, row.model_dump()):
        mine = (col(Reporting.team_id) == team_id, col(Reporting.member_id) == member_id)
        session.connection().execute(update(Reporting).where(*mine).values(is_on=is_on, chosen_at=now))


def given(
    session: Session, team_id: str, begin: datetime, since: datetime, until: datetime
) -> dict[str, tuple[int, int]]:
    """Returns how many acts each member gave from the beginning of a time until its end, and how many of them since a moment."""
    of_late = func.sum(case((col(Act.recorded_at) >= since, 1), else_=0))
    found = (
        select(col(Act.helper_id), func.count(), of_late)
        .where(*_in_time(team_id, begin, until), col(Act.helper_id).is_not(None))
        .group_by(col(Act.helper_id))
    )
    return {str(row[0]): (int(row[1]), int(row[2])) for row in session.connection().execute(found)}


def count_first(session: Session, team_id: str, since: datetime, until: datetime) -> int:
    """Counts the members who gave in a time, and never before."""
    these = (*_in_time(team_id, since, until), col(Act.helper_id).is_not(None))
    givers = select(col(Act.helper_id)).where(*these).distinct().subquery("givers")
    earlier, undone = aliased(Act), aliased(Act)
    is_undone = and_(col(undone.team_id) == team_id, col(undone.reverses) == col(earlier.id))
    gave_before = (
        select(col(earlier.id))
        .where(col(earlier.team_id) == team_id, col(earlier.helper_id) == givers.c.helper_id)
        .where(col(earlier.recorded_at) < since, col(earlier.reverses).is_(None))
        .where(~select(col(undone.id)).where(is_undone).exists())
        .exists()
    )
    return int(session.connection().execute(select(func.count()).select_from(givers).where(~gave_before)).scalar_one())


def ties_begun(session: Session, team_id: str, since: date, lately: date, last: date) -> list[Begun]:
    """Returns the ties that began since a day, as they were at the end of the last; of older ones those that are mutual."""
    pairs = (
        select(
            col(TieDay.member_id),
            col(TieDay.other_id),
            func.min(case((col(TieDay.shown_gave) > 0, col(TieDay.day)))).label("gave"),
            func.min(case((col(TieDay.shown_got) > 0, col(TieDay.day)))).label("got"),
            func.min(col(TieDay.day)).label("began"),
        )
        .where(col(TieDay.team_id) == team_id, col(TieDay.member_id) < col(TieDay.other_id))
        .where(_SHOWN, col(TieDay.day) <= last)
        .group_by(col(TieDay.member_id), col(TieDay.other_id))
        .subquery("pairs")
        .c
    )
    is_mutual = and_(pairs.gave.is_not(None), pairs.got.is_not(None))
    found = select(pairs.member_id, pairs.other_id, pairs.gave, pairs.got).where(
        pairs.began >= since, or_(pairs.began > lately, is_mutual)
    )
    return [Begun(str(row[0]), str(row[1]), row[2], row[3]) for row in session.connection().execute(found)]


def nudged(
    session: Session, team_id: str, since: datetime, until: datetime
) -> Sequence[tuple[bool, str, datetime, datetime | None]]:
    """Returns whether each nudge of a time was held back, whose it was, when, and when they next recorded what stands."""
    theirs = (col(Act.team_id) == team_id, col(Act.recorded_by) == col(Nudge.member_id))
    following = (
        select(col(Act.recorded_at))
        .where(*theirs, col(Act.recorded_at) > col(Nudge.at), col(Act.reverses).is_(None), IS_NOT_REVERSED)
        .order_by(col(Act.recorded_at))
        .limit(1)
        .correlate(Nudge)
        .scalar_subquery()
    )
    found = select(col(Nudge.is_held), col(Nudge.member_id), col(Nudge.at), following).where(
        col(Nudge.team_id) == team_id, col(Nudge.at) >= since, col(Nudge.at) < until
    )
    return [(bool(row[0]), str(row[1]), row[2], row[3]) for row in session.connection().execute(found)]


def _in_time(team_id: str, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """Asks for what was recorded in a time, stands and is for others to see.

    An id is never older than what it names, and acts lie in the order of theirs: without it all that was ever recorded is read.
    """
    oldest = f"{int(since.astimezone(UTC).timestamp() * 1000) << 16:016x}"
    mark = aliased(Mark)
    said = [
        select(col(one.act_id)).where(
            col(one.team_id) == col(Act.team_id), col(one.act_id) == col(Act.id), col(one.mark) == word
        )
        for one, word in ((mark, "private"), (aliased(Mark), "shared"))
    ]
    is_private, is_shared = (one.correlate(Act).exists() for one in said)
    is_entry: Any = col(Act.reverses).is_(None)
    return (
        col(Act.team_id) == team_id, col(Act.id) >= oldest, is_entry, IS_NOT_REVERSED,
        col(Act.recorded_at) >= since, col(Act.recorded_at) < until,
        ~is_private, or_(col(Act.is_private).is_(False), is_shared),
    )  # fmt: skip
