"""What nudges are found from: who helped whom on which day, what somebody wrote, and what they were thanked for lately.

An event is (giver, receiver, kind, at), as `bot/network` takes it. Only acts that both sides agreed on and that stand are events.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import String, and_, bindparam, case, func, or_, select, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables import Act, Ask, Callback, Mark, TieDay, Turn

Event = tuple[str, str, str, datetime]
MOST_OF_EACH = (
    400  # days of one person: who has more is known by them; with half as many, one suggestion in fifty was worse
)
AT_ONCE = 500  # people in one question
# A day as the database has it: an object made of each of twenty thousand costs as much as the question.
_CONTACTS = (
    select(col(TieDay.member_id), col(TieDay.other_id), type_coerce(col(TieDay.day), String))
    .where(
        col(TieDay.team_id) == bindparam("team_id"), col(TieDay.member_id).in_(bindparam("member_ids", expanding=True))
    )
    .where(col(TieDay.day) >= bindparam("since"), or_(col(TieDay.shown_gave) > 0, col(TieDay.shown_got) > 0))
)
_COLUMNS = tuple(col(one) for one in (TieDay.member_id, TieDay.other_id, TieDay.day, TieDay.gave, TieDay.got))
_SHOWN = tuple(col(one) for one in (TieDay.member_id, TieDay.other_id, TieDay.day, TieDay.shown_gave, TieDay.shown_got))

_Thanks, _Private, _Reversal = aliased(Mark), aliased(Mark), aliased(Act)
_THANKED = and_(
    col(_Thanks.team_id) == col(Act.team_id),
    col(_Thanks.act_id) == col(Act.id),
    col(_Thanks.mark) == "thanks",
)
_PRIVATE = and_(
    col(_Private.team_id) == col(Act.team_id),
    col(_Private.act_id) == col(Act.id),
    col(_Private.mark) == "private",
)
_UNDONE = and_(col(_Reversal.team_id) == col(Act.team_id), col(_Reversal.reverses) == col(Act.id))


def agreed_with(session: Session, team_id: str, member_id: str) -> list[Event]:
    """Returns the days on which a member gave and got, and the calls to members that they returned: for their own eyes alone."""
    rows: Any = select(*_COLUMNS).where(col(TieDay.team_id) == team_id, col(TieDay.member_id) == member_id)
    events = [event for row in session.connection().execute(rows) for event in _events(*row)]
    calls = (
        select(col(Turn.owner_id), col(Callback.member_id), col(Turn.ended_at))
        .join(Callback, and_(col(Callback.team_id) == col(Turn.team_id), col(Callback.id) == col(Turn.callback_id)))
        .where(col(Turn.team_id) == team_id, col(Turn.owner_id) == member_id, col(Turn.ended) == "called back")
        .where(col(Callback.member_id).is_not(None))
    )
    return events + [(str(row[0]), str(row[1]), "call", row[2]) for row in session.execute(calls) if row[2] is not None]


def contacts(session: Session, team_id: str, member_ids: Collection[str], since: date) -> list[tuple[str, str, date]]:
    """Returns with whom some members were in contact on which days since one, for others to be told of: the member stands first.

    From acts alone that both sides agreed on and neither made private; of each member the latest MOST_OF_EACH.
    """
    ids, rows = list(member_ids), list[Any]()
    connection = session.connection()
    for first in range(0, len(ids), AT_ONCE):
        values = {"team_id": team_id, "member_ids": ids[first : first + AT_ONCE], "since": since}
        cursor = connection.execute(
            _CONTACTS, values
        ).cursor  # plain tuples: twenty thousand Rows wake the garbage collector
        rows += cursor.fetchall() if cursor is not None else ()
    counts = Counter(map(itemgetter(0), rows))
    if many := {one for one, count in counts.items() if count > MOST_OF_EACH}:
        rows = [row for row in rows if row[0] not in many] + _latest(rows, many)
    days = {day: day if isinstance(day, date) else date.fromisoformat(day) for day in set(map(itemgetter(2), rows))}
    return [(one, other, days[day]) for one, other, day in rows]


def given_by(session: Session, team_id: str, member_ids: Collection[str], since: date) -> list[Event]:
    """Returns the days since one on which some members gave to others, for others to be told of, as `contacts` are."""
    ids = list(member_ids)
    events: list[Event] = []
    for first in range(0, len(ids), AT_ONCE):
        theirs = (col(TieDay.team_id) == team_id, col(TieDay.member_id).in_(ids[first : first + AT_ONCE]))
        rows: Any = select(*_SHOWN).where(*theirs, col(TieDay.day) >= since, col(TieDay.shown_gave) > 0)
        events += [
            event for row in session.connection().execute(rows) for event in _events(row[0], row[1], row[2], row[3], 0)
        ]
    return events


def given_since(session: Session, team_id: str, member_id: str | None, since: datetime) -> list[Event]:
    """Returns what a member gave since a moment, or with None what everybody did, agreed on or not."""
    by_them = () if member_id is None else (col(Act.helper_id) == member_id,)
    found = _standing(team_id).where(
        *by_them, col(Act.recorded_at) > since, col(Act.helper_id).is_not(None), col(Act.helped_id).is_not(None)
    )
    return [_event(row) for row in session.connection().execute(found)]


def count_returned(session: Session, team_id: str, until: date, within: timedelta) -> tuple[int, int]:
    """Counts the pairs of whom one gave to the other first, until a day, and those of them in which that was returned in time.

    Two who gave to each other on their first day are left out: nobody can tell who began.
    """
    gave = func.min(case((col(TieDay.gave) > 0, col(TieDay.day)))).label("gave")
    got = func.min(case((col(TieDay.got) > 0, col(TieDay.day)))).label("got")
    of_pair = (col(TieDay.member_id), col(TieDay.other_id))
    pairs = select(gave, got).where(col(TieDay.team_id) == team_id).group_by(*of_pair).subquery("pairs").c
    is_first = and_(pairs.gave <= until, or_(pairs.got.is_(None), pairs.got > pairs.gave))
    found = select(pairs.gave, pairs.got).where(is_first)
    days = [(row[0], row[1]) for row in session.connection().execute(found)]
    return len(days), sum(got is not None and got <= gave + within for gave, got in days)


def own_words(session: Session, team_id: str, member_id: str, most: int) -> list[str]:
    """Returns what a member wrote of the latest good turns they gave for others to see, and of what they asked for."""
    acts = (
        select(col(Act.words))
        .join(_Private, _PRIVATE, isouter=True)
        .where(col(Act.team_id) == team_id, col(Act.helper_id) == member_id, col(Act.written_by) == member_id)
        .where(col(Act.reverses).is_(None), col(Act.is_private).is_(False), col(_Private.act_id).is_(None))
        .order_by(col(Act.recorded_at).desc())
        .limit(most)
    )
    asked = (
        select(col(Ask.words))
        .where(col(Ask.team_id) == team_id, col(Ask.asker_id) == member_id)
        .order_by(col(Ask.asked_at).desc())
        .limit(most)
    )
    return [str(row[0]) for found in (acts, asked) for row in session.connection().execute(found)]


def thanked_between(session: Session, team_id: str, member_id: str, since: datetime, until: datetime) -> list[Act]:
    """Returns the acts that a member thanked somebody here for in a time, the newest first."""
    found = (
        select(Act)
        .join(_Thanks, _THANKED)
        .join(_Reversal, _UNDONE, isouter=True)
        .where(col(Act.team_id) == team_id, col(Act.helped_id) == member_id, col(Act.helper_id).is_not(None))
        .where(col(Act.reverses).is_(None), col(_Reversal.id).is_(None))
        .where(col(_Thanks.at) >= since, col(_Thanks.at) < until)
        .order_by(col(_Thanks.at).desc())
    )
    return list(session.execute(found).scalars())


def _latest(rows: Sequence[Any], of: Collection[str]) -> list[Any]:
    """Returns the latest MOST_OF_EACH rows of each of some members."""
    ordered = sorted((row for row in rows if row[0] in of), key=itemgetter(2), reverse=True)
    seen = Counter[str]()
    kept = []
    for row in ordered:
        seen[row[0]] += 1
        if seen[row[0]] <= MOST_OF_EACH:
            kept.append(row)
    return kept


def _events(member_id: str, other_id: str, day: date, gave: int, got: int) -> Iterator[Event]:
    """Yields a day as what one gave to the other, and the other way round; once each however often, as ties are counted."""
    at = datetime.combine(day, time(12), UTC)
    if gave:
        yield member_id, other_id, "help", at
    if got:
        yield other_id, member_id, "help", at


def _standing(team_id: str) -> Any:
    return (
        select(col(Act.helper_id), col(Act.helped_id), col(Act.kind), col(Act.recorded_at))
        .join(_Reversal, _UNDONE, isouter=True)
        .where(col(Act.team_id) == team_id, col(Act.reverses).is_(None), col(_Reversal.id).is_(None))
    )


def _event(row: Sequence[Any]) -> Event:
    return str(row[0]), str(row[1]), str(row[2]), row[3]
