"""What goes wrong with the bot's own calls: what people saw, what the bot was told, and that it ends."""

from datetime import timedelta
from typing import Any

import pytest

from playground import manage, web_api
from playground.faults import CALLS, Fault
from playground.slack import PlaygroundError
from playground.web_api import Answer
from tests.playground.conftest import NOON, Pretend

TOLD = {
    "limited": (429, "ratelimited", ""),
    "http_500": (500, "http 500", ""),
    "http_500_delivered": (500, "http 500", ""),
    "timeout": (200, "timeout", "timeout"),
    "timeout_delivered": (200, "timeout", "timeout"),
    "timeout_late": (200, "timeout", "timeout"),
    "reset": (200, "reset", "reset"),
    "reset_delivered": (200, "reset", "reset"),
    "refused": (200, "refused", "refused"),
    "error": (200, "internal_error", ""),
    "error_delivered": (200, "internal_error", ""),
    "nonsense": (200, "nonsense", ""),
    "nonsense_delivered": (200, "nonsense", ""),
}


def post(pretend: Pretend, channel: str = "C1", words: str = "hello", token: str = "xoxb-1") -> Answer:
    return web_api.call(pretend.slack, "chat.postMessage", {"channel": channel, "text": words}, token)


def seen(pretend: Pretend) -> list[str]:
    return [one.text for one in pretend.slack.workspace().seen]


def last_exchange(pretend: Pretend) -> dict[str, Any]:
    return pretend.slack.traffic.since(0)[-1]


@pytest.mark.parametrize("what", CALLS)
def test_what_people_see_and_what_the_bot_is_told_are_two_things(pretend: Pretend, what: str) -> None:
    pretend.slack.faults.add(Fault(what))
    answer = post(pretend)
    exchange = last_exchange(pretend)
    assert (answer.status, exchange["status"], answer.lost) == TOLD[what]
    assert exchange["fault"] == what
    assert not answer.body.get("ok")
    assert seen(pretend) == (["hello"] if what.endswith("_delivered") else [])


@pytest.mark.parametrize("what", CALLS)
def test_a_fault_happens_so_many_times_and_no_more(pretend: Pretend, what: str) -> None:
    pretend.slack.faults.add(Fault(what, times=2))
    assert [post(pretend).body.get("ok", False) for _ in range(3)] == [False, False, True]
    assert last_exchange(pretend)["fault"] == ""
    assert pretend.sees("U1")["faults"]["active"] == []


def test_a_fault_without_end_happens_until_it_is_switched_off(pretend: Pretend) -> None:
    pretend.manage("fault", what="reset", times=None)
    pretend.manage("fault", what="timeout", times=None)
    assert [post(pretend).lost for _ in range(5)] == ["reset"] * 5
    pretend.manage("clear_faults", what="reset")
    assert post(pretend).lost == "timeout"
    pretend.manage("clear_faults")
    assert post(pretend).body["ok"]


def test_a_fault_is_of_one_method_one_workspace_and_one_conversation(pretend: Pretend) -> None:
    for narrowed in (Fault("reset", "chat.update"), Fault("reset", team="T2"), Fault("reset", channel="C9")):
        pretend.slack.faults.add(narrowed)
    assert post(pretend).body["ok"]
    assert len(pretend.slack.faults.active) == 3
    pretend.slack.faults.add(Fault("timeout", on="*", team="T1", channel="C1"))
    assert web_api.call(pretend.slack, "users.info", {"user": "U1"}, "xoxb-1").body["ok"]
    assert post(pretend).lost == "timeout"


def test_slack_says_for_how_long_to_wait(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("limited", seconds=7))
    pretend.slack.faults.add(Fault("limited"))
    assert [post(pretend).headers["Retry-After"] for _ in range(2)] == ["7", "30"]


@pytest.mark.parametrize("error", ["invalid_blocks", "token_revoked", "is_archived", "missing_scope", "never_heard_of"])
def test_slack_can_refuse_with_any_error(pretend: Pretend, error: str) -> None:
    pretend.slack.faults.add(Fault("error", error=error))
    pretend.slack.faults.add(Fault("error_delivered", error=error))
    assert [post(pretend, words=words).body for words in ("never", "said")] == [{"ok": False, "error": error}] * 2
    assert seen(pretend) == ["said"]


def test_nonsense_is_a_page_where_an_answer_was_expected(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("nonsense"))
    answer = post(pretend)
    assert answer.text().startswith("<!doctype html>")
    assert post(pretend).text().startswith('{"ok": true')


def test_what_lands_late_is_seen_at_its_own_moment(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("timeout_late", seconds=20, times=2))
    post(pretend, words="first")
    pretend.move(seconds=5)
    post(pretend, words="second")
    pretend.move(seconds=14)
    pretend.slack.catch_up()
    assert seen(pretend) == []
    pretend.move(hours=1)
    pretend.slack.catch_up()
    pretend.slack.catch_up()
    landed = [(one.text, one.at - NOON) for one in pretend.slack.workspace().seen]
    assert landed == [("first", timedelta(seconds=20)), ("second", timedelta(seconds=25))]
    assert pretend.messages("C1")[0].ts == f"{int(NOON.timestamp()) + 20}.000000"
    assert pretend.slack.clock() == pretend.now


def test_moving_the_clock_lets_late_things_land(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("timeout_late", seconds=20))
    post(pretend)
    manage.move_clock(pretend.slack, {"add": 19})
    assert seen(pretend) == []
    manage.move_clock(pretend.slack, {"add": 1})
    assert seen(pretend) == ["hello"]


def test_what_lands_late_is_checked_when_it_lands(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("timeout_late", seconds=20, times=2))
    for channel in ("C1", "C4"):
        post(pretend, channel)
    pretend.manage("channel", id="C1", archived=True)
    pretend.move(seconds=20)
    pretend.slack.catch_up()
    assert seen(pretend) == []


def test_a_fresh_start_leaves_no_fault_and_nothing_to_land(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("timeout_late", seconds=20, times=2))
    post(pretend)
    pretend.manage("reset")
    pretend.move(hours=1)
    pretend.slack.catch_up()
    assert pretend.slack.faults.active == []
    assert "hello" not in seen(pretend)


def test_a_simulation_chooses_before_the_list_is_asked(pretend: Pretend) -> None:
    asked: list[tuple[str, str, str]] = []

    def choose(method: str, given: dict[str, Any], team: str) -> Fault | None:
        asked.append((method, given["channel"], team))
        return Fault("reset_delivered") if len(asked) == 1 else None

    pretend.slack.faults.choose = choose
    pretend.slack.faults.add(Fault("refused"))
    assert [post(pretend).lost for _ in range(3)] == ["reset", "refused", ""]
    assert asked == [("chat.postMessage", "C1", "T1")] * 3


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "no fault called “”"),
        ({"what": "rain"}, "no fault called “rain”"),
        ({"what": "reset", "times": 0}, "once or more often"),
        ({"what": "reset", "times": "twice"}, "once or more often"),
        ({"what": "limited", "seconds": -1}, "number from 0"),
        ({"what": "reset", "on": "chat.whisper"}, "does not happen to “chat.whisper”"),
        ({"what": "reset", "on": "event"}, "does not happen to “event”"),
        ({"what": "twice", "on": "chat.postMessage"}, "does not happen to “chat.postMessage”"),
        ({"what": "twice", "channel": "C1"}, "Only a call"),
    ],
)
def test_what_cannot_go_wrong_is_said_in_a_sentence(pretend: Pretend, asked: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlaygroundError, match=sentence):
        pretend.manage("fault", **asked)
    assert pretend.slack.faults.active == []


def test_the_page_is_told_what_can_go_wrong_and_what_does(pretend: Pretend) -> None:
    offered = pretend.manage("faults")
    assert {one["group"] for one in offered["kinds"]} == set(offered["places"])
    pretend.manage("fault", what="limited", times=3, team="T1")
    pretend.manage("fault", what="reset", team="T2")
    version = pretend.slack.version
    post(pretend)
    assert pretend.slack.version > version
    (active,) = pretend.sees("U1")["faults"]["active"]
    assert (active["what"], active["on"], active["times"], active["seconds"]) == ("limited", "chat.postMessage", 2, 30)
