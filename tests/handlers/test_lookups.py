"""Looking whether a message is there: found by its mark and by nothing else, and somebody is asked when nobody may look."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from handlers.outbound import lookups
from handlers.outbound.lookups import MARGIN, TooMuchToRead, find_post, mark_of, metadata
from tests.conversation import Person, World
from tests.handlers.mail import Mail
from tests.storage.rows import put_outgoing

MARK = mark_of("key", "act:1:told")


@pytest.fixture
def client(mail: Mail) -> WebClient:
    return mail.clients["T1"]


@pytest.fixture
def room(client: WebClient, bob: Person) -> str:
    return str(client.conversations_open(users=bob.id)["channel"]["id"])


def _says(client: WebClient, room: str, text: str, **carried: Any) -> str:
    return str(client.chat_postMessage(channel=room, text=text, **carried)["ts"])


def test_a_mark_tells_nothing_and_is_the_same_each_time() -> None:
    assert mark_of("key", "act:1:told") == MARK
    assert len({MARK, mark_of("key", "act:1:thanked"), mark_of("another key", "act:1:told")}) == 3
    assert "act" not in MARK
    assert len(MARK) == 32


def test_what_is_there_is_found_by_its_mark(world: World, client: WebClient, room: str) -> None:
    _says(client, room, "one", metadata=metadata(mark_of("key", "another")))
    ts = _says(client, room, "two", metadata=metadata(MARK))
    _says(client, room, "three")
    assert find_post(client, room, MARK, world.now()) == {"slack_channel": room, "slack_ts": ts}


@pytest.mark.parametrize(
    "carried",
    [
        {},
        {"metadata": metadata(mark_of("key", "another"))},
        {"metadata": {"event_type": "somebody_elses", "event_payload": {"id": MARK}}},
        {"metadata": {"event_type": lookups.EVENT_TYPE, "event_payload": {}}},
    ],
)
def test_what_carries_another_mark_or_none_is_not_it(
    world: World, client: WebClient, room: str, carried: dict[str, Any]
) -> None:
    _says(client, room, MARK, **carried)
    assert find_post(client, room, MARK, world.now()) == {}


@pytest.mark.parametrize(("older", "is_found"), [(MARGIN - timedelta(seconds=1), True), (2 * MARGIN, False)])
def test_it_is_looked_for_from_two_hours_before_the_first_try(
    world: World, client: WebClient, room: str, older: timedelta, is_found: bool
) -> None:
    _says(client, room, "it", metadata=metadata(MARK))
    assert bool(find_post(client, room, MARK, world.now() + older)) is is_found


def test_it_is_found_behind_all_that_was_said_since(
    world: World, client: WebClient, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookups, "PAGE", 2)
    ts = _says(client, room, "it", metadata=metadata(MARK))
    for number in range(5):
        _says(client, room, f"since then {number}")
    assert find_post(client, room, MARK, world.now())["slack_ts"] == ts
    assert find_post(client, room, mark_of("key", "another"), world.now()) == {}


def test_a_conversation_with_too_much_in_it_is_not_taken_for_one_without_it(
    world: World, client: WebClient, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookups, "PAGE", 1)
    monkeypatch.setattr(lookups, "MOST_PAGES", 2)
    for number in range(3):
        _says(client, room, f"one of many {number}")
    with pytest.raises(TooMuchToRead):
        find_post(client, room, MARK, world.now())


@pytest.fixture
def lost(given: Mail) -> Mail:
    """The quiet message to Bob went out, and Slack did not say so."""
    given.goes_wrong("reset_delivered")
    given.send()
    return given


@pytest.mark.parametrize(
    "fault",
    [
        ("history_refused", "missing_scope"),
        ("error", "not_in_channel"),
        ("http_500", ""),
        ("nonsense", ""),
        ("limited", ""),
    ],
)
def test_where_nobody_may_look_somebody_is_asked_within_a_quarter_of_an_hour(
    lost: Mail, alice: Person, bob: Person, fault: tuple[str, str]
) -> None:
    began = lost.world.now()
    lost.goes_wrong(fault[0], "conversations.history", error=fault[1], times=None)
    while lost.row().state == "sending":
        lost.wait(seconds=5)
    assert lost.row().state == "unconfirmed"
    assert timedelta(minutes=12) <= lost.world.now() - began <= timedelta(minutes=15)
    assert 3 <= len(lost.calls("conversations.history")) <= 30
    assert len(lost.told(bob)) == 2  # the answer to the question, and this, once
    bob.sees("Slack did not confirm my message to you")
    assert lost.told(alice) == []


def test_too_much_to_read_is_asked_about_as_well(lost: Mail, bob: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookups, "PAGE", 1)
    monkeypatch.setattr(lookups, "MOST_PAGES", 1)
    bob.writes_to_the_bot("hello")
    for _ in range(200):
        lost.wait(seconds=5)
    assert (lost.row().state, lost.row().error) == ("unconfirmed", "TooMuchToRead")


@pytest.mark.parametrize("fault", [("history_refused", "missing_scope"), ("limited", ""), ("reset", "")])
def test_a_look_that_could_not_be_made_is_made_again(lost: Mail, bob: Person, fault: tuple[str, str]) -> None:
    lost.goes_wrong(fault[0], "conversations.history", error=fault[1], times=2, seconds=3)
    for _ in range(100):
        lost.wait(seconds=5)
    assert (lost.row().state, len(lost.told(bob))) == ("sent", 2)
    assert len(lost.calls("conversations.history")) == 3


def test_a_limit_on_looking_is_kept_to(lost: Mail) -> None:
    lost.goes_wrong("limited", "conversations.history", seconds=100)
    lost.wait(seconds=120)
    lost.wait(seconds=99)
    assert (lost.row().state, len(lost.calls("conversations.history"))) == ("sending", 1)
    lost.wait(seconds=1)
    assert (lost.row().state, len(lost.calls("conversations.history"))) == ("sent", 2)


def test_a_limit_on_looking_is_kept_to_also_where_it_is_longer_than_a_lease(lost: Mail, bob: Person) -> None:
    lost.goes_wrong("limited", "conversations.history", seconds=540)
    lost.wait(minutes=2)
    counted = lost.bot.metrics.text()
    assert "slack_429_total 1" in counted
    for _ in range(35):
        lost.wait(seconds=15)
    assert (lost.row().state, len(lost.calls("conversations.history"))) == ("sending", 1)
    lost.wait(seconds=15)
    assert (lost.row().state, len(lost.calls("conversations.history"))) == ("sent", 2)
    assert len(lost.told(bob)) == 2


def test_a_limit_on_looking_holds_for_all_that_is_looked_for_in_the_workspace(
    lost: Mail, bob: Person, carol: Person
) -> None:
    lost.goes_wrong("reset_delivered")
    lost.plan("carol", "for Carol")
    lost.send()
    lost.goes_wrong("limited", "conversations.history", seconds=300)
    lost.wait(minutes=2)
    for _ in range(14):
        lost.wait(seconds=20)
    assert len(lost.calls("conversations.history")) == 1
    for _ in range(4):
        lost.wait(seconds=20)
    assert len(lost.calls("conversations.history")) == 3
    assert {row.state for row in lost.rows(verb="post")} == {"sent"}


def test_a_limit_on_looking_that_lasts_too_long_is_not_waited_for(lost: Mail, bob: Person) -> None:
    began = lost.world.now()
    lost.goes_wrong("limited", "conversations.history", seconds=3600, times=None)
    while lost.row().state == "sending":
        lost.wait(seconds=5)
    assert lost.row().state == "unconfirmed"
    assert lost.world.now() - began <= timedelta(minutes=15)
    assert len(lost.calls("conversations.history")) == 1  # the limit is kept to, and nobody waits for its end
    bob.sees("Slack did not confirm")


def test_while_slack_cannot_be_reached_at_all_nobody_is_asked(lost: Mail, bob: Person) -> None:
    with lost.cut_off():
        for _ in range(30):
            lost.wait(minutes=2)
    assert lost.row().state == "sending"
    for _ in range(60):
        lost.wait(seconds=20)
    assert (lost.row().state, len(lost.told(bob))) == ("sent", 2)


def test_a_second_try_that_is_lost_as_well_gets_its_own_time_to_be_looked_for(given: Mail, bob: Person) -> None:
    given.goes_wrong("reset")
    given.send()
    given.world.now.move(minutes=2)
    given.goes_wrong("reset_delivered")
    given.send()  # looks, finds nothing, and says it once more
    second = given.world.now()
    given.goes_wrong("history_refused", "conversations.history", times=None)
    while given.row().state == "sending":
        given.wait(seconds=5)
    assert timedelta(minutes=12) <= given.world.now() - second <= timedelta(minutes=15)
    assert (given.row().state, len(given.told(bob))) == ("unconfirmed", 2)


def test_a_history_that_is_a_little_behind_shows_it_in_time(lost: Mail, bob: Person) -> None:
    lost.goes_wrong("history_lag", "conversations.history", times=None, seconds=60)
    lost.wait(minutes=2)
    assert (lost.row().state, len(lost.told(bob))) == ("sent", 2)


def test_a_clock_that_was_ahead_of_slacks_does_not_hide_what_is_there(lost: Mail, bob: Person) -> None:
    with lost.bot.database.transaction() as session:
        put_outgoing(session, lost.row().id, "sending", first_tried_at=lost.world.now() + timedelta(hours=6))
    lost.wait(minutes=2)
    lost.wait(days=1)
    assert (lost.row().state, len(lost.told(bob))) == ("sent", 2)
