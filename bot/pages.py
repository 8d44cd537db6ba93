"""What is taken along, as records read page by page; and how people and moments are worded in them."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

from bot import ledger, when
from storage import contacts
from storage import members as people
from storage.database import Reading, Session
from storage.exports import FIRST, Place
from storage.tables import Member

SOMEONE, OUTSIDER = "someone", "someone outside Slack"

Record = dict[str, Any]
Page = tuple[list[Record], Place | None]


def read(reading: Reading, page_behind: Callable[[Session, Place], Page]) -> Iterator[Record]:
    """Yields the records of all pages; none of them is read before it is wanted."""
    behind: Place | None = FIRST
    while behind is not None:
        with reading() as session:
            records, behind = page_behind(session, behind)
        yield from records


def names_of(
    session: Session, member: Member, ids: Collection[str | None], contact_ids: Collection[str | None] = ()
) -> dict[str, str]:
    """Returns names by id: members', and those of the contacts that are this member's own."""
    named = {one.id: one.name or SOMEONE for one in people.by_id(session, member.team_id, ids).values()}
    outside = contacts.by_id(session, member.team_id, contact_ids).values()
    return named | {one.id: ledger.show_contact(one) for one in outside if one.owner_id == member.id}


def iso(moment: datetime | None, member: Member) -> str | None:
    """Returns a moment as a member's zone has it."""
    return None if moment is None else when.iso(moment, member.zone)
