"""Channels that the bot comes to and leaves, also those that another company comes to; their owners are asked about the summary.

When a summary comes: `summaries.py`.
"""

from datetime import datetime, time
from typing import Any

from bot import members, summaries
from storage import channels, outbox
from storage.database import Session, new_id
from storage.tables import Channel, Member, Outgoing

ADOPTED = "adopted"  # in the key of the question to an admin, where nobody is known to have invited the bot
FRIDAY, AFTERNOON = 4, time(16)


def note_joined(
    session: Session, team_id: str, channel: str, inviter: Member | None, now: datetime, *, is_shared: bool
) -> None:
    """Notes that the bot is in a channel now, and asks whoever invited it when the summary should come.

    Until they choose it comes on Fridays at 16:00 where they are; in a channel shared with another company, none comes.
    """
    known = channels.find(session, team_id, channel, hold=True)
    if known is not None and known.state != "left":
        return
    columns: dict[str, Any] = {
        "owner_id": inviter.id if inviter else None, "state": "on" if inviter and not is_shared else "off",
        "is_shared": is_shared, "zone": inviter.zone if inviter else "UTC", "weekday": FRIDAY, "wall": f"{AFTERNOON:%H:%M}",
        "counted_until": now, "quiet_weeks": 0, "noted_at": now, "paused_until": None,
    }  # fmt: skip
    if known is None:
        channels.add(session, Channel(team_id=team_id, id=channel, **columns))
    else:
        channels.change(session, team_id, channel, **columns)
    if inviter is not None:
        summaries.begin(session, summaries.held(session, team_id, channel), now)
        _offer(session, team_id, channel, inviter, now)


def note_left(session: Session, team_id: str, channel: str, now: datetime) -> None:
    """Notes that the bot is not in a channel any more."""
    if channels.find(session, team_id, channel, hold=True) is not None:
        channels.change(session, team_id, channel, state="left")
        outbox.cancel(session, team_id, channel, now)


def note_shared(session: Session, team_id: str, channel: str, now: datetime, *, is_shared: bool) -> None:
    """Notes that a channel is shared with another company from now on, or with none any more.

    Where it had a summary, none comes from then on, as others would read it, and its owner is asked once whether one should.
    """
    known = channels.find(session, team_id, channel, hold=True)
    if known is None or known.is_shared == is_shared:
        return
    had_one = known.state in ("on", "paused")
    off = {"state": "off", "paused_until": None} if is_shared and had_one else {}
    channels.change(session, team_id, channel, is_shared=is_shared, **off)
    if known.state == "left":
        return
    if off:
        outbox.cancel(session, team_id, channel, now, kind=summaries.CLOCK)
        key = f"sum:{channel}:shared:{new_id(now)}"
        outbox.add(
            session, team_id, key=key, kind=summaries.SHARED, subject=channel, member_id=str(known.owner_id), now=now
        )
    summaries.show(session, team_id, channel, now)


def adopt(session: Session, admin: Member, now: datetime) -> None:
    """Asks an admin about the channels of which nobody is known to have invited the bot; the first of them to look."""
    if not members.may("change settings", members.standing(admin)):
        return
    for channel in channels.all_of(session, admin.team_id):
        if channel.owner_id is None and _is_nobodys(session, channel):
            channels.change(session, admin.team_id, channel.id, owner_id=admin.id, zone=admin.zone)
            _offer(session, admin.team_id, channel.id, admin, now, is_inviter=False)


def is_to_inviter(row: Outgoing) -> bool:
    """Says whether the question when a summary should come is to whoever invited the bot, and not to an admin instead."""
    return row.key.split(":")[2] != ADOPTED


def _is_nobodys(session: Session, channel: Channel) -> bool:
    """Says whether a channel has no owner yet, and has others wait who would become that."""
    found = channels.find(session, channel.team_id, channel.id, hold=True)
    return found is not None and found.owner_id is None


def _offer(
    session: Session, team_id: str, channel: str, member: Member, now: datetime, *, is_inviter: bool = True
) -> None:
    key = f"sum:{channel}:{'offer' if is_inviter else ADOPTED}:{new_id(now)}"
    outbox.add(session, team_id, key=key, kind=summaries.OFFER, subject=channel, member_id=member.id, now=now)
