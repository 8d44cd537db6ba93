"""The erase log: whose data was removed, known by marks that name nobody, so that a backup brings none of it back."""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, literal_column, update
from sqlmodel import Session, col, select

from storage import erasing
from storage.database import add_if_new
from storage.tables import Contact, Erasure, Member, Workspace
from storage.tables.erasures import UNDER_WAY

_IS_UNDER_WAY: ColumnElement[bool] = literal_column(UNDER_WAY)
ACROSS = {"across_workspaces": True}
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # so that whatever time there was to come back in is over


def mark_of(workspace: Workspace, what: str, row_id: str) -> str:
    """Returns the mark of a member, a contact or the workspace itself, made of our own id with the workspace's key."""
    return hmac.new(workspace.key.encode(), f"{what}:{row_id}".encode(), hashlib.sha256).hexdigest()


def note_member(session: Session, workspace: Workspace, member_id: str, now: datetime) -> None:
    """Notes that a member's data goes, and that there is still some of it."""
    mark = mark_of(workspace, "member", member_id)
    row = {"team_id": workspace.team_id, "mark": mark, "member_id": member_id, "at": now}
    if not add_if_new(session, Erasure, row):
        this = (col(Erasure.team_id) == workspace.team_id, col(Erasure.mark) == mark)
        session.connection().execute(update(Erasure).where(*this).values(member_id=member_id))


def note_contact(session: Session, workspace: Workspace, contact_id: str, now: datetime) -> None:
    """Notes that a contact was removed, whole."""
    row = {
        "team_id": workspace.team_id,
        "mark": mark_of(workspace, "contact", contact_id),
        "member_id": None,
        "at": now,
    }
    add_if_new(session, Erasure, row)


def under_way(session: Session) -> list[tuple[str, str, datetime]]:
    """Returns the members of whose rows there are still some, each with the workspace, and since when; the oldest first."""
    columns = (col(Erasure.team_id), col(Erasure.member_id), col(Erasure.at))
    found = select(*columns).where(_IS_UNDER_WAY).order_by(col(Erasure.at))
    rows = session.connection().execute(found, execution_options=ACROSS)
    return [(str(team_id), str(one), at) for team_id, one, at in rows]


def note_done(session: Session, team_id: str, member_id: str) -> None:
    """Notes that nothing of a member's rows is left but the nameless one."""
    this = (col(Erasure.team_id) == team_id, col(Erasure.member_id) == member_id)
    session.connection().execute(update(Erasure).where(*this).values(member_id=None))


def marks(session: Session) -> dict[str, datetime]:
    """Returns every mark of all workspaces, with when it was made."""
    found = session.connection().execute(select(col(Erasure.mark), col(Erasure.at)), execution_options=ACROSS)
    return {str(mark): at for mark, at in found}


def replay(session: Session, known: Mapping[str, datetime], now: datetime) -> int:
    """Removes anew what was removed before, and came back with a backup; returns how many there were.

    A workspace whose rows had gone for good is to go once more. The rows of members follow as after any removal.
    """
    found = 0
    for workspace in session.execute(select(Workspace), execution_options=ACROSS).scalars().all():
        team_id = workspace.team_id
        went_at = known.get(mark_of(workspace, "workspace", team_id))
        # Installed after that it came back while its rows were going; in a backup of before it was installed earlier.
        if went_at is not None and (workspace.installed_at is None or workspace.installed_at <= went_at):
            this = col(Workspace.team_id) == team_id
            session.connection().execute(update(Workspace).where(this).values(uninstalled_at=_LONG_AGO))
            found += 1
        for member_id in _marked(session, workspace, Member, "member", known):
            member = session.get(Member, (team_id, member_id))
            if member is not None and not erasing.is_nameless(member):
                erasing.make_nameless(session, member)
                note_member(session, workspace, member_id, now)
                found += 1
        for contact_id in _marked(session, workspace, Contact, "contact", known):
            contact = session.get(Contact, (team_id, contact_id))
            if contact is not None and contact.name:
                erasing.empty_contact(session, contact)
                note_contact(session, workspace, contact_id, now)
                found += 1
    return found


def _marked(
    session: Session, workspace: Workspace, table: type[Member] | type[Contact], what: str, known: Collection[str]
) -> list[str]:
    """Returns the rows of a table whose mark is known: what they held was removed once."""
    ids = session.execute(select(col(table.id)).where(col(table.team_id) == workspace.team_id)).scalars().all()
    return [one for one in ids if mark_of(workspace, what, one) in known]
