"""Workspaces and what their admins chose."""

from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from storage.tables import Workspace

_BY_TEAM = select(Workspace).where(col(Workspace.team_id) == bindparam("team_id"))


def find(session: Session, team_id: str) -> Workspace | None:
    """Returns the workspace, or None where nobody has used the bot yet."""
    return session.execute(_BY_TEAM, {"team_id": team_id}).scalars().first()


def meet(session: Session, team_id: str, now: datetime) -> Workspace:
    """Returns the workspace, noted down now if it is new."""
    workspace = find(session, team_id)
    if workspace is None:
        workspace = Workspace(team_id=team_id, created_at=now)
        session.add(workspace)
        session.flush()
    return workspace


def change(session: Session, team_id: str, *, thanks_emoji: str | None, acts_a_day: int) -> None:
    """Keeps what an admin chose."""
    session.connection().execute(
        update(Workspace)
        .where(col(Workspace.team_id) == team_id)
        .values(thanks_emoji=thanks_emoji, acts_a_day=acts_a_day)
    )


def all_teams(session: Session) -> list[str]:
    """Returns every workspace's id, and nothing else; what is done for each then binds it."""
    return list(session.exec(select(Workspace.team_id), execution_options={"across_workspaces": True}))
