"""Workspaces and what their admins chose."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from storage.database import add_if_new
from storage.tables import ACTS_A_DAY, Workspace

_BY_TEAM = select(Workspace).where(col(Workspace.team_id) == bindparam("team_id"))
_ACTS_A_DAY = select(col(Workspace.acts_a_day)).where(col(Workspace.team_id) == bindparam("team_id"))


def find(session: Session, team_id: str) -> Workspace | None:
    """Returns the workspace, or None where nobody has used the bot yet."""
    return session.execute(_BY_TEAM, {"team_id": team_id}).scalars().first()


def acts_a_day(session: Session, team_id: str) -> int:
    """Returns how many acts a day a member may record. It is asked with every act, and reads no more than that."""
    row = session.connection().execute(_ACTS_A_DAY, {"team_id": team_id}).first()
    return ACTS_A_DAY if row is None else int(row[0])


def meet(session: Session, team_id: str, now: datetime) -> Workspace:
    """Returns the workspace, noted down now if it is new."""
    workspace = find(session, team_id)
    if workspace is None:
        row = Workspace(team_id=team_id, created_at=now)
        add_if_new(session, Workspace, row.model_dump())
        return find(session, team_id) or row
    return workspace


def change(session: Session, team_id: str, **columns: Any) -> None:
    """Keeps what an admin chose."""
    session.connection().execute(update(Workspace).where(col(Workspace.team_id) == team_id).values(**columns))


def all_teams(session: Session) -> list[str]:
    """Returns every workspace's id, and nothing else; what is done for each then binds it."""
    return list(session.exec(select(Workspace.team_id), execution_options={"across_workspaces": True}))


def note_restored(session: Session, now: datetime) -> int:
    """Notes for every workspace that this database took the place of a newer one now, and returns how many there are.

    What was due before that moment may have been said since, and is looked for before it is said.
    """
    everywhere = update(Workspace).values(restored_at=now)
    return session.connection().execute(everywhere, execution_options={"across_workspaces": True}).rowcount
