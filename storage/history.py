"""What nudges are found from: who helped whom on which day, what somebody wrote, and what they were thanked for lately.

An event is (giver, receiver, kind, at), as `bot/network` takes it. Only acts that both sides agreed on and that stand are events.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables import Act, Ask, Callback, Mark, Turn

Event = tuple[str, str, str, datetime]

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
    """Returns all that a member gave and got, and the calls to members that they returned: for their own eyes alone."""
    events: list[Event] = []
    for mine in (Act.helper_id, Act.helped_id):
        found = _agreed(team_id).where(col(mine) == member_id, col(Act.contact_id).is_(None))
        events += [_event(row) for row in session.connection().execute(found)]
    calls = (
        select(col(Turn.owner_id), col(Callback.member_id), col(Turn.ended_at))
        .join(Callback, and_(col(Callback.team_id) == col(Turn.team_id), col(Callback.id) == col(Turn.callback_id)))
        .where(col(Turn.team_id) == team_id, col(Turn.owner_id) == member_id, col(Turn.ended) == "called back")
        .where(col(Callback.member_id).is_not(None))
    )
    return events + [(str(row[0]), str(row[1]), "call", row[2]) for row in session.execute(calls) if row[2] is not None]


def given_since(session: Session, team_id: str, member_id: str | None, since: datetime) -> list[Event]:
    """Returns what a member gave since a moment, or with None what everybody did, agreed on or not."""
    by_them = () if member_id is None else (col(Act.helper_id) == member_id,)
    found = _standing(team_id).where(
        *by_them, col(Act.recorded_at) > since, col(Act.helper_id).is_not(None), col(Act.helped_id).is_not(None)
    )
    return [_event(row) for row in session.connection().execute(found)]


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


def _standing(team_id: str) -> Any:
    return (
        select(col(Act.helper_id), col(Act.helped_id), col(Act.kind), col(Act.recorded_at))
        .join(_Reversal, _UNDONE, isouter=True)
        .where(col(Act.team_id) == team_id, col(Act.reverses).is_(None), col(_Reversal.id).is_(None))
    )


def _agreed(team_id: str) -> Any:
    return _standing(team_id).join(_Thanks, _THANKED)


def _event(row: Sequence[Any]) -> Event:
    return str(row[0]), str(row[1]), str(row[2]), row[3]
