"""Who may install it, where not everybody may: those who are named, and the workspaces of an organization that is."""

import pytest

from handlers.workspaces.keys import Keys, Tokens
from storage import installations
from storage.tables import Installation
from tests.conftest import MovableClock
from tests.installing.offices import ORG, Office
from tests.installing.test_ending import gives, kept
from tests.lookout import KEY


@pytest.fixture
def allowed() -> str:
    """Who may install it, unless a test says otherwise."""
    return "T1, E9"


def called(office: Office, method: str) -> list[str]:
    """Returns what Slack answered to a method."""
    return [one["status"] for one in office.world.ask("traffic") if one["name"] == method]


def test_who_is_named_installs_it(office: Office) -> None:
    assert "Good Turn is in Austin Builders now." in office.installs("T1").text
    gives(office, "T1", "a plan")
    office.person("bob").sees("a plan")
    assert called(office, "auth.revoke") == []


def test_who_is_not_reads_what_to_do_and_the_token_is_handed_back(office: Office) -> None:
    page = office.installs("T2")
    assert page.status == 403
    assert "This bot is not open to your workspace yet." in page.text
    assert "send them the id below, and ask to be let in. Nothing was stored." in page.text
    assert "Your id: T2" in page.text
    assert kept(office) == []
    assert called(office, "auth.revoke") == ["ok"]
    assert office.person("alice", "T2").state()["app"]["install_state"] == "uninstalled"


def test_where_slack_does_not_take_the_token_back_nothing_is_kept_all_the_same(office: Office) -> None:
    office.manages("fault", what="http_500", on="auth.revoke", times=1)
    page = office.installs("T2")
    assert "This bot is not open to your workspace yet." in page.text
    assert kept(office) == []
    assert called(office, "auth.revoke") == ["http 500"]


def test_the_way_back_of_somebody_who_was_refused_is_good_once(office: Office) -> None:
    back = office.decides(office.begins(), "T2")
    assert office.opens(back).status == 403
    assert "It is too late for this one." in office.opens(back).text


@pytest.mark.parametrize("allowed", ["E1"])
def test_of_an_organization_that_is_named_each_workspace_may(office: Office) -> None:
    office.manages("org", id=ORG, teams=["T1"])
    assert "now." in office.installs("T1").text
    assert "This bot is not open to your workspace yet." in office.installs("T2").text
    assert "now." in office.installs(ORG).text
    assert kept(office) == [ORG, "T1"]


def test_of_a_workspace_that_is_named_the_organization_may_not(office: Office) -> None:
    office.manages("org", id=ORG, teams=["T1", "T2"])
    page = office.installs(ORG)
    assert "Your id: E1" in page.text
    assert kept(office) == []


def test_who_had_it_before_keeps_it_and_installs_it_anew_only_once_named(office: Office, clock: MovableClock) -> None:
    office.manages("install", team="T2")
    with office.bot.database.transaction() as session:
        sealed = Keys([KEY]).close("T2", Tokens("xoxb-none-2"))
        installations.save(session, Installation(team_id="T2", sealed=sealed, installed_at=clock()))
    page = office.installs("T2")
    assert page.status == 403
    assert "Nothing was changed." in page.text
    assert "Good Turn goes on in your workspace as it was." in page.text
    assert called(office, "auth.revoke") == []
    gives(office, "T2", "a plan")
    office.person("bob", "T2").sees("a plan")
