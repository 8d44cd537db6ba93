"""Workspaces, the people in them, and the people outside whom they name."""

import secrets
from datetime import datetime

from sqlalchemy import Column, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED, where

ACTS_A_DAY = 30  # until an admin chooses: more than anybody types, fewer than a script does
INTRODUCTIONS_A_MONTH = 4  # asks that one person gets, until an admin or they themselves choose


# How the Slack id of a row begins whose person had their data deleted; what follows is our own id.
NAMELESS = "nobody:"
IS_ADMIN = "is_admin OR is_named_admin"  # in these words, which are the index's, so that a question is answered from it


class Workspace(SQLModel, table=True):
    """A Slack workspace, and what its admins chose; `topics` are those that members can tick, with commas between them.

    `key` makes the ids under which its messages can be found again in Slack; `restored_at` is when this database last took
    the place of a newer one, which may have said more than it knows of. Of one that is `uninstalled_at` nothing is said any more,
    and its rows go in the end; `installed_at` is when it was last seen to be installed.

    Words are kept for `keeps_words_for` months, None being for good; those of acts went up to `words_gone_until`.
    """

    __tablename__ = "workspaces"
    __table_args__ = (CLUSTERED,)

    team_id: str = Field(primary_key=True)
    thanks_emoji: str | None = None
    acts_a_day: int = ACTS_A_DAY
    created_at: datetime
    key: str = Field(default_factory=lambda: secrets.token_hex(16))
    restored_at: datetime | None = None
    country: str | None = None
    introductions_a_month: int = INTRODUCTIONS_A_MONTH
    topics: str = Field(default="", sa_column=Column(Text, nullable=False))
    installed_at: datetime | None = None
    uninstalled_at: datetime | None = None
    keeps_words_for: int | None = None
    words_gone_until: datetime | None = None


class Member(SQLModel, table=True):
    """A person in a workspace. `id` is ours, `slack_id` is Slack's; what Slack says of them is as old as `checked_at`.

    They work from `works_from` until `works_until`, in minutes of their day, on the weekdays in `works_on`, Monday being 0.
    None is what holds until they choose. `country` names whose holidays are theirs; None is the workspace's, "" no country's.
    They are asked about `introductions_a_month` at the most, and about none until `introductions_from`. Who
    `is_unnamed` is counted in summaries, and never named.
    """

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("team_id", "slack_id"),
        Index("members_admins", "team_id", "id", **where(IS_ADMIN)),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    slack_id: str
    name: str = ""
    zone: str = "UTC"
    locale: str = "en-US"
    is_bot: bool = False
    is_guest: bool = False
    is_stranger: bool = False
    is_gone: bool = False
    is_admin: bool = False
    is_named_admin: bool = False
    created_at: datetime
    checked_at: datetime | None = None
    greeted_at: datetime | None = None
    home_seen_at: datetime | None = None
    left_at: datetime | None = None
    paused_until: datetime | None = None
    dm: str | None = None
    works_from: int | None = None
    works_until: int | None = None
    works_on: str | None = None
    country: str | None = None
    introductions_a_month: int | None = None
    introductions_from: datetime | None = None
    is_unnamed: bool = False


class Contact(SQLModel, table=True):
    """Somebody outside the workspace: a name only, seen by the member who wrote it, never messaged."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("team_id", "owner_id", "name", "company"),
        ForeignKeyConstraint(["team_id", "owner_id"], ["members.team_id", "members.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    owner_id: str
    name: str
    company: str = ""
    created_at: datetime
