"""Channels that the bot is in, when each has its summary, and the weeks that were summed up."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, select

from storage.database import add_if_new
from storage.tables import Channel, Summary

_HAS_SUMMARY = select(col(Channel.state)).where(
    col(Channel.team_id) == bindparam("team_id"), col(Channel.id) == bindparam("id"), col(Channel.state) == "on"
)


def has_summary(session: Session, team_id: str, channel: str | None) -> bool:
    """Says whether a channel has a weekly summary."""
    if channel is None:
        return False
    return session.connection().execute(_HAS_SUMMARY, {"team_id": team_id, "id": channel}).first() is not None


def find(session: Session, team_id: str, channel: str, *, hold: bool = False) -> Channel | None:
    """Returns a channel; with `hold`, others who would change it wait until this transaction ends."""
    found = select(Channel).where(Channel.team_id == team_id, Channel.id == channel)
    if hold:
        found = found.with_for_update(key_share=True)
    return session.execute(found, execution_options={"populate_existing": True}).scalars().first()


def among(session: Session, team_id: str, channels: Collection[str]) -> dict[str, Channel]:
    """Returns those of some channels that are known, by Slack's id."""
    found = select(Channel).where(Channel.team_id == team_id, col(Channel.id).in_(channels))
    return {one.id: one for one in session.exec(found)}


def all_of(session: Session, team_id: str) -> list[Channel]:
    """Returns the channels that the bot is in, in the order in which it came to them."""
    found = select(Channel).where(Channel.team_id == team_id, Channel.state != "left")
    return list(session.exec(found.order_by(col(Channel.noted_at), col(Channel.id))))


def some_of(session: Session, team_id: str, owner_id: str | None, most: int) -> tuple[list[Channel], int]:
    """Returns the first channels that the bot is in, of one owner or with None of all, and how many there are."""
    theirs = () if owner_id is None else (Channel.owner_id == owner_id,)
    known = (Channel.team_id == team_id, Channel.state != "left", *theirs)
    in_order = select(Channel).where(*known).order_by(col(Channel.noted_at), col(Channel.id))
    first = list(session.exec(in_order.limit(most)))
    if len(first) < most:
        return first, len(first)
    return first, session.exec(select(func.count()).select_from(Channel).where(*known)).one()


def add(session: Session, channel: Channel) -> bool:
    """Adds a channel unless it is known; says whether it is new."""
    return add_if_new(session, Channel, channel.model_dump())


def change(session: Session, team_id: str, channel: str, **columns: Any) -> None:
    """Sets columns of a channel."""
    this = (col(Channel.team_id) == team_id, col(Channel.id) == channel)
    session.connection().execute(update(Channel).where(*this).values(**columns))
    session.expire_all()


def hand_over(session: Session, team_id: str, owner_id: str, heir_id: str) -> None:
    """Gives all channels of one owner to another."""
    theirs = (col(Channel.team_id) == team_id, col(Channel.owner_id) == owner_id)
    session.connection().execute(update(Channel).where(*theirs).values(owner_id=heir_id))


def add_week(session: Session, summary: Summary) -> bool:
    """Adds a channel's week unless it has one already; says whether it is new."""
    return add_if_new(session, Summary, summary.model_dump())


def week(session: Session, team_id: str, channel: str, name: str) -> Summary | None:
    """Returns what a channel's week counts, by the week's name."""
    return session.get(Summary, (team_id, channel, name))


def weeks(session: Session, team_id: str, channel: str, since: datetime) -> list[Summary]:
    """Returns a channel's weeks since a moment, the oldest first."""
    mine = (Summary.team_id == team_id, Summary.channel == channel, col(Summary.until) > since)
    return list(session.exec(select(Summary).where(*mine).order_by(col(Summary.until))))
