"""The ledger of acts: rows are added and read, never changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, union
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage import ties
from storage.tables import Act, Mark

_FAR_ENOUGH = 8  # times as many as are wanted
_Reversal = aliased(Act)
_Thanks, _Private, _Shared = aliased(Mark), aliased(Mark), aliased(Mark)


_NEWEST = (col(Act.recorded_at).desc(), col(Act.id).desc())  # as the indexes have them: nothing is sorted


def _marked(mark: Any, word: str) -> ColumnElement[bool]:
    return and_(mark.team_id == Act.team_id, mark.act_id == Act.id, mark.mark == word)


_IS_REVERSAL_OF = and_(col(_Reversal.team_id) == col(Act.team_id), col(_Reversal.reverses) == col(Act.id))
_IS_ENTRY = col(Act.reverses).is_(None)
_STANDS = col(_Reversal.id).is_(None)
# The same, asked of one act at a time: as a join PostgreSQL takes it for a question about all that was ever taken back.
IS_NOT_REVERSED = select(col(_Reversal.id)).where(_IS_REVERSAL_OF).correlate(Act).scalar_subquery().is_(None)
# What was corrected is left out where its correction stands beside it.
_IS_CURRENT = or_(_STANDS, col(_Reversal.source) != "corrected")
# The acts that stand, for others to ask whether there is one.
STANDING = select(col(Act.id)).join(_Reversal, _IS_REVERSAL_OF, isouter=True).where(_IS_ENTRY, _STANDS)
_STANDS_OR_CORRECTED = or_(_STANDS, col(_Reversal.source) == "corrected")


def _as_it_stands(question: Any) -> Any:
    """Joins to acts what became of each, and what was said about it since."""
    return (
        question.select_from(Act)
        .join(_Reversal, _IS_REVERSAL_OF, isouter=True)
        .join(_Thanks, _marked(_Thanks, "thanks"), isouter=True)
        .join(_Private, _marked(_Private, "private"), isouter=True)
        .join(_Shared, _marked(_Shared, "shared"), isouter=True)
        .where(_IS_ENTRY)
    )


_LEDGER = _as_it_stands(select(Act, _Reversal, _Thanks, _Private, _Shared))
IS_PRIVATE = or_(col(_Private.act_id).is_not(None), and_(col(Act.is_private), col(_Shared.act_id).is_(None)))
CHANNEL = func.coalesce(_Shared.channel, Act.channel)
# The acts as they stand in plain columns, for whoever reads very many: an object for each costs several times as much.
IN_COLUMNS = _as_it_stands(
    select(
        *(col(one) for one in (Act.id, Act.root_id, Act.helper_id, Act.helped_id, Act.contact_id, Act.kind, Act.words)),
        *(col(one) for one in (Act.recorded_by, Act.recorded_at)),
        *(CHANNEL.label("channel"), IS_PRIVATE.label("is_private"), _STANDS.label("stands")),
        *(col(getattr(_Thanks, name)).label(f"thanks_{name}") for name in ("member_id", "words", "at")),
    )
).where(_IS_CURRENT)
_ADD_ACTS = insert(Act.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it
_ADD_MARKS = insert(Mark.__table__)  # type: ignore[attr-defined]
_SAID_SINCE = (
    select(
        *(col(one) for one in (Act.helper_id, Act.helped_id, Act.contact_id, Act.words, Act.recorded_at)),
        _STANDS_OR_CORRECTED.label("stands"),
    )
    .join(_Reversal, _IS_REVERSAL_OF, isouter=True)
    .where(
        _IS_ENTRY,
        col(Act.root_id) == col(Act.id),
        col(Act.team_id) == bindparam("team_id"),
        col(Act.recorded_by) == bindparam("recorded_by"),
        col(Act.recorded_at) >= bindparam("since"),
    )
)


@dataclass(frozen=True)
class Entry:
    """An act as it stands: what was recorded, and what was said about it since."""

    act: Act
    reversal: Act | None
    thanks: Mark | None
    is_private: bool
    channel: str | None
    private: Mark | None = None
    shared: Mark | None = None

    @property
    def is_stated_private(self) -> bool:
        """Whether the one who recorded it wants it private; the other side can want that too, with a mark."""
        return self.act.is_private and self.shared is None

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.reversal is None

    @property
    def is_confirmed(self) -> bool:
        """Whether both sides agreed on it."""
        return self.stands and self.thanks is not None


def add(session: Session, acts: Sequence[dict[str, Any]], marks: Sequence[dict[str, Any]] = ()) -> None:
    """Adds acts, and what is said about them from the first."""
    session.connection().execute(_ADD_ACTS, list(acts))
    if reversed_ids := [act["reverses"] for act in acts if act["reverses"]]:
        ties.recount_acts(session, acts[0]["team_id"], reversed_ids)
    if marks:
        add_marks(session, marks)


def add_marks(session: Session, marks: Sequence[dict[str, Any]]) -> None:
    """Adds what somebody says about an act."""
    session.connection().execute(_ADD_MARKS, list(marks))
    ties.recount_acts(session, marks[0]["team_id"], [mark["act_id"] for mark in marks])


def hold(session: Session, team_id: str, root_id: str) -> None:
    """Makes other transactions about an act wait until this one ends, so that what is decided here is decided once."""
    _hold(session, team_id, col(Act.id) == root_id)


def hold_statement(session: Session, team_id: str, said_id: str) -> None:
    """Does the same with all acts of one statement."""
    _hold(session, team_id, col(Act.said_id) == said_id)


def unmark(session: Session, team_id: str, act_id: str, mark: str) -> None:
    """Takes a mark back."""
    found = session.get(Mark, (team_id, act_id, mark))
    if found is not None:
        session.delete(found)
        session.flush()
        ties.recount_acts(session, team_id, [act_id])


def said_since(session: Session, team_id: str, recorded_by: str, since: datetime) -> Sequence[Any]:
    """Returns what a member has recorded since a moment: helper_id, helped_id, contact_id, words, recorded_at, stands.

    Corrections are not statements of their own and are left out.
    """
    values = {"team_id": team_id, "recorded_by": recorded_by, "since": since}
    return session.connection().execute(_SAID_SINCE, values).all()


def of_statement(session: Session, team_id: str, said_id: str) -> list[Entry]:
    """Returns the acts of one statement as they stand, in the order of the people named; those taken back last said."""
    return _latest(_entries(session, team_id, col(Act.said_id) == said_id))


def of_root(session: Session, team_id: str, root_id: str) -> Entry | None:
    """Returns the latest word on one act, taken back or not; None where there is none."""
    latest = _latest(_entries(session, team_id, col(Act.root_id) == root_id))
    return latest[0] if latest else None


def by_message(session: Session, team_id: str, recorded_by: str, about: str) -> list[Entry]:
    """Returns what a member recorded with an emoji on one message."""
    return _entries(session, team_id, col(Act.recorded_by) == recorded_by, col(Act.about) == about)


def waiting_for(session: Session, team_id: str, member_id: str, limit: int) -> list[Entry]:
    """Returns acts that a member could thank for, newest first."""
    newest = _unthanked(team_id, member_id).order_by(*_NEWEST).limit(limit)
    return _entries(session, team_id, col(Act.id).in_(newest), newest_first=True)


def count_waiting_for(session: Session, team_id: str, member_id: str, limit: int) -> int:
    """Counts acts that a member could thank for, so many at the most."""
    some = _unthanked(team_id, member_id).limit(limit).subquery()
    return int(session.execute(select(func.count()).select_from(some)).scalar_one())


def recent(session: Session, team_id: str, member_id: str, limit: int) -> list[Entry]:
    """Returns the latest acts a member recorded or gave, newest first, removed ones among them.

    Looked for among the newest first: what is not counted, such as a correction's first words, seldom takes up more of them.
    """
    for most in (limit * _FAR_ENOUGH, None):
        sides = [
            select(col(Act.id), col(Act.recorded_at))
            .where(col(Act.team_id) == team_id, who == member_id)
            .order_by(*_NEWEST)
            .limit(most)
            for who in (col(Act.helper_id), col(Act.recorded_by))
        ]
        both = [one.subquery().c for one in sides]
        mine = union(*(select(one.id, one.recorded_at) for one in both)).subquery().c
        newest = select(mine.id).order_by(mine.recorded_at.desc(), mine.id.desc()).limit(most)
        found = _entries(session, team_id, col(Act.id).in_(newest), _IS_CURRENT, newest_first=True, limit=limit)
        if len(found) == limit:
            break
    return found


def _unthanked(team_id: str, member_id: str) -> Any:
    thanked = select(col(_Thanks.act_id)).where(_marked(_Thanks, "thanks")).correlate(Act).exists()
    mine = select(col(Act.id)).where(col(Act.team_id) == team_id, col(Act.helped_id) == member_id, _IS_ENTRY)
    return mine.where(IS_NOT_REVERSED, ~thanked)


def _hold(session: Session, team_id: str, which: ColumnElement[bool]) -> None:
    """Locks the first rows of acts, which are there for good; in SQLite, whose writers wait for each other anyway, none."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        roots = select(col(Act.id)).where(col(Act.team_id) == team_id, which, col(Act.root_id) == col(Act.id))
        # Rows that point here can still be added meanwhile. In one order for everybody, so that nobody waits in a ring.
        connection.execute(roots.order_by(col(Act.id)).with_for_update(key_share=True))


def _entries(
    session: Session,
    team_id: str,
    *where: ColumnElement[bool],
    newest_first: bool = False,
    limit: int | None = None,
) -> list[Entry]:
    order = col(Act.id).desc() if newest_first else col(Act.id)
    rows = session.execute(_LEDGER.where(col(Act.team_id) == team_id, *where).order_by(order).limit(limit))
    return [
        Entry(
            act=act,
            reversal=reversal,
            thanks=thanks,
            is_private=private is not None or (act.is_private and shared is None),
            channel=shared.channel if shared is not None else act.channel,
            private=private,
            shared=shared,
        )
        for act, reversal, thanks, private, shared in rows
    ]


def _latest(entries: Collection[Entry]) -> list[Entry]:
    """Keeps one entry of each root, in the order in which the roots came: the one that stands, else the last."""
    by_root: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.stands):
        by_root[entry.act.root_id] = entry
    return [by_root[root_id] for root_id in dict.fromkeys(entry.act.root_id for entry in entries)]
