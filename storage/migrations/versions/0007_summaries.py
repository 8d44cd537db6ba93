"""Channels and their weekly summaries, who is not named in them, and the indexes that a week is counted from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEXES = {
    "acts_by_channel": ("acts", ["team_id", "channel", "recorded_at"], "channel IS NOT NULL"),
    "acts_by_pair": ("acts", ["team_id", "helper_id", "helped_id", "recorded_at"], "contact_id IS NULL"),
    "marks_by_channel": ("marks", ["team_id", "channel", "at"], "channel IS NOT NULL"),
    "introductions_by_channel": ("introductions", ["team_id", "channel", "connected_at"], "channel IS NOT NULL"),
}


def upgrade() -> None:
    """Brings the tables forward."""
    with _members() as members:
        members.add_column(sa.Column("is_unnamed", sa.Boolean(), nullable=False, server_default=sa.false()))
    with _members() as members:
        members.alter_column("is_unnamed", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "channels",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("wall", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quiet_weeks", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('on', 'paused', 'off', 'left')", name="known_state"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="known_weekday"),
        sa.ForeignKeyConstraint(["team_id", "owner_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "summaries",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["team_id", "channel"], ["channels.team_id", "channels.id"]),
        sa.PrimaryKeyConstraint("team_id", "channel", "week"),
        sqlite_with_rowid=False,
    )
    for name, (table, columns, condition) in INDEXES.items():
        rule = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=rule, postgresql_where=rule)


def downgrade() -> None:
    """Takes all of it away again."""
    for name, (table, _, _) in INDEXES.items():
        op.drop_index(name, table)
    op.drop_table("summaries")
    op.drop_table("channels")
    with _members() as members:
        members.drop_column("is_unnamed")


def _members():
    return op.batch_alter_table("members", table_kwargs={"sqlite_with_rowid": False})
