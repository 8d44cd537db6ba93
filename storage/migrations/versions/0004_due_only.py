"""Indexes of the outbox: one that holds only what is still to be said, and one of the messages that updates are for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables forward."""
    is_open, has_target = sa.text("state IN ('pending', 'sending')"), sa.text("target IS NOT NULL")
    op.create_index("outbox_open", "outbox", ["team_id", "due_at"], sqlite_where=is_open, postgresql_where=is_open)
    op.create_index("outbox_by_target", "outbox", ["team_id", "target"],
                    sqlite_where=has_target, postgresql_where=has_target)


def downgrade() -> None:
    """Takes them away again."""
    op.drop_index("outbox_by_target", "outbox")
    op.drop_index("outbox_open", "outbox")
