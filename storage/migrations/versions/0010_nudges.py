"""What members chose about nudges, the nudges they got, and what was suggested in each."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables forward."""
    op.create_table(
        "nudging",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("wall", sa.String(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("takes_asks", sa.Boolean(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("news_from", sa.String(), nullable=False),
        sa.Column("turned_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("later_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('on', 'off', 'paused')", name="known_state"),
        sa.CheckConstraint("news_from IN ('ties', 'everybody', 'nobody')", name="known_news_from"),
        sa.CheckConstraint("every IN ('weekly', 'fortnightly', 'monthly')", name="known_period"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="known_weekday"),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "member_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "nudges",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("pressed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("nudges_by_member", "nudges", ["team_id", "member_id", "at"])
    op.create_index("nudges_by_time", "nudges", ["team_id", "at"])
    op.create_table(
        "suggested",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("nudge_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source IN ('stuck', 'ask', 'call', 'there', 'item', 'event', 'pass on', 'quiet', 'introduce')", name="known_source"
        ),
        sa.CheckConstraint("outcome IN ('shown', 'done', 'not this')", name="known_outcome"),
        sa.ForeignKeyConstraint(["team_id", "nudge_id"], ["nudges.team_id", "nudges.id"]),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "nudge_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index("suggested_by_member", "suggested", ["team_id", "member_id", "at"])
    op.create_table(
        "left_out",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "member_id", "source", "about"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Takes all of it away again."""
    op.drop_table("left_out")
    op.drop_table("suggested")
    op.drop_table("nudges")
    op.drop_table("nudging")
