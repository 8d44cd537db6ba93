"""What goes in and out: requests that were acted on, what was not recorded yet, and what is to be said."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.rules import CLUSTERED, one_of, where

STATES = ("pending", "sending", "sent", "unconfirmed", "dead", "expired", "cancelled")
VERBS = ("post", "file", "update", "home")
OPEN = (
    "state IN ('pending', 'sending')"  # in these words, which are the index's, so that a question is answered from it
)


class Draft(SQLModel, table=True):
    """What a member has said and not yet recorded, kept for a day so that no form opens empty. `body` is JSON."""

    __tablename__ = "drafts"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    member_id: str
    body: str = Field(sa_column=Column(Text, nullable=False))
    created_at: datetime


class InboxKey(SQLModel, table=True):
    """A request of Slack's that was acted on, and the id of what came of it; written in the same transaction."""

    __tablename__ = "inbox"
    __table_args__ = (CLUSTERED,)

    team_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    result: str
    at: datetime


class Outgoing(SQLModel, table=True):
    """Something to be said to somebody who did not just ask.

    `verb` is `post`, `file`, `update` (of the message that `target` posted) or `home`. `kind` and `subject` say what about;
    the words, or the files, are made when it is sent, from what is true then. It goes to `channel`, or to the member's own DM
    where there is none; `owner_id` is told if it cannot be said. `planned_for` is the time it was promised for, whatever became
    of `due_at` since.

    `tried` counts the tries that may have said it, `refused` those that certainly did not. `cause` is the request it came of.
    Of a file `slack_ts` is Slack's id of it, known once its bytes are there and before anybody sees it.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="known_state"),
        CheckConstraint(one_of("verb", VERBS), name="known_verb"),
        UniqueConstraint("team_id", "key"),
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "owner_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "target"], ["outbox.team_id", "outbox.id"]),
        Index("outbox_by_due", "team_id", "state", "due_at"),
        # As small as what is still to be said, however much was: asked for every few seconds, of every workspace.
        Index("outbox_open", "team_id", "due_at", **where(OPEN)),
        # Without it, each row that is removed has all others looked through for one that points to it.
        Index("outbox_by_target", "team_id", "target", **where("target IS NOT NULL")),
        Index("outbox_by_subject", "team_id", "subject"),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    key: str
    verb: str
    kind: str
    subject: str
    member_id: str
    owner_id: str | None = None
    channel: str | None = None
    target: str | None = None
    greets: bool = False
    plain: bool = False
    due_at: datetime
    planned_for: datetime | None = None
    not_after: datetime | None = None
    state: str = "pending"
    lease_until: datetime | None = None
    tried: int = 0
    refused: int = 0
    first_tried_at: datetime | None = None
    looked_at: datetime | None = None
    cancelled_at: datetime | None = None
    slack_channel: str | None = None
    slack_ts: str | None = None
    error: str | None = None
    cause: str | None = None
    created_at: datetime
    sent_at: datetime | None = None
