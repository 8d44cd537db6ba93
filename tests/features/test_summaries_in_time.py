"""When the weekly summary comes, who may choose that, and that a quiet week is fine."""

from tests.cast import AUSTIN, PLAZA
from tests.conversation import Person, World
from tests.features.introducing import Until, home
from tests.features.summing_up import help_each_other, summaries


def test_whoever_invites_the_bot_is_asked_when_it_should_come(invited: None, alice: Person, bob: Person) -> None:
    alice.sees("Thank you for inviting me to", "Nobody is ranked.", "Until you choose: Fridays at 4:00 PM, Chicago")
    assert bob.from_the_bot_by_dm() == []


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


def test_a_pause_ends_by_itself(invited: None, alice: Person, bob: Person, until: Until) -> None:
    until(3, 20, 17, by=12)
    alice.clicks("Pause for a month")
    until(4, 20, 12, by=12)
    assert "paused until" not in home(alice)
    help_each_other(alice, bob)
    until(4, 24, 17, by=12)
    assert len(summaries(alice)) == 2


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


def shares(world: World, *, shared: bool = True) -> None:
    """Has another company come into the channel, or leave it."""
    assert world.ask("manage", {"do": "channel", "id": PLAZA, "shared": shared})["ok"]
    world.settle()


def test_a_channel_that_another_company_comes_into_has_none_until_its_owner_saves(
    invited: None, world: World, alice: Person, bob: Person, dan: Person, until: Until
) -> None:
    help_each_other(alice, bob)
    before = len(alice.from_the_bot_by_dm())
    shares(world)
    alice.sees("is shared with another company now. Should its weekly summary go on?", "none comes until you save")
    assert len(alice.from_the_bot_by_dm()) == before + 1
    for other in (bob, dan):
        other.does_not_see("is shared with another company")
    until(3, 6, 17)
    assert summaries(alice) == []
    alice.clicks("Save", near="is shared with another company now")
    alice.sees("Next: Fri 13 Mar, 4:00 PM")
    help_each_other(alice, bob)
    until(3, 13, 17)
    assert len(summaries(alice)) == 1


def test_it_is_asked_once_also_where_a_second_company_comes_and_not_where_there_was_none(
    invited: None, world: World, alice: Person
) -> None:
    asked = "is shared with another company now. Should"
    shares(world)
    alice.clicks("No weekly summary", near=asked)
    before = len(alice.from_the_bot_by_dm())
    shares(world, shared=False)
    shares(world)
    assert len(alice.from_the_bot_by_dm()) == before
    alice.does_not_see(asked)


def test_a_company_that_leaves_begins_no_summary_by_itself(
    invited: None, world: World, alice: Person, bob: Person, until: Until
) -> None:
    shares(world)
    shares(world, shared=False)
    alice.sees("No weekly summary in", "The channel is not told.")
    help_each_other(alice, bob)
    until(3, 6, 17)
    assert summaries(alice) == []
    alice.opens_home()
    alice.clicks("Change", near=PLAZA)
    alice.submits()
    alice.closes()
    help_each_other(alice, bob)
    until(3, 13, 17)
    assert len(summaries(alice)) == 1


def test_where_the_company_left_before_its_owner_was_asked_they_are_asked_all_the_same(
    invited: None, world: World, alice: Person, bob: Person, until: Until
) -> None:
    for shared in (True, False):
        assert world.ask("manage", {"do": "channel", "id": PLAZA, "shared": shared})["ok"]
    world.settle()
    alice.sees(
        "was shared with another company for a time. Should its weekly summary go on?", "None comes until you save."
    )
    alice.clicks("Save", near="was shared with another company")
    help_each_other(alice, bob)
    until(3, 6, 17)
    assert len(summaries(alice)) == 1


def test_a_channel_the_bot_is_not_in_may_be_shared_as_anybody_likes(world: World, alice: Person, dan: Person) -> None:
    shares(world)
    for one in (alice, dan):
        assert one.from_the_bot() == []


def test_the_bot_is_taken_out_and_says_nothing_more(invited: None, alice: Person, world: World, until: Until) -> None:
    assert world.ask("manage", {"do": "channel", "id": PLAZA, "archived": True})["ok"]
    world.settle()
    until(3, 6, 17)
    assert summaries(alice) == []
    assert "could not be delivered" not in alice.text()


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


def test_an_admin_begins_one_where_the_bot_was_before_it_noted_channels(
    alice: Person, bob: Person, dan: Person, until: Until
) -> None:
    bob.types("/network preview", AUSTIN)
    bob.sees("has no weekly summary. Whoever invited me, or an admin, begins it on Home.")
    dan.types("/network preview", AUSTIN)
    dan.clicks("Choose its time")
    dan.fills("Day", "Friday").submits()
    dan.closes()
    alice.types("/give @bob the airport RFP went out today", AUSTIN)
    until(3, 6, 17)
    assert len([one for one in alice.messages(AUSTIN) if one["bot"] and "First week in" in one["text"]]) == 1
