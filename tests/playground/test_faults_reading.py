"""What goes wrong with reading, with the token, and with whom and what the app would write to."""

from typing import Any

import pytest

from playground import web_api
from playground.faults import Fault
from tests.playground.conftest import NOON, Pretend
from tests.playground.test_faults import post, seen


def history(pretend: Pretend, **given: Any) -> Any:
    answer = pretend.call("conversations.history", channel="C1", **given)
    return [one["text"] for one in answer["messages"]] if answer["ok"] else answer["error"]


def test_the_history_lags_behind(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("history_lag", seconds=3, times=None))
    post(pretend, words="old")
    pretend.move(seconds=2)
    post(pretend, words="new")
    assert history(pretend) == []
    pretend.move(seconds=1)
    assert history(pretend) == ["old"]
    assert history(pretend, limit="1") == ["old"]
    assert history(pretend, latest=str(NOON.timestamp() - 1)) == []
    assert history(pretend, latest=str(NOON.timestamp() + 60)) == ["old"]
    assert history(pretend, latest="soon") == "invalid_ts_latest"
    pretend.manage("clear_faults")
    assert history(pretend) == ["new", "old"]


def test_a_thread_lags_as_well(pretend: Pretend) -> None:
    ts = post(pretend, words="above").body["ts"]
    pretend.call("chat.postMessage", channel="C1", text="below", thread_ts=ts)
    pretend.slack.faults.add(Fault("history_lag", on="*"))
    assert pretend.call("users.info", user="U1")["ok"]
    answers = [pretend.call("conversations.replies", channel="C1", ts=ts) for _ in range(2)]
    assert [[one["text"] for one in answer["messages"]] for answer in answers] == [["above"], ["above", "below"]]


def test_the_history_is_refused(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("history_refused"))
    pretend.slack.faults.add(Fault("history_refused", error="ratelimited", seconds=60))
    assert history(pretend) == "missing_scope"
    answer = web_api.call(pretend.slack, "conversations.history", {"channel": "C1"}, "xoxb-1")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
    assert history(pretend) == []


def test_a_revoked_token_is_worth_nothing_anywhere(pretend: Pretend) -> None:
    pretend.manage("revoke")
    pretend.manage("revoke")
    assert [one["event"]["type"] for one in pretend.payloads()] == ["tokens_revoked"]
    for method in ("chat.postMessage", "users.info", "auth.test"):
        assert pretend.call(method, channel="C1", text="x", user="U1")["error"] == "token_revoked"
    pretend.slack.faults.add(Fault("timeout_delivered"))
    assert post(pretend).lost == "timeout"
    assert seen(pretend) == []
    pretend.act("U1", "open_home")
    assert len(pretend.heard) == 1
    assert pretend.sees("U1")["faults"]["revoked"]


@pytest.mark.parametrize("do", ["install", "clear_faults"])
def test_a_token_is_good_again(pretend: Pretend, do: str) -> None:
    pretend.manage("revoke", quietly=True)
    assert pretend.heard == []
    pretend.manage(do)
    assert post(pretend).body["ok"]


def test_other_workspaces_keep_their_token(pretend: Pretend) -> None:
    other = {"team": {"id": "T2"}, "tokens": {"bot": "xoxb-2"}, "channels": [{"id": "C1", "name": "c", "bot": True}]}
    cast = {"teams": [{"team": {"id": "T1"}, "tokens": {"bot": "xoxb-1"}}, other]}
    pretend.manage("reset", cast=cast)
    pretend.manage("revoke", team="T1")
    assert post(pretend).body["error"] == "token_revoked"
    assert post(pretend, token="xoxb-2").body["ok"]


def test_what_is_archived_or_gone_is_refused_as_slack_does(pretend: Pretend) -> None:
    direct = pretend.call("conversations.open", users="U2")["channel"]["id"]
    assert pretend.call("chat.postMessage", channel=direct, text="hi")["ok"]
    pretend.manage("person", id="U2", deleted=True)
    pretend.manage("channel", id="C1", archived=True)
    assert post(pretend).body["error"] == "is_archived"
    assert post(pretend, direct).body["error"] == "is_archived"
    assert post(pretend, "U2").body["error"] == "channel_not_found"
    assert pretend.call("conversations.open", users="U2")["error"] == "user_disabled"
    assert pretend.call("users.info", user="U2")["user"]["deleted"]
