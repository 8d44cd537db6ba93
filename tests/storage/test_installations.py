"""Installations and those on the way to one, on both databases: who may replace a token, and what stands after races."""

from datetime import timedelta
from typing import Any

from storage import install_states, installations
from storage.database import Database
from storage.tables import Installation
from tests.storage.rows import NOW

HOUR = timedelta(hours=1)


def save(database: Database, team_id: str = "T1", **columns: Any) -> Installation:
    given: dict[str, Any] = {"team_id": team_id, "sealed": f"closed {team_id}", "installed_at": NOW} | columns
    row = Installation(**given)
    with database.transaction() as session:
        installations.save(session, row)
    return found(database, team_id)


def found(database: Database, team_id: str = "T1") -> Installation:
    with database.reading() as session:
        row = installations.find(session, team_id)
    assert row is not None
    return row


def test_one_replaces_a_token_until_its_time_is_over_or_it_is_done(database: Database) -> None:
    seen = save(database, ends_at=NOW + HOUR)

    def claims(row: Installation, hours: int) -> bool:
        now = NOW + hours * HOUR
        with database.transaction() as session:
            return installations.claim_refresh(session, row, now, now + HOUR)

    assert [claims(seen, 0), claims(seen, 0), claims(seen, 1)] == [True, False, True]
    with database.transaction() as session:
        assert installations.keep(session, seen, "closed anew", NOW + 12 * HOUR)
        assert not installations.keep(session, seen, "closed by another", NOW)
    assert not claims(seen, 5)
    assert found(database).sealed == "closed anew"
    with database.transaction() as session:
        installations.note_failure(session, found(database), "invalid_refresh_token")
    assert not claims(found(database), 5)
    assert save(database, sealed="installed anew").failure is None


def test_who_ends_soon_is_named_unless_there_is_no_other(database: Database) -> None:
    save(database, "T1", ends_at=NOW + HOUR)
    save(database, "T2", ends_at=NOW + 3 * HOUR)
    save(database, "T3", ends_at=NOW, failure="invalid_refresh_token")
    save(database, "T4")
    with database.reading() as session:
        assert installations.ending_before(session, NOW + 2 * HOUR) == ["T1"]
        assert sorted(installations.all_teams(session)) == ["T1", "T2", "T3", "T4"]


def test_what_was_made_after_a_removal_stays(database: Database) -> None:
    save(database)
    with database.transaction() as session:
        assert not installations.remove(session, "T1", NOW - HOUR)
        assert installations.remove(session, "T1", NOW)
        assert not installations.remove(session, "T1", NOW)


def test_a_workspace_has_its_own_or_its_organizations(database: Database) -> None:
    save(database, "E1", org_id="E1")
    with database.transaction() as session:
        installations.note_workspace(session, "T1", "E1", NOW)
        installations.note_workspace(session, "T2", "E1", NOW)
    save(database, "T2", org_id="E1")
    with database.reading() as session:
        served = {team: installations.resolve(session, team) for team in ("T1", "T2", "T3")}
        assert {team: row and row.team_id for team, row in served.items()} == {"T1": "E1", "T2": "T2", "T3": None}
        by_org = installations.resolve(session, "T3", "E1")
        assert by_org is not None
        assert by_org.team_id == "E1"
        assert installations.workspaces_of(session, "E1") == ["T1"]
        assert installations.workspaces_of(session, "T2") == []
    with database.transaction() as session:
        installations.note_workspace(session, "T2", "E9", NOW)  # it keeps its own
    assert found(database, "T2").sealed == "closed T2"


def test_somebody_is_awaited_once_and_not_for_ever_and_only_so_many(database: Database) -> None:
    until = NOW + HOUR
    with database.transaction() as session:
        assert [install_states.add(session, one, NOW, until, 2) for one in ("a", "b", "c")] == [True, True, False]
        assert not install_states.take(session, "c", NOW)
        assert [install_states.take(session, "a", NOW) for _ in range(2)] == [True, False]
        assert not install_states.take(session, "b", until)
        assert install_states.add(session, "d", until, until + HOUR, 1)  # b was over, and is gone
