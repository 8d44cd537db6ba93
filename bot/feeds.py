"""Feeds and calendars: what admins add and stop, when each is read, and what becomes of one that cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import addresses, items, members
from bot.errors import Stale, TooLong
from bot.feed_errors import TooManyFeeds
from bot.items import Found
from storage import feeds, outbox, workspaces
from storage import items as held
from storage import members as people
from storage.database import Session, new_id
from storage.tables import Feed, Member

BROKEN = "feed.broken"  # the message to the admin who added it
EMPTY = "empty"  # noted of a calendar that held events, and holds none
MOST_FEEDS = 20  # of a workspace
MOST_TOPICS = 200  # characters
EVERY = timedelta(hours=1)
CLAIM = timedelta(minutes=5)  # for as long as nobody else reads it: a download and its parsing take 15 s at most
# After each failure in a row; a site that is away over a weekend's night is not given up.
WAITS = (timedelta(hours=1), timedelta(hours=4), timedelta(hours=12), timedelta(hours=24))
_LASTING = frozenset({
    "address", "private", "large", "missing", "forbidden", "encoding", "not a feed", "doctype", "attributes", "deep",
    "unreadable",
})  # fmt: skip
REASONS = _LASTING | {"name", "slow", "silent", "certificate", "hops", "status"}  # why a feed was not read


@dataclass(frozen=True)
class Parsed:
    """What was read: a feed or a calendar, its title, what it held, what was not understood, and until when events were read."""

    kind: str
    title: str
    found: Sequence[Found]
    note: str | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Claim:
    """A feed that this process alone reads now, as it was when it was claimed."""

    feed: Feed
    until: datetime
    zone: str


def add(session: Session, actor: Member, typed: str, topics: str, now: datetime) -> Feed:
    """Adds a feed, to be read at once. An address that is here already gets these topics, and is read anew.

    Raises NotAnAddress, TooManyFeeds or TooLong.
    """
    members.require("manage feeds", actor)
    url = addresses.read(typed).url
    if len(topics) > MOST_TOPICS:
        raise TooLong(len(topics), MOST_TOPICS, "topics")
    workspaces.meet(session, actor.team_id, now)
    feeds.hold_all(session, actor.team_id)
    known = feeds.with_url(session, actor.team_id, url)
    if (known is None or known.state == "removed") and len(feeds.all_of(session, actor.team_id)) >= MOST_FEEDS:
        raise TooManyFeeds(MOST_FEEDS)
    if known is None:
        known = Feed(
            team_id=actor.team_id, id=new_id(now), url=url, topics=topics, added_by=actor.id, added_at=now, next_at=now
        )
        feeds.add(session, known)
    else:
        back = {"added_by": actor.id, "added_at": now, "body_at": None, "title": "", "kind": None, "note": None}
        _begin(session, known, now, topics=topics, **(back if known.state == "removed" else {}))
    members.refresh_home(session, [actor], now)
    return find(session, actor, known.id)


def pause(session: Session, actor: Member, feed_id: str, now: datetime) -> None:
    """Reads a feed no more until somebody resumes it."""
    found = find(session, actor, feed_id)
    if found.state == "on":
        feeds.change(session, found.team_id, found.id, state="paused")
        members.refresh_home(session, [actor], now)


def resume(session: Session, actor: Member, feed_id: str, now: datetime) -> None:
    """Reads a feed again, now, that was paused or could not be read."""
    found = find(session, actor, feed_id)
    if found.state != "on":
        _begin(session, found, now)
        members.refresh_home(session, [actor], now)


def remove(session: Session, actor: Member, feed_id: str, now: datetime) -> None:
    """Removes a feed; what it brought is offered to nobody any more."""
    found = find(session, actor, feed_id)
    feeds.change(session, found.team_id, found.id, state="removed")
    outbox.cancel(session, found.team_id, found.id, now)
    outbox.change(session, found.team_id, found.id, now)
    members.refresh_home(session, [actor], now)


def find(session: Session, actor: Member, feed_id: str) -> Feed:
    """Returns a feed to an admin, and holds it."""
    members.require("manage feeds", actor)
    found = feeds.find(session, actor.team_id, feed_id, hold=True)
    if found is None or found.state == "removed":
        raise Stale
    return found


def claim(session: Session, feed: Feed, now: datetime) -> Claim | None:
    """Takes a feed to be read by this process alone; None where another one has it."""
    if not feeds.claim(session, feed, now + CLAIM):
        return None
    adder = people.by_id(session, feed.team_id, [feed.added_by])[feed.added_by]
    return Claim(feed, now + CLAIM, adder.zone)


def keep(
    session: Session, claimed: Claim, parsed: Parsed | None, etag: str | None, last_modified: str | None, now: datetime
) -> int:
    """Keeps what was read of a claimed feed, None being that nothing is new; returns how many items are new."""
    if parsed is not None:
        feeds.hold_all(session, claimed.feed.team_id)  # another feed may hold the same news, and be kept at this moment
    found = _claimed(session, claimed)
    if found is None:
        return 0
    fine = {"next_at": now + EVERY, "read_at": now, "failures": 0, "failure": None}
    if parsed is None:
        feeds.change(session, found.team_id, found.id, **fine)
        return 0
    about = {"kind": parsed.kind, "title": parsed.title or found.title, "note": parsed.note}
    about |= {"etag": etag, "last_modified": last_modified}
    if is_in_doubt := _is_emptied(session, found, parsed, now):
        about |= {"note": EMPTY, "etag": None, "last_modified": None}  # so that it is read whole the next time
    added = items.keep(session, found, parsed.found, None if is_in_doubt else parsed.until, now)
    feeds.change(session, found.team_id, found.id, **fine, **about, body_at=now)
    if found.read_at is None or found.failures:
        _show(session, found, now)
    return added


def fail(session: Session, claimed: Claim, reason: str, now: datetime) -> None:
    """Notes that a claimed feed was not read: it is tried again later, or given up, and whoever added it is told once."""
    found = _claimed(session, claimed)
    if found is None:
        return
    failures = found.failures + 1
    is_hopeless = found.read_at is None and reason in _LASTING  # it never was a feed, and waiting makes it none
    if failures <= len(WAITS) and not is_hopeless:
        later = now + WAITS[failures - 1]
        feeds.change(session, found.team_id, found.id, failures=failures, failure=reason, next_at=later)
    else:
        feeds.change(session, found.team_id, found.id, failures=failures, failure=reason, state="broken")
        key = f"feed:{found.id}:broken:{claimed.until.isoformat()}"
        outbox.plan(
            session, found.team_id, key=key, kind=BROKEN, subject=found.id, member_id=_told(session, found), now=now
        )
    _show(session, found, now)


def _begin(session: Session, found: Feed, now: datetime, **columns: object) -> None:
    """Has a feed read at once, as if it had never been."""
    anew = {"state": "on", "failures": 0, "failure": None, "etag": None, "last_modified": None, "next_at": now}
    feeds.change(session, found.team_id, found.id, **anew, **columns)
    outbox.cancel(session, found.team_id, found.id, now)
    outbox.change(session, found.team_id, found.id, now)


def _is_emptied(session: Session, feed: Feed, parsed: Parsed, now: datetime) -> bool:
    """Says whether a calendar holds nothing of what is ahead, for the first time: that is what a fault at its site looks like."""
    if parsed.until is None or parsed.found or feed.note == EMPTY:
        return False
    return bool(held.coming_of(session, feed.team_id, feed.id, now, parsed.until))


def _claimed(session: Session, claimed: Claim) -> Feed | None:
    """Returns the feed if it is still this process that reads it: nobody paused it, and the claim has not run out."""
    found = feeds.find(session, claimed.feed.team_id, claimed.feed.id, hold=True)
    return found if found is not None and found.state == "on" and found.next_at == claimed.until else None


def _told(session: Session, found: Feed) -> str:
    """Returns who hears of a feed: whoever added it, or another admin where they are that no more."""
    adder = people.by_id(session, found.team_id, [found.added_by])[found.added_by]
    able = [one for one in (adder, *people.admins(session, found.team_id)) if may_hear(one)]
    return (able or [adder])[0].id


def may_hear(member: Member) -> bool:
    """Says whether somebody is told of feeds: an admin who takes part."""
    return members.is_here(member) and members.may("manage feeds", members.standing(member))


def _show(session: Session, found: Feed, now: datetime) -> None:
    members.refresh_home(session, people.by_id(session, found.team_id, [found.added_by]).values(), now)
