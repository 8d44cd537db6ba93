"""What stands in the outbox, in figures, for whoever watches over it. No words, and nobody's name."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables import Outgoing

_NOT_DONE = ("pending", "sending")


def counts_by_state(session: Session, team_id: str) -> dict[str, int]:
    """Returns how many rows a workspace has in each state; a state without any is left out."""
    counted = select(col(Outgoing.state), func.count()).where(Outgoing.team_id == team_id).group_by(col(Outgoing.state))
    return {state: count for state, count in session.exec(counted)}  # noqa: C416 - a Row is no pair for mypy


def oldest_due(session: Session, team_id: str, now: datetime) -> datetime | None:
    """Returns since when the longest due row of a workspace waits to be said, or None when nothing is due."""
    waiting = (col(Outgoing.state).in_(_NOT_DONE), col(Outgoing.due_at) <= now)
    return session.exec(select(func.min(col(Outgoing.due_at))).where(Outgoing.team_id == team_id, *waiting)).one()
