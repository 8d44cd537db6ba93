"""The weekly summary: when it comes, what it tells, whom it names, and that a quiet week is fine."""

from typing import Any

import pytest

from tests.cast import PLAZA
from tests.conftest import MovableClock
from tests.conversation import Person, World, words
from tests.features.introducing import Until, home


@pytest.fixture
def invited(alice: Person) -> None:
    """Alice has invited the bot to the plaza, on a Monday morning in Chicago."""
    alice.acts("invite", user=alice.state()["app"]["bot_user_id"], channel=PLAZA)


def summaries(person: Person) -> list[dict[str, Any]]:
    """Returns the summaries in the channel."""
    return [
        one for one in person.messages(PLAZA) if one["bot"] and "Named: only help both sides agreed on." in words(one)
    ]


def help_each_other(alice: Person, bob: Person) -> None:
    """Alice helps Bob, and both agree on it."""
    alice.types("/give @bob the airport RFP went out today", PLAZA)
    bob.clicks("Thanks, it helped", near="the airport RFP")


def test_whoever_invites_the_bot_is_asked_when_it_should_come(invited: None, alice: Person, bob: Person) -> None:
    alice.sees("Thank you for inviting me to", "Nobody is ranked.", "Until you choose: Fridays at 4:00 PM, Chicago")
    assert bob.from_the_bot_by_dm() == []


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


def test_a_quiet_week_is_said_once_and_after_three_the_owner_is_asked(
    invited: None, alice: Person, until: Until
) -> None:
    until(3, 20, 17, by=12)
    (summary,) = summaries(alice)
    assert summary["text"].startswith(
        f"A quiet week in <#{PLAZA}>, and that is fine. If someone helped you lately, /thanks lets them know."
    )
    alice.sees("has had three quiet weeks. Should the Friday summary go on?", "The channel is not told.")
    until(4, 3, 17, by=12)
    assert len(summaries(alice)) == 1
    assert sum("quiet weeks" in one["text"] for one in alice.from_the_bot_by_dm()) == 1
    alice.clicks("Pause for a month")
    alice.sees("Paused.", "has its summary again from")


def test_it_is_stopped_and_begun_again(invited: None, alice: Person, bob: Person, until: Until) -> None:
    alice.clicks("No weekly summary")
    alice.sees("No weekly summary in", "The channel is not told.")
    help_each_other(alice, bob)
    until(3, 7, 12, by=12)
    assert summaries(alice) == []
    alice.opens_home()
    alice.clicks("Change", near=PLAZA)
    alice.fills("Day", "Tuesday").fills("Time", "09:30").submits()
    alice.sees("on Tuesdays at 9:30 AM, Chicago", "Next: Tue 10 Mar, 9:30 AM")
    alice.closes()
    until(3, 10, 12)
    assert len(summaries(alice)) == 1


def test_only_who_invited_it_and_admins_choose(invited: None, bob: Person, dan: Person, world: World) -> None:
    assert "Weekly summaries" not in home(bob)
    assert "Weekly summaries" in home(dan)
    world.forge("bob", "summaries.stop", PLAZA)
    assert "Fridays at 4:00 PM" in home(dan)
    dan.clicks("Change", near=PLAZA)
    dan.fills("Day", "Monday").submits()
    dan.sees("on Mondays at 4:00 PM")


def test_a_channel_shared_with_another_company_has_none_until_somebody_chooses(
    world: World, alice: Person, until: Until
) -> None:
    assert world.ask("manage", {"do": "channel", "id": PLAZA, "shared": True})["ok"]
    alice.acts("invite", user=alice.state()["app"]["bot_user_id"], channel=PLAZA)
    alice.sees("It is shared with another company, so none comes until you save.")
    until(3, 6, 17)
    assert summaries(alice) == []
    alice.clicks("Save")
    until(3, 13, 17)
    assert len(summaries(alice)) == 1


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


def test_the_bot_is_taken_out_and_says_nothing_more(invited: None, alice: Person, world: World, until: Until) -> None:
    assert world.ask("manage", {"do": "channel", "id": PLAZA, "archived": True})["ok"]
    world.settle()
    until(3, 6, 17)
    assert summaries(alice) == []
    assert "could not be delivered" not in alice.text()


def test_a_picture_of_twelve_weeks_stands_below_it(invited: None, alice: Person, bob: Person, until: Until) -> None:
    help_each_other(alice, bob)
    until(3, 6, 17)
    pictures = [file for one in alice.messages(PLAZA) for file in one.get("files", [])]
    assert [one["name"] for one in pictures] == ["help.png"]
    assert len(summaries(alice)) == 1
    until(3, 20, 17, by=12)
    assert len([file for one in alice.messages(PLAZA) for file in one.get("files", [])]) == 1, "a quiet week has none"


def test_where_nobody_is_known_to_have_invited_it_the_first_admin_who_looks_is_asked(
    world: World, alice: Person, dan: Person, until: Until
) -> None:
    bot = alice.state()["app"]["bot_user_id"]
    members = [one["id"] for one in alice.state()["people"]] + [bot]
    assert world.ask("manage", {"do": "channel", "id": PLAZA, "members": members})["ok"]
    world.settle()
    until(3, 6, 17)
    assert summaries(alice) == []
    assert "without a weekly summary" not in dan.text()
    alice.opens_home()
    assert "without a weekly summary" not in alice.text()
    dan.opens_home()
    dan.sees(f"I am in <#{PLAZA}>, without a weekly summary.")
    dan.does_not_see("Thank you for inviting me")
    dan.opens_home()
    assert sum("When should the weekly summary come?" in one["text"] for one in dan.from_the_bot_by_dm()) == 1


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
