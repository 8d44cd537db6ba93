"""Calls to return, and when their owners work."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ENDS = "ended IN ('called back', 'moved', 'dropped', 'changed', 'passed', 'taken back')"


def upgrade() -> None:
    """Brings the tables forward."""
    with op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.add_column(sa.Column("country", sa.String(), nullable=True))
    with op.batch_alter_table("members", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.add_column(sa.Column("works_from", sa.Integer(), nullable=True))
        table.add_column(sa.Column("works_until", sa.Integer(), nullable=True))
        table.add_column(sa.Column("works_on", sa.String(), nullable=True))
        table.add_column(sa.Column("country", sa.String(), nullable=True))

    op.create_table(
        "callbacks",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=True),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("every", sa.String(), nullable=True),
        sa.Column("starts", sa.String(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(member_id IS NULL) <> (contact_id IS NULL)", name="one_person"),
        sa.CheckConstraint("(every IS NULL) = (starts IS NULL)", name="counted_from"),
        sa.ForeignKeyConstraint(["team_id", "owner_id"], ["members.team_id", "members.id"]),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.ForeignKeyConstraint(["team_id", "contact_id"], ["contacts.team_id", "contacts.id"]),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "callback_turns",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("callback_id", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wall", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("ended", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(ENDS, name="known_end"),
        sa.CheckConstraint("(ended IS NULL) = (ended_at IS NULL)", name="end_with_time"),
        sa.ForeignKeyConstraint(["team_id", "callback_id"], ["callbacks.team_id", "callbacks.id"]),
        sa.ForeignKeyConstraint(["team_id", "owner_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sa.UniqueConstraint("team_id", "callback_id", "number"),
        sqlite_with_rowid=False,
    )
    still_open, returned = "ended IS NULL", "ended = 'called back'"
    op.create_index("turns_open", "callback_turns", ["team_id", "owner_id", "due_at"],
                    sqlite_where=sa.text(still_open), postgresql_where=sa.text(still_open))
    op.create_index("turns_returned", "callback_turns", ["team_id", "owner_id", "ended_at"],
                    sqlite_where=sa.text(returned), postgresql_where=sa.text(returned))


def downgrade() -> None:
    """Takes all of it away again."""
    op.drop_table("callback_turns")
    op.drop_table("callbacks")
    with op.batch_alter_table("members", table_kwargs={"sqlite_with_rowid": False}) as table:
        for column in ("works_from", "works_until", "works_on", "country"):
            table.drop_column(column)
    with op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.drop_column("country")
