"""Who had their data removed, in a form that names nobody."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED, where

UNDER_WAY = "member_id IS NOT NULL"  # in these words, which are the index's, so that a question is answered from it


class Erasure(SQLModel, table=True):
    """Somebody's data was removed: a member's, or what a member had written of a contact.

    `mark` is made of our own id of them with the workspace's key: from a backup that is put back, it finds again whose rows are
    to go, and by itself it says nothing. `member_id` is there until the last of a member's rows is emptied.
    """

    __tablename__ = "erasures"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        Index("erasures_under_way", "team_id", "at", **where(UNDER_WAY)),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    mark: str = Field(primary_key=True)
    member_id: str | None = None
    at: datetime
