"""The outbox as an operator looks at it, and sets right by hand what did not go out.

Each change holds only while the row is as it was seen: what somebody else has settled since stays as they left it.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from storage.tables import STATES, Member, Outgoing

# A row that is being sent belongs to whoever sends it; one that is sent or cancelled has been settled.
RETRIED = ("dead", "expired", "unconfirmed")
DROPPED = ("pending", *RETRIED)
_SEEN = ("state", "cancelled_at", "tried", "first_tried_at", "looked_at")
NOT_SETTLED = tuple(state for state in STATES if state not in ("sent", "cancelled"))


def in_states(session: Session, team_id: str, states: Collection[str], limit: int) -> list[tuple[Outgoing, str]]:
    """Returns rows in these states, the longest due first, each with where it goes: a channel's id of Slack's, or a member's."""
    place = func.coalesce(col(Outgoing.channel), col(Member.slack_id))
    rows = (
        select(Outgoing, place)
        .join(Member, (col(Member.team_id) == team_id) & (col(Member.id) == col(Outgoing.member_id)))
        .where(col(Outgoing.team_id) == team_id, col(Outgoing.state).in_(states))
    )
    ordered = rows.order_by(col(Outgoing.due_at), col(Outgoing.id)).limit(limit)
    return [(row, str(where)) for row, where in session.exec(ordered)]


def retry(session: Session, seen: Outgoing, now: datetime) -> bool:
    """Has a dead, expired or unconfirmed row go out now, however late it is; says whether it still could.

    What was cancelled since its try stays unsaid. An unconfirmed one is not looked for again: somebody did.
    """
    if seen.state not in RETRIED or seen.cancelled_at is not None:
        return False
    anew: dict[str, Any] = {"tried": 0, "refused": 0, "first_tried_at": None, "error": None, "not_after": None}
    anew["slack_ts"] = None  # a file is brought anew
    if seen.state == "unconfirmed":
        anew["looked_at"] = now
    session.info["outgoing"] = True
    return _change(session, seen, state="pending", due_at=now, **anew)


def drop(session: Session, seen: Outgoing, now: datetime) -> bool:
    """Cancels a row that waits or ended unsaid; says whether it still could."""
    return seen.state in DROPPED and _change(session, seen, state="cancelled", cancelled_at=now)


def _change(session: Session, seen: Outgoing, **columns: Any) -> bool:
    # A row that was tried anew since comes back to the same state, and nobody has looked for that try.
    as_seen = (col(getattr(Outgoing, name)).is_not_distinct_from(getattr(seen, name)) for name in _SEEN)
    changed = session.connection().execute(
        update(Outgoing)
        .where(col(Outgoing.team_id) == seen.team_id, col(Outgoing.id) == seen.id, *as_seen)
        .values(**columns)
    )
    return changed.rowcount == 1
