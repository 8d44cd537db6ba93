"""Days on which two members had to do with each other."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED


class TieDay(SQLModel, table=True):
    """A day (UTC) on which a member gave to another, got from them, or met them by an introduction: one row for each of the two.

    It is counted from acts that stand and on which both agreed, and from introductions; `shown_*` from acts that neither made
    private. Whatever changes one of them has the day counted anew: `storage/ties.py`.
    """

    __tablename__ = "tie_days"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "other_id"], ["members.team_id", "members.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    member_id: str = Field(primary_key=True)
    other_id: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    gave: int = 0
    got: int = 0
    shown_gave: int = 0
    shown_got: int = 0
    met: int = 0
