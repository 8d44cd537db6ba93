"""Days on which two members helped each other or met, each from both sides, as they follow from what is there."""

import sqlalchemy as sa
from alembic import op

from storage import planner

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# The first ten characters of a moment are its day: in SQLite as it is written, in PostgreSQL as UTC has it.
DAY = {"sqlite": "substr({0}, 1, 10)", "postgresql": "CAST({0} AT TIME ZONE 'UTC' AS date)"}
AGREED = """
    FROM acts JOIN marks AS thanks ON thanks.team_id = acts.team_id AND thanks.act_id = acts.id AND thanks.mark = 'thanks'
    WHERE acts.reverses IS NULL AND acts.contact_id IS NULL AND acts.helper_id IS NOT NULL AND acts.helped_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM acts AS ends WHERE ends.team_id = acts.team_id AND ends.reverses = acts.id)
"""
IS_SHOWN = """
    CASE WHEN EXISTS (SELECT 1 FROM marks AS one WHERE one.team_id = acts.team_id AND one.act_id = acts.id AND one.mark = 'private')
    OR (acts.is_private AND NOT EXISTS (SELECT 1 FROM marks AS one
        WHERE one.team_id = acts.team_id AND one.act_id = acts.id AND one.mark = 'shared')) THEN 0 ELSE 1 END
"""
MET = """
    FROM introduction_sides AS mine JOIN introduction_sides AS theirs ON theirs.team_id = mine.team_id
    AND theirs.introduction_id = mine.introduction_id AND theirs.id <> mine.id
    JOIN introductions ON introductions.team_id = mine.team_id AND introductions.id = mine.introduction_id
    WHERE introductions.met_at IS NOT NULL AND NOT introductions.is_outside
    AND mine.member_id IS NOT NULL AND theirs.member_id IS NOT NULL
"""


def upgrade() -> None:
    """Brings the tables forward."""
    op.create_table(
        "tie_days",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("gave", "got", "shown_gave", "shown_got", "met")),
        sa.ForeignKeyConstraint(["team_id", "member_id"], ["members.team_id", "members.id"]),
        sa.ForeignKeyConstraint(["team_id", "other_id"], ["members.team_id", "members.id"]),
        sa.PrimaryKeyConstraint("team_id", "member_id", "other_id", "day"),
        sqlite_with_rowid=False,
    )
    planner.tell(op.get_bind())  # without it SQLite reads all acts for each of them
    op.execute(sa.text(fill(op.get_bind().dialect.name)))
    rule = sa.text("is_admin OR is_named_admin")
    op.create_index("members_admins", "members", ["team_id", "id"], sqlite_where=rule, postgresql_where=rule)


def fill(dialect: str) -> str:
    """Returns the statement that counts all days from what is there."""
    gave, met = (DAY[dialect].format(one) for one in ("acts.recorded_at", "introductions.met_at"))
    return f"""
        INSERT INTO tie_days (team_id, member_id, other_id, day, gave, got, shown_gave, shown_got, met)
        SELECT team_id, member_id, other_id, day, SUM(gave), SUM(got), SUM(shown_gave), SUM(shown_got), SUM(met) FROM (
            SELECT acts.team_id, acts.helper_id AS member_id, acts.helped_id AS other_id, {gave} AS day, 1 AS gave, 0 AS got,
                {IS_SHOWN} AS shown_gave, 0 AS shown_got, 0 AS met {AGREED}
            UNION ALL
            SELECT acts.team_id, acts.helped_id, acts.helper_id, {gave}, 0, 1, 0, {IS_SHOWN}, 0 {AGREED}
            UNION ALL
            SELECT mine.team_id, mine.member_id, theirs.member_id, {met}, 0, 0, 0, 0, 1 {MET}
        ) AS had GROUP BY team_id, member_id, other_id, day
    """


def downgrade() -> None:
    """Takes it away again: all of it follows from what stays."""
    op.drop_index("members_admins", "members")
    op.drop_table("tie_days")
