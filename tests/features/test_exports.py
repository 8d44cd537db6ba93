"""*Export*: a member's own data, and for admins the public ledger, as files in their own DM."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import AUSTIN, CAST, cast
from tests.conversation import Person, World
from tests.features.exporting import READY, came, data, exported, raw, sheet
from tests.features.introducing import ask, choose
from tests.handlers.saying import fault, let_pass

GET, SHOW = "files.getUploadURLExternal", "files.completeUploadExternal"
ONE: dict[str, list[Any]] = {
    "good_turns": [], "introductions": [], "calls": [], "contacts": [], "asks": [], "offers": [], "nudge_settings": [],
    "nudges": [], "events": [],
}  # fmt: skip


def test_a_member_gets_all_that_is_theirs_as_csv_and_json(alice: Person, bob: Person) -> None:
    alice.types("/give advice @bob how to price the survey")
    bob.clicks("Thanks, it helped")
    alice.types("/thanks @bob for the heads-up")
    alice.types("/give Jane Doe (Acme) pricing the survey")
    alice.types("/callback Jane Doe (Acme) tomorrow 3pm about the RFP")
    alice.types("/network export")
    alice.sees("Your data is on its way.", f"{READY}: 3 good turns, 1 call and 1 contact, as CSV and JSON")
    names = ["good-turns.csv", "calls.csv", "contacts.csv", "good-turn-data.json"]
    assert [one["name"] for one in came(alice)[-1]["files"]] == names
    found = data(alice)
    first, second, third = found["good_turns"]
    assert first == {
        "recorded_at": "2026-03-02T09:00:00-06:00", "part": "gave", "from": "Alice", "to": "Bob", "kind": "ideas and advice",
        "words": "how to price the survey", "state": "thanked", "thanked_at": first["thanked_at"], "thanks": None,
        "recorded_by": "Alice", "channel": AUSTIN, "is_private": False,
    }  # fmt: skip
    assert first["thanked_at"].endswith("-06:00")
    assert (second["part"], second["to"], second["is_private"]) == ("gave", "Jane Doe (Acme)", False)
    assert (third["part"], third["from"], third["to"], third["state"]) == ("got", "Bob", "Alice", "thanked")
    (call,) = found["calls"]
    assert (call["who"], call["about"]) == ("Jane Doe (Acme)", "the RFP")
    assert call["plans"] == [{"due_at": "2026-03-03T15:00:00-06:00", "outcome": "open", "ended_at": None}]
    assert [(one["name"], one["company"]) for one in found["contacts"]] == [("Jane Doe", "Acme")]
    assert (found["about"]["member"], found["about"]["zone"]) == ("Alice", "America/Chicago")
    lines = sheet(alice, "good-turns.csv")
    assert [line["words"] for line in lines] == [one["words"] for one in found["good_turns"]]
    assert (lines[0]["is_private"], lines[0]["thanks"]) == ("no", "")
    assert sheet(alice, "calls.csv")[0]["due_at"] == "2026-03-03T15:00:00-06:00"
    assert raw(alice)["good-turns.csv"].startswith(b"\xef\xbb\xbf")


def test_what_the_other_side_gets_has_no_contact_and_no_call_of_somebody_else(alice: Person, bob: Person) -> None:
    alice.types("/give advice @bob how to price the survey")
    alice.types("/give Jane Doe (Acme) pricing the survey")
    alice.types("/callback Jane Doe (Acme) tomorrow 3pm about the RFP")
    found = exported(bob)
    assert [(one["part"], one["from"]) for one in found["good_turns"]] == [("got", "Alice")]
    assert {**found, "about": 0, "good_turns": []} == {**ONE, "about": 0}
    assert all(b"Jane" not in kept for kept in raw(bob).values())


def test_what_was_corrected_is_there_once_and_what_was_removed_says_so(alice: Person, bob: Person) -> None:
    alice.types("/give @bob the first one")
    bob.clicks("Fix it")
    bob.fills("What happened?", "in my own words").submits()
    alice.types("/give @bob the second one")
    bob.clicks("Remove it", near="the second one")
    found = exported(alice)["good_turns"]
    assert [(one["words"], one["state"]) for one in found] == [
        ("in my own words", "thanked"), ("the second one", "removed"),
    ]  # fmt: skip


def test_somebody_without_anything_gets_a_file_that_says_so(eve: Person) -> None:
    found = exported(eve)
    eve.sees(f"{READY}: nothing is recorded yet, and the file says so")
    assert [one["name"] for one in came(eve)[-1]["files"]] == ["good-turn-data.json"]
    assert {**found, "about": 0} == {**ONE, "about": 0}


def test_home_has_the_button_and_the_answer_says_who_gets_it(alice: Person) -> None:
    alice.opens_home()
    alice.sees("My data: take it along, delete it, or leave. Only you see it.")
    alice.clicks("Export")
    alice.sees("Your data is on its way.")
    assert len(came(alice)) == 1


def test_pressed_twice_it_is_made_once_and_later_it_is_made_anew(alice: Person, world: World) -> None:
    fault(world, "limited", on=GET, seconds=60)
    alice.types("/network export")
    alice.types("/network export")
    alice.sees("Your data is on its way.")
    let_pass(world, minutes=3)
    assert len(came(alice)) == 1
    alice.types("/network export")
    assert len(came(alice)) == 2


# What the others may learn from their exports must not depend on what Bob does.
BY_BOB: dict[str, Callable[[Person], Any]] = {
    "nothing": lambda _: None,
    "no": lambda bob: bob.clicks("No"),
    "not now": lambda bob: bob.clicks("Not now"),
    "yes": lambda bob: bob.clicks("Yes"),
    "never again": lambda bob: bob.chooses("Not to Carol"),
}


@pytest.mark.parametrize("weeks", [0, 3])
@pytest.mark.parametrize("what", BY_BOB)
def test_of_an_introduction_nobody_reads_what_another_answered(
    alice: Person, bob: Person, carol: Person, world: World, what: str, weeks: int
) -> None:
    ask(alice, "bob", "carol")
    BY_BOB[what](bob)
    world.now.now = max(world.now.now, world.now.now.replace(hour=15, minute=30))
    let_pass(world, days=21 * weeks / 3) if weeks else None
    state = "did not go ahead" if weeks else "being asked"
    (made,) = exported(alice)["introductions"]
    assert (made["part"], made["people"], made["state"], made["all_agreed_at"]) == (
        "made",
        ["Bob", "Carol"],
        state,
        None,
    )
    assert {made[key] for key in ("your_answer", "answered_at", "asked_again_at", "you_met", "your_words")} == {None}
    (hers,) = exported(carol)["introductions"]
    assert (hers["part"], hers["people"], hers["state"]) == ("asked", ["Bob"], state)
    assert (hers["your_answer"], hers["is_business"], hers["all_agreed_at"]) == (None, None, None)
    (his,) = exported(bob)["introductions"]
    said = {"nothing": None, "no": "no", "not now": "not now", "yes": "yes", "never again": "no"}[what]
    assert (his["your_answer"], his["people"], his["state"]) == (said, ["Carol"], state)


def test_who_was_spared_does_not_learn_of_it_and_the_connector_reads_what_they_always_read(
    alice: Person, bob: Person, carol: Person
) -> None:
    choose(bob, unwanted=["carol"])
    ask(alice, "bob", "carol")
    (made,) = exported(alice)["introductions"]
    assert (made["people"], made["state"]) == (["Bob", "Carol"], "being asked")
    assert exported(bob)["introductions"] == []
    assert all(b"unwanted" not in kept and b"spared" not in kept for kept in raw(alice).values())
    (hers,) = exported(carol)["introductions"]
    assert (hers["people"], hers["state"], hers["your_answer"]) == (["Bob"], "being asked", None)


def test_once_all_agreed_each_reads_so_and_whether_they_met_is_their_own(
    open_chat: None, alice: Person, bob: Person, carol: Person, world: World
) -> None:
    let_pass(world, days=8)
    bob.clicks("Met")
    (hers,) = exported(carol)["introductions"]
    assert (hers["state"], hers["your_answer"], hers["you_met"]) == ("introduced", "yes", None)
    assert hers["all_agreed_at"].endswith("+01:00")  # Stockholm's
    assert exported(bob)["introductions"][0]["you_met"] == "met"
    assert exported(alice)["introductions"][0]["state"] == "met"


def test_a_workspace_that_has_not_granted_it_is_told_what_to_do(alice: Person, world: World) -> None:
    scopes = ["commands", "chat:write", "im:write", "im:history", "users:read"]
    world.ask("manage", {"do": "reset", "cast": cast() | {"scopes": scopes}})
    world.ask("manage", {"do": "deliver", "url": world.bot_url})
    alice.types("/network export")
    let_pass(world, hours=2)
    alice.sees("I could not send your data. This workspace has not allowed me to send files yet")
    assert sum("I could not send" in one["text"] for one in alice.from_the_bot_by_dm()) == 1


@pytest.mark.parametrize("error", ["file_uploads_disabled", "storage_limit_reached", "file_type_not_allowed"])
def test_where_slack_takes_no_files_the_owner_hears_once_and_can_ask_anew(
    alice: Person, world: World, error: str
) -> None:
    fault(world, "error", on=GET, error=error)
    alice.types("/network export")
    alice.sees("I could not send your data.", "Its Slack admins can")
    alice.clicks("Export once more")
    assert len(came(alice)) == 1


@pytest.mark.parametrize("is_delivered", [True, False])
def test_what_slack_did_not_confirm_is_said_and_made_anew_by_hand_alone(
    alice: Person, world: World, is_delivered: bool
) -> None:
    fault(world, "reset_delivered" if is_delivered else "reset", on=SHOW)
    alice.types("/network export")
    let_pass(world, hours=3)
    assert len(came(alice)) == int(is_delivered)
    alice.sees("Slack did not confirm the files with your data. If they are not here, have them made anew.")
    alice.opens_home()
    alice.sees("Nothing needs you today.")
    alice.clicks("Export once more")
    assert len(came(alice)) == int(is_delivered) + 1


def test_who_has_left_takes_their_data_along(alice: Person, bob: Person) -> None:
    alice.types("/give @bob the airport RFP")
    bob.types("/network leave")
    bob.sees("Your data stays; take it along or delete it whenever you like.")
    bob.clicks("Export")
    assert [one["words"] for one in data(bob)["good_turns"]] == ["the airport RFP"]
    bob.sees("Come back")


def test_a_forged_press_brings_nobody_anything_but_their_own(
    alice: Person, bob: Person, eve: Person, world: World
) -> None:
    alice.types("/give @bob the airport RFP")
    for value in ("", CAST["alice"]["id"], "x" * 2000, None, 7, ["a"], "\x00"):
        assert world.forge("eve", "exports.mine", value)[0] == 200
    world.settle()
    assert (len(came(eve)), came(alice), came(bob)) == (1, [], [])
    assert b"airport" not in json.dumps(data(eve)).encode()
    for actor in ("stella", "builder"):
        assert world.forge(actor, "exports.mine", "")[0] == 200
