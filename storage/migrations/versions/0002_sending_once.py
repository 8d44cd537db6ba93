"""What it takes to say everything once: when it was planned for, whom to tell, what is known of each try."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATES = "state IN ('pending', 'sending', 'sent', 'unconfirmed', 'dead', 'expired', 'cancelled')"


def upgrade() -> None:
    """Brings the tables forward."""
    with op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.add_column(sa.Column("key", sa.String(), nullable=True))
        table.add_column(sa.Column("restored_at", sa.DateTime(timezone=True), nullable=True))
    _give_each_workspace_a_key()
    with op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.alter_column("key", existing_type=sa.String(), nullable=False)

    with _outbox() as table:
        table.add_column(sa.Column("owner_id", sa.String(), nullable=True))
        table.add_column(sa.Column("channel", sa.String(), nullable=True))
        table.add_column(sa.Column("plain", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("planned_for", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("refused", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("cause", sa.String(), nullable=True))
        table.create_foreign_key("outbox_owner", "members", ["team_id", "owner_id"], ["team_id", "id"])
    with _outbox() as table:
        table.alter_column("plain", existing_type=sa.Boolean(), server_default=None)
        table.alter_column("refused", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    """Takes the columns away again."""
    with _outbox() as table:
        table.drop_constraint("outbox_owner", type_="foreignkey")
        for column in ("owner_id", "channel", "plain", "planned_for", "refused", "first_tried_at", "looked_at",
                       "cancelled_at", "cause"):
            table.drop_column(column)
    with op.batch_alter_table("workspaces", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.drop_column("restored_at")
        table.drop_column("key")


def _outbox():
    # A table that is made anew keeps neither its checks nor its kind of storage unless they are named here.
    checks = (
        sa.CheckConstraint(STATES, name="known_state"),
        sa.CheckConstraint("verb IN ('post', 'update', 'home')", name="known_verb"),
    )
    return op.batch_alter_table("outbox", table_args=checks, table_kwargs={"sqlite_with_rowid": False})


def _give_each_workspace_a_key() -> None:
    connection = op.get_bind()
    all_teams = sa.text("SELECT team_id FROM workspaces").execution_options(across_workspaces=True)
    for (team_id,) in connection.execute(all_teams).all():
        connection.execute(
            sa.text("UPDATE workspaces SET key = :key WHERE team_id = :team_id"),
            {"key": secrets.token_hex(16), "team_id": team_id},
        )
