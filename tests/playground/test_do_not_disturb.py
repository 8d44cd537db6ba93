"""Do-not-disturb: people switch it on and off, and the app is told when it asks."""

import pytest

from playground.slack import PlaygroundError
from tests.playground.conftest import NOON, Pretend


def test_who_wants_to_be_left_alone_is_told_to_the_app_until_it_ends(pretend: Pretend) -> None:
    nobody = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, "snooze_enabled": False}
    answer = pretend.call("dnd.info", user="U1")
    assert {name: answer[name] for name in nobody} == nobody
    until = pretend.act("U1", "dnd", minutes=60)["until"]
    answer = pretend.call("dnd.info", user="U1")
    now = int(NOON.timestamp())
    assert (answer["dnd_enabled"], answer["next_dnd_start_ts"], answer["next_dnd_end_ts"]) == (True, now, until)
    assert until == now + 3600
    assert pretend.call("dnd.info", user="U2")["dnd_enabled"] is False
    assert {one["id"]: one["dnd"] for one in pretend.sees("U2")["people"]}["U1"]
    pretend.move(minutes=60)
    assert pretend.call("dnd.info", user="U1")["next_dnd_end_ts"] == 1
    assert not {one["id"]: one["dnd"] for one in pretend.sees("U2")["people"]}["U1"]


def test_being_left_alone_is_taken_back(pretend: Pretend) -> None:
    pretend.act("U1", "dnd", minutes=60)
    pretend.act("U1", "dnd", minutes=0)
    assert pretend.call("dnd.info", user="U1")["dnd_enabled"] is False
    with pytest.raises(PlaygroundError, match="from 0"):
        pretend.act("U1", "dnd", minutes=-1)


def test_a_time_of_being_left_alone_can_lie_ahead(pretend: Pretend) -> None:
    now = int(NOON.timestamp())
    pretend.manage("person", id="U1", dnd_start=now + 600, dnd_end=now + 1200)
    answer = pretend.call("dnd.info", user="U1")
    assert (answer["next_dnd_start_ts"], answer["next_dnd_end_ts"]) == (now + 600, now + 1200)
    assert pretend.call("dnd.info", user="U9")["error"] == "user_not_found"
