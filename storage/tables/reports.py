"""Which admins get the weekly report."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED


class Reporting(SQLModel, table=True):
    """An admin who chose about the weekly report; nobody gets it who did not choose so. What it says is kept nowhere."""

    __tablename__ = "reporting"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    member_id: str = Field(primary_key=True)
    is_on: bool
    chosen_at: datetime
