"""Feeds and calendars that admins add, the items found in them, and who goes to an event."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED, one_of, where

FEED_KINDS = ("feed", "calendar")
FEED_STATES = ("on", "paused", "broken", "removed")
ITEM_KINDS = ("news", "event")


class Feed(SQLModel, table=True):
    """An address that an admin added; `kind` and `title` are known once it was read, `topics` are the admin's words.

    It is read next at `next_at`; whoever reads it claims it by moving that. `failures` counts those in a row, `failure` says what
    the last one was, and `broken` is what it is after too many of them. `body_at` is when it last held anything new to look at,
    `note` what was not understood of it.
    """

    __tablename__ = "feeds"
    __table_args__ = (
        CheckConstraint(one_of("state", FEED_STATES), name="known_state"),
        CheckConstraint(f"kind IS NULL OR {one_of('kind', FEED_KINDS)}", name="known_kind"),
        UniqueConstraint("team_id", "url"),
        ForeignKeyConstraint(["team_id", "added_by"], ["members.team_id", "members.id"]),
        Index("feeds_due", "team_id", "next_at", **where("state = 'on'")),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    url: str = Field(sa_column=Column(Text, nullable=False))
    kind: str | None = None
    title: str = Field(default="", sa_column=Column(Text, nullable=False))
    topics: str = Field(default="", sa_column=Column(Text, nullable=False))
    added_by: str
    added_at: datetime
    state: str = "on"
    etag: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    last_modified: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    next_at: datetime
    read_at: datetime | None = None
    body_at: datetime | None = None
    failures: int = 0
    failure: str | None = None
    note: str | None = None


class Item(SQLModel, table=True):
    """A piece of timely information from a feed, or an event from a calendar; `key` is what it is known by there.

    An event starts at `starts_at`; where it is of whole days, that is midnight UTC of its first one. `is_old` are those without
    a date that were there when the feed was first read. `seen_at` is when the feed last held it.
    """

    __tablename__ = "items"
    __table_args__ = (
        CheckConstraint(one_of("kind", ITEM_KINDS), name="known_kind"),
        CheckConstraint("kind <> 'event' OR starts_at IS NOT NULL", name="events_start"),
        UniqueConstraint("team_id", "feed_id", "key"),
        ForeignKeyConstraint(["team_id", "feed_id"], ["feeds.team_id", "feeds.id"]),
        Index("items_fresh", "team_id", "found_at", **where("kind = 'news'")),
        Index("items_coming", "team_id", "starts_at", **where("kind = 'event'")),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    feed_id: str
    key: str
    kind: str
    title: str = Field(sa_column=Column(Text, nullable=False))
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    url: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    topics: str = Field(default="", sa_column=Column(Text, nullable=False))
    published_at: datetime | None = None
    found_at: datetime
    seen_at: datetime
    is_old: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_all_day: bool = False
    place: str = Field(default="", sa_column=Column(Text, nullable=False))
    is_cancelled: bool = False


class Going(SQLModel, table=True):
    """Somebody goes to an event; who `wants_to_meet` is suggested to others who go and want the same, and to nobody else."""

    __tablename__ = "goings"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "item_id"], ["items.team_id", "items.id"]),
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        Index("goings_by_member", "team_id", "member_id"),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    item_id: str = Field(primary_key=True)
    member_id: str = Field(primary_key=True)
    at: datetime
    wants_to_meet: bool = False
