"""What a member takes along of asks, nudges and events; and what the public ledger has of asks."""

import pytest

from bot import nudges
from tests.cast import AUSTIN
from tests.conversation import Person
from tests.features.asking import ENGINEER, ask
from tests.features.exporting import READY, came, data, exported, raw, sheet
from tests.features.introducing import Until
from tests.features.nudging import turn_on
from tests.features.test_exports_of_a_workspace import export


@pytest.fixture(autouse=True)
def never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has no nudge held back."""
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)


def test_an_asker_gets_the_ask_with_its_offers_and_a_helper_the_offer(
    alice: Person, bob: Person, carol: Person
) -> None:
    ask(alice, topics="structures")
    bob.clicks("I can help")
    carol.clicks("I can help")
    alice.clicks("I am covered", near="Bob can help")
    alice.clicks("Accept the offer", near="Carol can help")
    (hers,) = exported(alice)["asks"]
    alice.sees(f"{READY}: 1 ask, as CSV and JSON")
    assert hers == {
        "asked_at": "2026-03-02T09:00:00-06:00", "words": ENGINEER, "topics": "structures", "channel": AUSTIN,
        "until": "2026-03-13", "state": "open", "ended_at": None, "offers": ["Bob: covered", "Carol: accepted"],
    }  # fmt: skip
    assert sheet(alice, "asks.csv")[0]["offers"] == "Bob: covered; Carol: accepted"
    (offered,) = exported(carol)["offers"]
    assert (offered["asked_by"], offered["words"], offered["your_offer"], offered["ask"]) == (
        "Alice",
        ENGINEER,
        "accepted",
        "open",
    )


def test_a_helper_who_is_not_needed_does_not_read_so(alice: Person, bob: Person) -> None:
    ask(alice)
    bob.clicks("I can help")
    before = exported(bob)["offers"][0]
    alice.clicks("I am covered", near="Bob can help")
    (after,) = exported(bob)["offers"]
    assert after == before
    assert after["your_offer"] == "offered"
    assert all(b"covered" not in kept for kept in raw(bob).values())


def test_nudges_come_with_what_was_suggested_and_pressed_and_what_was_chosen(
    alice: Person, bob: Person, carol: Person, until: Until
) -> None:
    turn_on(bob, "structural engineers, Colorado")
    ask(alice, channel="", until="2026-03-20")
    until(3, 3, 12)
    bob.clicks("Not this")
    found = exported(bob)
    (chosen,) = found["nudge_settings"]
    assert chosen == {
        "nudges": "on", "every": "weekly", "weekday": "Tuesday", "at": "09:00", "topics": "structural engineers, Colorado",
        "asks_that_fit": True, "suggested_to_others": False, "later_until": None,
    }  # fmt: skip
    (nudge,) = found["nudges"]
    assert nudge["at"].startswith("2026-03-03T09:00")
    assert {key: nudge[key] for key in ("suggested", "named", "words", "pressed")} == {
        "suggested": "an ask that fits", "named": "Alice", "words": ENGINEER, "pressed": "not this",
    }  # fmt: skip
    assert nudge["first_pressed_at"] is not None
    names = [one["name"] for one in came(bob)[-1]["files"]]
    assert names == ["nudge-settings.csv", "nudges.csv", "good-turn-data.json"]
    assert exported(carol)["nudges"] == []


def test_a_nudge_that_was_held_back_is_not_there(
    alice: Person, bob: Person, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nudges, "HELD_OF", 1)
    turn_on(bob, "structural engineers")
    ask(alice, channel="", until="2026-03-20")
    until(3, 3, 12)
    assert exported(bob)["nudges"] == []


def test_the_ledger_has_the_asks_of_channels_without_words_and_names_nobody_who_is_not_to_be_named(
    alice: Person, bob: Person, carol: Person, dan: Person
) -> None:
    ask(alice)
    ask(bob, "a surveyor", channel="")
    ask(carol, "a plumber")
    carol.opens_home()
    carol.clicks("Leave it out")
    carol.closes()
    export(dan)
    dan.sees("The public ledger is ready: 2 asks, as CSV and JSON")
    assert data(dan)["asks"] == [
        {"day": "2026-03-02", "channel": AUSTIN, "until": "2026-03-13", "asked_by": name, "state": "open"}
        for name in ("Alice", "someone")
    ]
    for kept in raw(dan).values():
        for hidden in (b"engineer", b"surveyor", b"plumber", b"Carol", b"Bob"):
            assert hidden not in kept
