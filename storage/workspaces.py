"""Workspaces and what their admins chose."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, update
from sqlmodel import Session, col, select

from storage.database import add_if_new
from storage.tables import ACTS_A_DAY, Workspace

_IS_SILENT = select(col(Workspace.team_id)).where(
    col(Workspace.team_id) == bindparam("team_id"), col(Workspace.uninstalled_at).is_not(None)
)
_ACTS_A_DAY = select(col(Workspace.acts_a_day)).where(col(Workspace.team_id) == bindparam("team_id"))


def find(session: Session, team_id: str) -> Workspace | None:
    """Returns the workspace, or None where nobody has used the bot yet."""
    return session.get(Workspace, team_id)


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


def served(session: Session) -> list[str]:
    """Returns the ids of the workspaces that have the bot installed."""
    is_installed = col(Workspace.uninstalled_at).is_(None)
    return list(
        session.exec(select(Workspace.team_id).where(is_installed), execution_options={"across_workspaces": True})
    )


def is_silent(session: Session, team_id: str) -> bool:
    """Says whether a workspace has removed the bot: nothing is said to it, and nothing of it is heard."""
    return session.connection().execute(_IS_SILENT, {"team_id": team_id}).first() is not None


def is_silent_since(session: Session, team_id: str, at: datetime) -> bool:
    """Says whether a workspace removed the bot at a moment or after it: what happened then is over."""
    found = find(session, team_id)
    return found is not None and found.uninstalled_at is not None and found.uninstalled_at >= at


def note_uninstalled(session: Session, team_id: str, at: datetime) -> bool:
    """Notes that a workspace removed the bot at a moment, unless it was seen to have it after that; says whether that is new."""
    was_silent, is_last = is_silent(session, team_id), _is_before(col(Workspace.uninstalled_at), at)
    was_there = or_(_is_before(col(Workspace.installed_at), at), col(Workspace.installed_at) == at)
    noted = update(Workspace).where(col(Workspace.team_id) == team_id, is_last, was_there).values(uninstalled_at=at)
    return session.connection().execute(noted).rowcount == 1 and not was_silent


def note_installed(session: Session, team_id: str, at: datetime) -> bool:
    """Notes that a workspace had the bot installed at a moment and has it still, and says whether it had removed it before."""
    was_silent, is_last = is_silent(session, team_id), _is_before(col(Workspace.installed_at), at)
    change(session, team_id, uninstalled_at=None)
    session.connection().execute(
        update(Workspace).where(col(Workspace.team_id) == team_id, is_last).values(installed_at=at)
    )
    return was_silent


def left_before(session: Session, moment: datetime) -> list[Workspace]:
    """Returns the workspaces that removed the bot before a moment, and have not brought it back since."""
    found = select(Workspace).where(col(Workspace.uninstalled_at) <= moment)
    return list(session.exec(found, execution_options={"across_workspaces": True}))


def that_forget(session: Session) -> list[Workspace]:
    """Returns the workspaces that keep words for a time only, and have the bot installed."""
    found = select(Workspace).where(
        col(Workspace.keeps_words_for).is_not(None), col(Workspace.uninstalled_at).is_(None)
    )
    return list(session.exec(found, execution_options={"across_workspaces": True}))


def note_restored(session: Session, now: datetime) -> int:
    """Notes for every workspace that this database took the place of a newer one now, and returns how many there are.

    What was due before that moment may have been said since, and is looked for before it is said.
    """
    everywhere = update(Workspace).values(restored_at=now)
    return session.connection().execute(everywhere, execution_options={"across_workspaces": True}).rowcount


def _is_before(noted: Any, at: datetime) -> ColumnElement[bool]:
    """Asks whether nothing is noted yet, or something that was so before a moment."""
    return or_(noted.is_(None), noted < at)
