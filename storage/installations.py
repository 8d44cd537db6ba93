"""In which workspaces and organizations the app is installed. The tokens are strings to this folder that nobody here can read."""

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, or_, update
from sqlmodel import Session, col, select

from storage.database import add_if_new
from storage.tables import Installation

_BY_TEAM = select(Installation).where(col(Installation.team_id) == bindparam("team_id"))
_EVERYWHERE = {"across_workspaces": True}


def find(session: Session, team_id: str, *, hold: bool = False) -> Installation | None:
    """Returns what is known of the app in a workspace or an organization, as it stands in the database now.

    With `hold`, others who would change it wait until this transaction ends.
    """
    found, options = _BY_TEAM.with_for_update() if hold else _BY_TEAM, {"populate_existing": True}
    return session.execute(found, {"team_id": team_id}, execution_options=options).scalars().first()


def resolve(session: Session, team_id: str, org_id: str | None = None) -> Installation | None:
    """Returns the installation whose tokens serve a workspace: its own, or else that of its organization."""
    own = find(session, team_id) if team_id else None
    if own is not None and own.sealed is not None:
        return own
    org_id = own.org_id if own is not None and own.org_id else org_id
    found = find(session, org_id) if org_id else None
    return found if found is not None and found.sealed is not None else None


def save(session: Session, row: Installation) -> None:
    """Keeps an installation in the place of the one before it."""
    values = row.model_dump()
    if not add_if_new(session, Installation, values):
        this = col(Installation.team_id) == row.team_id
        session.connection().execute(update(Installation).where(this).values(**values))


def note_workspace(session: Session, team_id: str, org_id: str, at: datetime) -> None:
    """Notes that a workspace used the app by its organization's installation at a moment, and does still."""
    row = Installation(team_id=team_id, org_id=org_id, installed_at=at).model_dump()
    if not add_if_new(session, Installation, row):
        this = (col(Installation.team_id) == team_id, col(Installation.sealed).is_(None))
        earlier = update(Installation).where(*this, col(Installation.installed_at) < at)
        session.connection().execute(earlier.values(org_id=org_id, installed_at=at))


def workspaces_of(session: Session, org_id: str) -> list[str]:
    """Returns the ids of the workspaces that use the app by an organization's installation, and nothing else."""
    theirs = select(Installation.team_id).where(
        col(Installation.org_id) == org_id, col(Installation.sealed).is_(None), col(Installation.team_id) != org_id
    )
    return list(session.exec(theirs, execution_options=_EVERYWHERE))


def remove(session: Session, team_id: str, at: datetime) -> bool:
    """Removes an installation that ended at a moment, unless it was made after it; says whether there was one."""
    this = (col(Installation.team_id) == team_id, col(Installation.installed_at) <= at)
    return session.connection().execute(delete(Installation).where(*this)).rowcount == 1


def all_teams(session: Session) -> list[str]:
    """Returns the ids of all workspaces and organizations with tokens of their own, and nothing else."""
    with_tokens = select(Installation.team_id).where(col(Installation.sealed).is_not(None))
    return list(session.exec(with_tokens, execution_options=_EVERYWHERE))


def ending_before(session: Session, moment: datetime) -> list[str]:
    """Returns the ids of those whose token ends before a moment and can have another one, and nothing else."""
    ending = select(Installation.team_id).where(
        col(Installation.sealed).is_not(None), col(Installation.ends_at) <= moment, col(Installation.failure).is_(None)
    )
    return list(session.exec(ending, execution_options=_EVERYWHERE))


def claim_refresh(session: Session, seen: Installation, now: datetime, until: datetime) -> bool:
    """Takes it upon the caller alone to get the next token, until a moment; no where another does, or has done it."""
    is_free = or_(col(Installation.refreshing_until).is_(None), col(Installation.refreshing_until) <= now)
    taken = update(Installation).where(*_as_seen(seen), is_free, col(Installation.failure).is_(None))
    return session.connection().execute(taken.values(refreshing_until=until)).rowcount == 1


def keep(session: Session, seen: Installation, sealed: str, ends_at: datetime | None) -> bool:
    """Keeps the next tokens, unless others took the place of those that were seen.

    Whoever asked Slack for them in vain, since they had been given already, was wrong: nothing has failed.
    """
    values = {"sealed": sealed, "ends_at": ends_at, "refreshing_until": None, "failure": None}
    return session.connection().execute(update(Installation).where(*_as_seen(seen)).values(**values)).rowcount == 1


def reseal(session: Session, seen: Installation, sealed: str) -> bool:
    """Keeps the same tokens encrypted otherwise, unless others took their place."""
    return session.connection().execute(update(Installation).where(*_as_seen(seen)).values(sealed=sealed)).rowcount == 1


def note_failure(session: Session, seen: Installation, failure: str, ended_at: datetime | None = None) -> None:
    """Notes that Slack gives no other token, so that it is not asked again; or that it does not take this one since a moment."""
    values = {"failure": failure, "refreshing_until": None} | ({"ends_at": ended_at} if ended_at else {})
    session.connection().execute(update(Installation).where(*_as_seen(seen)).values(**values))


def _as_seen(seen: Installation) -> tuple[ColumnElement[bool], ...]:
    return col(Installation.team_id) == seen.team_id, col(Installation.sealed) == seen.sealed
