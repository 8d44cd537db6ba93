"""The Web API's front door: tokens, scopes, arguments."""

import pytest

from playground import seed, web_api
from playground.methods import METHODS
from tests.playground.conftest import CAST, Pretend


def test_every_method_in_the_table_is_there_and_no_other() -> None:
    assert set(web_api.TABLE) == set(METHODS)


def test_the_app_learns_who_it_is(pretend: Pretend) -> None:
    answer = pretend.call("auth.test")
    assert answer["ok"]
    assert (answer["user_id"], answer["team_id"], answer["bot_id"]) == ("UBOT", "T1", "B0BOT")


def test_the_scopes_of_the_token_are_in_a_header(pretend: Pretend) -> None:
    answer = web_api.call(pretend.slack, "auth.test", {}, "xoxb-1")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "error"),
    [(None, "not_authed"), ("", "not_authed"), ("xoxb-other", "invalid_auth"), ("xapp-1", "not_allowed_token_type")],
)
def test_a_wrong_token_is_refused(pretend: Pretend, token: str | None, error: str) -> None:
    assert pretend.call("auth.test", token=token) == {"ok": False, "error": error}


def test_a_socket_needs_the_app_token(pretend: Pretend) -> None:
    assert pretend.call("apps.connections.open", token="xapp-1")["url"].startswith("ws://127.0.0.1/socket/")
    assert pretend.call("apps.connections.open")["error"] == "not_allowed_token_type"


def test_the_token_of_an_uninstalled_app_is_worth_nothing(pretend: Pretend) -> None:
    pretend.manage("uninstall")
    assert pretend.call("auth.test")["error"] == "account_inactive"
    pretend.manage("install")
    assert pretend.call("auth.test")["ok"]


def test_an_unknown_method_is_said_to_be_unknown(pretend: Pretend) -> None:
    assert pretend.call("chat.shout")["error"] == "unknown_method"


def test_an_unknown_argument_is_named(pretend: Pretend) -> None:
    answer = pretend.call("chat.postMessage", channel="C1", text="hi", colour="red")
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] unknown argument: colour"]


def test_arguments_that_slack_takes_everywhere_are_taken(pretend: Pretend) -> None:
    assert pretend.call("chat.postMessage", channel="C1", text="hi", team_id="T1", client_msg_id="x")["ok"]


def test_a_missing_argument_is_named(pretend: Pretend) -> None:
    answer = pretend.call("chat.postMessage", text="hi")
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


def test_a_missing_scope_is_named(pretend: Pretend) -> None:
    seed.reset(pretend.slack, CAST | {"scopes": ["chat:write"]})
    answer = pretend.call("users.info", user="U1")
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "users:read", "chat:write")
    assert pretend.call("chat.postMessage", channel="C1", text="hi")["ok"]


def test_an_app_is_installed_with_or_without_what_may_be_left_out(pretend: Pretend) -> None:
    assert pretend.call("dnd.info", user="U1")["ok"]
    assert "dnd:read" not in pretend.manage("install", optional=False)["scopes"]
    assert pretend.call("dnd.info", user="U1")["error"] == "missing_scope"
    assert pretend.call("users.info", user="U1")["ok"]
    pretend.manage("install")  # as it was
    assert pretend.call("dnd.info", user="U1")["error"] == "missing_scope"
    pretend.manage("install", optional=True)
    assert pretend.call("dnd.info", user="U1")["ok"]


def test_a_form_s_strings_become_what_they_mean(pretend: Pretend) -> None:
    for words in ("one", "two"):
        pretend.call("chat.postMessage", channel="C1", text=words)
    answer = pretend.call("conversations.history", channel="C1", limit="1", inclusive="true")
    assert [one["text"] for one in answer["messages"]] == ["two"]


def test_two_workspaces_with_the_same_ids_are_kept_apart(pretend: Pretend) -> None:
    other = CAST | {"team": {"id": "T2", "name": "Others", "domain": "others"}, "tokens": {"bot": "xoxb-2"}}
    seed.reset(pretend.slack, {"teams": [CAST, other]})
    pretend.call("chat.postMessage", token="xoxb-2", channel="C1", text="for the others")
    assert pretend.messages("C1") == []
    assert [one.text for one in pretend.slack.workspaces["T2"].conversations["C1"].messages.values()]


def test_tokens_do_not_stand_in_the_traffic(pretend: Pretend) -> None:
    pretend.call("chat.postMessage", channel="C1", text="my token is xoxb-12-abc")
    (exchange,) = pretend.slack.traffic.since(0)
    assert exchange["request"]["text"] == "my token is [token]"
    assert (exchange["name"], exchange["way"], exchange["status"]) == ("chat.postMessage", "from bot", "ok")


def test_the_traffic_keeps_only_the_last_five_hundred(pretend: Pretend) -> None:
    for _ in range(510):
        pretend.call("auth.test")
    assert len(pretend.slack.traffic.since(0)) == 500
    assert [one["n"] for one in pretend.slack.traffic.since(508)] == [509, 510]
