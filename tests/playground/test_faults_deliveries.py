"""What goes wrong on the way to the bot: doubled, out of order, unheard."""

from typing import Any

import pytest

from playground.deliveries import Delivery
from playground.faults import Fault
from tests.playground.conftest import Pretend


def give(pretend: Pretend, words: str = "") -> Any:
    return pretend.act("U1", "say", channel="C1", text=f"/give {words}".strip())


def open_home(pretend: Pretend) -> Any:
    return pretend.act("U1", "open_home")


def later(pretend: Pretend, seconds: float) -> None:
    pretend.move(seconds=seconds)
    pretend.slack.deliveries.expire()
    pretend.slack.catch_up()
    pretend.slack.deliveries.resend_due()


def typed(pretend: Pretend) -> list[str]:
    return [one.payload["text"] for one in pretend.heard if one.kind == "slash_commands"]


def envelopes(pretend: Pretend) -> list[dict[str, Any]]:
    return [one.envelope() for one in pretend.heard]


def test_the_same_envelope_arrives_twice(pretend: Pretend) -> None:
    answers = iter([{"text": "first"}, {"text": "second"}, None])
    pretend.answers = lambda _: next(answers)
    pretend.slack.faults.add(Fault("twice"))
    assert give(pretend)["status"] == "acked"
    give(pretend)
    first, second, other = envelopes(pretend)
    assert first == second
    assert first["envelope_id"] != other["envelope_id"]
    assert [one["text"] for one in pretend.shown("U1", "C1")] == ["first"]
    told = [(one["status"], one["fault"]) for one in pretend.slack.traffic.since(0)]
    assert told == [("acked", "twice"), ("sent again", "twice"), ("acked", "")]


def test_nothing_arrives_twice_where_nobody_is(pretend: Pretend) -> None:
    pretend.awake = False
    pretend.slack.faults.add(Fault("twice"))
    assert give(pretend)["status"] == "unreachable"
    assert len(pretend.slack.traffic.since(0)) == 1


@pytest.mark.parametrize(("seconds", "attempt"), [(60, 2), (300, 3), (0.5, 1)])
def test_an_acknowledged_event_comes_again_as_a_retry(pretend: Pretend, seconds: float, attempt: int) -> None:
    pretend.slack.faults.add(Fault("again", seconds=seconds))
    open_home(pretend)
    later(pretend, seconds - 0.1)
    assert len(pretend.heard) == 1
    later(pretend, 0.1)
    first, again = envelopes(pretend)
    assert first["payload"] == again["payload"]
    assert first["envelope_id"] != again["envelope_id"]
    assert (again["retry_attempt"], again["retry_reason"]) == (attempt, "timeout")
    later(pretend, 3600)
    assert len(pretend.heard) == 2


def test_some_are_held_and_arrive_in_reverse(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("hold", times=3))
    for words in ("one", "two"):
        give(pretend, words)
    assert pretend.heard == []
    give(pretend, "three")
    give(pretend, "four")
    assert typed(pretend) == ["three", "two", "one", "four"]
    assert {one["status"] for one in pretend.slack.traffic.since(0)} == {"acked"}


def test_what_is_held_arrives_after_a_while_in_any_case(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("hold", times=None, seconds=2))
    give(pretend, "one")
    give(pretend, "two")
    later(pretend, 1.9)
    assert pretend.heard == []
    later(pretend, 0.1)
    give(pretend, "three")
    later(pretend, 1)
    give(pretend, "four")
    assert typed(pretend) == ["two", "one"]
    later(pretend, 1)
    assert typed(pretend) == ["two", "one", "four", "three"]


def test_one_is_overtaken_by_the_next(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("overtaken", on="command", times=2))
    open_home(pretend)
    for words in ("one", "two", "three", "four", "five"):
        give(pretend, words)
    assert typed(pretend) == ["two", "one", "four", "three", "five"]
    assert pretend.heard[0].kind == "events_api"


def test_who_waits_to_be_overtaken_does_not_wait_for_ever(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("overtaken", seconds=4))
    give(pretend, "one")
    later(pretend, 4)
    give(pretend, "two")
    assert typed(pretend) == ["one", "two"]


def test_an_event_whose_ack_is_lost_comes_again(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("ack_lost", on="event"))
    assert give(pretend)["status"] == "acked"
    open_home(pretend)
    assert pretend.slack.traffic.since(0)[-1]["status"] == ""
    later(pretend, 3)
    later(pretend, 3600)
    assert [one.get("retry_attempt") for one in envelopes(pretend)] == [None, 0, 1]
    assert [one["status"] for one in pretend.slack.traffic.since(0)] == ["acked", "timeout", "acked"]


def test_a_command_whose_ack_is_lost_fails_before_the_person_s_eyes(pretend: Pretend) -> None:
    pretend.answers = lambda _: {"text": "Done."}
    pretend.slack.faults.add(Fault("ack_lost", on="command"))
    give(pretend)
    later(pretend, 3)
    assert pretend.shown("U1", "C1") == []
    assert "operation_timeout" in pretend.sees("U1")["notices"][0]["text"]
    assert len(pretend.heard) == 1


def test_what_is_swallowed_never_arrives(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("swallowed", times=2))
    give(pretend)
    open_home(pretend)
    assert pretend.heard == []
    pretend.move(seconds=3)
    pretend.slack.catch_up()
    pretend.slack.deliveries.resend_due()
    assert "operation_timeout" in pretend.sees("U1")["notices"][0]["text"]
    assert [one["retry_attempt"] for one in envelopes(pretend)] == [1]


def test_a_fault_of_one_kind_of_delivery_leaves_the_others_alone(pretend: Pretend) -> None:
    for narrowed in (Fault("swallowed", on="interaction"), Fault("swallowed", on="command", team="T2")):
        pretend.slack.faults.add(narrowed)
    give(pretend)
    open_home(pretend)
    assert len(pretend.heard) == 2
    pretend.act("U1", "shortcut", callback_id="start")
    assert len(pretend.heard) == 2


def test_a_simulation_chooses_for_deliveries_too(pretend: Pretend) -> None:
    chosen = {"one": Fault("twice"), "two": None}
    pretend.slack.faults.choose_delivery = lambda kind, payload, team: chosen[payload["text"]]
    give(pretend, "one")
    give(pretend, "two")
    assert typed(pretend) == ["one", "one", "two"]


def test_a_fresh_start_drops_what_is_held(pretend: Pretend) -> None:
    pretend.slack.faults.add(Fault("hold", times=2))
    pretend.slack.faults.add(Fault("overtaken"))
    told: list[Delivery] = []
    pretend.slack.deliveries.log = told
    pretend.slack.deliveries.send("slash_commands", "T1", "/give", {"text": "held"})
    pretend.manage("reset")
    assert told[0].status
    later(pretend, 60)
    assert pretend.heard == []
