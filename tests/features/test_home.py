"""App Home: what needs attention, one's month, and the admins' corner."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

import pytest

from app import GoodTurn
from handlers.requests import Request
from handlers.retention import forget_words
from tests.conftest import AtOnce, MovableClock
from tests.conversation import Person, World, words
from tests.handlers.saying import calls


def test_the_first_opening_explains_the_bot(alice: Person) -> None:
    alice.opens_home()
    alice.sees("Good Turn keeps note of help.", "Nobody is ranked.", "Nothing needs you today.")


def test_what_needs_attention_stands_first_and_can_be_thanked_there(alice: Person, bob: Person) -> None:
    alice.types("/give @bob the airport RFP")
    bob.opens_home()
    bob.sees("Needs attention: 1", "Alice recorded a good turn for you")
    home = bob.state()["home"]
    bob.acts("press", where={"view": home["id"]}, **_button(home, "acts.thank"))
    bob.sees("Nothing needs you today.", "You thanked Alice.")
    alice.sees("Bob says it helped")


def test_a_confirmed_act_is_counted_on_the_givers_home(alice: Person, bob: Person) -> None:
    alice.opens_home()
    alice.types("/give @bob the airport RFP")
    alice.sees("1 person helped", "(recorded)")
    bob.clicks("Thanks, it helped")
    alice.sees("(thanked)")


def test_an_act_can_be_undone_on_home(alice: Person, bob: Person) -> None:
    alice.types("/give @bob the airport RFP")
    alice.opens_home()
    home = alice.state()["home"]
    alice.acts("press", where={"view": home["id"]}, **_button(home, "acts.undo"))
    bob.sees("Alice took this good turn back.")


def test_admins_alone_see_their_corner(alice: Person, dan: Person) -> None:
    dan.opens_home()
    dan.sees("This workspace:", "no emoji thanks yet", "30 good turns a person a day")
    alice.opens_home()
    alice.does_not_see("This workspace:")


def test_an_admin_reads_how_the_bot_does_and_what_it_keeps(alice: Person, dan: Person) -> None:
    dan.opens_home()
    dan.sees("Health: what is due is said in time.", "what I said, for 90 days")
    alice.opens_home()
    alice.does_not_see("Health:", "Kept:")


def test_an_admin_reads_of_a_message_that_waits(
    world: World, clock: MovableClock, alice: Person, bob: Person, dan: Person
) -> None:
    world.ask("manage", {"do": "fault", "what": "limited", "on": "chat.postMessage", "seconds": 900, "times": 1})
    alice.types("/give @bob the airport RFP")
    clock.move(minutes=4)
    world.settle()
    dan.opens_home()
    dan.sees("Health: what is due is said in time.")
    clock.move(minutes=6)
    world.settle()
    dan.opens_home()
    dan.sees("Health: a message waits since", "Whoever runs me can ask")
    clock.move(hours=1)
    world.settle()
    dan.opens_home()
    bob.sees("the airport RFP")
    dan.sees("Health: what is due is said in time.")


def test_a_member_whom_an_admin_named_is_an_admin_here(alice: Person, dan: Person) -> None:
    dan.opens_home()
    dan.clicks("Change", near="This workspace")
    dan.fills("Admins here, beside Slack's own", ["alice"]).submits()
    alice.opens_home()
    alice.sees("This workspace:", "Admins named here: Alice.")


def test_a_wrong_choice_is_said_under_its_field(dan: Person) -> None:
    dan.opens_home()
    dan.clicks("Change", near="This workspace")
    dan.fills("Emoji that thanks", "two words").submits()
    assert "is no emoji's name" in dan.form()["errors"]["emoji"]
    dan.fills("Emoji that thanks", "pray").fills("Good turns a person can record a day", "0").submits()
    assert "Write a number from 1 to 500." in str(dan.form()["errors"])


def test_the_cap_an_admin_chose_holds(alice: Person, dan: Person) -> None:
    dan.opens_home()
    dan.clicks("Change", near="This workspace")
    dan.fills("Good turns a person can record a day", "1").submits()
    alice.types("/give @bob the airport RFP")
    alice.types("/give @bob the harbor RFP")
    alice.sees("That makes 1 good turn today")


def test_an_admin_chooses_for_how_long_words_are_kept(
    alice: Person, bob: Person, dan: Person, world: World, bot: GoodTurn
) -> None:
    alice.types("/give @bob the airport RFP")
    dan.opens_home()
    dan.sees("Kept: good turns and calls until somebody removes them")
    dan.clicks("Change", near="This workspace")
    dan.sees("Older words, of good turns, thanks, introductions, asks and calls, go for good. All of it still counts.")
    dan.fills("Keep what members write", "6 months").submits()
    dan.closes()
    dan.opens_home()
    dan.sees("Kept: words for 6 months, then only what they count for")
    world.now.move(days=200)
    forget_words(bot.database, world.now)
    alice.opens_home()
    alice.sees("You helped Bob")
    bob.opens_home()
    assert "the airport RFP" not in words(bob.state()["home"])


def test_home_shows_a_pause_and_ends_it(alice: Person, world: World) -> None:
    alice.opens_home()
    alice.types("/network pause until friday")
    alice.sees("Paused until Fri 6 Mar")
    world.now.move(days=7)
    alice.opens_home()
    assert "Paused until" not in str(alice.state()["home"])


def test_who_left_finds_the_way_back_on_home(alice: Person) -> None:
    alice.opens_home()
    alice.types("/network leave")
    home = alice.state()["home"]
    assert "You have left Good Turn." in str(home)
    alice.acts("press", where={"view": home["id"]}, **_button(home, "network.come_back"))
    assert "Nothing needs you today." in str(alice.state()["home"])


def _button(home: dict, action_id: str) -> dict[str, str]:  # type: ignore[type-arg]
    for block in home["blocks"]:
        for element in [*block.get("elements", []), *filter(None, [block.get("accessory")])]:
            if element.get("action_id") == action_id:
                return {"block_id": block["block_id"], "action_id": action_id}
    raise AssertionError(action_id)


def test_the_answer_to_a_button_on_home_opens_after_the_acknowledgement(
    bot: GoodTurn, world: World, dan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[Callable[[], object]] = []

    def submit(errands: AtOnce, do: Callable[..., Any], /, *what: Any, **how: Any) -> Future[Any]:
        if getattr(do, "__func__", None) is not Request.open:
            return at_once(errands, do, *what, **how)
        later.append(partial(do, *what, **how))
        return Future()

    at_once = AtOnce.submit
    monkeypatch.setattr(AtOnce, "submit", submit)
    dan.opens_home()
    home = {"id": "V1", "type": "home", "private_metadata": ""}
    status, _ = world.forge("dan", "network.leave", "", view=home, container={"type": "view", "view_id": "V1"})
    assert (status, calls(world, "views.open"), len(later)) == (200, 0, 1)
    later[0]()
    assert calls(world, "views.open") == 1
