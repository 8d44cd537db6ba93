"""Admins can get a weekly report, and keep a list of topics for members to tick."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables forward."""
    op.create_table(
        "reporting",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "member_id"),
        sqlite_with_rowid=False,
    )
    with _workspaces() as workspaces:
        workspaces.add_column(sa.Column("topics", sa.Text(), nullable=False, server_default=""))
    with _workspaces() as workspaces:
        workspaces.alter_column("topics", existing_type=sa.Text(), server_default=None)


def downgrade() -> None:
    """Takes both away again; topics that members follow stay theirs."""
    with _workspaces() as workspaces:
        workspaces.drop_column("topics")
    op.drop_table("reporting")


def _workspaces():
    return op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False})
