"""Asks for help, and what others offer."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables forward."""
    op.create_table(
        "asks",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("asker_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'solved', 'closed')", name="known_state"),
        sa.ForeignKeyConstraint(["team_id", "asker_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sqlite_with_rowid=False,
    )
    rule = sa.text("state = 'open'")
    op.create_index("asks_open", "asks", ["team_id", "closes_at"], sqlite_where=rule, postgresql_where=rule)
    op.create_index("asks_by_asker", "asks", ["team_id", "asker_id", "asked_at"])
    op.create_table(
        "offers",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("ask_id", sa.String(), nullable=False),
        sa.Column("helper_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('offered', 'accepted', 'covered', 'thanked', 'taken back')", name="known_state"),
        sa.ForeignKeyConstraint(["team_id", "ask_id"], ["asks.team_id", "asks.id"]),
        sa.ForeignKeyConstraint(["team_id", "helper_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "ask_id", "helper_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("offers_by_helper", "offers", ["team_id", "helper_id", "at"])


def downgrade() -> None:
    """Takes all of it away again."""
    op.drop_table("offers")
    op.drop_table("asks")
