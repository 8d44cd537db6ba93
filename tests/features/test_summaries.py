"""What the weekly summary tells: whom it names, what it leaves out, and that it is told once."""

from tests.cast import PLAZA
from tests.conftest import MovableClock
from tests.conversation import Person, World, words
from tests.features.introducing import Until, home
from tests.features.summing_up import help_each_other, summaries


def test_on_friday_the_channel_hears_who_was_helped(invited: None, alice: Person, bob: Person, until: Until) -> None:
    help_each_other(alice, bob)
    bob.clicks("Add a word")
    bob.fills("Your word of thanks", "Our bid went in with a day to spare.").submits()
    alice.types("/give advice @carol ideas for the facade", PLAZA)
    until(3, 6, 15)
    assert summaries(alice) == []
    until(3, 6, 17)
    (summary,) = summaries(alice)
    said = words(summary).replace("*", "")
    assert f"2 people were helped in <#{PLAZA}> in the first week. Bob says:" in said
    assert "Our bid went in with a day to spare." in said
    assert "1 new tie · a first good turn from Alice" in said
    assert "Help this week by kind: timely information 1, ideas and advice 1." in said
    until(3, 13, 17)
    assert len(summaries(alice)) == 2


def test_names_stand_only_for_help_both_agreed_on(invited: None, alice: Person, until: Until) -> None:
    alice.types("/give @bob the airport RFP went out today", PLAZA)
    until(3, 6, 17)
    (summary,) = summaries(alice)
    assert "a first good turn from 1 person" in words(summary)


def test_who_leaves_their_name_out_is_counted_and_not_named(
    invited: None, alice: Person, bob: Person, until: Until
) -> None:
    help_each_other(alice, bob)
    assert "My name in summaries: shown, where both sides agreed" in home(alice)
    alice.clicks("Leave it out")
    alice.closes()
    assert "My name in summaries: left out" in home(alice)
    until(3, 6, 17)
    (summary,) = summaries(alice)
    assert "a first good turn from 1 person" in words(summary)


def test_what_is_private_is_nowhere(invited: None, alice: Person, bob: Person, until: Until) -> None:
    alice.types("/thanks @bob the airport RFP went out today", PLAZA)
    bob.clicks("Keep it private")
    until(3, 6, 17)
    (summary,) = summaries(alice)
    assert "A quiet week" in summary["text"]


def test_who_is_thanked_has_a_day_to_keep_it_private_before_they_are_named(
    invited: None, alice: Person, bob: Person, until: Until
) -> None:
    until(3, 6, 12)
    alice.types("/thanks @bob the airport RFP went out today", PLAZA)
    until(3, 6, 17)
    (summary,) = summaries(alice)
    assert "the airport RFP" not in words(summary)
    assert "a first good turn from 1 person" in words(summary)


def test_thanks_of_yesterday_are_told_in_the_words_of_whoever_thanks(
    invited: None, alice: Person, bob: Person, until: Until
) -> None:
    alice.types("/thanks @bob the airport RFP went out today", PLAZA)
    until(3, 6, 17)
    (summary,) = summaries(alice)
    assert "Alice says:" in words(summary)
    assert "the airport RFP went out today" in words(summary)
    assert "a first good turn from Bob" in words(summary)


def test_a_summary_a_day_late_is_not_posted_and_its_owner_decides(
    invited: None, alice: Person, bob: Person, clock: MovableClock, world: World, until: Until
) -> None:
    help_each_other(alice, bob)
    until(3, 6, 12)
    clock.move(days=3)
    world.settle()
    assert summaries(alice) == []
    alice.sees("was not posted, as I was away for more than a day.")
    alice.clicks("Post it now")
    assert len(summaries(alice)) == 1
    until(3, 13, 17)
    assert len(summaries(alice)) == 2


def test_a_preview_shows_it_before_its_time(invited: None, alice: Person, bob: Person, carol: Person) -> None:
    help_each_other(alice, bob)
    carol.types("/network preview", PLAZA)
    carol.sees("1 person was helped in", "Only you see this. Due Fri 6 Mar")
    carol.types("/network preview")
    carol.sees("has no weekly summary.")


def test_a_picture_of_twelve_weeks_stands_below_it(invited: None, alice: Person, bob: Person, until: Until) -> None:
    help_each_other(alice, bob)
    until(3, 6, 17)
    pictures = [file for one in alice.messages(PLAZA) for file in one.get("files", [])]
    assert [one["name"] for one in pictures] == ["help.png"]
    assert pictures[0]["alt"] == "Help this week by kind: timely information 1."
    assert len(summaries(alice)) == 1
    assert "The first week in a picture" in [one["text"] for one in alice.messages(PLAZA)]
    help_each_other(alice, bob)
    until(3, 13, 17)
    latest = [file for one in alice.messages(PLAZA) for file in one.get("files", [])][-1]
    assert latest["alt"] == "Help by week, this week last. Timely information: 1, 1.", "it begins when the bot came"
    until(3, 27, 17, by=12)
    assert len([file for one in alice.messages(PLAZA) for file in one.get("files", [])]) == 2, "a quiet week has none"


def test_a_week_that_was_told_is_not_posted_again(
    invited: None, alice: Person, bob: Person, world: World, until: Until
) -> None:
    help_each_other(alice, bob)
    until(3, 6, 17)
    world.forge("alice", "summaries.post", f"{PLAZA}:2026-W10")
    world.settle()
    assert len(summaries(alice)) == 1


def test_an_owner_who_left_their_name_out_is_not_named_below(
    invited: None, alice: Person, bob: Person, until: Until
) -> None:
    alice.opens_home()
    alice.clicks("Leave it out")
    alice.closes()
    until(3, 6, 17)
    (summary,) = [one for one in alice.messages(PLAZA) if one["bot"] and "A quiet week" in one["text"]]
    assert "Alice" not in words(summary)


def test_who_is_thanked_is_not_named_before_their_message_is_a_day_old(
    invited: None, alice: Person, world: World, until: Until
) -> None:
    until(3, 5, 12)
    assert world.ask(
        "manage", {"do": "fault", "what": "limited", "on": "chat.postMessage", "seconds": 18_000, "times": 1}
    )["ok"]
    alice.types("/thanks @bob the airport RFP went out today", PLAZA)  # Bob reads of it five hours later
    until(3, 6, 17)
    (summary,) = summaries(alice)
    assert "a first good turn from 1 person" in words(summary)


def test_those_introduced_who_met_are_new_ties_of_the_channel(
    invited: None, alice: Person, bob: Person, carol: Person, until: Until
) -> None:
    alice.types("/intro @bob @carol you both fight for mass timber", PLAZA)
    alice.clicks("Ask them both")
    bob.clicks("Yes")
    carol.clicks("Yes")
    until(3, 6, 17)
    assert "2 new ties" in words(summaries(alice)[0]), "with Alice, who introduced them"
    until(3, 9, 12)
    carol.clicks("Met")
    until(3, 13, 17)
    assert "1 new tie" in words(summaries(alice)[1])
    assert "1 introduction met" in words(summaries(alice)[1])
    bob.types("/give @carol the airport RFP went out today", PLAZA)
    carol.clicks("Thanks, it helped", near="the airport RFP")
    until(3, 20, 17)
    assert "new tie" not in words(summaries(alice)[2])
