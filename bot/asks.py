"""Asks: what a member asks for, and how it ends. What others offer: `offers.py`.

An ask is posted in its channel; one without a channel is told of in the nudges of those whose topics fit, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot import acts, members, when, working
from bot.acts import Statement
from bot.ask_errors import AskIsOver, NobodyThanked, NotByThen, NothingAsked, OwnAsk, TooManyAsks
from bot.errors import Stale, TooLong
from storage import asks, inbox, outbox, workspaces
from storage import members as people
from storage.database import Session, new_id
from storage.tables import Ask, Member, Offer

POST, CLOSED, REMINDER, CLOCK = "ask", "ask.closed", "ask.reminder", f"{outbox.ALARM}ask"
MOST_CHARACTERS = 300
MOST_TOPICS = 200  # characters
MOST_OPEN = 5  # of one member
FARTHEST = timedelta(days=90)
STAYS_OPEN = timedelta(days=7)  # after its day
STANDING = ("offered", "accepted", "covered")  # offers that were not taken back, nor thanked for


@dataclass(frozen=True)
class Wanted:
    """What a member asks for, and until which day; in a channel, or with None in nudges alone."""

    words: str
    until: date
    topics: str = ""
    channel: str | None = None


def ask(session: Session, actor: Member, wanted: Wanted, now: datetime, key: str) -> Ask:
    """Asks for help: posts it, and plans when to ask its owner about it and when it closes.

    The same request, known by its `key`, is answered from what stands. Raises a Mistake, and then nothing is written.
    """
    ask_id = new_id(now)
    earlier = inbox.claim(session, actor.team_id, key, ask_id, now)
    if earlier is not None:
        return mine(session, actor, earlier)
    people.hold(session, actor.team_id, actor.id)
    members.require("ask", actor)
    _check(wanted, actor, now)
    if len(asks.open_of(session, actor.team_id, actor.id)) >= MOST_OPEN:
        raise TooManyAsks(MOST_OPEN)
    closes_at = when.at(wanted.until + timedelta(days=1), time(0), actor.zone) + STAYS_OPEN
    row = Ask(team_id=actor.team_id, id=ask_id, asker_id=actor.id, channel=wanted.channel, words=wanted.words,
              topics=wanted.topics, until=wanted.until, asked_at=now, closes_at=closes_at)  # fmt: skip
    asks.add(session, row)
    if wanted.channel is not None:
        outbox.plan(session, actor.team_id, key=f"ask:{ask_id}:post", kind=POST, subject=ask_id, member_id=actor.id,
                    owner_id=actor.id, channel=wanted.channel, now=now)  # fmt: skip
    outbox.plan(session, actor.team_id, key=f"ask:{ask_id}:clock", kind=CLOCK, subject=f"{ask_id}:clock",
                member_id=actor.id, channel=outbox.NOBODY, now=now, due_at=closes_at)  # fmt: skip
    _plan_reminder(session, actor, row, now)
    members.refresh_home(session, [actor], now)
    return row


def solve(session: Session, actor: Member, ask_id: str, helpers: Sequence[Member], now: datetime, key: str) -> None:
    """Closes an ask as solved, and thanks those who helped: a good turn for each, for both to confirm or put right."""
    found = mine(session, actor, ask_id)
    if found.state == "solved":
        return
    if not helpers:
        raise NobodyThanked
    said = Statement("got", helpers, found.words, channel=found.channel, source="ask")
    acts.record(session, actor, said, now, key, again=True)
    for helper in helpers:
        if asks.offer(session, actor.team_id, ask_id, helper.id) is not None:
            thanked = Offer(team_id=actor.team_id, ask_id=ask_id, helper_id=helper.id, state="thanked", at=now)
            asks.put_offer(session, thanked)
    end(session, actor, found, "solved", now)


def close(session: Session, actor: Member, ask_id: str, now: datetime) -> None:
    """Closes an ask, and thanks nobody."""
    found = mine(session, actor, ask_id)
    if found.state == "open":
        end(session, actor, found, "closed", now)


def keep_open(session: Session, actor: Member, ask_id: str, now: datetime) -> None:
    """Keeps an ask whose day has come open for a week more; pressed twice, for one week."""
    found = mine(session, actor, ask_id)
    if found.state != "open":
        raise Stale
    today = now.astimezone(when.zone_named(actor.zone)).date()
    if found.until > today:
        return
    until = today + STAYS_OPEN
    closes_at = when.at(until + timedelta(days=1), time(0), actor.zone) + STAYS_OPEN
    asks.change(session, actor.team_id, ask_id, until=until, closes_at=closes_at)
    _plan_reminder(session, actor, mine(session, actor, ask_id), now)
    outbox.change(session, actor.team_id, ask_id, now)
    members.refresh_home(session, [actor], now)


def ring(session: Session, team_id: str, subject: str, now: datetime) -> datetime | None:
    """Hears the clock: an ask whose time is over closes. Returns when to ring again where it was kept open."""
    found = asks.find(session, team_id, subject.partition(":")[0], hold=True)
    if found is None or found.state != "open":
        return None
    if found.closes_at > now:
        return found.closes_at
    asker = people.by_id(session, team_id, [found.asker_id])[found.asker_id]
    end(session, asker, found, "closed", now)
    return None


def mine(session: Session, actor: Member, ask_id: str) -> Ask:
    """Returns one's own ask, and holds it; somebody else's is answered like one that is not there."""
    found = asks.find(session, actor.team_id, ask_id, hold=True)
    if found is None:
        raise Stale
    members.require("answer for an ask", actor, {"owner"} if found.asker_id == actor.id else {"other"})
    return found


def read(session: Session, actor: Member, ask_id: str, *, hold: bool = False) -> Ask:
    """Returns an ask to somebody who could help with it. Raises OwnAsk, or AskIsOver once it is not open."""
    members.require("offer", actor)
    found = asks.find(session, actor.team_id, ask_id, hold=hold)
    if found is None:
        raise Stale
    if found.asker_id == actor.id:
        raise OwnAsk
    if found.state != "open":
        raise AskIsOver
    return found


def end(session: Session, actor: Member, found: Ask, state: str, now: datetime) -> None:
    """Ends an ask: what was not said about it is not said any more, and who offered and is not thanked hears that it is over."""
    asks.change(session, found.team_id, found.id, state=state, ended_at=now)
    outbox.cancel(session, found.team_id, found.id, now)
    outbox.change(session, found.team_id, found.id, now)
    for given in asks.offers(session, found.team_id, [found.id], (*STANDING, "thanked")):
        subject = about(found.id, given.helper_id)
        outbox.cancel(session, found.team_id, subject, now)
        outbox.change(session, found.team_id, subject, now)
        if given.state in STANDING:
            outbox.plan(session, found.team_id, key=f"ask:{found.id}:closed:{given.helper_id}", kind=CLOSED,
                        subject=f"{subject}:closed", member_id=given.helper_id, now=now)  # fmt: skip
    members.refresh_home(session, [actor], now)


def about(ask_id: str, helper_id: str) -> str:
    """Returns what messages about an offer are known by."""
    return f"{ask_id}:{helper_id}"


def _check(wanted: Wanted, actor: Member, now: datetime) -> None:
    if not wanted.words:
        raise NothingAsked
    for field, words, most in (("words", wanted.words, MOST_CHARACTERS), ("topics", wanted.topics, MOST_TOPICS)):
        if len(words) > most:
            raise TooLong(len(words), most, field)
    today = now.astimezone(when.zone_named(actor.zone)).date()
    if not today <= wanted.until <= today + FARTHEST:
        raise NotByThen


def _plan_reminder(session: Session, actor: Member, row: Ask, now: datetime) -> None:
    hours = working.of(actor, workspaces.find(session, actor.team_id))
    due_at = max(working.morning_of(hours, row.until), now + timedelta(days=1))
    outbox.plan(session, row.team_id, key=f"ask:{row.id}:reminder:{row.until}", kind=REMINDER, subject=row.id,
                member_id=actor.id, now=now, due_at=due_at)  # fmt: skip
