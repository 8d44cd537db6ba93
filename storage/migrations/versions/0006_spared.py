"""Who is not asked counts as asked, so that no count tells of it; and a chat on which all agreed is opening until it is there."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATES = (
    "state IN ('drafted', 'asked', 'waiting for one', 'declined', 'opening', 'connected', 'passed on', 'checking in', 'met',"
    " 'led to something', 'did not meet', 'expired', 'withdrawn')"
)
STATES_BEFORE = STATES.replace(" 'opening',", "")
THEIRS = (
    "FROM introductions WHERE introductions.team_id = introduction_sides.team_id"
    " AND introductions.id = introduction_sides.introduction_id"
)


def upgrade() -> None:
    """Brings the tables forward."""
    with _sides() as sides:
        sides.add_column(sa.Column("is_spared", sa.Boolean(), nullable=False, server_default=sa.false()))
    with _sides() as sides:
        sides.alter_column("is_spared", existing_type=sa.Boolean(), server_default=None)
    _set_states(STATES)
    _run(
        f"UPDATE introduction_sides SET is_spared = TRUE, asked_at = (SELECT introductions.asked_at {THEIRS})"
        " WHERE asked_at IS NULL AND member_id IS NOT NULL"
        f" AND EXISTS (SELECT 1 {THEIRS} AND NOT is_outside AND state <> 'drafted')"
    )
    op.create_index("unwanted_by_other", "unwanted", ["team_id", "other_id"])
    op.drop_index("introductions_open", "introductions")  # no question is answered from it


def downgrade() -> None:
    """Takes it away again: who was spared was not asked, and a chat that opens is open."""
    still_asked = sa.text("state IN ('asked', 'waiting for one', 'declined')")
    op.create_index("introductions_open", "introductions", ["team_id", "expires_at"],
                    sqlite_where=still_asked, postgresql_where=still_asked)
    op.drop_index("unwanted_by_other", "unwanted")
    _run("UPDATE introduction_sides SET asked_at = NULL WHERE is_spared")
    _run("UPDATE introductions SET state = 'connected' WHERE state = 'opening'")
    _set_states(STATES_BEFORE)
    with _sides() as sides:
        sides.drop_column("is_spared")


def _sides():
    return op.batch_alter_table("introduction_sides", table_kwargs={"sqlite_with_rowid": False})


def _set_states(rule: str) -> None:
    with op.batch_alter_table("introductions", table_kwargs={"sqlite_with_rowid": False}) as introductions:
        introductions.drop_constraint("known_state", type_="check")
        introductions.create_check_constraint("known_state", rule)


def _run(statement: str) -> None:
    op.get_bind().execute(sa.text(statement).execution_options(across_workspaces=True))
