"""An organization gives access to a workspace and takes it, and both are heard at once: what happened last counts."""

from datetime import datetime, timedelta

import pytest

from handlers import uninstalling
from storage import installations, workspaces
from storage.database import Database
from storage.tables import Installation
from tests.storage.interleaving import Do, each_gap
from tests.storage.rows import NOW

SOON = NOW + timedelta(minutes=1)


def begins(team_id: str, at: datetime) -> Do:
    return lambda session: uninstalling.begin_access(session, team_id, "E1", at)


def ends(team_id: str, at: datetime) -> Do:
    return lambda session: uninstalling.end_access(session, team_id, "E1", at)


@pytest.mark.parametrize("is_kept", [True, False], ids=["given last", "taken last"])
@pytest.mark.parametrize("is_end_first", [True, False], ids=["taking heard first", "giving heard first"])
def test_one_heard_in_the_middle_of_the_other_changes_nothing_of_it(
    database: Database, is_kept: bool, is_end_first: bool
) -> None:
    with database.transaction() as session:
        installations.save(session, Installation(team_id="E1", org_id="E1", sealed="closed", installed_at=NOW))

    def arrange(gap: int) -> tuple[Do, Do]:
        team_id = f"T{gap}"
        with database.transaction() as session:
            workspaces.meet(session, team_id, NOW - timedelta(days=1))
        begin, end = begins(team_id, SOON if is_kept else NOW), ends(team_id, NOW if is_kept else SOON)
        return (end, begin) if is_end_first else (begin, end)

    for gap, _ in enumerate(each_gap(database, arrange), 1):
        with database.reading() as session:
            served = installations.resolve(session, f"T{gap}") is not None
            assert (served, workspaces.is_silent(session, f"T{gap}")) == (is_kept, not is_kept), gap
