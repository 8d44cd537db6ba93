"""Feeds and calendars: which there are, which are to be read, and who reads one now."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.database import add_if_new
from storage.tables import Feed, Workspace

_FRESH = {"populate_existing": True}


def hold_all(session: Session, team_id: str) -> None:
    """Has others wait who would add a feed, bring one back or keep what one held, so that all is counted and known."""
    session.exec(select(Workspace.team_id).where(Workspace.team_id == team_id).with_for_update(key_share=True)).all()


def add(session: Session, feed: Feed) -> bool:
    """Adds a feed; says whether its address is new."""
    return add_if_new(session, Feed, feed.model_dump())


def find(session: Session, team_id: str, feed_id: str, *, hold: bool = False) -> Feed | None:
    """Returns a feed; with `hold`, others who would change it wait until this transaction ends."""
    found = select(Feed).where(Feed.team_id == team_id, Feed.id == feed_id)
    if hold:
        found = found.with_for_update(key_share=True)
    return session.execute(found, execution_options=_FRESH).scalars().first()


def with_url(session: Session, team_id: str, url: str) -> Feed | None:
    """Returns the feed of an address, also one that was removed."""
    found = select(Feed).where(Feed.team_id == team_id, Feed.url == url)
    return session.execute(found, execution_options=_FRESH).scalars().first()


def all_of(session: Session, team_id: str) -> list[Feed]:
    """Returns a workspace's feeds, the one that was added first comes first."""
    found = select(Feed).where(Feed.team_id == team_id, Feed.state != "removed").order_by(col(Feed.id))
    return list(session.execute(found, execution_options=_FRESH).scalars())


def due(session: Session, team_id: str, now: datetime) -> list[Feed]:
    """Returns the feeds that are to be read, the one that waits longest first."""
    found = select(Feed).where(Feed.team_id == team_id, Feed.state == "on", col(Feed.next_at) <= now)
    return list(session.exec(found.order_by(col(Feed.next_at), col(Feed.id))))


def claim(session: Session, feed: Feed, until: datetime) -> bool:
    """Takes a feed to be read, until a moment; says no where another process took it, or somebody paused it."""
    this = (col(Feed.team_id) == feed.team_id, col(Feed.id) == feed.id)
    as_it_was = (col(Feed.state) == "on", col(Feed.next_at) == feed.next_at)
    taken = session.connection().execute(update(Feed).where(*this, *as_it_was).values(next_at=until))
    return taken.rowcount == 1


def change(session: Session, team_id: str, feed_id: str, **columns: Any) -> None:
    """Sets columns of a feed."""
    this = (col(Feed.team_id) == team_id, col(Feed.id) == feed_id)
    session.connection().execute(update(Feed).where(*this).values(**columns))
    session.expire_all()
