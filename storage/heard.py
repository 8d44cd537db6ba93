"""Who has heard of an act, by what the outbox knows; it forgets in time."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from storage.tables import Outgoing


def heard_of(session: Session, team_id: str, member_id: str, root_ids: Sequence[str]) -> set[str]:
    """Returns those of the acts of which somebody else than this member has been told, or may have been."""
    if not root_ids:
        return set()
    found = session.execute(
        select(col(Outgoing.subject)).where(
            col(Outgoing.team_id) == team_id,
            col(Outgoing.subject).in_(root_ids),
            col(Outgoing.verb) == "post",
            col(Outgoing.state).in_(("sending", "sent", "unconfirmed")),
            col(Outgoing.member_id) != member_id,
        )
    )
    return set(found.scalars())


def forgotten(session: Session, team_id: str, root_ids: Sequence[str]) -> set[str]:
    """Returns those of the acts of whose quiet message the outbox keeps nothing any more: it can no longer be changed."""
    known = select(col(Outgoing.subject)).where(
        col(Outgoing.team_id) == team_id, col(Outgoing.subject).in_(root_ids), col(Outgoing.kind) == "act"
    )
    return set(root_ids) - set(session.execute(known).scalars()) if root_ids else set()
