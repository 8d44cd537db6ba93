"""Ties: on which days two members helped each other, agreed on by both, or met by an introduction.

Each day stands twice, once from each side, so that everything about a member is read in one place. It is never added to: what
changes a day has it counted anew from the ledger, while others who would change the same day wait.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Date, and_, bindparam, case, delete, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.database import add_if_new
from storage.tables import Act, Introduction, Mark, Member, Side, TieDay
from storage.tables.people import NAMELESS

_DAY = timedelta(days=1)
_TEAM: BindParameter[str] = bindparam("team_id")
_Reversal, _Thanks, _Said, _Other = aliased(Act), aliased(Mark), aliased(Mark), aliased(Side)
_TIE = (
    select(col(TieDay.other_id), func.sum(col(TieDay.gave)).label("gave"), func.sum(col(TieDay.got)).label("got"),
           func.min(col(TieDay.day)).label("began_on"))
    .where(col(TieDay.team_id) == _TEAM, col(TieDay.member_id) == bindparam("member_id"))
    .group_by(col(TieDay.other_id))
    .subquery("tie")
)  # fmt: skip
# Who is here; and who was when they had their data deleted, so that this changes nobody's number.
_IS_HERE = and_(
    col(Member.team_id) == _TEAM, col(Member.id) == _TIE.c.other_id, col(Member.left_at).is_(None),
    or_(col(Member.is_gone).is_(False), col(Member.slack_id).startswith(NAMELESS)),
)  # fmt: skip
# In columns: an object for each of a thousand people costs more than all the rest.
_OF = select(_TIE.c.other_id, col(Member.name), _TIE.c.gave, _TIE.c.got, _TIE.c.began_on).join(Member, _IS_HERE)
# Asked of one at a time: as a join, PostgreSQL read every member of the workspace for it.
_COUNTED = select(
    func.count(), func.coalesce(func.sum(case((_TIE.c.began_on >= bindparam("since", type_=Date), 1), else_=0)), 0)
).where(select(col(Member.id)).where(_IS_HERE).correlate(_TIE).scalar_subquery().is_not(None))


class Tie(NamedTuple):
    """What a member and another who is here have done for each other since it began: how often the member gave, and got."""

    other_id: str
    name: str
    gave: int
    got: int
    began_on: date


class _Day(NamedTuple):
    """Two members, in order, and a day."""

    one: str
    other: str
    day: date


def of(session: Session, team_id: str, member_id: str) -> list[Tie]:
    """Returns a member's ties with people who are here, the newest first; the name of one who had their data deleted is empty."""
    found = session.connection().execute(_OF, {"team_id": team_id, "member_id": member_id})
    ties = [Tie(str(row[0]), str(row[1]), int(row[2]), int(row[3]), row[4]) for row in found]
    return sorted(ties, key=lambda tie: (tie.began_on, tie.other_id), reverse=True)


def count(session: Session, team_id: str, member_id: str, since: date) -> tuple[int, int]:
    """Counts a member's ties with people who are here, and those that began since a day."""
    values = {"team_id": team_id, "member_id": member_id, "since": since}
    row = session.connection().execute(_COUNTED, values).one()
    return int(row[0]), int(row[1])


def helped_each_other(session: Session, team_id: str, member_id: str, among: Collection[str] | None = None) -> set[str]:
    """Returns the ids of those, of all or `among` some, with whom a member has an act that both agreed on."""
    mine = [col(TieDay.team_id) == team_id, col(TieDay.member_id) == member_id, col(TieDay.gave) + col(TieDay.got) > 0]
    mine += [] if among is None else [col(TieDay.other_id).in_(among)]
    return set(session.execute(select(col(TieDay.other_id)).where(*mine).distinct()).scalars())


def days_of(session: Session, team_id: str, member_ids: Collection[str], since: date) -> list[TieDay]:
    """Returns the days that some members had with others since a day."""
    mine = (col(TieDay.team_id) == team_id, col(TieDay.member_id).in_(member_ids), col(TieDay.day) >= since)
    return list(session.execute(select(TieDay).where(*mine)).scalars())


def recount_acts(session: Session, team_id: str, act_ids: Iterable[str]) -> None:
    """Counts the days of some acts anew; those with somebody outside Slack are no ties."""
    ids = list(act_ids)
    if not ids:
        return
    found = select(col(Act.helper_id), col(Act.helped_id), col(Act.recorded_at)).where(
        col(Act.team_id) == team_id,
        col(Act.id).in_(ids),
        col(Act.helper_id).is_not(None),
        col(Act.helped_id).is_not(None),
    )
    days = {_day(str(row[0]), str(row[1]), row[2]) for row in session.connection().execute(found)}
    for day in sorted(days):  # in one order for everybody, so that nobody waits in a ring
        _hold(session, team_id, day)
        gave, shown_gave = _count(session, team_id, day.one, day.other, day.day)
        got, shown_got = _count(session, team_id, day.other, day.one, day.day)
        _put(session, team_id, day, {"gave": gave, "shown_gave": shown_gave}, {"gave": got, "shown_gave": shown_got})


def recount_met(
    session: Session, team_id: str, member_ids: Collection[str], met_at: Collection[datetime | None]
) -> None:
    """Counts anew how many introductions some members met by, on the days of these moments."""
    people = sorted(set(member_ids))
    pairs = [(one, other) for number, one in enumerate(people) for other in people[number + 1 :]]
    for day in sorted({_day(*pair, at) for pair in pairs for at in met_at if at is not None}):
        _hold(session, team_id, day)
        met = {"met": _count_met(session, team_id, day)}
        _put(session, team_id, day, met, met)


def _day(one: str, other: str, at: datetime) -> _Day:
    low, high = sorted((one, other))
    return _Day(low, high, at.astimezone(UTC).date())


def _hold(session: Session, team_id: str, day: _Day) -> None:
    """Makes others who would count this day wait until this transaction ends: what they count then has what is written here."""
    row = TieDay(team_id=team_id, member_id=day.one, other_id=day.other, day=day.day)
    if not add_if_new(session, TieDay, row.model_dump()):
        session.connection().execute(
            update(TieDay).where(*_is(team_id, day.one, day.other, day.day)).values(met=TieDay.met)
        )


def _put(session: Session, team_id: str, day: _Day, ones: dict[str, int], others: dict[str, int]) -> None:
    """Writes what was counted to both rows of a day, each from its side; a day on which nothing is left goes."""
    row = TieDay(team_id=team_id, member_id=day.other, other_id=day.one, day=day.day)
    add_if_new(session, TieDay, row.model_dump())
    for member_id, other_id, mine, theirs in ((day.one, day.other, ones, others), (day.other, day.one, others, ones)):
        values = mine | {name.replace("gave", "got"): count for name, count in theirs.items()}
        session.connection().execute(update(TieDay).where(*_is(team_id, member_id, other_id, day.day)).values(**values))
        empty = (col(TieDay.gave) == 0, col(TieDay.got) == 0, col(TieDay.met) == 0)
        session.connection().execute(delete(TieDay).where(*_is(team_id, member_id, other_id, day.day), *empty))


def _is(team_id: str, member_id: str, other_id: str, day: date) -> tuple[Any, ...]:
    return (
        col(TieDay.team_id) == team_id,
        col(TieDay.member_id) == member_id,
        col(TieDay.other_id) == other_id,
        col(TieDay.day) == day,
    )


_ENDS = (col(_Reversal.team_id) == col(Act.team_id), col(_Reversal.reverses) == col(Act.id))
_IS_UNDONE = select(col(_Reversal.id)).where(*_ENDS).correlate(Act).exists()
_OF_ACT = (col(_Said.team_id) == col(Act.team_id), col(_Said.act_id) == col(Act.id))
_MADE_PRIVATE = select(col(_Said.act_id)).where(*_OF_ACT, col(_Said.mark) == "private").correlate(Act).exists()
_SHARED = select(col(_Said.act_id)).where(*_OF_ACT, col(_Said.mark) == "shared").correlate(Act).exists()
_COUNT = (
    select(
        func.count(),
        func.coalesce(func.sum(case((or_(_MADE_PRIVATE, and_(col(Act.is_private), ~_SHARED)), 0), else_=1)), 0),
    )
    .select_from(Act)
    .join(_Thanks, and_(_Thanks.team_id == Act.team_id, _Thanks.act_id == Act.id, _Thanks.mark == "thanks"))  # type: ignore[arg-type]
    .where(
        col(Act.team_id) == _TEAM, col(Act.helper_id) == bindparam("helper"), col(Act.helped_id) == bindparam("helped")
    )
    .where(col(Act.contact_id).is_(None), col(Act.reverses).is_(None), ~_IS_UNDONE)
    .where(
        col(Act.recorded_at) >= bindparam("since", type_=Act.__table__.c.recorded_at.type),  # type: ignore[attr-defined]
        col(Act.recorded_at) < bindparam("until", type_=Act.__table__.c.recorded_at.type),  # type: ignore[attr-defined]
    )
)


def _count(session: Session, team_id: str, helper: str, helped: str, day: date) -> tuple[int, int]:
    since = datetime.combine(day, time(0), UTC)
    values = {"team_id": team_id, "helper": helper, "helped": helped, "since": since, "until": since + _DAY}
    row = session.connection().execute(_COUNT, values).one()
    return int(row[0]), int(row[1])


def _count_met(session: Session, team_id: str, day: _Day) -> int:
    since = datetime.combine(day.day, time(0), UTC)
    same = and_(col(_Other.team_id) == col(Side.team_id), col(_Other.introduction_id) == col(Side.introduction_id))
    its = and_(col(Introduction.team_id) == col(Side.team_id), col(Introduction.id) == col(Side.introduction_id))
    found = (
        select(func.count())
        .select_from(Side)
        .join(_Other, same)
        .join(Introduction, its)
        .where(col(Side.team_id) == team_id, col(Side.member_id) == day.one, col(_Other.member_id) == day.other)
        .where(col(Introduction.is_outside).is_(False))
        .where(col(Introduction.met_at) >= since, col(Introduction.met_at) < since + _DAY)
    )
    return int(session.execute(found).scalar_one())
