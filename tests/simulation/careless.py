"""Asks and nudges said without a look at what their people chose: the checker must find what is wrong, or it proves nothing."""

from datetime import datetime, timedelta

from bot import asks, nudges
from handlers.routes import Later, Renderer
from handlers.views.kit import Message
from storage import asks as stored
from storage import members, outbox
from storage import nudges as stored_nudges
from storage.database import Session, new_id
from storage.tables import Nudge, Outgoing, Suggested
from tests.cast import CAST
from tests.simulation.people import PEOPLE

EVERY = timedelta(hours=31)


def _ring(session: Session, row: Outgoing, now: datetime) -> Later | None:
    """Suggests the next of all people every 31 hours, from the first nudge on and whatever is chosen after it."""
    if not row.subject.endswith(":careless"):
        outbox.plan(session, row.team_id, key=f"careless:{row.member_id}", kind=nudges.CLOCK, now=now, channel=outbox.NOBODY,
                    subject=f"{row.member_id}:careless", member_id=row.member_id, due_at=now + EVERY)  # fmt: skip
        return None
    known = members.known(session, row.team_id, [str(CAST[who]["id"]) for who in PEOPLE])
    others = sorted(one.id for one in known.values() if one.id != row.member_id)
    nudge_id = new_id(now)
    nudge = Nudge(team_id=row.team_id, id=nudge_id, member_id=row.member_id, day=now.date(), at=now)
    names = others[int(now.timestamp() / EVERY.total_seconds()) % len(others)]
    suggested = Suggested(team_id=row.team_id, nudge_id=nudge_id, number=0, member_id=row.member_id, source="quiet",
                          about=names, names=names, at=now)  # fmt: skip
    stored_nudges.add(session, nudge, [suggested])
    outbox.plan(session, row.team_id, key=f"nudge:{nudge_id}", kind=nudges.NUDGE, subject=nudge_id,
                member_id=row.member_id, now=now)  # fmt: skip
    return Later(now + EVERY)


def _nudge(session: Session, row: Outgoing, _now: datetime) -> Message:
    names = [one.names for one in stored_nudges.suggested(session, row.team_id, row.subject)]
    known = members.by_id(session, row.team_id, names)
    return Message("For you: " + ", ".join(f"a hello to {known[one].name}?" for one in names))


def _reminder(session: Session, row: Outgoing, _now: datetime) -> Message:
    found = stored.find(session, row.team_id, row.subject)
    return Message(f"Is your ask solved? You asked for {found.words if found else ''}")


def _closed(session: Session, row: Outgoing, _now: datetime) -> Message:
    found = stored.find(session, row.team_id, row.subject.partition(":")[0])
    return Message(f"Somebody's ask is closed. {found.words if found else ''}")


CARELESS: dict[str, Renderer] = {
    nudges.CLOCK: _ring,
    nudges.NUDGE: _nudge,
    asks.REMINDER: _reminder,
    asks.CLOSED: _closed,
}
