"""What waits for a member: introductions and calls of some time ago, and asks that they might help with."""

from datetime import datetime, timedelta

from bot import members, network, topics
from bot.suggesting.candidates import Candidate
from storage import asks, callbacks, history, introductions
from storage import members as people
from storage.database import Session
from storage.tables import Member, Nudging

ASKED_LONG_AGO = timedelta(days=3)
DUE_LONG_AGO = timedelta(days=7)
MOST_ASKS = 200  # that are looked at for one that fits
MOST_OWN_WORDS = 50  # of a member's own good turns and asks
LOAD_SEEN = timedelta(days=90)  # what was given longer ago than this weighs less than a hundredth
LEAST_LOAD = 3.0  # nobody is spared asks for less; the workspace is read only for those who have more


def introductions_that_wait(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds introductions that a member was asked about some days ago, and has not answered."""
    found = []
    for introduction, sides in introductions.open_for(session, member.team_id, member.id):
        side = next(one for one in sides if one.member_id == member.id)
        if side.answer is None and side.asked_at is not None and side.asked_at < now - ASKED_LONG_AGO:
            found.append(Candidate("stuck", side.id, (introduction.connector_id,)))
    return found


def asks_that_fit(session: Session, member: Member, chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds asks that are posted in no channel and fit what a member follows or has helped with."""
    if not chosen.takes_asks:
        return []
    found = {
        one.id: one
        for one in asks.open_in(session, member.team_id, None, now, MOST_ASKS)
        if one.channel is None and one.asker_id != member.id
    }
    if not found or is_overloaded(session, member, now):
        return []
    shelf = topics.Shelf({one.id: f"{one.words} {one.topics}" for one in found.values()})
    used = history.own_words(session, member.team_id, member.id, MOST_OWN_WORDS)
    known = people.by_id(session, member.team_id, [one.asker_id for one in found.values()])
    offered = {one.ask_id for one in asks.offered_by(session, member.team_id, member.id)}
    return [
        Candidate("ask", one.key, (found[one.key].asker_id,), {"topic": one.topic})
        for one in shelf.fitting(topics.read(chosen.topics), used)
        if one.key not in offered and members.is_here(known[found[one.key].asker_id])
    ]


def calls_that_wait(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds calls of which all reminders were sent, some time ago."""
    return [
        Candidate("call", turn.id, (str(callback.member_id or callback.contact_id),))
        for callback, turn in callbacks.open_of(session, member.team_id, member.id)
        if turn.due_at < now - DUE_LONG_AGO
    ]


def is_overloaded(session: Session, member: Member, now: datetime) -> bool:
    """Says whether somebody has given so much lately that no ask is brought to them."""
    given = history.given_since(session, member.team_id, member.id, now - LOAD_SEEN)
    if network.load(given, member.id, now) <= LEAST_LOAD:
        return False
    everybody = history.given_since(session, member.team_id, None, now - LOAD_SEEN)
    return network.is_overloaded(everybody, member.id, now)
