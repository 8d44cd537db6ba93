"""Letting the app in: codes, tokens that end, organizations, and what the app is told when it is removed."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from playground import oauth, seed
from tests.playground.conftest import CAST, Pretend

BACK = "https://bot.example/back"
WHO = {"client_id": "111.222", "client_secret": "playground-client-secret"}


def code_for(pretend: Pretend, owner: str = "T1") -> str:
    back = oauth.decide(pretend.slack, {"state": "s", "redirect_uri": BACK}, owner, allows=True)
    query = parse_qs(urlsplit(back).query)
    assert query["state"] == ["s"]
    return query["code"][0]


def lets_in(pretend: Pretend, owner: str = "T1") -> dict[str, Any]:
    return pretend.call("oauth.v2.access", None, code=code_for(pretend, owner), redirect_uri=BACK, **WHO)


def refreshes(pretend: Pretend, refresh: str) -> dict[str, Any]:
    return pretend.call("oauth.v2.access", None, grant_type="refresh_token", refresh_token=refresh, **WHO)


def test_a_code_is_a_token_once_and_for_ten_minutes(pretend: Pretend) -> None:
    given = lets_in(pretend)
    assert (given["team"]["id"], given["token_type"], given["is_enterprise_install"]) == ("T1", "bot", False)
    assert "refresh_token" not in given
    assert pretend.call("auth.test", given["access_token"])["team_id"] == "T1"
    code = code_for(pretend)
    assert pretend.call("oauth.v2.access", None, code=code, redirect_uri=BACK, **WHO)["ok"]
    assert pretend.call("oauth.v2.access", None, code=code, redirect_uri=BACK, **WHO)["error"] == "invalid_code"
    late = code_for(pretend)
    pretend.move(minutes=11)
    assert pretend.call("oauth.v2.access", None, code=late, redirect_uri=BACK, **WHO)["error"] == "invalid_code"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "1"}, "invalid_client_id"),
        ({"client_secret": "1"}, "bad_client_secret"),
        ({"redirect_uri": "https://other.example"}, "bad_redirect_uri"),
        ({"code": "1"}, "invalid_code"),
    ],
)
def test_what_is_wrong_is_said(pretend: Pretend, wrong: dict[str, str], error: str) -> None:
    given = {"code": code_for(pretend), "redirect_uri": BACK, **WHO, **wrong}
    assert pretend.call("oauth.v2.access", None, **given)["error"] == error
    assert WHO["client_secret"] not in str(pretend.slack.traffic.exchanges[-1].request)


def test_a_token_that_ends_is_followed_by_another_and_what_got_it_is_spent(pretend: Pretend) -> None:
    pretend.manage("rotate", on=True)
    first = lets_in(pretend)
    assert first["expires_in"] == 12 * 3600
    pretend.move(hours=11)
    second = refreshes(pretend, first["refresh_token"])
    assert pretend.call("auth.test", first["access_token"])["ok"]
    pretend.move(hours=2)
    assert pretend.call("auth.test", first["access_token"])["error"] == "token_expired"
    assert pretend.call("auth.test", second["access_token"])["ok"]
    assert refreshes(pretend, first["refresh_token"])["error"] == "invalid_refresh_token"


def test_who_does_not_let_it_in_says_so(pretend: Pretend) -> None:
    back = oauth.decide(pretend.slack, {"state": "s", "redirect_uri": BACK}, "T1", allows=False)
    assert back == f"{BACK}?state=s&error=access_denied"


def test_a_removed_app_has_no_token_until_it_is_let_in_again(pretend: Pretend) -> None:
    token = lets_in(pretend)["access_token"]
    pretend.manage("remove", owner="T1", first="app_uninstalled")
    assert [one["event"]["type"] for one in pretend.payloads()] == ["app_uninstalled", "tokens_revoked"]
    assert pretend.call("auth.test", token)["error"] == "account_inactive"
    again = lets_in(pretend)["access_token"]
    assert pretend.call("auth.test", token)["error"] == "token_revoked"
    assert pretend.call("auth.test", again)["ok"]


def test_the_token_of_an_organization_acts_in_the_workspace_that_is_named(pretend: Pretend) -> None:
    seed.reset(pretend.slack, {"teams": [CAST, CAST | {"team": {"id": "T2", "name": "Other"}, "tokens": {}}]})
    pretend.manage("org", id="E1", teams=["T1", "T2"])
    given = lets_in(pretend, "E1")
    assert (given["team"], given["enterprise"]["id"], given["is_enterprise_install"]) == (None, "E1", True)
    for team in ("T1", "T2"):
        assert pretend.call("auth.test", given["access_token"], team_id=team)["team_id"] == team
    pretend.act("U1", "open_home")
    (authorization,) = pretend.payloads()[-1]["authorizations"]
    assert (authorization["team_id"], authorization["enterprise_id"]) == (None, "E1")
    assert pretend.payloads()[-1]["team_id"] == "T1"
    pretend.manage("access", team="T2", on=False)
    assert (pretend.payloads()[-1]["event"]["type"], "team_id" in pretend.payloads()[-1]) == (
        "team_access_revoked",
        False,
    )
    refused = pretend.call("auth.test", given["access_token"], team_id="T2")
    assert refused["error"] == "team_access_not_granted"
    pretend.manage("access", team="T2", on=True)
    assert pretend.payloads()[-1]["event"]["team_ids"] == ["T2"]
    assert pretend.call("auth.test", given["access_token"], team_id="T2")["ok"]
    pretend.manage("remove", owner="E1")
    assert [(one["event"]["type"], "team_id" in one) for one in pretend.payloads()[-2:]] == [
        ("tokens_revoked", False), ("app_uninstalled", False),
    ]  # fmt: skip
