"""Introductions, whom somebody does not want to be introduced to, and how often one is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = (
    "state IN ('drafted', 'asked', 'waiting for one', 'declined', 'connected', 'passed on', 'checking in', 'met',"
    " 'led to something', 'did not meet', 'expired', 'withdrawn')"
)
MEETINGS = "met IN ('met', 'scheduled', 'not yet', 'led to something')"


def upgrade() -> None:
    """Brings the tables forward."""
    with op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.add_column(sa.Column("introductions_a_month", sa.Integer(), nullable=False, server_default="4"))
    with op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.alter_column("introductions_a_month", server_default=None)
    with op.batch_alter_table("members", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.add_column(sa.Column("introductions_a_month", sa.Integer(), nullable=True))
        table.add_column(sa.Column("introductions_from", sa.DateTime(timezone=True), nullable=True))

    op.create_table(
        "introductions",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("connector_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_business", sa.Boolean(), nullable=False),
        sa.Column("is_outside", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(STATES, name="known_state"),
        sa.ForeignKeyConstraint(["team_id", "connector_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sqlite_with_rowid=False,
    )
    still_asked = sa.text("state IN ('asked', 'waiting for one', 'declined')")
    op.create_index("introductions_by_connector", "introductions", ["team_id", "connector_id", "created_at"])
    op.create_index("introductions_open", "introductions", ["team_id", "expires_at"],
                    sqlite_where=still_asked, postgresql_where=still_asked)
    op.create_table(
        "introduction_sides",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("introduction_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=True),
        sa.Column("contact_id", sa.String(), nullable=True),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.CheckConstraint("answer IN ('yes', 'not now', 'no')", name="known_answer"),
        sa.CheckConstraint(MEETINGS, name="known_meeting"),
        sa.CheckConstraint("(member_id IS NULL) <> (contact_id IS NULL)", name="one_person"),
        sa.ForeignKeyConstraint(["team_id", "introduction_id"], ["introductions.team_id", "introductions.id"]),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.ForeignKeyConstraint(["team_id", "contact_id"], ["contacts.team_id", "contacts.id"]),
        sa.PrimaryKeyConstraint("team_id", "id"),
        sa.UniqueConstraint("team_id", "introduction_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index("sides_by_member", "introduction_sides", ["team_id", "member_id", "asked_at"])
    op.create_table(
        "unwanted",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.ForeignKeyConstraint(["team_id", "other_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "member_id", "other_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Takes all of it away again."""
    for table in ("unwanted", "introduction_sides", "introductions"):
        op.drop_table(table)
    with op.batch_alter_table("members", table_kwargs={"sqlite_with_rowid": False}) as members:
        members.drop_column("introductions_a_month")
        members.drop_column("introductions_from")
    with op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False}) as workspaces:
        workspaces.drop_column("introductions_a_month")
