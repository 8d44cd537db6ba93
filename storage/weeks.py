"""A channel's week in the database: which acts are of it, and what was said of each since.

The databases are asked in their own ways, as what is quick for one is slow for the other.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    any_,
    bindparam,
    case,
    false,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.tables import Act, Mark, Outgoing

# The weightiest of what was said of an act since; 0 is nothing.
THANKED, IN_WORDS, PRIVATE, TAKEN_BACK = 1, 2, 3, 4
TEAM: BindParameter[str] = bindparam("team_id")
CHANNEL: BindParameter[str] = bindparam("channel")
SINCE: BindParameter[datetime] = bindparam("since", type_=Act.__table__.c.recorded_at.type)  # type: ignore[attr-defined]
UNTIL: BindParameter[datetime] = bindparam("until", type_=Act.__table__.c.recorded_at.type)  # type: ignore[attr-defined]
_ONE = literal(1)

# Returns where acts are selected from, and what was said of each.
Say = Callable[[Any], tuple[Any, ColumnElement[int]]]


def _recorded() -> Any:
    """Selects the acts that were recorded in a channel's week, or shared there in it, whatever was said of them since."""
    shared = aliased(Mark)
    are_thanks, is_theirs = col(Act.recorded_by) == col(Act.helped_id), col(Act.written_by) == col(Act.helped_id)
    every = select(
        *(
            col(one)
            for one in (Act.id, Act.root_id, Act.helper_id, Act.helped_id, Act.contact_id, Act.kind, Act.recorded_at)
        ),
        are_thanks.label("are_thanks"),
        and_(is_theirs, col(Act.words) != "").label("are_their_words"),
    ).where(col(Act.team_id) == TEAM, col(Act.reverses).is_(None))
    in_time = and_(col(Act.recorded_at) >= SINCE, col(Act.recorded_at) < UNTIL)
    said_here = and_(col(Act.channel) == CHANNEL, in_time, col(Act.is_private).is_(False))
    given = (col(shared.channel) == CHANNEL, col(shared.at) >= SINCE, col(shared.at) < UNTIL)
    its = and_(col(shared.team_id) == TEAM, col(shared.act_id) == col(Act.id), col(shared.mark) == "shared")
    is_twice = func.coalesce(said_here, false())  # what has no channel is neither there nor elsewhere, to a database
    return union_all(every.where(said_here), every.join(shared, its).where(*given, ~is_twice))


def acts_of(say: Say) -> Any:
    """Selects the acts of a channel's week with the weightiest of what was said of them since, taking them back included."""
    one = (recorded := _recorded().cte("recorded")).c
    found, said = say(recorded)
    told = (col(Outgoing.team_id) == TEAM, col(Outgoing.subject) == one.root_id, col(Outgoing.kind) == "act")
    in_time = col(Outgoing.sent_at) < bindparam("known_by")
    knows = select(_ONE).where(*told, col(Outgoing.state) == "sent", in_time).correlate(recorded).exists()
    columns = (one.id, one.helper_id, one.helped_id, one.contact_id, one.kind, one.recorded_at, one.are_their_words)
    may_be_named = case((one.are_thanks, knows), else_=true())
    return select(*columns, said.label("said"), may_be_named.label("may_be_named")).select_from(found).cte("week")


def one_by_one(recorded: Any) -> tuple[Any, ColumnElement[int]]:
    """Looks up what was said of each act. That costs SQLite next to nothing, and goes no further than it is asked to."""
    reversal, mark = aliased(Act), aliased(Mark)
    undone = (col(reversal.team_id) == TEAM, col(reversal.reverses) == recorded.c.id)
    marked = (col(mark.team_id) == TEAM, col(mark.act_id) == recorded.c.id)
    weightiest = select(func.max(_degree(mark))).where(*marked).correlate(recorded).scalar_subquery()
    is_undone = select(_ONE).where(*undone).correlate(recorded).exists()
    return recorded, case((is_undone, TAKEN_BACK), else_=func.coalesce(weightiest, 0))


def all_at_once(recorded: Any) -> tuple[Any, ColumnElement[int]]:
    """Has PostgreSQL walk once through the index for all acts, which an array has it do; as a plain join it read all there is."""
    reversal, mark = aliased(Act), aliased(Mark)
    these = any_(func.array(select(recorded.c.id).scalar_subquery()))
    undone = (col(reversal.team_id) == TEAM, col(reversal.reverses) == these)
    each = (
        union_all(
            select(recorded.c.id, literal(0).label("said")),
            select(col(mark.act_id), _degree(mark)).where(col(mark.team_id) == TEAM, col(mark.act_id) == these),
            select(col(reversal.reverses), literal(TAKEN_BACK)).where(*undone),
        )
        .subquery("each")
        .c
    )
    said = select(each.id, func.max(each.said).label("said")).group_by(each.id).subquery("said")
    return recorded.join(said, said.c.id == recorded.c.id), said.c.said


def _degree(mark: Any) -> ColumnElement[int]:
    are_thanks = col(mark.mark) == "thanks"
    with_words = and_(are_thanks, col(mark.words).is_not(None))
    return case((col(mark.mark) == "private", PRIVATE), (with_words, IN_WORDS), (are_thanks, THANKED), else_=0)
