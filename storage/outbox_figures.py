"""What stands in the outbox, in figures, for whoever watches over it. No words, and nobody's name."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal_column
from sqlmodel import Session, col, select

from storage.tables import Outgoing
from storage.tables.traffic import OPEN

LONGEST_WAIT = timedelta(hours=1)
_NOT_DONE = ("pending", "sending")


def counts_by_state(session: Session, team_id: str) -> dict[str, int]:
    """Returns how many rows a workspace has in each state; a state without any is left out."""
    counted = select(col(Outgoing.state), func.count()).where(Outgoing.team_id == team_id).group_by(col(Outgoing.state))
    return {state: count for state, count in session.exec(counted)}  # noqa: C416 - a Row is no pair for mypy


def oldest_due(session: Session, team_id: str, now: datetime) -> datetime | None:
    """Returns since when the longest due row of a workspace waits to be said, or None when nothing is due."""
    waiting = (col(Outgoing.state).in_(_NOT_DONE), col(Outgoing.due_at) <= now)
    return session.exec(select(func.min(col(Outgoing.due_at))).where(Outgoing.team_id == team_id, *waiting)).one()


def waits_since(session: Session, team_id: str, now: datetime) -> datetime | None:
    """Returns the moment for which the longest delayed row was meant; None when nothing is due or put off by errors.

    What is put off for longer than an hour, as nothing that can still be said is, is not looked for among all that is planned.
    """
    is_delayed = (col(Outgoing.due_at) <= now) | (col(Outgoing.error).is_not(None))
    is_open: ColumnElement[bool] = literal_column(f"outbox.{OPEN}")
    is_soon = col(Outgoing.due_at) <= now + LONGEST_WAIT
    meant_for = func.min(func.coalesce(col(Outgoing.planned_for), col(Outgoing.created_at)))
    return session.exec(select(meant_for).where(Outgoing.team_id == team_id, is_open, is_soon, is_delayed)).one()
