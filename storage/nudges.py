"""Nudges: what members chose about them, when they got one, and what was suggested and pressed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from storage.database import add_if_new
from storage.tables import LeftOut, Nudge, Nudging, Suggested

_FRESH = {"populate_existing": True}
_ADD_SUGGESTED = insert(Suggested.__table__)  # type: ignore[attr-defined]  # SQLModel does not declare it


def settings(session: Session, team_id: str, member_id: str) -> Nudging:
    """Returns what a member chose about nudges; nobody gets any who did not choose so."""
    mine = (Nudging.team_id == team_id, Nudging.member_id == member_id)
    found = session.execute(select(Nudging).where(*mine), execution_options=_FRESH).scalars().first()
    return found or Nudging(team_id=team_id, member_id=member_id)


def choose(session: Session, team_id: str, member_id: str, **columns: Any) -> None:
    """Keeps what a member chose."""
    row = Nudging(team_id=team_id, member_id=member_id, **columns)
    if not add_if_new(session, Nudging, row.model_dump()):
        mine = (col(Nudging.team_id) == team_id, col(Nudging.member_id) == member_id)
        session.connection().execute(update(Nudging).where(*mine).values(**columns))
        session.expire_all()


def add(session: Session, nudge: Nudge, suggested: Sequence[Suggested]) -> bool:
    """Adds a nudge with its suggestions, unless it is there; says whether it is new."""
    if not add_if_new(session, Nudge, nudge.model_dump()):
        return False
    session.connection().execute(_ADD_SUGGESTED, [one.model_dump() for one in suggested])
    return True


def latest(session: Session, team_id: str, member_id: str, most: int) -> list[Nudge]:
    """Returns a member's latest nudges, the newest first, those that were held back among them."""
    mine = (Nudge.team_id == team_id, Nudge.member_id == member_id)
    found = select(Nudge).where(*mine).order_by(col(Nudge.at).desc(), col(Nudge.id).desc()).limit(most)
    return list(session.execute(found, execution_options=_FRESH).scalars())


def find(session: Session, team_id: str, nudge_id: str) -> Nudge | None:
    """Returns a nudge."""
    mine = (Nudge.team_id == team_id, Nudge.id == nudge_id)
    return session.execute(select(Nudge).where(*mine), execution_options=_FRESH).scalars().first()


def suggested(session: Session, team_id: str, nudge_id: str) -> list[Suggested]:
    """Returns what a nudge suggests, in its order."""
    its = (Suggested.team_id == team_id, Suggested.nudge_id == nudge_id)
    found = select(Suggested).where(*its).order_by(col(Suggested.number))
    return list(session.execute(found, execution_options=_FRESH).scalars())


def suggested_since(session: Session, team_id: str, member_id: str, since: datetime) -> list[Suggested]:
    """Returns what was suggested to a member since a moment, the newest first, and not what was held back."""
    of_nudge = (col(Nudge.team_id) == col(Suggested.team_id)) & (col(Nudge.id) == col(Suggested.nudge_id))
    mine = (Suggested.team_id == team_id, Suggested.member_id == member_id, col(Suggested.at) > since)
    found = select(Suggested).join(Nudge, of_nudge).where(*mine, col(Nudge.is_held).is_(False))
    return list(session.exec(found.order_by(col(Suggested.at).desc(), col(Suggested.number))))


def unwanted(session: Session, team_id: str, member_id: str) -> set[tuple[str, str]]:
    """Returns what a member said *not this* to: where it came from and what it is about."""
    mine = (LeftOut.team_id == team_id, LeftOut.member_id == member_id)
    return {(source, about) for source, about in session.exec(select(LeftOut.source, LeftOut.about).where(*mine))}


def leave_out(session: Session, team_id: str, member_id: str, source: str, about: str, now: datetime) -> None:
    """Keeps that something is not to be suggested to a member again."""
    row = LeftOut(team_id=team_id, member_id=member_id, source=source, about=about, at=now)
    add_if_new(session, LeftOut, row.model_dump())


def hidden_among(session: Session, team_id: str, member_ids: Collection[str]) -> set[str]:
    """Returns those of some members who are suggested to nobody."""
    theirs = (Nudging.team_id == team_id, col(Nudging.member_id).in_(member_ids), col(Nudging.is_hidden))
    return set(session.exec(select(Nudging.member_id).where(*theirs)))


def with_topics(session: Session, team_id: str, member_ids: Collection[str]) -> list[Nudging]:
    """Returns what those of some members chose who follow topics."""
    theirs = (Nudging.team_id == team_id, col(Nudging.member_id).in_(member_ids), Nudging.topics != "")
    return list(session.execute(select(Nudging).where(*theirs), execution_options=_FRESH).scalars())


def press(session: Session, team_id: str, nudge_id: str, now: datetime) -> None:
    """Notes that something in a nudge was pressed."""
    this = (col(Nudge.team_id) == team_id, col(Nudge.id) == nudge_id, col(Nudge.pressed_at).is_(None))
    session.connection().execute(update(Nudge).where(*this).values(pressed_at=now))
    session.expire_all()


def note_outcome(session: Session, team_id: str, nudge_id: str, number: int, outcome: str) -> None:
    """Notes what became of a suggestion."""
    this = (
        col(Suggested.team_id) == team_id,
        col(Suggested.nudge_id) == nudge_id,
        col(Suggested.number) == number,
    )
    session.connection().execute(update(Suggested).where(*this).values(outcome=outcome))
    session.expire_all()
