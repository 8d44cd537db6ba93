"""Deleting: what a member has taken out for good, their own data or people outside Slack whom they named.

The person goes at once: a row without a name stays in their place, and nothing is said to them any more. Their words follow in
small steps (`storage/erasing.py`), and then what was said of them is brought up to date where it stands.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot import absences, members, nudges, offers
from bot.errors import Stale
from storage import channels, contacts, erasing, erasures, outbox, said_of, workspaces
from storage import members as people
from storage.database import Session
from storage.tables import Member

# What began before a member went may still write a row of theirs; no transaction takes so long.
SETTLED = timedelta(seconds=10)
MOST_SHOWN = 100  # contacts in one menu: as many as Slack takes


def delete(session: Session, actor: Member, now: datetime) -> None:
    """Deletes a member's data for good. Who comes back later is somebody new."""
    members.require("delete", actor)
    remove(session, actor, now)


def remove(session: Session, actor: Member, now: datetime) -> None:
    """Deletes somebody's data, whoever wants it: they themselves, or whoever runs the bot for them."""
    people.hold(session, actor.team_id, actor.id)
    absences.decline_all(session, actor, now)
    absences.let_go(session, actor, now)
    offers.let_go(session, actor, now)
    nudges.let_go(session, actor, now)
    _hand_over(session, actor)
    outbox.cancel_for(session, actor.team_id, actor.id, now)
    erasing.make_nameless(session, actor)
    erasures.note_member(session, workspaces.meet(session, actor.team_id, now), actor.id, now)


def go_on(session: Session, team_id: str, member_id: str) -> bool:
    """Removes some more of what is left of a member, and says whether there was some."""
    return erasing.empty_some(session, team_id, member_id) > 0


def said_about(session: Session, team_id: str, member_id: str, now: datetime) -> list[str]:
    """Returns the subjects of the messages in which a member may be named, as far back as one can be changed."""
    return said_of.subjects(session, team_id, member_id, now - outbox.KEEP)


def end(session: Session, team_id: str, member_id: str) -> None:
    """Notes that all is removed; a message that is on its way at this moment is waited for."""
    if not erasing.is_being_told(session, team_id, member_id):
        erasures.note_done(session, team_id, member_id)


def remove_contacts(session: Session, actor: Member, contact_ids: Collection[str], now: datetime) -> None:
    """Removes people outside Slack whom a member named, with what they wrote of them. Raises Stale for anybody else's."""
    members.require("remove contacts", actor)
    found = contacts.by_id(session, actor.team_id, sorted(contact_ids))
    if len(found) != len(set(contact_ids)) or any(one.owner_id != actor.id for one in found.values()):
        raise Stale
    workspace = workspaces.meet(session, actor.team_id, now)
    for contact_id, contact in sorted(found.items()):
        erasures.note_contact(session, workspace, contact_id, now)
        for subject in said_of.contact(session, actor.team_id, contact_id):
            outbox.change(session, actor.team_id, subject, now)
        erasing.empty_contact(session, contact)
    members.refresh_home(session, [actor], now)


def _hand_over(session: Session, actor: Member) -> None:
    """Gives the channels to which a member had invited the bot to an admin who is here, if there is one."""
    heirs = [one for one in people.admins(session, actor.team_id) if one.id != actor.id]
    if heirs:
        channels.hand_over(session, actor.team_id, actor.id, heirs[0].id)
