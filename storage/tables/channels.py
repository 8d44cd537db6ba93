"""Channels that have a weekly summary, or could have one; and each week's."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED, one_of

CHANNEL_STATES = ("on", "paused", "off", "left")
FRIDAY = 4


class Channel(SQLModel, table=True):
    """A channel that the bot is in. `id` is Slack's; the owner invited it, or chose for it since.

    Its summary comes each week on `weekday`, Monday being 0, at the local time `wall` in `zone`, while it is `on`; `paused` ends
    at `paused_until`, and `left` is where the bot was taken out. What a summary counts begins where the last one ended, at
    `counted_until`. `quiet_weeks` are those in a row of which there was nothing to tell.
    """

    __tablename__ = "channels"
    __table_args__ = (
        CheckConstraint(one_of("state", CHANNEL_STATES), name="known_state"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="known_weekday"),
        ForeignKeyConstraint(["team_id", "owner_id"], ["members.team_id", "members.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    owner_id: str | None = None
    state: str
    is_shared: bool = False
    weekday: int = FRIDAY
    wall: str = "16:00"
    zone: str
    paused_until: datetime | None = None
    counted_until: datetime
    quiet_weeks: int = 0
    noted_at: datetime


class Summary(SQLModel, table=True):
    """One week of a channel, by its ISO week such as 2026-W10: what it counts, from `since` and before `until`."""

    __tablename__ = "summaries"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "channel"], ["channels.team_id", "channels.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    week: str = Field(primary_key=True)
    since: datetime
    until: datetime
    is_first: bool = False
