"""The data file, the clock, the casts and the manifest."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from playground import manage, seed, store
from playground.clock import PlaygroundClock
from playground.manifest import Manifest, manifest_from
from playground.slack import PlaygroundError, Slack
from playground.state import seen_by
from tests.playground.conftest import CAST, NOON, Pretend, buttons, modal


def test_what_people_could_see_is_there_again_after_a_restart(pretend: Pretend, tmp_path: Path) -> None:
    ts = pretend.call("chat.postMessage", channel="C1", text="hello", blocks=[buttons()])["ts"]
    pretend.call("chat.postMessage", channel="C1", text="reply", thread_ts=ts)
    pretend.call("chat.postEphemeral", channel="C1", user="U1", text="only you")
    pretend.call("views.publish", user_id="U1", view={"type": "home", "blocks": [buttons()]})
    pretend.act("U2", "react", channel="C1", ts=ts, name="tada")
    pretend.call("views.open", trigger_id=pretend.trigger(), view=modal())
    file = tmp_path / "data" / "playground.json"
    store.write(file, store.dump(pretend.slack))
    again = Slack(pretend.slack.manifest, pretend.slack.clock)
    store.load(again, file.read_text(encoding="utf-8"))
    before, after = pretend.sees("U1"), seen_by(again, "U1")
    for part in ("team", "people", "conversations", "home"):
        assert after[part] == before[part]
    assert (len(before["modals"]), after["modals"]) == (1, [])


def test_a_data_file_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        store.load(Slack(Manifest()), '{"format": 0}')


def test_a_clock_is_moved_and_remembers_it(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = PlaygroundClock(file, real=lambda: NOON)
    assert clock() == NOON
    clock.move_by(3600)
    assert clock() == NOON + timedelta(hours=1)
    assert float(file.read_text()) == 3600
    assert PlaygroundClock(file, real=lambda: NOON)() == clock()
    clock.move_to(datetime(2026, 3, 6, 16, 0, tzinfo=UTC))
    assert clock() == datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
    clock.reset()
    assert float(file.read_text()) == 0


def test_an_empty_clock_file_is_an_unmoved_clock(tmp_path: Path) -> None:
    (tmp_path / "clock").write_text("")
    assert PlaygroundClock(tmp_path / "clock").offset == 0


def test_the_page_moves_the_clock_only_to_a_moment_with_a_zone(pretend: Pretend) -> None:
    moved = manage.move_clock(pretend.slack, {"to": "2026-03-06T16:00:00-06:00"})
    assert moved["now"] == "2026-03-06T22:00:00+00:00"
    for wrong in ("2026-03-06T16:00:00", "tomorrow"):
        with pytest.raises(PlaygroundError):
            manage.move_clock(pretend.slack, {"to": wrong})
    with pytest.raises(PlaygroundError, match="cannot be moved"):
        manage.move_clock(Slack(Manifest(), lambda: NOON), {"add": 1})


def test_a_reset_leaves_nothing_of_before(pretend: Pretend) -> None:
    pretend.answers = None
    pretend.act("U1", "open_home")
    pretend.call("chat.postMessage", channel="C1", text="before")
    seed.reset(pretend.slack, CAST)
    assert pretend.messages("C1") == []
    assert pretend.slack.deliveries.waiting == {}
    assert pretend.heard[0].status
    assert pretend.slack.traffic.since(0) == []


def test_the_page_s_own_cast_is_not_empty(pretend: Pretend) -> None:
    pretend.manage("reset")
    seen = pretend.sees("U0ANA")
    names = {room["name"]: room for room in seen["conversations"]}
    assert set(names) == {"austin-chapter", "general", "proposals"}
    assert names["austin-chapter"]["messages"]
    assert seen["app"]["bot_user_id"] in names["austin-chapter"]["members"]
    assert seen["app"]["bot_user_id"] not in names["general"]["members"]
    assert next(one["real_name"] for one in seen["people"] if one["id"] == "U0PLAYGROUNDBOT") == "Helper"


@pytest.mark.parametrize(
    "cast",
    [
        {"people": [{"id": "U1", "name": "ana", "height": 170}]},
        {"people": [], "channels": [{"name": "x", "members": ["nobody"]}]},
        {"people": [], "messages": [{"channel": "x", "user": "U1", "text": "hi"}]},
        {"teams": [{"team": {"id": "T1"}}, {"team": {"id": "T1"}}]},
    ],
)
def test_a_cast_that_does_not_hold_together_is_refused(pretend: Pretend, cast: dict[str, object]) -> None:
    with pytest.raises(PlaygroundError):
        seed.reset(pretend.slack, cast)


def test_a_person_cannot_live_in_a_zone_that_is_none(pretend: Pretend) -> None:
    with pytest.raises(PlaygroundError, match="no time zone called Mars/Olympus"):
        pretend.manage("person", id="U1", tz="Mars/Olympus")


def test_what_a_manifest_leaves_out_is_off() -> None:
    manifest = manifest_from({"display_information": {"name": "Bare"}})
    assert (manifest.bot_name, manifest.scopes, manifest.home_tab) == ("Bare", (), False)
    assert not manifest.commands
    assert not manifest.events
