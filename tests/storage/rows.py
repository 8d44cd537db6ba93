"""Rows to begin a test with: a member, an act, what is said about it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, update

from storage import acts, members, outbox, sending
from storage.database import Session, new_id
from storage.tables import Member, Outgoing

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_member(session: Session, name: str = "ana", team_id: str = "T1", **columns: Any) -> Member:
    """Adds a member whose Slack id is made of the name."""
    slack_id = f"U{name.upper()}"
    profile = {"name": name.title(), **columns}
    return members.meet(session, team_id, [slack_id], NOW, profiles={slack_id: profile})[0]


def act_row(helper: Member, helped: Member, **columns: Any) -> dict[str, Any]:
    """Returns a row of `acts`, by its helper's own word; not yet added."""
    act_id = new_id(NOW)
    return {
        "team_id": helper.team_id, "id": act_id, "said_id": act_id, "root_id": act_id, "helper_id": helper.id,
        "helped_id": helped.id, "contact_id": None, "kind": "help", "is_guess": False, "words": "the RFP",
        "channel": "C1", "is_private": False, "source": "command", "about": None, "recorded_by": helper.id,
        "written_by": helper.id, "recorded_at": NOW, "reverses": None,
    } | columns  # fmt: skip


def add_act(session: Session, helper: Member, helped: Member, **columns: Any) -> dict[str, Any]:
    """Adds an act and returns its row."""
    row = act_row(helper, helped, **columns)
    acts.add(session, [row])
    return row


def take_back(session: Session, act: dict[str, Any], why: str = "removed", **columns: Any) -> dict[str, Any]:
    """Adds the row that reverses an act, and returns it."""
    row = act | {"id": new_id(NOW), "reverses": act["id"], "source": why} | columns
    acts.add(session, [row])
    return row


def correct(session: Session, act: dict[str, Any], **columns: Any) -> dict[str, Any]:
    """Adds a correction in the place of an act, and returns it."""
    take_back(session, act, "corrected")
    row = act | {"id": new_id(NOW)} | columns
    acts.add(session, [row])
    return row


def add_outgoing(session: Session, member_id: str, key: str = "k", **columns: Any) -> str:
    """Adds a row to the outbox, and returns its id."""
    told: dict[str, Any] = {"kind": "act", "subject": "act-1", "now": NOW} | columns
    return outbox.add(session, "T1", key=key, member_id=member_id, **told)


def outgoing(session: Session, row_id: str) -> Outgoing:
    """Returns a row of the outbox as it is now."""
    session.expire_all()
    row = outbox.find(session, "T1", row_id)
    assert row is not None
    return row


def due(session: Session, now: datetime = NOW, limit: int = 50) -> list[str]:
    """Returns the ids of what is due."""
    return [row.id for row in sending.due(session, "T1", now, limit)]


def put_outgoing(session: Session, row_id: str, state: str, team_id: str = "T1", **columns: Any) -> None:
    """Has a row of the outbox be in a state, however it came there."""
    here = (col(Outgoing.team_id) == team_id, col(Outgoing.id) == row_id)
    session.connection().execute(update(Outgoing).where(*here).values(state=state, **columns))


def mark(session: Session, act: dict[str, Any], word: str, by: Member, **columns: Any) -> None:
    """Adds what somebody says about an act."""
    row = {"team_id": by.team_id, "act_id": act["id"], "mark": word, "member_id": by.id, "words": None}
    acts.add_marks(session, [row | {"channel": None, "at": NOW} | columns])
