"""Feeds and calendars, the items found in them, and who goes to an event."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables forward."""
    op.create_table(
        "feeds",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('on', 'paused', 'broken', 'removed')", name="known_state"),
        sa.CheckConstraint("kind IS NULL OR kind IN ('feed', 'calendar')", name="known_kind"),
        sa.ForeignKeyConstraint(["team_id", "added_by"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sa.UniqueConstraint("team_id", "url"),
        sqlite_with_rowid=False,
    )
    rule = sa.text("state = 'on'")
    op.create_index("feeds_due", "feeds", ["team_id", "next_at"], sqlite_where=rule, postgresql_where=rule)
    op.create_table(
        "items",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("feed_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_old", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_all_day", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('news', 'event')", name="known_kind"),
        sa.CheckConstraint("kind <> 'event' OR starts_at IS NOT NULL", name="events_start"),
        sa.ForeignKeyConstraint(["team_id", "feed_id"], ["feeds.team_id", "feeds.id"]),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sa.UniqueConstraint("team_id", "feed_id", "key"),
        sqlite_with_rowid=False,
    )
    news, event = sa.text("kind = 'news'"), sa.text("kind = 'event'")
    op.create_index("items_fresh", "items", ["team_id", "found_at"], sqlite_where=news, postgresql_where=news)
    op.create_index("items_coming", "items", ["team_id", "starts_at"], sqlite_where=event, postgresql_where=event)
    op.create_table(
        "goings",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wants_to_meet", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["team_id", "item_id"], ["items.team_id", "items.id"]),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "item_id", "member_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("goings_by_member", "goings", ["team_id", "member_id"])


def downgrade() -> None:
    """Takes all of it away again."""
    op.drop_table("goings")
    op.drop_table("items")
    op.drop_table("feeds")
