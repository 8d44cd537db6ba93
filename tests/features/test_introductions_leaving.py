"""Introductions whose people leave, are gone and come back; and a chat that cannot be opened."""

import pytest

from app import GoodTurn
from bot import profiles
from handlers.people import profile_of
from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.features.introducing import WHY, Until, ask, ask_as_business, chats, choose


def test_who_was_introduced_is_asked_also_when_the_connector_has_left(
    open_chat: None, alice: Person, bob: Person, until: Until
) -> None:
    alice.types("/network leave")
    until(3, 11, 12)
    bob.sees("Did you and Carol meet?")


def test_a_connector_who_comes_back_hears_what_became_of_it(
    open_chat: None, alice: Person, bob: Person, until: Until
) -> None:
    alice.types("/network leave")
    alice.clicks("Come back")
    until(3, 9, 12)
    bob.sees("Did you and Carol meet?")


def test_who_said_yes_hears_by_the_day_also_when_only_a_look_up_tells_that_the_connector_is_gone(
    alice: Person, bob: Person, carol: Person, bot: GoodTurn, clock: MovableClock, until: Until
) -> None:
    ask(alice, "bob", "carol")
    carol.clicks("Yes")
    until(3, 4, 12)
    gone = profile_of({"id": alice.id, "name": "alice", "team_id": "T1", "deleted": True}, "T1")
    with bot.database.transaction() as session:  # as Request.look_up does, when the event of it was lost
        profiles.note(session, "T1", {alice.id: gone}, clock.now, clock.now)
    until(3, 17, 12)
    assert len(carol.from_the_bot_by_dm()) == 2, "asked, and told that it will not go ahead"
    carol.sees("will not go ahead")


def test_nobody_reads_that_a_chat_is_open_which_slack_did_not_open(
    alice: Person, bob: Person, carol: Person, world: World
) -> None:
    ask(alice, "bob", "carol")
    bob.clicks("Yes")
    fault = {"do": "fault", "what": "error", "on": "conversations.open", "error": "restricted_action", "times": 1}
    assert world.ask("manage", fault)["ok"]
    carol.clicks("Yes")
    assert chats(carol) == []
    alice.does_not_see("The chat is open")
    carol.does_not_see("Your group chat with Bob is open.")


def test_two_who_both_said_yes_are_introduced_also_when_one_had_left_in_between(
    alice: Person, bob: Person, carol: Person
) -> None:
    ask(alice, "bob", "carol")
    bob.clicks("Yes")
    bob.types("/network leave")
    carol.clicks("Yes")
    assert chats(carol) == []
    bob.clicks("Come back")
    assert len(chats(carol)) == 1


def test_an_ask_that_waits_for_monday_outlives_leaving_and_coming_back(
    alice: Person, bob: Person, until: Until
) -> None:
    until(3, 7, 12)  # a Saturday
    ask(alice, "bob", "carol")
    bob.types("/network leave")
    bob.clicks("Come back")
    until(3, 9, 12)
    bob.sees("Alice would like to introduce you to Carol.")


def test_when_the_connector_left_nobody_reads_that_they_took_it_back(alice: Person, bob: Person, carol: Person) -> None:
    ask(alice, "bob", "carol")
    carol.clicks("Yes")
    alice.types("/network leave")
    carol.does_not_see("Alice took back the introduction")


def test_a_connector_deactivated_after_the_yeses_leaves_no_loop_open(
    open_chat: None, alice: Person, bob: Person, world: World, until: Until
) -> None:
    world.ask("manage", {"do": "person", "id": alice.id, "deleted": True})
    world.settle()
    until(3, 9, 12)
    bob.sees("Did you and Carol meet?")


def test_a_chat_that_did_not_open_is_no_referral(alice: Person, bob: Person, carol: Person, world: World) -> None:
    ask_as_business(alice)
    bob.clicks("Yes")
    fault = {"do": "fault", "what": "error", "on": "conversations.open", "error": "user_disabled", "times": 1}
    assert world.ask("manage", fault)["ok"]
    carol.clicks("Yes")
    bob.does_not_see("is open.")
    bob.sees("could not")


def test_who_left_and_came_back_as_connector_still_has_the_reminder(alice: Person, bob: Person, until: Until) -> None:
    choose(bob, rest="2026-03-10")
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Remind me then")
    alice.types("/network leave")
    alice.clicks("Come back")
    until(3, 11, 12)
    alice.sees("there is room for it now")


@pytest.mark.parametrize("leaves", ["/network leave", "deactivated"])
def test_no_chat_opens_for_one_of_two_when_the_other_is_gone_by_then(
    alice: Person, bob: Person, carol: Person, world: World, leaves: str
) -> None:
    """Bob is gone between the last yes and the opening of the chat, as when Slack was away or the bot was."""
    ask(alice, "bob", "carol")
    bob.clicks("Yes")
    assert (
        world.forge("carol", "introductions.yes", carol.button("Yes")["value"])[0] == 200
    )  # the sender has not run yet
    if leaves == "deactivated":
        world.ask("manage", {"do": "person", "id": bob.id, "deleted": True})
    else:
        world.ask("act", {"as": bob.id, "do": "say", "channel": "C1AUSTIN", "text": leaves})
    world.settle()
    assert [room["messages"][0]["text"] for room in chats(carol) if bob.id not in room["members"]] == []


def test_who_changed_their_mind_and_comes_back_is_not_asked_in_a_second_message(
    alice: Person, bob: Person, until: Until
) -> None:
    ask(alice, "bob", "carol")
    bob.clicks("Not now")
    bob.chooses("In three days")
    bob.clicks("Change my answer")
    bob.types("/network leave")
    bob.clicks("Come back")
    until(3, 6, 12)
    asked = [one for one in bob.from_the_bot_by_dm() if "would like to introduce you" in one["text"]]
    assert len(asked) == 1
