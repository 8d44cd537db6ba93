"""A claimed row made ready to be said: whom it is for, and its words, or that it has to be looked for first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.posts import ENDS
from handlers import outcomes
from handlers.files import Files
from handlers.outbound import endings, lookups
from handlers.outcomes import Outcome
from handlers.routes import Composed, Later, Renderer
from handlers.views.greeting import greeted
from handlers.views.kit import Message
from handlers.views.lateness import marked_late
from storage import members, outbox, sending, workspaces
from storage.database import Database, Session
from storage.sending import LEASE, SAYS
from storage.tables import Member, Outgoing

# A message goes out within this time of its claim or not at all, so that a worker that was asleep says nothing in the
# middle of another's search for it.
FENCE = timedelta(seconds=10)
LATE_AFTER = timedelta(minutes=2)
WAIT_FOR_TARGET = timedelta(seconds=5)
UNASKED = frozenset({"act", "introduction"})  # what reaches people who may never have used this
# What somebody who has left still gets: the answer to their own words, their Home, and their own data.
EVEN_AFTER_LEAVING = frozenset({"help", "home", "export", *(f"export.{end}" for end in ENDS)})


@dataclass(frozen=True)
class Parcel:
    """A claimed row, whom it is for, and the words or files for it; without any, it is to be looked for first.

    `mark` is the id by which its post can be found again.
    """

    row: Outgoing
    member: Member
    mark: str
    message: Message | Files | Composed | None = None
    target: Outgoing | None = None

    @property
    def since(self) -> datetime:
        """The earliest moment at which it may have been said, by this database or by the one whose place it took."""
        return self.row.first_tried_at or self.row.created_at

    def is_within_fence(self, now: datetime) -> bool:
        """Says whether it may still be said under its claim."""
        assert self.row.lease_until is not None
        return timedelta(0) <= now - (self.row.lease_until - LEASE) <= FENCE


def take(session: Session, team_id: str, row_id: str, now: datetime, messages: Mapping[str, Renderer]) -> Parcel | None:
    """Claims a row and makes its words, unless it may be there already or is not to be said any more.

    What is cancelled before this moment is not said; what is cancelled after it is on its way.
    """
    row = sending.claim(session, team_id, row_id, now)
    if row is None:
        return None
    member = members.by_id(session, team_id, [row.member_id])[row.member_id]
    workspace = workspaces.meet(session, team_id, now)
    mark = lookups.mark_of(workspace.key, row.key)
    if row.verb in SAYS and not outbox.is_alarm(row.kind) and _may_be_said_since(row, workspace.restored_at):
        # As one that was tried when it was due and never looked for, so that a look which cannot be made changes nothing.
        row.tried, row.first_tried_at, row.looked_at = row.tried + 1, row.planned_for or row.created_at, None
    elif row.channel == outbox.TO_OPEN or (row.verb == "file" and row.slack_ts is None):
        row.tried = 1  # nothing is said before it is known where, or which file, so no earlier try has said it
    if row.verb in SAYS and row.tried > 1:
        if row.verb == "post" and row.channel is None:
            return Parcel(row, member, mark)
        endings.record(session, row, Outcome(outcomes.UNKNOWN, row.error or "no outcome"), now)
        return None
    target = outbox.find(session, team_id, row.target) if row.target else None
    if ended := _end_of(row, member, target, now):
        endings.end(session, row, ended, now)
        return None
    if target is not None and target.slack_ts is None:
        sending.put_back(session, row, now + WAIT_FOR_TARGET, tried=row.tried - 1)
        return None
    message = _words(session, row, member, target, now, messages)
    if isinstance(message, Later):
        endings.postpone(session, row, message.at, now)
        return None
    if message is None:
        sending.settle(session, row, "cancelled")
        return None
    return Parcel(row, member, mark, message, target)


def composed(parcel: Parcel | None, database: Database) -> Parcel | None:
    """Returns a parcel with its words, where these are still to be found: others can write meanwhile."""
    if parcel is None or not isinstance(parcel.message, Composed):
        return parcel
    with database.reading() as session:
        return replace(parcel, message=parcel.message.make(session))


def _may_be_said_since(row: Outgoing, restored_at: datetime | None) -> bool:
    """Says whether a newer database, whose place this one took, may have said a row: it was due by then, and not looked for."""
    if restored_at is None or (row.looked_at is not None and row.looked_at >= restored_at):
        return False
    return (row.planned_for or row.created_at) <= restored_at


def _end_of(row: Outgoing, member: Member, target: Outgoing | None, now: datetime) -> str | None:
    """Returns the state of a row that is not to be said: too late, or to somebody who is gone or has left."""
    if row.not_after is not None and now > row.not_after:
        return "expired"
    is_to_member = (target or row).channel is None  # what stands in a channel is put right, whoever has left since
    if is_to_member and (member.is_gone or member.is_bot or member.is_stranger):
        return "dead"
    if is_to_member and member.left_at is not None and row.kind not in EVEN_AFTER_LEAVING:
        return "cancelled"
    if target is not None and target.slack_ts is None and target.state not in ("pending", "sending"):
        return "cancelled"
    return None


def _words(
    session: Session,
    row: Outgoing,
    member: Member,
    target: Outgoing | None,
    now: datetime,
    messages: Mapping[str, Renderer],
) -> Message | Files | Composed | Later | None:
    row.greets = _greets(session, row, member, target, now)
    message = messages[row.kind](session, target or row, now)
    if isinstance(message, Composed):
        make = message.make
        return Composed(lambda reading: _finished(make(reading), row, member, now))
    return _finished(message, row, member, now) if isinstance(message, Message) else message


def _finished(message: Message, row: Outgoing, member: Member, now: datetime) -> Message:
    """Returns a message with what is said beside it: who this is, and that it comes late."""
    if row.greets:
        message = greeted(message)
    if row.planned_for is not None and now - row.planned_for > LATE_AFTER:
        message = marked_late(message, row.planned_for, now, member.zone)
    return message


def _greets(session: Session, row: Outgoing, member: Member, target: Outgoing | None, now: datetime) -> bool:
    """Says whether this is the first message somebody gets who never asked for one, and notes that they got it."""
    if target is not None:
        return target.greets
    if row.verb != "post" or row.kind not in UNASKED or member.greeted_at is not None:
        return row.greets
    members.change(session, row.team_id, member.id, greeted_at=now)
    return True
