"""An organization has the app, and gives it access to one more of its workspaces, or takes it from one."""

import json
from datetime import datetime, timedelta

import pytest
from slack_bolt import BoltRequest

from storage import installations, workspaces
from tests.conftest import MovableClock
from tests.installing.offices import ORG, Office
from tests.installing.test_ending import gives, is_silent, kept
from tests.promises.deliveries import Signed


@pytest.fixture
def organized(office: Office, clock: MovableClock) -> Office:
    """Both workspaces have the app by their organization, and members who use it."""
    office.manages("org", id=ORG, teams=["T1", "T2"])
    office.installs(ORG)
    for team in ("T1", "T2"):
        gives(office, team, f"the plan of {team}")
    clock.move(minutes=1)
    return office


def noted(office: Office) -> list[str]:
    with office.bot.database.reading() as session:
        return sorted(installations.workspaces_of(session, ORG))


def test_a_workspace_that_loses_it_hears_nothing_more_and_the_others_go_on(
    organized: Office, clock: MovableClock
) -> None:
    organized.person("alice", "T2").types("/callback @bob tomorrow 3pm about the RFP")
    organized.manages("access", team="T2", on=False)
    assert is_silent(organized, "T2")
    assert not is_silent(organized, "T1")
    assert (kept(organized), noted(organized)) == ([ORG], ["T1"])
    clock.move(days=3)
    organized.world.settle()
    assert organized.person("alice", "T2").from_the_bot_by_dm() == []
    gives(organized, "T1", "another plan")
    organized.person("bob").sees("another plan")


def test_given_back_it_goes_on_before_anybody_asks(organized: Office, clock: MovableClock) -> None:
    organized.person("alice", "T2").types("/callback @bob tomorrow 3pm about the RFP")
    organized.manages("access", team="T2", on=False)
    clock.move(days=2)
    organized.manages("access", team="T2", on=True)
    assert not is_silent(organized, "T2")
    assert noted(organized) == ["T1", "T2"]
    organized.world.settle()  # nobody of that workspace typed anything
    organized.person("alice", "T2").sees("about the RFP")


def test_a_workspace_with_an_installation_of_its_own_keeps_it(organized: Office, clock: MovableClock) -> None:
    organized.installs("T2")
    clock.move(minutes=1)
    organized.manages("access", team="T2", on=False)
    assert not is_silent(organized, "T2")
    assert kept(organized) == [ORG, "T2"]
    with organized.bot.database.reading() as session:
        found = installations.resolve(session, "T2", ORG)
    assert found is not None
    assert found.team_id == "T2"


def test_what_comes_late_of_a_workspace_that_lost_it_brings_nothing_back(
    organized: Office, clock: MovableClock
) -> None:
    lost = clock()
    organized.manages("access", team="T2", on=False)
    access = organized.bot.access
    for at, is_back in ((lost, False), (lost.replace(minute=lost.minute + 1), True)):
        access._note_workspace("T2", ORG, at)  # type: ignore[attr-defined]
        assert is_silent(organized, "T2") is not is_back


def test_where_slack_refuses_one_workspace_the_organizations_token_is_used_for_the_others(
    organized: Office, clock: MovableClock
) -> None:
    organized.person("alice", "T2").types("/callback @bob tomorrow 3pm about the RFP")
    organized.manages("access", team="T2", on=False, quietly=True)  # the event has not come yet
    clock.move(days=2)
    organized.world.settle()
    gives(organized, "T1", "another plan")
    organized.person("bob").sees("another plan")
    organized.manages("access", team="T2", on=True)
    clock.move(minutes=15)
    organized.world.settle()
    organized.person("alice", "T2").sees("about the RFP")  # what was refused has waited


def test_a_workspace_that_removes_its_own_is_served_by_its_organizations_before_anybody_asks(
    organized: Office, clock: MovableClock
) -> None:
    organized.installs("T2")
    organized.person("alice", "T2").types("/callback @bob tomorrow 3pm about the RFP")
    clock.move(minutes=1)
    organized.manages("remove", owner="T2")
    organized.manages("access", team="T2", on=True, quietly=True)  # it never lost that one
    assert kept(organized) == [ORG]
    assert noted(organized) == ["T1", "T2"]
    clock.move(days=2)
    organized.world.settle()
    organized.person("alice", "T2").sees("about the RFP")


def test_of_an_organization_that_has_not_installed_it_nothing_is_noted(office: Office) -> None:
    office.manages("org", id=ORG, teams=["T1", "T2"])
    office.installs("T1")
    office.manages("access", team="T2", on=True)
    assert noted(office) == []
    assert kept(office) == ["T1"]
    with office.bot.database.reading() as session:
        assert workspaces.find(session, "T2") is None


def hears(office: Office, clock: MovableClock, kind: str, at: datetime) -> None:
    """Has the program hear an event by HTTP, of what was so at a moment."""
    event = {"type": kind, "team_ids": ["T2"], "event_ts": f"{at.timestamp():.6f}"}
    authorization = {
        "enterprise_id": ORG,
        "team_id": None,
        "user_id": "UBOT",
        "is_bot": True,
        "is_enterprise_install": True,
    }
    body = {"type": "event_callback", "event_id": f"Ev{kind}{at}", "event": event, "event_time": int(at.timestamp()),
            "enterprise_id": ORG, "authorizations": [authorization]}  # fmt: skip
    told = Signed(json.dumps(body), "application/json")
    asked = BoltRequest(body=told.body, headers=dict(told.headers), context={"arrived_at": clock()}, mode="http")
    assert office.bot.bolt.dispatch(asked).status == 200


@pytest.mark.parametrize("kinds", [("granted", "revoked"), ("revoked", "granted")], ids=" then ".join)
@pytest.mark.parametrize("is_in_order", [True, False], ids=["in order", "the other way round"])
def test_of_what_comes_late_together_the_last_that_happened_counts(
    organized: Office, clock: MovableClock, kinds: tuple[str, str], is_in_order: bool
) -> None:
    if kinds[0] == "granted":
        organized.manages("access", team="T2", on=False)
        clock.move(hours=1)
    told = [(f"team_access_{kind}", clock() + minutes * timedelta(minutes=1)) for minutes, kind in enumerate(kinds)]
    clock.move(minutes=5)
    for kind, at in told if is_in_order else reversed(told):
        hears(organized, clock, kind, at)
    assert is_silent(organized, "T2") is (kinds[-1] == "revoked")
    assert noted(organized) == (["T1"] if kinds[-1] == "revoked" else ["T1", "T2"])
