"""A member's own network: with whom they have helped each other, and which of these ties are new this month."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot import members, when
from storage import inbox, outbox, ties
from storage.database import Session
from storage.tables import Member

PICTURE = "network.picture"


@dataclass(frozen=True)
class Tie:
    """A tie with somebody: how often the member gave to them and got from them, and whether it began this month."""

    name: str
    gave: int
    got: int
    is_new: bool


def of(session: Session, member: Member, now: datetime) -> list[Tie]:
    """Returns a member's ties with people who are here, the newest first."""
    since = _this_month(member, now)
    found = ties.of(session, member.team_id, member.id)
    return [Tie(tie.name, tie.gave, tie.got, tie.began_on >= since) for tie in found]


def count(session: Session, member: Member, now: datetime) -> tuple[int, int]:
    """Counts a member's ties with people who are here, and those that are new this month."""
    return ties.count(session, member.team_id, member.id, _this_month(member, now))


def send_picture(session: Session, actor: Member, now: datetime, key: str) -> None:
    """Sends a member the picture of their network, into their own DM; the same request, known by its `key`, does so once."""
    members.require("open home", actor)
    picture = f"{PICTURE}:{key}"
    if inbox.claim(session, actor.team_id, key, picture, now) is None:
        outbox.add(session, actor.team_id, key=picture, kind=PICTURE, subject=actor.id, member_id=actor.id, now=now,
                   verb="file")  # fmt: skip


def _this_month(member: Member, now: datetime) -> date:
    """Returns the day on which the month begins where a member is; the days of ties are those of UTC."""
    return when.months(now, member.zone)[1].astimezone(UTC).date()
