"""The outbox sends files."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

VERBS = "verb IN ('post', 'file', 'update', 'home')"
VERBS_BEFORE = VERBS.replace(" 'file',", "")


def upgrade() -> None:
    """Brings the tables forward."""
    _set_verbs(VERBS)


def downgrade() -> None:
    """Takes it away again: files are not known any more."""
    op.get_bind().execute(sa.text("DELETE FROM outbox WHERE verb = 'file'").execution_options(across_workspaces=True))
    _set_verbs(VERBS_BEFORE)


def _set_verbs(rule: str) -> None:
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_with_rowid": False}) as outbox:
        outbox.drop_constraint("known_verb", type_="check")
        outbox.create_check_constraint("known_verb", rule)
