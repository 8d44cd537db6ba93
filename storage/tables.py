"""Every table, its constraints and its indexes.

Each primary key, unique constraint and foreign key begins with `team_id`, so that no row of one workspace can point into
another, and so that the schema could be spread over machines by workspace. SQLModel does not validate table rows when they are
made: what must hold stands in the constraints here, and in `bot/`.
"""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

KINDS = ("information", "introduction", "advice", "help")
ACTS_A_DAY = 30  # until an admin chooses: more than anybody types, fewer than a script does
STATES = ("pending", "sending", "sent", "unconfirmed", "dead", "expired", "cancelled")
# SQLite keeps a row in its primary key's own tree: a page less to write for each row, and our ids are in order of time anyway.
CLUSTERED = {"sqlite_with_rowid": False}


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _where(condition: str) -> dict[str, Any]:
    """Keeps an index to the rows of which this is true."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Workspace(SQLModel, table=True):
    """A Slack workspace, and what its admins chose.

    `key` makes the ids under which its messages can be found again in Slack; `restored_at` is when this database last took
    the place of a newer one, which may have said more than it knows of.
    """

    __tablename__ = "workspaces"
    __table_args__ = (CLUSTERED,)

    team_id: str = Field(primary_key=True)
    thanks_emoji: str | None = None
    acts_a_day: int = ACTS_A_DAY
    created_at: datetime
    key: str = Field(default_factory=lambda: secrets.token_hex(16))
    restored_at: datetime | None = None


class Member(SQLModel, table=True):
    """A person in a workspace. `id` is ours, `slack_id` is Slack's; what Slack says of them is as old as `checked_at`."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("team_id", "slack_id"), CLUSTERED)

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    slack_id: str
    name: str = ""
    zone: str = "UTC"
    locale: str = "en-US"
    is_bot: bool = False
    is_guest: bool = False
    is_stranger: bool = False
    is_gone: bool = False
    is_admin: bool = False
    is_named_admin: bool = False
    created_at: datetime
    checked_at: datetime | None = None
    greeted_at: datetime | None = None
    home_seen_at: datetime | None = None
    left_at: datetime | None = None
    paused_until: datetime | None = None
    dm: str | None = None


class Contact(SQLModel, table=True):
    """Somebody outside the workspace: a name only, seen by the member who wrote it, never messaged."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("team_id", "owner_id", "name", "company"),
        ForeignKeyConstraint(["team_id", "owner_id"], ["members.team_id", "members.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    owner_id: str
    name: str
    company: str = ""
    created_at: datetime


class Act(SQLModel, table=True):
    """One good turn for one person. Rows are added, never changed: a removal is a row that `reverses` another.

    `said_id` joins the rows of one statement, `root_id` a row with those that correct it. The one outside Slack, if any, stands
    in `contact_id` and takes the place of the helper or of the person helped. `recorded_by` is whose statement it is, and
    `written_by` who wrote this row of it.
    """

    __tablename__ = "acts"
    __table_args__ = (
        CheckConstraint(_one_of("kind", KINDS), name="known_kind"),
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
        Index("acts_by_reversed", "team_id", "reverses", unique=True, **_where("reverses IS NOT NULL")),
        Index("acts_by_message", "team_id", "recorded_by", "about", **_where("about IS NOT NULL")),
        Index("acts_by_statement", "team_id", "said_id"),
        Index("acts_by_root", "team_id", "root_id"),
        Index("acts_by_recorder", "team_id", "recorded_by", "recorded_at"),
        Index("acts_by_helper", "team_id", "helper_id", "recorded_at"),
        Index("acts_by_helped", "team_id", "helped_id", "recorded_at"),
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
        CheckConstraint(_one_of("mark", ("thanks", "private", "shared")), name="known_mark"),
        ForeignKeyConstraint(["team_id", "act_id"], ["acts.team_id", "acts.id"]),
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        CLUSTERED,
    )

    team_id: str = Field(primary_key=True)
    act_id: str = Field(primary_key=True)
    mark: str = Field(primary_key=True)
    member_id: str
    words: str | None = Field(default=None, sa_column=Column(Text))
    channel: str | None = None
    at: datetime


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

    `verb` is `post`, `update` (of the message that `target` posted) or `home`. `kind` and `subject` say what about; the words
    are made when it is sent, from what is true then. It goes to `channel`, or to the member's own DM where there is none;
    `owner_id` is told if it cannot be said. `planned_for` is the time it was promised for, whatever became of `due_at` since.

    `tried` counts the tries that may have said it, `refused` those that certainly did not. `cause` is the request it came of.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint(_one_of("state", STATES), name="known_state"),
        CheckConstraint(_one_of("verb", ("post", "update", "home")), name="known_verb"),
        UniqueConstraint("team_id", "key"),
        ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "owner_id"], ["members.team_id", "members.id"]),
        ForeignKeyConstraint(["team_id", "target"], ["outbox.team_id", "outbox.id"]),
        Index("outbox_by_due", "team_id", "state", "due_at"),
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
