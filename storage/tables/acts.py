"""Acts, and what was said about them since."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Text
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED, one_of, where

KINDS = ("information", "introduction", "advice", "help")


class Act(SQLModel, table=True):
    """One good turn for one person. Rows are added, never changed: a removal is a row that `reverses` another.

    `said_id` joins the rows of one statement, `root_id` a row with those that correct it. The one outside Slack, if any, stands
    in `contact_id` and takes the place of the helper or of the person helped. `recorded_by` is whose statement it is, and
    `written_by` who wrote this row of it.
    """

    __tablename__ = "acts"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="known_kind"),
        CheckConstraint("helper_id <> helped_id", name="not_oneself"),
        CheckConstraint(
            "(contact_id IS NULL AND helper_id IS NOT NULL AND helped_id IS NOT NULL)"
            " OR (contact_id IS NOT NULL AND (helper_id IS NULL) <> (helped_id IS NULL))",
            name="two_sides",
        ),
        ForeignKeyConstraint(["team_id", "helper_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "helped_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "recorded_by"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "written_by"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "contact_id"], ["contacts.team_id", "contacts.id"]),
        ForeignKeyConstraint(["team_id", "reverses"], ["acts.team_id", "acts.id"]),
        # Only rows with a value stand in these two: SQLite took an index full of NULLs for the shortest way to the acts that
        # reverse none, and read the whole ledger for one member's day.
        Index("acts_by_reversed", "team_id", "reverses", unique=True, **where("reverses IS NOT NULL")),
        Index("acts_by_message", "team_id", "recorded_by", "about", **where("about IS NOT NULL")),
        Index("acts_by_statement", "team_id", "said_id"),
        Index("acts_by_root", "team_id", "root_id"),
        Index("acts_by_recorder", "team_id", "recorded_by", "recorded_at"),
        Index("acts_by_helper", "team_id", "helper_id", "recorded_at"),
        Index("acts_by_helped", "team_id", "helped_id", "recorded_at"),
        Index("acts_by_channel", "team_id", "channel", "recorded_at", **where("channel IS NOT NULL")),
        Index("acts_by_pair", "team_id", "helper_id", "helped_id", "recorded_at", **where("contact_id IS NULL")),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    said_id: str
    root_id: str
    helper_id: str | None = None
    helped_id: str | None = None
    contact_id: str | None = None
    kind: str
    is_guess: bool = False
    words: str = Field(sa_column=Column(Text, nullable=False))
    channel: str | None = None
    is_private: bool = False
    source: str
    about: str | None = None
    recorded_by: str
    written_by: str
    recorded_at: datetime
    reverses: str | None = None


class Mark(SQLModel, table=True):
    """What somebody said about an act since.

    `thanks` confirms it, `private` keeps it from summaries, `shared` gives it a channel.
    """

    __tablename__ = "marks"
    __table_args__ = (
        CheckConstraint(one_of("mark", ("thanks", "private", "shared")), name="known_mark"),
        ForeignKeyConstraint(["team_id", "act_id"], ["acts.team_id", "acts.id"]),
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        Index("marks_by_channel", "team_id", "channel", "at", **where("channel IS NOT NULL")),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    act_id: str = Field(primary_key=True)
    mark: str = Field(primary_key=True)
    member_id: str
    words: str | None = Field(default=None, sa_column=Column(Text))
    channel: str | None = None
    at: datetime
