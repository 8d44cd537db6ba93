"""*My data* on Home: deleting it, and people outside Slack whom one named; and what others see from then on."""

import pytest

from app import GoodTurn
from handlers import erasing
from storage import contacts, erasures, members
from tests.cast import AUSTIN, CAST
from tests.conversation import Person, World, words
from tests.features.asking import ask
from tests.features.introducing import Until, chats
from tests.features.introducing import ask as introduce
from tests.features.summing_up import help_each_other, summaries
from tests.storage.everything import found
from tests.storage.rows import add_act

DELETED = "Your data is deleted."
LATELY = "Lately"


def later(bot: GoodTurn, world: World) -> None:
    """Lets the minutes pass in which the rest of it is removed, and what was said of it is changed."""
    for _ in range(2):
        erasing.finish(bot.database, world.now)
        world.now.move(seconds=60)
    world.settle()


def deletes(person: Person, bot: GoodTurn, world: World) -> None:
    person.opens_home()
    person.clicks("Delete")
    person.submits()
    person.closes()
    later(bot, world)


def months_of(person: Person) -> str:
    person.opens_home()
    return next(line for line in words(person.state()["home"]).splitlines() if "month" in line)


def kept(person: Person, channel: str | None = None) -> list[str]:
    """Returns what the bot's messages say that stay where they are: all but the answers to what somebody did."""
    return [words(one) for one in person.messages(channel) if one["bot"] and not one["ephemeral"]]


def asked_last(person: Person) -> str:
    """Returns what answered somebody last, without its marks."""
    return next(words(one) for one in reversed(person.messages()) if one["ephemeral"]).replace("*", "")


def test_three_clicks_delete_it_and_say_before_what_goes_and_what_stays(alice: Person, bob: Person) -> None:
    alice.types("/give @bob how to price the survey")
    alice.opens_home()
    alice.clicks("Delete")
    alice.sees(
        "Delete my data?", "What goes:", "What stays:", "Totals others see stay", "This cannot be undone.", "Keep it"
    )
    alice.submits()
    alice.sees(DELETED, "Thank you for the help you gave here.")
    alice.closes()
    assert DELETED in words(alice.state()["home"])


def test_who_keeps_it_keeps_it(alice: Person, bob: Person) -> None:
    alice.types("/give @bob how to price the survey")
    alice.opens_home()
    alice.clicks("Delete")
    alice.closes()
    alice.opens_home()
    alice.sees("You helped Bob")


def test_export_first_is_at_hand(alice: Person, bob: Person) -> None:
    alice.types("/give @bob how to price the survey")
    alice.opens_home()
    alice.clicks("Delete")
    alice.clicks("Export first")
    alice.sees("Your data is on its way.", "Your Good Turn data is ready: 1 good turn")


def test_what_counts_for_others_counts_still_without_a_name_and_without_words(
    alice: Person, bob: Person, carol: Person, bot: GoodTurn, world: World
) -> None:
    bob.types("/give @alice the canary survey")
    alice.clicks("Thanks, it helped")
    alice.types("/give @bob the canary RFP")
    bob.clicks("Thanks, it helped")
    alice.types("/give @carol the canary plan")
    carol.types("/give @bob the harbor plan")
    bob.clicks("Thanks, it helped")
    before = months_of(bob)
    assert "1 person helped" in before
    bob.types("/network")
    bob.sees("2 ties, 2 new this month. You helped 1 person here; 2 people helped you.")
    deletes(alice, bot, world)
    assert months_of(bob) == before
    bob.types("/network")
    assert "2 ties, 2 new this month. You helped 1 person here; 2 people helped you." in asked_last(bob)
    bob.opens_home()
    bob.clicks("Send me the picture")
    assert "someone" in str(bob.from_the_bot_by_dm()[-1])
    carol.opens_home()
    for other in (bob, carol):
        shown = [*kept(other), words(other.state()["home"])]
        assert not [one for one in shown if "Alice" in one or "canary" in one]
    bob.sees("You helped someone")


def test_nothing_of_theirs_is_left_in_any_table(alice: Person, bob: Person, bot: GoodTurn, world: World) -> None:
    alice.types("/give @bob the canary RFP")
    alice.types("/give Canary Doe (Canary Inc) the canary survey")
    alice.types("/callback Canary Doe (Canary Inc) tomorrow 3pm about the canary RFP")
    alice.types("/thanks @bob for the canary heads-up")
    assert len(set(found(bot.database))) > 5
    deletes(alice, bot, world)
    assert list(found(bot.database)) == []
    with bot.database.reading() as session:
        assert members.known(session, "T1", [str(CAST["alice"]["id"])]) == {}


def test_what_was_written_at_the_same_moment_goes_as_well(
    alice: Person, bob: Person, bot: GoodTurn, world: World
) -> None:
    alice.types("/give @bob the canary RFP")
    with bot.database.reading() as session:
        both = members.known(session, "T1", [alice.id, bob.id])
    alice.opens_home()
    alice.clicks("Delete")
    alice.submits()
    erasing.finish(bot.database, world.now)
    assert list(found(bot.database)) == []
    with bot.database.transaction() as session:  # whoever had read her row before it became nameless
        add_act(session, both[bob.id], both[alice.id], words="the canary survey")
    later(bot, world)
    assert list(found(bot.database)) == []
    with bot.database.reading() as session:
        assert erasures.under_way(session) == []


def test_nothing_is_said_to_them_any_more(alice: Person, bob: Person, bot: GoodTurn, world: World) -> None:
    alice.types("/callback @bob tomorrow 3pm about the RFP")
    alice.types("/give @bob the RFP")
    before = len(alice.from_the_bot_by_dm())
    deletes(alice, bot, world)
    bob.clicks("Thanks, it helped")
    world.now.move(days=3)
    world.settle()
    assert len(alice.from_the_bot_by_dm()) == before


def test_who_comes_back_starts_anew(alice: Person, bob: Person, bot: GoodTurn, world: World) -> None:
    alice.types("/give @bob the RFP")
    deletes(alice, bot, world)
    alice.opens_home()
    alice.sees("Good Turn keeps note of help.", "My month has room for a first good turn.")
    alice.does_not_see(LATELY)
    alice.types("/give @bob the harbor RFP")
    bob.sees("Alice recorded a good turn for you:")
    with bot.database.reading() as session:
        again = members.known(session, "T1", [str(CAST["alice"]["id"])])
    assert [one.name for one in again.values()] == ["Alice"]


def test_who_has_left_can_delete_it_as_well(alice: Person, bob: Person, bot: GoodTurn, world: World) -> None:
    alice.types("/give @bob the canary RFP")
    alice.types("/network leave")
    alice.clicks("Delete my data")
    alice.submits()
    alice.sees(DELETED)
    later(bot, world)
    assert list(found(bot.database)) == []


def test_an_ask_in_a_channel_is_closed_and_loses_its_words(
    alice: Person, bob: Person, bot: GoodTurn, world: World
) -> None:
    ask(alice, "a canary engineer")
    bob.sees("a canary engineer")
    bob.clicks("I can help")
    deletes(alice, bot, world)
    assert "Closed. What was asked is no longer kept." in str(kept(bob, AUSTIN))
    assert not [one for one in kept(bob) if "canary" in one or "Alice" in one]


def test_the_chat_of_an_introduction_they_made_loses_their_words(
    alice: Person, bob: Person, carol: Person, bot: GoodTurn, world: World
) -> None:
    introduce(alice, "bob", "carol")
    for one in (bob, carol):
        one.clicks("Yes")
    (chat,) = chats(bob)
    assert "mass timber" in str(kept(bob, chat["id"]))
    deletes(alice, bot, world)
    assert kept(bob, chat["id"])
    assert not [one for one in kept(bob) + kept(carol) if "mass timber" in one or "Alice" in one]


def test_the_summary_that_named_them_names_them_no_more_and_counts_the_same(
    invited: None, alice: Person, bob: Person, until: Until, bot: GoodTurn, world: World
) -> None:
    help_each_other(alice, bob)
    until(3, 6, 17)
    (summary,) = summaries(bob)
    assert "a first good turn from Alice" in words(summary)
    deletes(alice, bot, world)
    (changed,) = summaries(bob)
    assert "1 person was helped" in words(summary).replace("*", "")
    before = words(summary).replace("Set up by Alice. ", "")
    assert words(changed) == before.replace("first good turn from Alice", "first good turn from 1 person")


def test_an_introduction_they_are_asked_about_ends_like_any_that_is_declined(
    alice: Person, bob: Person, carol: Person, bot: GoodTurn, world: World
) -> None:
    introduce(alice, "bob", "carol")
    deletes(bob, bot, world)
    carol.does_not_see("Bob")
    alice.does_not_see("declined")
    world.now.move(days=15)
    world.settle()
    alice.sees("this one will not go ahead")


@pytest.mark.parametrize("by", ["alice", "bob"])
def test_people_outside_slack_are_removed_by_whoever_named_them(
    by: str, alice: Person, bob: Person, bot: GoodTurn, world: World
) -> None:
    alice.types("/give Canary Doe (Acme) pricing the canary survey")
    alice.types("/callback Canary Doe (Acme) tomorrow 3pm about the canary RFP")
    alice.types("/give Jane Roe (Acme) the plan")
    alice.types("/give Canary Doe (Acme)")  # without words, so that it waits as a draft
    alice.closes()
    alice.opens_home()
    if by == "bob":
        bob.opens_home()
        assert "People outside Slack" not in words(bob.state()["home"])
        return
    alice.clicks("People outside Slack")
    alice.sees("None of them was ever messaged.")
    alice.fills("Whom to remove", ["Canary Doe (Acme)"]).submits()
    alice.sees("1 person is removed.")
    world.settle()
    assert list(found(bot.database)) == []
    alice.types("/callback")
    assert "Canary" not in words(alice.from_the_bot()[-1])
    alice.opens_home()
    assert "2 people helped" in months_of(alice)
    with bot.database.reading() as session:
        assert contacts.of(session, "T1", members.known(session, "T1", [alice.id])[alice.id].id, 10)[1] == 1
