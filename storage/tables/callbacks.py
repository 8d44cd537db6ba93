"""Calls to return, and each plan of when to remind of one."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED, one_of, where

ENDS = ("called back", "moved", "dropped", "changed", "passed", "taken back")


class Callback(SQLModel, table=True):
    """A call that a member wants to return: to whom, a member or a contact; about what; and their own note of it.

    One that repeats has a rule in `every` (RFC 5545), counted from the local wall time in `starts`; its zone is its owner's.
    """

    __tablename__ = "callbacks"
    __table_args__ = (
        CheckConstraint("(member_id IS NULL) <> (contact_id IS NULL)", name="one_person"),
        CheckConstraint("(every IS NULL) = (starts IS NULL)", name="counted_from"),
        ForeignKeyConstraint(["team_id", "owner_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "contact_id"], ["contacts.team_id", "contacts.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    owner_id: str
    member_id: str | None = None
    contact_id: str | None = None
    about: str = Field(sa_column=Column(Text, nullable=False))
    note: str = Field(sa_column=Column(Text, nullable=False))
    every: str | None = None
    starts: str | None = None
    noted_at: datetime


class Turn(SQLModel, table=True):
    """One plan of a callback: when it is due, and what came of it. Each answer ends a turn, and most begin the next.

    `wall` is the local time it was planned for, which moves with its owner's zone; without one it is an instant and stays.
    `day` is the local day of the occurrence of one that repeats. `said` counts the reminders sent so far.
    """

    __tablename__ = "callback_turns"
    __table_args__ = (
        CheckConstraint(one_of("ended", ENDS), name="known_end"),
        CheckConstraint("(ended IS NULL) = (ended_at IS NULL)", name="end_with_time"),
        UniqueConstraint("team_id", "callback_id", "number"),
        ForeignKeyConstraint(["team_id", "callback_id"], ["callbacks.team_id", "callbacks.id"]),
        ForeignKeyConstraint(["team_id", "owner_id"], ["members.team_id", "members.id"]),
        Index("turns_open", "team_id", "owner_id", "due_at", **where("ended IS NULL")),
        Index("turns_returned", "team_id", "owner_id", "ended_at", **where("ended = 'called back'")),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    callback_id: str
    owner_id: str
    number: int
    due_at: datetime
    wall: str | None = None
    day: date | None = None
    said: int = 0
    ended: str | None = None
    ended_at: datetime | None = None
