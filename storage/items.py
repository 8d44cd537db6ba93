"""Items: what feeds and calendars held, what is new of it, what is coming, and who goes there."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from storage.database import add_if_new
from storage.tables import Feed, Going, Item

_FRESH = {"populate_existing": True}
_OF_FEED = (col(Feed.team_id) == col(Item.team_id)) & (col(Feed.id) == col(Item.feed_id))


def fresh(session: Session, team_id: str, since: datetime, most: int) -> list[Item]:
    """Returns the news that were found after a moment, the newest first; events are in `coming_events`."""
    news = (Item.team_id == team_id, Item.kind == "news", col(Item.found_at) > since, col(Item.is_old).is_(False))
    newest = func.coalesce(col(Item.published_at), col(Item.found_at)).desc()
    found = select(Item).join(Feed, _OF_FEED).where(*news, Feed.state != "removed")
    newest_first = found.order_by(newest, col(Item.id).desc()).limit(most)
    return list(session.execute(newest_first, execution_options=_FRESH).scalars())


def coming_events(session: Session, team_id: str, since: datetime, until: datetime) -> list[Item]:
    """Returns the events that start from one moment until before another and were not cancelled, the next one first."""
    events = (Item.team_id == team_id, Item.kind == "event", col(Item.is_cancelled).is_(False))
    then = (col(Item.starts_at) >= since, col(Item.starts_at) < until)
    found = select(Item).join(Feed, _OF_FEED).where(*events, *then, Feed.state != "removed")
    next_first = found.order_by(col(Item.starts_at), col(Item.id))
    return list(session.execute(next_first, execution_options=_FRESH).scalars())


def find(session: Session, team_id: str, item_id: str, *, hold: bool = False) -> Item | None:
    """Returns an item; `hold` keeps it as it is until the transaction ends."""
    found = select(Item).where(Item.team_id == team_id, Item.id == item_id)
    found = found.with_for_update() if hold else found
    return session.execute(found, execution_options=_FRESH).scalars().first()


def known(session: Session, team_id: str, feed_id: str, keys: Collection[str]) -> dict[str, Item]:
    """Returns those of a feed's items that are here already, by what they are known by there."""
    found = select(Item).where(Item.team_id == team_id, Item.feed_id == feed_id, col(Item.key).in_(keys))
    return {one.key: one for one in session.execute(found, execution_options=_FRESH).scalars()}


def addresses_under(session: Session, team_id: str, titles: Collection[str]) -> set[tuple[str, str]]:
    """Returns the titles and addresses of the news under some titles that are offered, whichever feed held them."""
    found = (
        select_columns(col(Item.title), col(Item.url))
        .join(Feed, _OF_FEED)
        .where(col(Item.team_id) == team_id, col(Item.kind) == "news", col(Feed.state) != "removed")
        .where(col(Item.title).in_(titles), col(Item.url).is_not(None))
    )
    return {(str(row[0]), str(row[1])) for row in session.connection().execute(found)}


def coming_of(session: Session, team_id: str, feed_id: str, since: datetime, until: datetime) -> list[Item]:
    """Returns the events of one calendar between two moments that were not cancelled."""
    events = (Item.team_id == team_id, Item.feed_id == feed_id, Item.kind == "event", col(Item.is_cancelled).is_(False))
    found = select(Item).where(*events, col(Item.starts_at) >= since, col(Item.starts_at) < until)
    return list(session.execute(found, execution_options=_FRESH).scalars())


def add(session: Session, item: Item) -> bool:
    """Adds an item; says whether it is new."""
    return add_if_new(session, Item, item.model_dump())


def change(session: Session, team_id: str, item_ids: Collection[str], **columns: Any) -> None:
    """Sets columns of items."""
    these = (col(Item.team_id) == team_id, col(Item.id).in_(item_ids))
    session.connection().execute(update(Item).where(*these).values(**columns))


def forget(session: Session, team_id: str, feed_id: str, before: datetime) -> None:
    """Removes the items that a feed held last before a moment, but none to which somebody goes or went."""
    gone_to = select_columns(col(Going.item_id)).where(col(Going.team_id) == team_id)
    old = (col(Item.team_id) == team_id, col(Item.feed_id) == feed_id, col(Item.seen_at) < before)
    session.connection().execute(delete(Item).where(*old, col(Item.id).not_in(gone_to)))


def going(session: Session, team_id: str, item_id: str, member_id: str) -> Going | None:
    """Returns whether a member goes to an event, and whether they want to meet somebody there."""
    mine = (Going.team_id == team_id, Going.item_id == item_id, Going.member_id == member_id)
    return session.execute(select(Going).where(*mine), execution_options=_FRESH).scalars().first()


def goings_of(session: Session, team_id: str, member_id: str) -> dict[str, bool]:
    """Returns the ids of the events to which a member goes or went, and whether they want to meet others there."""
    mine = (Going.team_id == team_id, Going.member_id == member_id)
    return dict(session.exec(select(Going.item_id, Going.wants_to_meet).where(*mine)).all())


def going_to(session: Session, team_id: str, item_id: str) -> list[str]:
    """Returns the ids of the members who go to an event."""
    its = (Going.team_id == team_id, Going.item_id == item_id)
    return list(session.exec(select(Going.member_id).where(*its).order_by(col(Going.member_id))))


def put_going(session: Session, row: Going) -> None:
    """Keeps that somebody goes to an event, once."""
    add_if_new(session, Going, row.model_dump())


def change_going(session: Session, row: Going, *, wants_to_meet: bool) -> None:
    """Keeps whether somebody who goes wants to meet others."""
    session.connection().execute(update(Going).where(*_this(row)).values(wants_to_meet=wants_to_meet))
    session.expire_all()


def remove_going(session: Session, row: Going) -> None:
    """Removes that somebody goes to an event."""
    session.connection().execute(delete(Going).where(*_this(row)))
    session.expire_all()


def wanting_to_meet(session: Session, team_id: str, item_id: str) -> list[str]:
    """Returns the ids of the members who go to an event and want to meet others there, who said so first comes first."""
    wanting = (Going.team_id == team_id, Going.item_id == item_id, col(Going.wants_to_meet).is_(True))
    return list(session.exec(select(Going.member_id).where(*wanting).order_by(col(Going.at), col(Going.member_id))))


def _this(row: Going) -> tuple[Any, ...]:
    ids = zip((Going.team_id, Going.item_id, Going.member_id), (row.team_id, row.item_id, row.member_id), strict=True)
    return tuple(col(column) == value for column, value in ids)
