"""Items: what feeds and calendars held, kept once each; and who goes to an event."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bot import members, when
from bot.errors import Stale
from storage import feeds, introductions, items, outbox
from storage import members as people
from storage.database import Session, new_id
from storage.tables import Feed, Going, Item, Member, Outgoing

TOO_OLD = timedelta(days=14)
KEEP = timedelta(days=90)  # after a feed held it last
CHANGED = "item.changed"
BACK = "back"  # in the key of a message: the event was called off, and is not any more
_SAID_ANEW = ("title", "words", "url", "topics", "starts_at", "ends_at", "is_all_day", "place", "is_cancelled")


@dataclass(frozen=True)
class Found:
    """What a feed or a calendar held; an event has its start. `key` is what it is known by there."""

    key: str
    title: str
    words: str = ""
    url: str | None = None
    topics: str = ""
    published_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_all_day: bool = False
    place: str = ""
    is_cancelled: bool = False


def keep(session: Session, feed: Feed, found: Sequence[Found], until: datetime | None, now: datetime) -> int:
    """Keeps what a feed held: what is new as items, what changed as it is now. Returns how many are new.

    News that another feed brought, or this one under another name, are not new: they have the same title and the same page.
    `until` is how far a calendar was read; an event of it that was there before and is not any more is cancelled.
    """
    known = items.known(session, feed.team_id, feed.id, [one.key for one in found])
    items.change(session, feed.team_id, [one.id for one in known.values()], seen_at=now)
    added, new = 0, []
    for one in found:
        if one.key in known:
            _say_anew(session, known[one.key], one, now)
        elif _is_wanted(one, now):
            new.append(one)
    told = {_page(*one) for one in items.addresses_under(session, feed.team_id, [one.title for one in new])}
    for one in new:
        page = _page(one.title, one.url) if one.url and one.starts_at is None else None
        if page is None or page not in told:
            added += items.add(session, _item(feed, one, now))
            told |= {page} if page else set()
    if until is not None:
        _cancel_missing(session, feed, {one.key for one in found}, now, until)
    items.forget(session, feed.team_id, feed.id, now - KEEP)
    return added


def going(session: Session, actor: Member, item_id: str, now: datetime) -> None:
    """Keeps that a member goes to an event."""
    item = _coming(session, actor, item_id, now)
    items.put_going(session, Going(team_id=item.team_id, item_id=item.id, member_id=actor.id, at=now))


def meet(session: Session, actor: Member, item_id: str, now: datetime) -> None:
    """Keeps that a member who goes wants to meet others who go and want the same."""
    item = _coming(session, actor, item_id, now)
    row = Going(team_id=item.team_id, item_id=item.id, member_id=actor.id, at=now)
    items.put_going(session, row)
    items.change_going(session, row, wants_to_meet=True)


def stay(session: Session, actor: Member, item_id: str, now: datetime) -> None:
    """Takes back that a member goes to an event."""
    item = read(session, actor, item_id)
    items.remove_going(session, Going(team_id=item.team_id, item_id=item.id, member_id=actor.id, at=now))


def to_meet(session: Session, member: Member, item_id: str) -> list[Member]:
    """Returns whom a member may be told of who goes, too: both asked for that, and neither is unwanted by the other."""
    ids = items.wanting_to_meet(session, member.team_id, item_id)
    if member.id not in ids or not members.is_here(member):
        return []
    others = [one for one in ids if one != member.id]
    unwanted = introductions.unwanted_among(session, member.team_id, [member.id, *others])
    known = people.by_id(session, member.team_id, others)
    apart = {one for pair in unwanted if member.id in pair for one in pair}
    return [known[one] for one in others if one not in apart and members.is_here(known[one])]


def is_offered(session: Session, item: Item) -> bool:
    """Says whether what a feed brought is still offered: an admin may have removed it since."""
    feed = feeds.find(session, item.team_id, item.feed_id)
    return feed is not None and feed.state != "removed"


def is_ahead(session: Session, item: Item, now: datetime) -> bool:
    """Says whether an event is still offered and takes place."""
    return not item.is_cancelled and not is_over(item, now) and is_offered(session, item)


def read(session: Session, actor: Member, item_id: str) -> Item:
    """Returns an event to a member who was shown it."""
    members.require("go to an event", actor)
    item = items.find(session, actor.team_id, item_id)
    if item is None or item.kind != "event":
        raise Stale
    return item


def day_of(item: Item, zone: str) -> date:
    """Returns the day on which an event begins, for somebody in a zone; one of whole days begins everywhere on its own."""
    assert item.starts_at is not None
    return item.starts_at.astimezone(UTC if item.is_all_day else when.zone_named(zone)).date()


def is_over(item: Item, now: datetime) -> bool:
    """Says whether an event has ended; one of whole days ends once its last day has in every zone."""
    assert item.starts_at is not None
    ends_at = item.ends_at or item.starts_at
    return max(ends_at, item.starts_at) + (timedelta(hours=12) if item.is_all_day else timedelta(0)) < now


def is_back(row: Outgoing) -> bool:
    """Says whether a message is about an event that had been called off."""
    return row.key.split(":")[2] == BACK


def _coming(session: Session, actor: Member, item_id: str, now: datetime) -> Item:
    item = read(session, actor, item_id)
    if item.is_cancelled or is_over(item, now):
        raise Stale
    return item


def _is_wanted(one: Found, now: datetime) -> bool:
    """Says whether something that is not known becomes an item: news of the last days, events that were not called off."""
    if one.starts_at is not None:
        return not one.is_cancelled
    return one.published_at is None or one.published_at > now - TOO_OLD


def _page(title: str, url: str) -> tuple[str, str]:
    """Returns by what news are the same; `utm_` says only by which feed somebody came."""
    parts = urlsplit(url)
    asked = [one for one in parts.query.split("&") if not one.startswith("utm_")]
    return title, f"{parts.netloc}{parts.path.rstrip('/')}?{'&'.join(asked)}"


def _item(feed: Feed, one: Found, now: datetime) -> Item:
    """Makes an item. What has no date and was there when its feed was first read may be of any age."""
    is_old = feed.body_at is None and one.published_at is None and one.starts_at is None
    facts = asdict(one) | {
        "published_at": None if one.published_at is None else min(one.published_at, now),
        "topics": ", ".join(filter(None, (feed.topics, one.topics))),
        "kind": "news" if one.starts_at is None else "event",
    }
    return Item(
        team_id=feed.team_id, id=new_id(now), feed_id=feed.id, found_at=now, seen_at=now, is_old=is_old, **facts
    )


def _say_anew(session: Session, item: Item, one: Found, now: datetime) -> None:
    if (one.starts_at is None) != (item.kind == "news"):
        return  # an address that was a calendar and is a feed now, or the other way round, and forged what they are known by
    held: Mapping[str, Any] = asdict(one) | {"topics": item.topics}
    changed = {name: held[name] for name in _SAID_ANEW if held[name] != getattr(item, name)}
    was_cancelled = item.is_cancelled
    if changed:
        items.change(session, item.team_id, [item.id], **changed)
    if {"starts_at", "is_cancelled"} & changed.keys():
        _tell_who_goes(session, item.team_id, item.id, now, what=BACK if was_cancelled else "changed")


def _cancel_missing(session: Session, feed: Feed, keys: Collection[str], now: datetime, until: datetime) -> None:
    coming = items.coming_of(session, feed.team_id, feed.id, now, until)
    missing = [one.id for one in coming if one.key not in keys]
    items.change(session, feed.team_id, missing, is_cancelled=True)
    for item_id in missing:
        _tell_who_goes(session, feed.team_id, item_id, now)


def _tell_who_goes(session: Session, team_id: str, item_id: str, now: datetime, what: str = "changed") -> None:
    """Lets those who go hear that an event is called off or has another time, unless it has begun by then."""
    item = items.find(session, team_id, item_id)
    assert item is not None
    assert item.starts_at is not None
    outbox.cancel(session, team_id, item_id, now, kind=CHANGED)  # one that still waits gives way
    for member_id in items.going_to(session, team_id, item_id) if item.starts_at > now else ():
        outbox.plan(session, team_id, key=f"item:{item_id}:{what}:{new_id(now)}:{member_id}", kind=CHANGED, subject=item_id,
                    member_id=member_id, now=now, not_after=item.starts_at)  # fmt: skip
