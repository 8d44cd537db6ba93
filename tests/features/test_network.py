"""`/network`: one's month, help, pausing, leaving and coming back."""

import pytest

from tests.conversation import Person, World


def test_the_month_counts_people_and_not_acts(alice: Person) -> None:
    alice.types("/give @bob the airport RFP")
    alice.types("/give @bob the harbor RFP")
    alice.types("/give Jane Doe (Acme) the bridge RFP")
    alice.types("/network")
    alice.sees("My month: 2 people helped".replace("My month:", "*My month:*"), "Only you see these numbers.")


def test_removed_acts_do_not_count(alice: Person, bob: Person) -> None:
    alice.types("/give @bob the airport RFP")
    bob.clicks("Remove it")
    alice.types("/network")
    alice.sees("has room for a first good turn")


def test_last_month_stands_beside_this_one(alice: Person, world: World) -> None:
    alice.types("/give @bob the airport RFP")
    world.now.move(days=31)
    alice.types("/give @carol the harbor RFP")
    alice.types("/network")
    alice.sees("1 person helped", "Last month: 1 person helped.")


@pytest.mark.parametrize("typed", ["/give help", "/thanks help", "/network help"])
def test_help_answers_with_an_example(alice: Person, typed: str) -> None:
    alice.types(typed)
    alice.sees(typed.split()[0], "All commands")


def test_an_unknown_word_answers_with_what_is_known(alice: Person) -> None:
    alice.types("/network statistics <!channel>")
    alice.sees('I do not know "statistics".', "/network pause until monday")


def test_a_message_to_the_bot_is_answered_with_help(alice: Person) -> None:
    alice.writes_to_the_bot("help")
    alice.sees("I keep note of the help people give each other here.", "/give @Raj")
    assert len(alice.from_the_bot()) == 1


def test_a_pause_ends_on_the_day_that_was_named(alice: Person) -> None:
    alice.types("/network pause until friday")
    alice.sees("Paused until Fri 6 Mar, 9:00 AM CST.")
    alice.clicks("End it now")
    alice.sees("The pause is over.")


def test_a_pause_understands_a_date(alice: Person) -> None:
    alice.types("/network pause until 2026-03-20")
    alice.sees("Paused until Fri 20 Mar, 9:00 AM CDT.")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("whenever", "I found no day"), ("2026-02-20", "That day has passed."), ("the 32nd", "I found no day")],
)
def test_a_day_that_cannot_be_read_is_asked_for(alice: Person, typed: str, answer: str) -> None:
    alice.types(f"/network pause until {typed}")
    alice.sees(answer, "Nothing was changed.")
    alice.clicks("Pick a day")
    alice.fills("Until which day?", "2026-03-09").submits()
    alice.sees("Paused until Mon 9 Mar, 9:00 AM CDT.")


def test_quiet_messages_come_during_a_pause(alice: Person, bob: Person) -> None:
    bob.types("/network pause until friday")
    alice.types("/give @bob the airport RFP")
    bob.sees("Alice recorded a good turn for you")


def test_dont_write_to_me_works_from_the_first_message(alice: Person, bob: Person) -> None:
    alice.types("/give @bob the airport RFP")
    bob.clicks("Don't write to me")
    bob.sees("You have left Good Turn.")
    heard = len(bob.from_the_bot())
    alice.types("/give @bob the harbor RFP")
    alice.sees("Bob does not take part in Good Turn.", "the harbor RFP", "Nothing was recorded.")
    assert len(bob.from_the_bot()) == heard


def test_who_has_left_comes_back_with_one_press(alice: Person, bob: Person) -> None:
    bob.types("/network leave")
    bob.types("/give @alice the airport RFP")
    bob.sees("Come back first")
    bob.clicks("Come back")
    bob.types("/give @alice the airport RFP")
    alice.sees("Bob recorded a good turn for you")


def test_a_message_on_its_way_does_not_reach_who_left(
    alice: Person, bob: Person, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as quiet:
        quiet.setattr(World, "settle", lambda _self: None)
        alice.types("/give @bob the airport RFP")
        bob.types("/network leave")
    world.settle()
    assert all(one["ephemeral"] for one in bob.from_the_bot())
