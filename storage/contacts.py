"""Contacts: names of people outside the workspace, each seen only by the member who wrote it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.database import add_if_new, new_id
from storage.tables import Contact


def meet(session: Session, team_id: str, owner_id: str, name: str, company: str, now: datetime) -> Contact:
    """Returns the owner's contact of this name and company, noted down now if it is new."""
    contact = session.exec(
        select(Contact).where(
            Contact.team_id == team_id,
            Contact.owner_id == owner_id,
            Contact.name == name,
            Contact.company == company,
        )
    ).first()
    if contact is not None:
        return contact
    row = Contact(team_id=team_id, id=new_id(now), owner_id=owner_id, name=name, company=company, created_at=now)
    add_if_new(session, Contact, row.model_dump())
    return meet(session, team_id, owner_id, name, company, now)


def of(session: Session, team_id: str, owner_id: str, most: int) -> tuple[list[Contact], int]:
    """Returns a member's first contacts by name, so many at the most, and how many there are."""
    theirs = (Contact.team_id == team_id, Contact.owner_id == owner_id, Contact.name != "")
    found = select(Contact).where(*theirs).order_by(Contact.name, Contact.company).limit(most)
    first = list(session.exec(found))
    if len(first) < most:
        return first, len(first)
    return first, session.exec(select(func.count()).select_from(Contact).where(*theirs)).one()


def has_any(session: Session, team_id: str, owner_id: str) -> bool:
    """Says whether a member has contacts."""
    theirs = (Contact.team_id == team_id, Contact.owner_id == owner_id, Contact.name != "")
    return session.exec(select(Contact.id).where(*theirs).limit(1)).first() is not None


def by_id(session: Session, team_id: str, ids: Collection[str | None]) -> dict[str, Contact]:
    """Returns contacts by id; None among the ids is passed over."""
    wanted = [one for one in ids if one is not None]
    if not wanted:
        return {}
    found = session.exec(select(Contact).where(Contact.team_id == team_id, col(Contact.id).in_(wanted)))
    return {contact.id: contact for contact in found}
