"""Who had their data removed, whose workspace removed the bot, and for how long words are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COLUMNS = {
    "installed_at": sa.DateTime(timezone=True),
    "uninstalled_at": sa.DateTime(timezone=True),
    "keeps_words_for": sa.Integer(),
    "words_gone_until": sa.DateTime(timezone=True),
}

# What PostgreSQL is to take no samples of for its planner, as it keeps them when the rows are gone: no question asks for one
# of these by what it holds, but for those that have to be unique anyway.
UNSAMPLED = {
    "acts": ("words", "about"), "asks": ("words", "topics"), "callbacks": ("about", "note"), "contacts": ("name", "company"),
    "drafts": ("body",), "feeds": ("title", "topics", "url"), "introduction_sides": ("line", "words"), "marks": ("words",),
    "members": ("slack_id", "name", "dm", "zone", "country", "works_on"), "nudging": ("topics",),
    "outbox": ("slack_channel", "error", "cause"), "suggested": ("facts",), "inbox": ("result",), "workspaces": ("topics",),
}  # fmt: skip


def upgrade() -> None:
    """Brings the tables forward."""
    op.create_table(
        "erasures",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "mark"),
        sqlite_with_rowid=False,
    )
    rule = sa.text("member_id IS NOT NULL")
    op.create_index(
        "erasures_under_way", "erasures", ["team_id", "at"], sqlite_where=rule, postgresql_where=rule
    )
    with op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False}) as table:
        for name, kind in COLUMNS.items():
            table.add_column(sa.Column(name, kind, nullable=True))
    _sample(0)


def downgrade() -> None:
    """Takes it away again."""
    with op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False}) as table:
        for name in COLUMNS:
            table.drop_column(name)
    op.drop_index("erasures_under_way", "erasures")
    op.drop_table("erasures")
    _sample(-1)


def _sample(target: int) -> None:
    """Has PostgreSQL take samples of so many values, -1 being as many as of any other column."""
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in UNSAMPLED.items():
            for column in columns:
                op.execute(sa.text(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {target}"))
