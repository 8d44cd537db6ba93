"""From the button to the page that says it is done, or why it is not; and what each workspace reads then."""

import pytest

from handlers.workspaces.installations import MOST_STATES, STATE_LIVES
from storage import installations
from storage.database import NotSaved
from tests.conftest import MovableClock
from tests.installing.offices import Office


def test_two_workspaces_install_it_and_each_is_spoken_to_with_its_own_token(office: Office) -> None:
    first, second = office.installs("T1"), office.installs("T2")
    assert (first.status, second.status) == (200, 200)
    assert "Good Turn is in Austin Builders now." in first.text
    assert "Good Turn is in Stockholm Builders now." in second.text
    office.person("alice", "T1").types("/give @bob the airport RFP")
    office.person("alice", "T2").types("/give @bob the harbor survey")
    here, there = office.person("bob", "T1"), office.person("bob", "T2")
    here.sees("Alice recorded a good turn for you", "the airport RFP")
    here.does_not_see("the harbor survey")
    there.sees("the harbor survey")
    there.does_not_see("the airport RFP")
    here.clicks("Thanks, it helped")
    office.person("alice", "T1").sees("Bob says it helped")
    office.person("alice", "T2").does_not_see("Bob says it helped")


def test_who_does_not_let_it_in_reads_that_nothing_was_changed(office: Office) -> None:
    page = office.opens(office.decides(office.begins(), "T1", "deny"))
    assert "You did not add it." in page.text
    assert "Nothing was changed in Slack" in page.text
    with office.bot.database.reading() as session:
        assert installations.all_teams(session) == []


def test_the_way_back_is_good_once(office: Office) -> None:
    back = office.decides(office.begins(), "T1")
    assert "now." in office.opens(back).text
    again = office.opens(back)
    assert again.status == 401
    assert "It is too late for this one." in again.text


def test_the_way_back_is_good_for_ten_minutes(office: Office, clock: MovableClock) -> None:
    back = office.decides(office.begins(), "T1")
    clock.now += STATE_LIVES
    assert "It is too late for this one." in office.opens(back).text
    assert "now." in office.installs("T1").text


@pytest.mark.parametrize("what", ["another browser", "no cookie", "another state"])
def test_nobody_ends_what_somebody_else_began(office: Office, what: str) -> None:
    back = office.decides(office.begins(), "T1")
    if what == "another browser":
        office.cookie = ""
        office.begins()
    elif what == "no cookie":
        office.cookie = ""
    else:
        back = back.replace("state=", "state=x")
    page = office.opens(back)
    assert page.status == 400
    assert "This began somewhere else." in page.text
    with office.bot.database.reading() as session:
        assert installations.all_teams(session) == []


def test_a_code_that_slack_does_not_know_and_one_that_is_missing(office: Office) -> None:
    asked = office.begins()
    page = office.opens(f"{asked['redirect_uri']}?state={asked['state']}&code=other")
    assert "Slack does not know the answer any more." in page.text
    asked = office.begins()
    assert "Slack sent no answer along." in office.opens(f"{asked['redirect_uri']}?state={asked['state']}").text


@pytest.mark.parametrize("what", ["http_500", "nonsense", "reset"])
def test_a_slack_that_does_not_answer_is_told_apart(office: Office, what: str) -> None:
    back = office.decides(office.begins(), "T1")
    office.manages("fault", what=what, on="oauth.v2.access", times=1)
    assert "Slack did not answer." in office.opens(back).text


def test_what_only_the_operator_can_mend_says_so(office: Office) -> None:
    asked = office.begins()
    elsewhere = office.decides(asked | {"redirect_uri": "https://other.example/back"}, "T1")
    page = office.opens(f"{asked['redirect_uri']}?{elsewhere.partition('?')[2]}")
    assert "This bot is not set up right." in page.text
    assert "Tell whoever runs this bot." in page.text
    assert "bad_redirect_uri" in page.text


def test_nobody_from_outside_has_an_error_noted(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.opens("/slack/oauth_redirect?error=bad_client_secret")
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []
    back = office.decides(office.begins(), "T1")
    office.manages("fault", what="error", error="bad_client_secret", on="oauth.v2.access", times=1)
    assert "This bot is not set up right." in office.opens(back).text
    assert "Slack does not take what the settings say of the app" in caplog.text


def test_a_reason_that_nobody_knows_is_shown_as_it_came_and_harmless(office: Office) -> None:
    page = office.opens("/slack/oauth_redirect?error=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>" not in page.html
    assert "Slack did not add it." in page.text


def test_no_more_are_on_their_way_than_there_can_be(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_STATES == 10_000
    monkeypatch.setattr("handlers.workspaces.installations.MOST_STATES", 2)
    office.begins()
    office.begins()
    page = office.opens("/slack/install")
    assert page.status == 503
    assert "Many are doing this right now." in page.text


@pytest.mark.parametrize(
    ("asked", "is_passed_on"), [("T1", True), ("T1%26redirect_uri=https://x.example", False), ("", False)]
)
def test_a_workspace_that_is_named_is_passed_on_and_nothing_else(
    office: Office, asked: str, is_passed_on: bool
) -> None:
    page = office.opens(f"/slack/install?team={asked}&scope=admin")
    assert ("team=T1" in page.html) is is_passed_on
    assert "x.example" not in page.html
    assert "admin" not in page.html.replace("admins", "")


def test_who_asks_the_pages_often_holds_up_nobody(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.installs("T1")
    monkeypatch.setattr("handlers.workspaces.installing.MOST_WAITING", 0)
    assert office.opens("/slack/install").status == 503
    office.person("alice").types("/give @bob a plan")
    office.person("bob").sees("a plan")


def test_installed_again_the_new_token_is_used(office: Office) -> None:
    office.installs("T1")
    office.manages("revoke", team="T1", quietly=True)
    assert "now." in office.installs("T1").text
    office.person("alice").types("/give @bob the airport RFP")
    office.person("bob").sees("the airport RFP")


def test_what_is_kept_half_is_not_kept(office: Office, clock: MovableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bool:
        raise NotSaved("the disk is full")

    with monkeypatch.context() as full:
        full.setattr("storage.workspaces.note_installed", fail)
        page = office.installs("T1")
    assert "It could not be saved." in page.text
    with office.bot.database.reading() as session:
        assert installations.all_teams(session) == []  # else it had a token, and nothing would be said to it


def test_the_pages_load_nothing_and_tell_nobody_their_address(office: Office) -> None:
    for page in (office.opens("/slack/install"), office.installs("T1"), office.opens("/slack/oauth_redirect?error=x")):
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert "src=" not in page.html
        assert '<meta name="viewport"' in page.html


def test_who_has_not_installed_it_is_told_so(office: Office) -> None:
    office.installs("T1")
    office.manages("install", team="T2")
    office.person("alice", "T2").types("/give @bob the harbor survey")
    office.person("alice", "T2").sees("Good Turn is not installed in this workspace any more.")
    office.person("bob", "T2").does_not_see("the harbor survey")
