"""What becomes of a claimed row: its next state by what came of a call, or of looking for it."""

from datetime import datetime, timedelta
from typing import Any

from bot import posts
from handlers import outcomes
from handlers.outcomes import DELIVERED, Outcome, backoff
from storage import members, sending
from storage.database import Session
from storage.tables import Outgoing

# Where Slack does not let us look, somebody is asked: ten minutes after the first look, which comes two after the try.
LOOK_FOR = timedelta(minutes=10)
# A change of a message, or a Home, that could not be made for so long is left: the next one shows what is true then.
REPEAT_FOR = timedelta(days=1)
MOST_SPEECHLESS = 20  # tries at words that cannot be made, some three hours in all
SOONEST = timedelta(minutes=1)  # a message that is to wait for a moment that has passed would be asked for without end
ANOTHERS = "another's"  # what is said of a row that somebody else has taken over


def record(session: Session, row: Outgoing, outcome: Outcome, now: datetime, **columns: Any) -> str:
    """Records what became of a row that was to be said, and returns its state; `columns` are known of it since.

    A row that another has taken over is left to that one.
    """
    match outcome.became:
        case "delivered" if row.verb == "home":
            sending.drop(session, row.team_id, row.id)
            return "sent"
        case "delivered":
            return sending.settle(session, row, "sent", error=None, **columns) or ANOTHERS
        case "unknown" if row.verb == "post" and row.channel is None:
            # It stays as it is claimed; when the lease is over, it is looked for.
            sending.look_later(session, row, _lease_of(row), error=outcome.error)
            return "sending"
        case "unknown" if row.verb in sending.SAYS:
            return end(session, row, "unconfirmed", now, outcome.error)
        case "plainer" if not row.plain:
            return _again(session, row, now, outcome.error, plain=True)
        case "refused" | "unknown" if row.verb == "post" or now - row.created_at < REPEAT_FOR:
            wait = backoff(row.id, row.refused) if outcome.wait is None else outcome.wait
            return _again(session, row, now + wait, outcome.error, refused=row.refused + 1)
        case _:
            return end(session, row, "dead", now, outcome.error)


def record_look(session: Session, row: Outgoing, looked: Outcome, found: dict[str, Any], now: datetime) -> str:
    """Records what came of looking for a row, and returns its state.

    What is not there is said anew. Where Slack does not let us look, it is tried again, and in the end somebody is asked.
    """
    if looked.became == DELIVERED and found:
        return sending.settle(session, row, "sent", error=None, sent_at=now, **found) or ANOTHERS
    if looked.became == DELIVERED:
        anew = {"tried": 0, "refused": 0, "first_tried_at": None, "looked_at": now}
        return sending.put_back(session, row, now, **anew) or ANOTHERS
    began = _look_began(row, now)
    if looked.error == outcomes.NOT_REACHED:
        began = now  # nobody could be told either, so the time does not count
    if now - began >= LOOK_FOR:
        return end(session, row, "unconfirmed", now, looked.error)
    wait = looked.wait or backoff(row.id, row.refused)
    next_look = min(now + wait, began + LOOK_FOR)
    # Held no longer than one lease, since a lease that ends later is taken for one of a clock that was put back since.
    known = {"tried": row.tried - 1, "refused": row.refused + 1, "looked_at": began, "due_at": next_look}
    sending.look_later(session, row, min(next_look, now + sending.LEASE), **known)
    return "sending"


def end(session: Session, row: Outgoing, state: str, now: datetime, error: str = "") -> str:
    """Ends a row unsaid, or not known to be said, and lets those hear of it who should; returns its state."""
    if sending.settle(session, row, state, error=error or None) is None:
        return ANOTHERS
    posts.note_end(session, row, state, now)
    return state


def put_off(session: Session, team_id: str, row_id: str, now: datetime, error: str) -> None:
    """Has a row whose words could not be made wait, later each time, and gives it up in the end."""
    row = sending.claim(session, team_id, row_id, now)
    if row is None:
        return
    if row.refused + 1 >= MOST_SPEECHLESS:
        end(session, row, "dead", now, error)
    else:
        _again(session, row, now + backoff(row.id, row.refused), error, refused=row.refused + 1)


def postpone(session: Session, row: Outgoing, at: datetime, now: datetime) -> None:
    """Puts a row back that is not to be said yet. It is planned for that moment then, and comes too late only after it.

    Whoever was to be greeted by it is greeted by what they get first.
    """
    due_at = at if at > now else now + SOONEST
    greets, row.greets = row.greets, False
    plans = {"planned_for": due_at, "greets": False} if row.verb == "post" else {}
    if sending.put_back(session, row, due_at, **_uncounted(row), **plans) is not None and greets:
        members.change(session, row.team_id, row.member_id, greeted_at=None)


def _again(session: Session, row: Outgoing, due_at: datetime, error: str, **columns: Any) -> str:
    """Puts a row back that was certainly not said; the try does not count as one that may have said it."""
    known = {"slack_ts": None, **_uncounted(row), **columns}  # a file that was not shown is brought anew
    return sending.put_back(session, row, due_at, error=error, **known) or ANOTHERS


def _uncounted(row: Outgoing) -> dict[str, Any]:
    """Returns what is known of a row's tries without this one."""
    return {"tried": row.tried - 1, "first_tried_at": row.first_tried_at if row.tried > 1 else None}


def _look_began(row: Outgoing, now: datetime) -> datetime:
    """Returns since when this try of a row has been looked for in vain."""
    tried_at = row.first_tried_at or now
    return row.looked_at if row.looked_at is not None and row.looked_at > tried_at else now


def _lease_of(row: Outgoing) -> datetime:
    assert row.lease_until is not None
    return row.lease_until
