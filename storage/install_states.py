"""Who was sent to Slack to install the app, and is awaited back: each once, and for some minutes."""

from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from storage.tables import NOWHERE, InstallState

_ALL = col(InstallState.team_id) == NOWHERE


def add(session: Session, mark: str, now: datetime, until: datetime, most: int) -> bool:
    """Awaits somebody until a moment, unless so many are awaited already; says whether they are."""
    session.connection().execute(delete(InstallState).where(_ALL, col(InstallState.until) <= now))
    awaited = session.exec(select(func.count()).select_from(InstallState).where(_ALL)).one()
    if awaited >= most:
        return False
    session.add(InstallState(mark=mark, until=until))
    return True


def take(session: Session, mark: str, now: datetime) -> bool:
    """Says whether somebody was awaited, who is not from then on."""
    this = (_ALL, col(InstallState.mark) == mark, col(InstallState.until) > now)
    return session.connection().execute(delete(InstallState).where(*this)).rowcount == 1
