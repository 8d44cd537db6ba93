"""Drafts: what members have said and not yet recorded."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.database import add_if_new
from storage.tables import Draft


def keep(session: Session, team_id: str, member_id: str, body: Mapping[str, Any], now: datetime, cause: str) -> str:
    """Keeps a draft and returns its id, which follows from what is said in which request, its `cause`.

    The same request with the same words is kept once, however often it comes.
    """
    written = json.dumps(body)
    draft_id = hashlib.sha256(f"{cause} {member_id} {written}".encode()).hexdigest()[:28]
    draft = {"team_id": team_id, "id": draft_id, "member_id": member_id, "body": written, "created_at": now}
    add_if_new(session, Draft, draft)
    return draft_id


def find(session: Session, team_id: str, member_id: str, draft_id: str) -> dict[str, Any] | None:
    """Returns the draft's body if it is there and this member's, else None."""
    draft = session.exec(
        select(Draft).where(Draft.team_id == team_id, Draft.id == draft_id, Draft.member_id == member_id)
    ).first()
    return None if draft is None else json.loads(draft.body)


def drop(session: Session, team_id: str, member_id: str, draft_id: str) -> bool:
    """Removes a member's draft that becomes something else; says whether it was still there."""
    mine = (col(Draft.team_id) == team_id, col(Draft.member_id) == member_id)
    this = delete(Draft).where(*mine, col(Draft.id) == draft_id)
    return session.connection().execute(this).rowcount == 1


def forget(session: Session, team_id: str, before: datetime) -> int:
    """Removes drafts kept before a moment, and returns how many."""
    old = delete(Draft).where(col(Draft.team_id) == team_id, col(Draft.created_at) < before)
    return session.connection().execute(old).rowcount
