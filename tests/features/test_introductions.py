"""Introductions: each is asked alone, two yeses open the chat, and the connector hears what became of it."""

from collections.abc import Callable

from tests.cast import CAST
from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.features.introducing import WHY, chats


def test_the_connector_reads_it_first_and_nobody_is_asked_before(alice: Person, bob: Person, carol: Person) -> None:
    alice.types(f"/intro @bob @carol {WHY}")
    alice.sees(
        "Bob will read:",
        "Carol will read:",
        WHY,
        "Each is asked alone and in private. Nothing opens until both say yes.",
    )
    assert bob.from_the_bot() == carol.from_the_bot() == []
    alice.clicks("Leave it")
    alice.sees("Nobody was asked.")
    assert bob.from_the_bot() == carol.from_the_bot() == []


def test_each_is_asked_alone_and_the_connector_hears_by_when(
    asked: None, alice: Person, bob: Person, carol: Person
) -> None:
    alice.sees("Bob and Carol are being asked. You will hear by Mon 16 Mar.")
    bob.sees("Alice would like to introduce you to Carol.", WHY, "this closes on Mon 16 Mar", "I am Good Turn")
    carol.sees("Alice would like to introduce you to Bob.")
    assert chats(alice) == chats(bob) == []


def test_one_yes_opens_nothing_and_shows_the_other_nothing(
    asked: None, alice: Person, bob: Person, carol: Person
) -> None:
    before = (alice.text(), carol.text())
    bob.clicks("Yes")
    bob.sees("If Carol says yes too, your group chat opens.", "you hear by Mon 16 Mar")
    assert (alice.text(), carol.text()) == before
    assert chats(bob) == []


def test_two_yeses_open_one_chat_with_the_connector(open_chat: None, alice: Person, bob: Person, carol: Person) -> None:
    (room,) = chats(bob)
    assert room["id"] == chats(alice)[0]["id"] == chats(carol)[0]["id"]
    (hello,) = [one for one in room["messages"] if one["bot"]]
    assert hello["text"] == "Alice introduces Bob and Carol. You both said yes. Bob, you start."
    alice.sees("Bob and Carol both said yes. The chat is open, and Bob starts.")
    carol.sees("Your group chat with Bob is open.")
    alice.opens_home()
    alice.sees("You helped Bob: introductions and referrals (thanked)", "You helped Carol: introductions and referrals")
    assert sum("recorded a good turn" in one["text"] for one in bob.from_the_bot()) == 0


def test_it_counts_for_the_connector_and_only_marked_as_business_as_a_referral(
    alice: Person, bob: Person, carol: Person
) -> None:
    alice.types("/intro")
    alice.fills("First person", "bob").fills("Second person", "carol")
    alice.fills("What the first person reads", "Carol leads the timber group.")
    alice.fills("What the second person reads", "Bob stamped the first one.").fills("Business?", ["It is business"])
    alice.submits()
    alice.sees("What they will read", "Carol leads the timber group.", "Bob stamped the first one.")
    alice.submits()
    alice.sees("Bob and Carol are being asked.")
    alice.closes()
    bob.sees("Carol leads the timber group.")
    bob.does_not_see("Bob stamped the first one.")
    bob.clicks("Yes")
    alice.types("/network")
    alice.sees("room for a first good turn")
    carol.clicks("Yes")
    alice.sees("It counts as 1 referral shared.")
    alice.types("/network")
    alice.sees("2 people helped · 1 referral shared")


def test_the_one_to_start_is_prompted_once_after_a_working_day(
    open_chat: None, bob: Person, carol: Person, until: Callable[..., None]
) -> None:
    until(3, 3, 8, 59)
    bob.does_not_see("A hello from you gets it going.")
    until(3, 3, 9, 5)
    bob.sees("Carol said yes to meeting you. A hello from you gets it going.", "I will not prompt again.")
    carol.does_not_see("A hello from you")
    until(3, 8, 12)
    assert sum("A hello from you" in one["text"] for one in bob.from_the_bot()) == 1


def test_nobody_is_prompted_once_one_has_written(
    open_chat: None, bob: Person, carol: Person, until: Callable[..., None]
) -> None:
    carol.clicks("I have written")
    bob.sees("Noted: one of you has written.")
    until(3, 8, 12)
    bob.does_not_see("A hello from you")


def test_did_you_meet_is_asked_after_a_week_and_once_more_and_the_connector_hears(
    open_chat: None, alice: Person, bob: Person, carol: Person, until: Callable[..., None]
) -> None:
    until(3, 9, 8)
    bob.does_not_see("Did you and Carol meet?")
    until(3, 9, 12)
    bob.sees("Did you and Carol meet? One tap is enough.", "Alice sees your answer. Carol does not.")
    carol.sees("Did you and Bob meet?")
    bob.clicks("Scheduled")
    bob.sees("Scheduled, good to hear. I will ask once more.")
    until(3, 9, 14)
    alice.sees("Bob and Carol have set a time to meet.")
    until(3, 16, 12)
    bob.sees("Did you and Carol meet? I will not ask again.")
    bob.clicks("Met")
    until(3, 16, 14)
    alice.sees("Bob and Carol met. Your introduction did that.")
    carol.clicks("Not yet", near="I will not ask again")
    until(3, 16, 16)
    alice.sees("Bob says they met, Carol says not yet. I have kept both answers.")
    until(3, 31)
    assert sum("You and Carol met." in one["text"] for one in bob.from_the_bot_by_dm()) == 2
    alice.does_not_see("I do not know whether")


def test_it_led_to_something_and_the_connector_reads_what(
    open_chat: None, alice: Person, bob: Person, until: Callable[..., None]
) -> None:
    until(3, 9, 12)
    bob.clicks("It led to something")
    bob.clicks("Add a word")
    bob.fills("What came of it?", "We are bidding the library.").submits()
    until(3, 9, 14)
    alice.sees("It led to something, says Bob.", "We are bidding the library.")


def test_when_nobody_says_the_connector_is_told_that_the_asking_has_stopped(
    open_chat: None, alice: Person, until: Callable[..., None]
) -> None:
    until(3, 23, 8)
    alice.does_not_see("have stopped asking")
    until(3, 23, 12)
    alice.sees("I do not know whether Bob and Carol met, and have stopped asking.")


def test_what_is_taken_back_asks_nobody_any_more(asked: None, alice: Person, bob: Person, carol: Person) -> None:
    bob.clicks("Yes")
    alice.clicks("Take it back")
    alice.sees("Taken back. Nobody is asked any more.")
    bob.sees("Alice took back the introduction to Carol. Thank you for being open to it.")
    carol.sees("Alice took this back. Nothing is asked of you any more.")
    assert len(carol.from_the_bot()) == 1


def test_what_is_open_cannot_be_taken_back(open_chat: None, alice: Person, world: World) -> None:
    alice.clicks("Take it back")
    alice.sees("This is no longer open.")


def test_a_not_now_is_asked_once_more_on_its_day(
    asked: None, bob: Person, carol: Person, until: Callable[..., None]
) -> None:
    bob.clicks("Not now")
    bob.chooses("In three days")
    bob.sees("I ask you once more on Thu 5 Mar. Nobody is told.")
    carol.clicks("Yes")
    until(3, 5, 8)
    assert len(bob.from_the_bot_by_dm()) == 1
    until(3, 5, 10)
    assert len(bob.from_the_bot_by_dm()) == 2
    bob.clicks("Yes")
    assert len(chats(carol)) == 1


def test_an_answer_can_be_changed_until_something_came_of_it(asked: None, bob: Person, carol: Person) -> None:
    bob.clicks("No")
    bob.sees("Understood. Nobody is told your answer, and it counts against nobody.")
    carol.clicks("Yes")
    assert chats(carol) == []
    bob.clicks("Change my answer")
    bob.clicks("Yes")
    assert len(chats(carol)) == 1


def test_with_three_all_must_say_yes(alice: Person, bob: Person, carol: Person, dan: Person) -> None:
    alice.types(f"/intro @bob @carol @dan {WHY}")
    alice.clicks("Ask all three")
    bob.sees("Alice would like to introduce you to Carol and Dan.")
    bob.clicks("Yes")
    carol.clicks("Yes")
    assert chats(alice) == []
    dan.clicks("Yes")
    (room,) = chats(alice)
    assert set(room["members"]) >= {str(CAST[one]["id"]) for one in ("alice", "bob", "carol", "dan")}
    alice.sees("Bob, Carol and Dan all said yes.")


def test_nobody_is_asked_outside_their_hours(
    alice: Person, bob: Person, clock: MovableClock, until: Callable[..., None]
) -> None:
    until(3, 7, 12)  # a Saturday
    alice.types(f"/intro @bob @carol {WHY}")
    alice.clicks("Ask them both")
    assert bob.from_the_bot() == []
    until(3, 9, 8)
    assert bob.from_the_bot() == []
    until(3, 9, 10)
    bob.sees("Alice would like to introduce you to Carol.")
