"""The app is removed, its token revoked, or it comes back; of workspaces and of organizations."""

from pathlib import Path

import pytest

from storage import installations, workspaces
from tests.conftest import MovableClock
from tests.installing.offices import ORG, Office
from tests.test_program import until

FIRST = ["tokens_revoked", "app_uninstalled"]


def kept(office: Office) -> list[str]:
    with office.bot.database.reading() as session:
        return sorted(installations.all_teams(session))


def is_silent(office: Office, team: str) -> bool:
    with office.bot.database.reading() as session:
        return workspaces.is_silent(session, team)


def gives(office: Office, team: str, words: str) -> None:
    office.person("alice", team).types(f"/give @bob {words}")


@pytest.mark.parametrize("first", FIRST)
def test_in_either_order_the_tokens_go_at_once_and_those_of_others_stay(
    office: Office, clock: MovableClock, first: str
) -> None:
    for team in ("T1", "T2"):
        office.installs(team)
        gives(office, team, f"the plan of {team}")
    clock.move(minutes=1)
    office.manages("remove", owner="T1", first=first)
    assert kept(office) == ["T2"]
    assert is_silent(office, "T1")
    assert not is_silent(office, "T2")
    gives(office, "T2", "another plan")
    office.person("bob", "T2").sees("another plan")


@pytest.mark.parametrize("first", FIRST)
def test_what_comes_late_of_a_removal_does_not_take_away_what_was_installed_since(
    office: Office, clock: MovableClock, first: str
) -> None:
    office.installs("T1")
    gives(office, "T1", "the first plan")
    clock.move(minutes=1)
    office.manages("fault", what="again", on="event", seconds=600, times=2)
    office.manages("remove", owner="T1", first=first)
    assert is_silent(office, "T1")
    clock.move(minutes=1)
    office.installs("T1")
    clock.move(minutes=20)
    until(lambda: sum(one["name"] in FIRST and one["status"] != "" for one in office.world.ask("traffic")) == 4)
    assert kept(office) == ["T1"]
    assert not is_silent(office, "T1")
    gives(office, "T1", "the second plan")
    office.person("bob").sees("the first plan", "the second plan")


def test_what_waited_while_it_was_gone_is_said_once_it_is_back(office: Office, clock: MovableClock) -> None:
    office.installs("T1")
    gives(office, "T1", "a plan")
    office.person("alice").types("/callback @bob tomorrow 3pm about the RFP")
    clock.move(minutes=1)
    office.manages("remove", owner="T1")
    clock.move(days=3)
    office.world.settle()
    assert office.person("alice").from_the_bot_by_dm() == []
    office.installs("T1")
    office.world.settle()
    office.person("alice").sees("about the RFP")


def test_an_organization_installs_it_once_for_all_of_its_workspaces(office: Office, clock: MovableClock) -> None:
    office.manages("org", id=ORG, teams=["T1", "T2"])
    page = office.installs(ORG)
    assert "Good Turn is in Organization E1 now." in page.text
    assert "which workspaces of the organization have it" in page.text
    for team in ("T1", "T2"):
        gives(office, team, f"the plan of {team}")
        office.person("bob", team).sees(f"the plan of {team}")
        office.person("bob", team).clicks("Thanks, it helped")
        office.person("alice", team).sees("Bob says it helped")
        office.person("alice", team).opens_home()
        office.person("alice", team).sees("1 person helped")
    assert kept(office) == [ORG]
    clock.move(minutes=1)
    office.manages("remove", owner=ORG)
    assert kept(office) == []
    assert is_silent(office, "T1")
    assert is_silent(office, "T2")
    clock.move(minutes=1)
    office.installs(ORG)
    assert not is_silent(office, "T1")
    gives(office, "T1", "another plan")
    office.person("bob").sees("another plan")


def test_a_workspace_with_an_installation_of_its_own_is_served_by_it_and_by_its_organizations_after_it(
    office: Office, clock: MovableClock
) -> None:
    office.manages("org", id=ORG, teams=["T1", "T2"])
    office.installs("T1")
    gives(office, "T1", "a plan")
    office.installs(ORG)
    assert kept(office) == [ORG, "T1"]
    with office.bot.database.reading() as session:
        for team, serves in (("T1", "T1"), ("T2", ORG)):
            found = installations.resolve(session, team, ORG)
            assert found is not None
            assert found.team_id == serves
    gives(office, "T2", "the plan of T2")
    office.person("bob", "T2").sees("the plan of T2")


def test_what_meets_a_token_that_was_revoked_meanwhile_waits_until_it_is_installed_anew(
    office: Office, clock: MovableClock
) -> None:
    office.installs("T1")
    clock.move(minutes=1)
    office.manages("revoke", team="T1", quietly=True)
    gives(office, "T1", "a plan")
    office.person("bob").does_not_see("a plan")
    tried = len(office.world.ask("traffic"))
    clock.move(minutes=20)
    office.bot.sender.send_due()
    assert len(office.world.ask("traffic")) == tried  # Slack is asked no more
    office.person("alice").types("/give @bob another plan")
    office.person("alice").sees("Good Turn is not installed in this workspace any more.")
    clock.move(minutes=1)
    office.installs("T1")
    clock.move(minutes=15)
    office.world.settle()
    office.person("bob").sees("a plan")


def test_no_token_and_no_secret_is_in_the_database(office: Office, tmp_path: Path) -> None:
    office.manages("rotate", on=True)
    office.installs("T1")
    gives(office, "T1", "a plan")
    held = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for secret in (b"xoxb", b"xoxe", b"playground-client-secret", office.cookie.partition("=")[2].encode()):
        assert secret not in held
    assert b"gAAAA" in held  # how what Fernet encrypted begins
