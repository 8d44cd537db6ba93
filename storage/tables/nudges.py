"""What members chose about nudges, the nudges they got, and what was suggested in each."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Text
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED, one_of

PERIODS = ("weekly", "fortnightly", "monthly")
NUDGING_STATES = ("on", "off", "paused")
SOURCES = ("stuck", "ask", "call", "there", "item", "event", "pass on", "quiet", "introduce")
NEWS_FROM = ("ties", "everybody", "nobody")
OUTCOMES = ("shown", "done", "not this")


class Nudging(SQLModel, table=True):
    """When a member gets nudges, if they want any, which topics they follow, and whether asks that fit may reach them.

    Who `is_hidden` is suggested to nobody. News may be shared with them by those with whom they have a tie, by everybody or by
    nobody.

    They are `paused` after three went unanswered, until the member says how to go on, or until `later_until`.
    """

    __tablename__ = "nudging"
    __table_args__ = (
        CheckConstraint(one_of("state", NUDGING_STATES), name="known_state"),
        CheckConstraint(one_of("news_from", NEWS_FROM), name="known_news_from"),
        CheckConstraint(one_of("every", PERIODS), name="known_period"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="known_weekday"),
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    member_id: str = Field(primary_key=True)
    state: str = "off"
    every: str = "weekly"
    weekday: int = 1
    wall: str = "09:00"
    topics: str = Field(default="", sa_column=Column(Text, nullable=False))
    takes_asks: bool = False
    is_hidden: bool = False
    news_from: str = "ties"
    turned_on_at: datetime | None = None
    later_until: datetime | None = None


class Nudge(SQLModel, table=True):
    """One time at which a member had something suggested, or would have had: one in four `is_held` back, to learn of the others.

    `pressed_at` is when they pressed anything in it first.
    """

    __tablename__ = "nudges"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        Index("nudges_by_member", "team_id", "member_id", "at"),
        Index("nudges_by_time", "team_id", "at"),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    member_id: str
    day: date
    at: datetime
    is_held: bool = False
    pressed_at: datetime | None = None


class Suggested(SQLModel, table=True):
    """One suggestion of a nudge: where it came from, what it is about, and the ids of those whom it names.

    There are spaces between the ids in `names`. `wording` tells which of the sentences for it was said; `facts` are the numbers
    in it, as JSON.
    """

    __tablename__ = "suggested"
    __table_args__ = (
        CheckConstraint(one_of("source", SOURCES), name="known_source"),
        CheckConstraint(one_of("outcome", OUTCOMES), name="known_outcome"),
        ForeignKeyConstraint(["team_id", "nudge_id"], ["nudges.team_id", "nudges.id"]),
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        Index("suggested_by_member", "team_id", "member_id", "at"),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    nudge_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    member_id: str
    source: str
    about: str
    names: str
    wording: int = 0
    facts: str = Field(default="{}", sa_column=Column(Text, nullable=False))
    outcome: str = "shown"
    at: datetime


class LeftOut(SQLModel, table=True):
    """Something that a member said *not this* to, wherever it was suggested: it is not suggested to them again."""

    __tablename__ = "left_out"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    member_id: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    about: str = Field(primary_key=True)
    at: datetime
