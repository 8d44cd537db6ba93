"""What Slack says of people, kept; and what follows from it: reminders move with their owner, who is gone is not written to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot import absences, nudges, offers, replanning
from storage import members, outbox
from storage.database import Session


def note(
    session: Session, team_id: str, profiles: Mapping[str, Mapping[str, Any]], as_of: datetime, now: datetime
) -> None:
    """Keeps what Slack said of people at a moment, as columns of Member by Slack id; who is new gets a row."""
    before = {one.slack_id: (one.zone, one.is_gone) for one in members.known(session, team_id, profiles).values()}
    for member in members.meet(session, team_id, list(profiles), as_of, profiles=profiles):
        zone, was_gone = before.get(member.slack_id, (member.zone, member.is_gone))
        if zone != member.zone:
            replanning.follow_zone(session, member, now)
        if was_gone and not member.is_gone:
            replanning.resume(session, member, now)
            absences.resume(session, member, now)
            nudges.resume(session, member, now)
        if member.is_gone and not was_gone:
            outbox.cancel_for(session, team_id, member.id, now)
            absences.let_go(session, member, now)
            offers.let_go(session, member, now)
            nudges.let_go(session, member, now)


def hear(
    session: Session, team_id: str, slack_id: str, profile: Mapping[str, Any], as_of: datetime, now: datetime
) -> None:
    """Keeps what Slack says of its own accord, if the person is known here already and nothing newer is known of them."""
    member = members.known(session, team_id, [slack_id]).get(slack_id)
    if member is None or (member.checked_at and as_of < member.checked_at.replace(microsecond=0)):
        return  # Slack tells whole seconds
    note(session, team_id, {slack_id: profile}, as_of, now)
