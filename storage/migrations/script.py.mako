"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None
# Tables that have another number of rows afterwards; for all others a changed number is a loss, and nothing is changed.
changes_rows = ()


def upgrade() -> None:
    """Brings the tables forward."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Brings the tables back."""
    ${downgrades if downgrades else "pass"}
