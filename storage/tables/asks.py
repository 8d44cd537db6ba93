"""Asks for help, and what others offer."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Text
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED, one_of, where

ASK_STATES = ("open", "solved", "closed")
OFFER_STATES = ("offered", "accepted", "covered", "thanked", "taken back")


class Ask(SQLModel, table=True):
    """What a member asks for, until a day of theirs; to a channel, or without one to those alone whose topics fit.

    `topics` are words that say what it is about, as the member wrote them. It closes by itself at `closes_at`.
    """

    __tablename__ = "asks"
    __table_args__ = (
        CheckConstraint(one_of("state", ASK_STATES), name="known_state"),
        ForeignKeyConstraint(["team_id", "asker_id"], ["members.team_id", "members.id"]),
        Index("asks_open", "team_id", "closes_at", **where("state = 'open'")),
        Index("asks_by_asker", "team_id", "asker_id", "asked_at"),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    asker_id: str
    channel: str | None = None
    words: str = Field(sa_column=Column(Text, nullable=False))
    topics: str = Field(sa_column=Column(Text, nullable=False))
    until: date
    state: str = "open"
    asked_at: datetime
    closes_at: datetime
    ended_at: datetime | None = None


class Offer(SQLModel, table=True):
    """Help that somebody offers for an ask. Its asker alone sees it; `covered` is an answer that the helper never hears of."""

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint(one_of("state", OFFER_STATES), name="known_state"),
        ForeignKeyConstraint(["team_id", "ask_id"], ["asks.team_id", "asks.id"]),
        ForeignKeyConstraint(["team_id", "helper_id"], ["members.team_id", "members.id"]),
        Index("offers_by_helper", "team_id", "helper_id", "at"),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    ask_id: str = Field(primary_key=True)
    helper_id: str = Field(primary_key=True)
    state: str = "offered"
    at: datetime
