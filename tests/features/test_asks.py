"""Asks: posted where the asker chose, offers between two people alone, and thanks at the end."""

from tests.cast import AUSTIN, PLAZA
from tests.conversation import Person, World
from tests.features.asking import ENGINEER, ask, posts, read
from tests.features.introducing import Until, home


def test_an_ask_is_posted_where_its_asker_chose(alice: Person, bob: Person) -> None:
    alice.types(f"/ask {ENGINEER}")
    assert posts(bob) == []
    alice.fills("By when?", "2026-03-13").fills("Topics", "structures, Colorado").submits()
    alice.sees("Asked, until Fri 13 Mar.", "Everyone in", "sees it.", "Offers come to you alone.")
    (post,) = posts(bob)
    assert post["text"] == f"Alice asks for {ENGINEER}, by Fri 13 Mar"
    assert "Offers go to Alice alone." in read(post)
    assert "structures, Colorado" in read(post)


def test_an_ask_without_a_channel_is_posted_nowhere(alice: Person, bob: Person) -> None:
    ask(alice, channel="")
    assert posts(bob) == []
    assert ENGINEER in home(alice)
    assert ENGINEER not in home(bob)


def test_an_offer_goes_to_the_asker_alone(alice: Person, bob: Person, carol: Person) -> None:
    ask(alice)
    bob.clicks("I can help")
    bob.sees("Alice hears that you can help. Nobody else sees your offer.")
    alice.sees("Bob can help with your ask:", ENGINEER, "Bob hears of your choice only if it is yes.")
    assert "Bob" not in carol.text()
    assert "Offers: Bob." in home(alice)


def test_a_yes_is_told_and_being_covered_is_not(alice: Person, bob: Person, carol: Person) -> None:
    ask(alice)
    bob.clicks("I can help")
    alice.clicks("I am covered", near="Bob can help")
    alice.sees("You are covered. Bob does not hear of this.")
    assert "said yes" not in bob.text()
    carol.clicks("I can help")
    alice.clicks("Accept the offer", near="Carol can help")
    alice.sees("You said yes to Carol.")
    carol.sees("Alice said yes to your offer. Write to each other now.")
    assert "said yes" not in bob.text()


def test_nobody_offers_to_oneself_or_twice(alice: Person, bob: Person) -> None:
    ask(alice)
    alice.clicks("I can help")
    alice.sees("This is your own ask. You close it on Home.")
    bob.clicks("I can help")
    bob.clicks("I can help", near="asks for this")
    assert sum("can help with your ask" in one["text"] for one in alice.from_the_bot_by_dm()) == 1


def test_nobody_introduces_themselves_to_somebody_for_their_own_ask(alice: Person) -> None:
    ask(alice)
    alice.clicks("I know someone")
    alice.sees("This is your own ask. You close it on Home.")
    assert alice.state()["modals"] == []


def test_an_offer_can_be_taken_back_and_given_again(alice: Person, bob: Person) -> None:
    ask(alice)
    bob.clicks("I can help")
    bob.clicks("Take it back")
    bob.sees("Taken back.")
    alice.sees("Bob took the offer back.")
    bob.clicks("I can help")
    alice.sees("Bob can help with your ask:")
    assert len(alice.from_the_bot_by_dm()) == 1


def test_who_knows_someone_opens_an_introduction_with_the_asker_in_it(alice: Person, bob: Person) -> None:
    ask(alice)
    bob.clicks("I know someone")
    form = bob.form()
    assert "U1ALICE" in str(form)
    bob.fills("Second person", "carol").fills("What the first person reads", "Carol is one.").submits()
    assert f"Alice asks for {ENGINEER}" in str(bob.form())


def test_solved_thanks_those_who_helped_and_names_nobody_in_the_channel(
    alice: Person, bob: Person, carol: Person
) -> None:
    ask(alice)
    bob.clicks("I can help")
    carol.clicks("I can help")
    alice.clicks("It is solved", near="Bob can help")
    alice.fills("Good news. Who helped?", ["bob"]).submits()
    alice.sees("It is solved. Those who helped have your thanks.")
    bob.sees("Alice's ask is solved, and Alice says you helped:", ENGINEER, "Keep it private", "Fix it")
    carol.sees("Alice's ask is closed. Thank you for offering.")
    assert "Thank you for offering" not in bob.text()
    (post,) = [one for one in posts(carol) if "asked for" in one["text"]]
    assert "Solved: Alice asked for this." in read(post)
    assert "Bob" not in read(post)
    assert "I can help" not in read(post)
    alice.opens_home()
    alice.sees("Bob helped you:")


def test_solved_by_nobody_closes_it_quietly(alice: Person, bob: Person) -> None:
    ask(alice)
    bob.clicks("I can help")
    alice.clicks("It is solved", near="Bob can help")
    alice.fills("Good news. Who helped?", []).submits()
    alice.sees("It is closed.")
    bob.sees("Alice's ask is closed. Thank you for offering.")
    assert "says you helped" not in bob.text()


def test_nobody_offers_once_it_is_over(alice: Person, bob: Person, world: World) -> None:
    ask(alice)
    old = [one for one in posts(bob) if "asks for" in one["text"]]
    ask_id = old[0]["blocks"][2]["elements"][0]["value"]
    alice.opens_home()
    alice.clicks("It is solved", near=ENGINEER)
    alice.fills("Good news. Who helped?", []).submits()
    alice.closes()
    world.forge("bob", "asks.offer", ask_id)
    assert "can help with your ask" not in alice.text()


def test_only_the_asker_answers_for_an_ask(alice: Person, bob: Person, carol: Person, world: World) -> None:
    ask(alice)
    bob.clicks("I can help")
    ask_id = posts(bob)[0]["blocks"][2]["elements"][0]["value"]
    for action, value in (
        ("asks.accept", f"{ask_id}:U2BOB"), ("asks.covered", f"{ask_id}:x"), ("asks.close", ask_id), ("asks.keep", ask_id),
        ("asks.solved", ask_id),
    ):  # fmt: skip
        world.forge("carol", action, value)
        world.settle()
    assert "I can help" in read(posts(bob)[0])
    assert "said yes" not in bob.text()


def test_on_the_day_the_asker_alone_is_asked_and_may_keep_it_open(alice: Person, bob: Person, until: Until) -> None:
    ask(alice)
    until(3, 13, 12)
    alice.sees("Is your ask solved?", "Without an answer it closes by itself in a week.")
    assert "Is your ask solved?" not in bob.text()
    alice.clicks("Keep it open")
    alice.sees("Asked, until Fri 20 Mar.")
    until(3, 20, 12)
    alice.sees("Is your ask solved?")
    until(3, 27, 12)
    assert "I can help" in read(posts(bob)[0])
    until(3, 29, 12, by=6)
    assert "Closed: Alice asked for this." in read(posts(bob)[0])
    assert ENGINEER not in home(alice)


def test_keep_it_open_pressed_twice_keeps_it_for_one_week(alice: Person, world: World, until: Until) -> None:
    ask(alice)
    until(3, 13, 12)
    ask_id = alice.button("Keep it open")["value"]
    for _ in range(2):
        world.forge("alice", "asks.keep", ask_id)
        world.settle()
    assert f"{ENGINEER}, until Fri 20 Mar." in home(alice)


def test_what_is_missing_is_said_under_its_field(alice: Person) -> None:
    alice.types("/ask")
    alice.fills("What do you look for?", " ").submits()
    assert "What do you look for?" in str(alice.form()["errors"])
    alice.fills("What do you look for?", "x" * 301).submits()
    assert "That is 301 characters; 300 fit." in alice.form()["errors"]["words"]
    alice.fills("What do you look for?", "a surveyor").fills("By when?", "2026-03-01").submits()
    assert "By when would it help?" in alice.form()["errors"]["until"]
    alice.fills("By when?", "2026-08-01").submits()
    assert "within 90 days" in alice.form()["errors"]["until"]
    alice.fills("By when?", "2026-03-02").submits()
    alice.sees("Asked, until Mon 2 Mar.")


def test_a_sixth_ask_waits_until_one_is_closed(alice: Person) -> None:
    for number in range(5):
        ask(alice, f"surveyor {number}")
    alice.types("/ask one more")
    alice.submits()
    alice.sees("5 of your asks are open, as many as fit.")


def test_who_leaves_asks_nothing_and_offers_nothing_any_more(alice: Person, bob: Person, carol: Person) -> None:
    ask(alice)
    bob.clicks("I can help")
    bob.types("/network leave")
    alice.sees("Bob took the offer back.")
    carol.clicks("I can help")
    alice.types("/network leave")
    assert "Closed: Alice asked for this." in read(posts(carol)[0])
    carol.sees("Alice's ask is closed. Thank you for offering.")


def test_help_says_how_to_ask(alice: Person) -> None:
    alice.types("/ask help", AUSTIN)
    alice.sees("Ask for help: /ask opens a form", "Offers come to you alone.")


def test_the_summary_tells_of_an_ask_that_is_open(invited: None, alice: Person, bob: Person, until: Until) -> None:
    ask(alice, channel=PLAZA)
    until(3, 6, 17)
    (summary,) = [one for one in posts(bob, PLAZA) if "quiet week" in one["text"]]
    assert "Alice's ask is open: a structural engineer" in summary["text"]
    assert "One thing to do: Alice looks for this, by Fri 13 Mar." in read(summary)
    bob.clicks("I can help", near="One thing to do")
    alice.sees("Bob can help with your ask:")
