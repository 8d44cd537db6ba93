"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables forward."""
    op.create_table(
        "inbox",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "key"),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "members",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slack_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("is_stranger", sa.Boolean(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_named_admin", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("greeted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("home_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dm", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sa.UniqueConstraint("team_id", "slack_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "workspaces",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("thanks_emoji", sa.String(), nullable=True),
        sa.Column("acts_a_day", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contacts",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "owner_id"],
            ["members.team_id", "members.id"],
        ),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sa.UniqueConstraint("team_id", "owner_id", "name", "company"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "drafts",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "member_id"],
            ["members.team_id", "members.id"],
        ),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "outbox",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=True),
        sa.Column("greets", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("slack_channel", sa.String(), nullable=True),
        sa.Column("slack_ts", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'unconfirmed', 'dead', 'expired', 'cancelled')", name="known_state"
        ),
        sa.CheckConstraint("verb IN ('post', 'update', 'home')", name="known_verb"),
        sa.ForeignKeyConstraint(
            ["team_id", "member_id"],
            ["members.team_id", "members.id"],
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "target"],
            ["outbox.team_id", "outbox.id"],
        ),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sa.UniqueConstraint("team_id", "key"),
        sqlite_with_rowid=False,
    )
    op.create_index("outbox_by_due", "outbox", ["team_id", "state", "due_at"], unique=False)
    op.create_index("outbox_by_subject", "outbox", ["team_id", "subject"], unique=False)

    op.create_table(
        "acts",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("said_id", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("helper_id", sa.String(), nullable=True),
        sa.Column("helped_id", sa.String(), nullable=True),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_guess", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reverses", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('information', 'introduction', 'advice', 'help')", name="known_kind"),
        sa.CheckConstraint(
            "(contact_id IS NULL AND helper_id IS NOT NULL AND helped_id IS NOT NULL) OR (contact_id IS NOT NULL AND (helper_id IS NULL) <> (helped_id IS NULL))",
            name="two_sides",
        ),
        sa.CheckConstraint("helper_id <> helped_id", name="not_oneself"),
        sa.ForeignKeyConstraint(
            ["team_id", "contact_id"],
            ["contacts.team_id", "contacts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "helped_id"],
            ["members.team_id", "members.id"],
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "helper_id"],
            ["members.team_id", "members.id"],
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "recorded_by"],
            ["members.team_id", "members.id"],
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "reverses"],
            ["acts.team_id", "acts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "written_by"],
            ["members.team_id", "members.id"],
        ),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("acts_by_helped", "acts", ["team_id", "helped_id", "recorded_at"], unique=False)
    op.create_index("acts_by_helper", "acts", ["team_id", "helper_id", "recorded_at"], unique=False)
    op.create_index(
        "acts_by_message",
        "acts",
        ["team_id", "recorded_by", "about"],
        unique=False,
        sqlite_where=sa.text("about IS NOT NULL"),
        postgresql_where=sa.text("about IS NOT NULL"),
    )
    op.create_index("acts_by_recorder", "acts", ["team_id", "recorded_by", "recorded_at"], unique=False)
    op.create_index(
        "acts_by_reversed",
        "acts",
        ["team_id", "reverses"],
        unique=True,
        sqlite_where=sa.text("reverses IS NOT NULL"),
        postgresql_where=sa.text("reverses IS NOT NULL"),
    )
    op.create_index("acts_by_root", "acts", ["team_id", "root_id"], unique=False)
    op.create_index("acts_by_statement", "acts", ["team_id", "said_id"], unique=False)

    op.create_table(
        "marks",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("act_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("mark IN ('thanks', 'private', 'shared')", name="known_mark"),
        sa.ForeignKeyConstraint(
            ["team_id", "act_id"],
            ["acts.team_id", "acts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "member_id"],
            ["members.team_id", "members.id"],
        ),
        sa.PrimaryKeyConstraint("team_id", "act_id", "mark"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Removes every table."""
    for table in ("marks", "acts", "outbox", "drafts", "contacts", "inbox", "workspaces", "members"):
        op.drop_table(table)
