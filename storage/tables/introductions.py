"""Introductions, the people in them, and whom somebody does not want to be introduced to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED, one_of, where

INTRODUCTION_STATES = (
    "drafted", "asked", "waiting for one", "declined", "opening", "connected", "passed on", "checking in", "met",
    "led to something", "did not meet", "expired", "withdrawn",
)  # fmt: skip
ANSWERS = ("yes", "not now", "no")
MEETINGS = ("met", "scheduled", "not yet", "led to something")
OPEN = ("asked", "waiting for one", "declined")  # as long as somebody is asked


class Introduction(SQLModel, table=True):
    """An introduction that a connector makes. What each state leads to: bot/introductions.py.

    Of one that `is_outside` nobody is asked by the bot: the connector sends a text and says what came of it. All had said yes at
    `connected_at`; the first of them said that they met at `met_at`.
    """

    __tablename__ = "introductions"
    __table_args__ = (
        CheckConstraint(one_of("state", INTRODUCTION_STATES), name="known_state"),
        ForeignKeyConstraint(["team_id", "connector_id"], ["members.team_id", "members.id"]),
        Index("introductions_by_connector", "team_id", "connector_id", "created_at"),
        Index("introductions_by_channel", "team_id", "channel", "connected_at", **where("channel IS NOT NULL")),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    connector_id: str
    state: str
    is_business: bool = False
    is_outside: bool = False
    channel: str | None = None
    created_at: datetime
    asked_at: datetime | None = None
    expires_at: datetime | None = None
    connected_at: datetime | None = None
    written_at: datetime | None = None
    met_at: datetime | None = None


class Side(SQLModel, table=True):
    """One of those who are introduced: a member or a contact, the `line` they read, and what they answered.

    Who does not want to be introduced to one of the others `is_spared`: they are not asked, and count as asked all the same.
    After a *not now* somebody is asked once more at `again_at`. `met` is what they said came of it, `words` what they added.
    """

    __tablename__ = "introduction_sides"
    __table_args__ = (
        CheckConstraint(one_of("answer", ANSWERS), name="known_answer"),
        CheckConstraint(one_of("met", MEETINGS), name="known_meeting"),
        CheckConstraint("(member_id IS NULL) <> (contact_id IS NULL)", name="one_person"),
        UniqueConstraint("team_id", "introduction_id", "number"),
        ForeignKeyConstraint(["team_id", "introduction_id"], ["introductions.team_id", "introductions.id"]),
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "contact_id"], ["contacts.team_id", "contacts.id"]),
        Index("sides_by_member", "team_id", "member_id", "asked_at"),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    introduction_id: str
    number: int
    member_id: str | None = None
    contact_id: str | None = None
    line: str = Field(sa_column=Column(Text, nullable=False))
    asked_at: datetime | None = None
    is_spared: bool = False
    answer: str | None = None
    answered_at: datetime | None = None
    again_at: datetime | None = None
    met: str | None = None
    words: str | None = Field(default=None, sa_column=Column(Text))

    @property
    def is_asked(self) -> bool:
        """Whether they are asked, and know of it."""
        return self.asked_at is not None and not self.is_spared


class Unwanted(SQLModel, table=True):
    """Somebody a member does not want to be introduced to. Nobody else is ever told."""

    __tablename__ = "unwanted"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "other_id"], ["members.team_id", "members.id"]),
        Index("unwanted_by_other", "team_id", "other_id"),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    member_id: str = Field(primary_key=True)
    other_id: str = Field(primary_key=True)
