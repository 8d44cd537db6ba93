"""What is offered for an ask: it stays between whoever offers and the asker, who alone hears of it."""

from datetime import datetime

from bot import asks, members
from bot.asks import STANDING, about
from bot.errors import Stale
from storage import asks as stored
from storage import members as people
from storage import outbox
from storage.database import Session
from storage.tables import Ask, Member, Offer

OFFER, YES = "ask.offer", "ask.yes"


def offer(session: Session, actor: Member, ask_id: str, now: datetime) -> None:
    """Offers help: the asker alone is told. Raises OwnAsk or AskIsOver."""
    found = asks.read(session, actor, ask_id, hold=True)
    known = stored.offer(session, actor.team_id, ask_id, actor.id)
    if known is not None and known.state in STANDING:
        return
    _put(session, found, actor.id, "offered", now)
    outbox.add_once(session, actor.team_id, key=f"ask:{ask_id}:offer:{actor.id}", kind=OFFER,
                    subject=about(ask_id, actor.id), member_id=found.asker_id, now=now)  # fmt: skip
    outbox.change(session, actor.team_id, about(ask_id, actor.id), now)  # of one that was taken back and is given again
    _show(session, found, now)


def take_back(session: Session, actor: Member, ask_id: str, now: datetime) -> None:
    """Takes an offer back: who has not been told of it is not told."""
    known = stored.offer(session, actor.team_id, ask_id, actor.id)
    found = stored.find(session, actor.team_id, ask_id, hold=True)
    if known is None or found is None or known.state not in STANDING:
        raise Stale
    _put(session, found, actor.id, "taken back", now)
    for kind in (OFFER, YES):
        outbox.cancel(session, actor.team_id, about(ask_id, actor.id), now, kind=kind)
    outbox.change(session, actor.team_id, about(ask_id, actor.id), now)
    _show(session, found, now)


def accept(session: Session, actor: Member, subject: str, now: datetime) -> None:
    """Accepts an offer: its helper hears of it."""
    found, given = _answerable(session, actor, subject)
    if given.state in ("offered", "covered"):
        _put(session, found, given.helper_id, "accepted", now)
        key = f"ask:{found.id}:yes:{given.helper_id}"
        outbox.add_once(session, actor.team_id, key=key, kind=YES, subject=subject, member_id=given.helper_id, now=now)
        outbox.change(session, actor.team_id, subject, now)
        _show(session, found, now)


def be_covered(session: Session, actor: Member, subject: str, now: datetime) -> None:
    """Leaves an offer be. Its helper does not hear of it."""
    found, given = _answerable(session, actor, subject)
    if given.state == "offered":
        _put(session, found, given.helper_id, "covered", now)
        outbox.change(session, actor.team_id, subject, now)
        _show(session, found, now)


def helpers_of(session: Session, found: Ask) -> list[Member]:
    """Returns those whose offers for an ask stand, the first one first."""
    given = stored.offers(session, found.team_id, [found.id], STANDING)
    known = people.by_id(session, found.team_id, [one.helper_id for one in given])
    return [known[one.helper_id] for one in given if members.is_here(known[one.helper_id])]


def of_offer(session: Session, team_id: str, subject: str) -> tuple[Ask, Offer] | None:
    """Returns an ask and an offer for it, by what messages about the offer are known by."""
    ask_id, _, helper_id = subject.partition(":")
    found, given = stored.find(session, team_id, ask_id), stored.offer(session, team_id, ask_id, helper_id)
    return (found, given) if found is not None and given is not None else None


def let_go(session: Session, member: Member, now: datetime) -> None:
    """Closes what somebody asked who is gone or has left, and takes their offers back."""
    for found in stored.open_of(session, member.team_id, member.id):
        asks.end(session, member, found, "closed", now)
    for given in stored.offered_by(session, member.team_id, member.id):
        if given.state in STANDING:
            take_back(session, member, given.ask_id, now)


def _answerable(session: Session, actor: Member, subject: str) -> tuple[Ask, Offer]:
    ask_id, _, helper_id = subject.partition(":")
    found = asks.mine(session, actor, ask_id)
    given = stored.offer(session, actor.team_id, ask_id, helper_id)
    if found.state != "open" or given is None or given.state not in STANDING:
        raise Stale
    return found, given


def _put(session: Session, found: Ask, helper_id: str, state: str, now: datetime) -> None:
    stored.put_offer(session, Offer(team_id=found.team_id, ask_id=found.id, helper_id=helper_id, state=state, at=now))


def _show(session: Session, found: Ask, now: datetime) -> None:
    members.refresh_home(session, people.by_id(session, found.team_id, [found.asker_id]).values(), now)
