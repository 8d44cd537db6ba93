"""SQLite is told how rare what stands in our indexes is: `storage/planner.py`, which every migration ends with from here on."""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes no table."""


def downgrade() -> None:
    """Changes none back: an older program does not mind."""
