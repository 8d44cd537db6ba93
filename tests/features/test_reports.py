"""The weekly report: for admins who asked for it, on Monday mornings, in sums alone; and sent at once."""

from datetime import datetime, timedelta

import pytest

from app import GoodTurn
from bot import reports
from storage import workspaces
from storage.database import Session
from tests.cast import AUSTIN
from tests.conftest import MovableClock
from tests.conversation import Person, World, person_of
from tests.features.asking import read
from tests.features.introducing import Until, home
from tests.features.passing import came, notices

CIRCLE = ("alice", "bob", "carol", "dan", "eve")
NEW_YORK = "America/New_York"
TOO_FEW = "too few took part to say more of the week."


@pytest.fixture
def helped(world: World) -> None:
    """Five people help each other in a circle, and two of them twice."""
    for number, name in enumerate(CIRCLE):
        help_(world, name, CIRCLE[(number + 1) % len(CIRCLE)], f"a tour of site {number}")
    for name in CIRCLE[:2]:
        help_(world, name, "eve", f"the plans of {name}")


def help_(world: World, giver: str, receiver: str, what: str, channel: str = AUSTIN) -> None:
    """One helps another, and both agree on it."""
    person_of(world, giver).types(f"/give @{receiver} {what}", channel)
    person_of(world, receiver).clicks("Thanks, it helped", near=what)


def turn(person: Person, label: str) -> None:
    """Turns the report on or off, on Home."""
    person.opens_home()
    person.clicks(label)
    person.closes()


def at_once(admin: Person) -> str:
    """Has the report sent at once, and returns what is written in it."""
    admin.opens_home()
    admin.clicks("Send it now")
    admin.sees("On its way to our conversation.")
    admin.closes()
    return read(admin.from_the_bot_by_dm()[-1])


def got(person: Person) -> list[str]:
    """Returns the first lines of the reports somebody got."""
    return [one for one in notices(person) if one.startswith("Last week, ")]


def test_an_admin_who_asked_for_it_gets_it_on_monday_morning_and_once(
    helped: None, alice: Person, dan: Person, until: Until
) -> None:
    assert "Weekly report: off" in home(dan)
    dan.clicks("Turn it on")
    dan.sees("The weekly report is on.", "The next one comes Mon 9 Mar, 9:00 AM EDT.")
    dan.closes()
    assert "Weekly report: on, Mondays at 9:00 AM" in home(dan)
    until(3, 9, 7, 59)
    assert got(dan) == []
    until(3, 9, 8, 2, by=0.02)
    assert got(dan) == ["Last week, Mon 2 Mar to Sun 8 Mar: 5 people gave 7 good turns."]
    assert came(dan, NEW_YORK)[-1] == "Mon 09 Mar 09:00"
    dan.sees("All of them gave for the first time.", "New ties: 6 in 4 weeks, likely 0.74 to 2.8 a week.")
    dan.sees("where 5 or more took part. Nobody is named or ranked. You chose this on Home, which turns it off.")
    until(3, 17, 12, by=6)
    assert got(dan)[1:] == [f"Last week, Mon 9 Mar to Sun 15 Mar: {TOO_FEW}"]
    assert got(alice) == []


def test_it_is_sent_at_once_to_an_admin_and_to_nobody_else(
    helped: None, alice: Person, dan: Person, world: World
) -> None:
    sent = at_once(dan)
    assert sent.startswith("The last seven days: 5 people gave 7 good turns.")
    dan.sees("Only you see this.")
    assert got(dan) == []
    assert "Weekly report" not in home(alice)
    for action, value in (("reports.send", ""), ("reports.choose", "on")):
        world.forge("alice", action, value)
        world.settle()
    alice.does_not_see("All of them gave")
    assert "Weekly report" not in home(alice)


def test_nobody_is_named_in_it(helped: None, dan: Person) -> None:
    shown = at_once(dan)
    assert not [name for name in CIRCLE if name.title() in shown]


def test_where_few_take_part_no_number_is_said(dan: Person, world: World) -> None:
    for number, name in enumerate(CIRCLE[:3]):
        help_(world, name, "dan", f"a tour of site {number}")
    shown = at_once(dan)
    assert TOO_FEW in shown
    assert "New ties" not in shown
    assert "people gave" not in shown


def test_what_is_private_is_in_no_number_and_what_is_taken_back_neither(
    helped: None, alice: Person, bob: Person, dan: Person
) -> None:
    alice.types("/give @bob two evenings on the interview")
    alice.clicks("Undo", near="two evenings")
    bob.types("/thanks @carol for the survey", AUSTIN)
    person_of(bob.world, "carol").clicks("Keep it private")
    assert "5 people gave 7 good turns." in at_once(dan)


def test_turned_off_it_comes_no_more_and_turned_on_again_it_comes_once_a_week(
    helped: None, dan: Person, until: Until
) -> None:
    for label in ("Turn it on", "Turn it off", "Turn it on", "Turn it off", "Turn it on"):
        turn(dan, label)
    until(3, 9, 10, by=3)
    for label in ("Turn it off", "Turn it on"):
        turn(dan, label)
    until(3, 15, 12, by=6)
    assert len(got(dan)) == 1
    turn(dan, "Turn it off")
    until(3, 24, 12, by=6)
    assert len(got(dan)) == 1


def test_it_comes_when_an_admin_works_and_is_not_paused(helped: None, dan: Person, until: Until) -> None:
    dan.works(days=["Wednesday", "Thursday"], country="")
    turn(dan, "Turn it on")
    until(3, 11, 10, by=1)
    assert came(dan, NEW_YORK)[-1] == "Wed 11 Mar 09:00"
    assert got(dan)[0].startswith("Last week, Mon 2 Mar to Sun 8 Mar:"), "it is of the week before"
    dan.types("/network pause until 2026-03-19")
    until(3, 20, 12, by=3)
    assert came(dan, NEW_YORK)[-1].startswith("Thu 19 Mar")


@pytest.mark.parametrize(("late", "count"), [(7, 1), (25, 0)])
def test_what_is_more_than_a_day_late_is_not_sent(
    helped: None, dan: Person, until: Until, world: World, clock: MovableClock, late: int, count: int
) -> None:
    turn(dan, "Turn it on")
    until(3, 9, 7, 30, by=6)
    clock.now += timedelta(hours=late, minutes=30)
    world.settle()
    assert len(got(dan)) == count
    assert not count or "This was due at" in str(dan.from_the_bot_by_dm()[-1])
    until(3, 16, 12, by=6)
    assert len(got(dan)) == count + 1


def test_each_admin_gets_it_in_their_own_hours_about_their_own_week(
    helped: None, alice: Person, carol: Person, dan: Person, until: Until
) -> None:
    dan.opens_home()
    dan.clicks("Change", near="This workspace")
    dan.fills("Admins here, beside Slack's own", ["alice", "carol"]).submits()
    dan.closes()
    for admin in (alice, carol, dan):
        turn(admin, "Turn it on")
    until(3, 10, 12, by=1)
    for admin, zone in ((alice, "America/Chicago"), (carol, "Europe/Stockholm"), (dan, NEW_YORK)):
        assert len(got(admin)) == 1
        assert came(admin, zone)[-1] == "Mon 09 Mar 09:00"


def test_nobody_who_writes_waits_while_it_is_added_up(
    helped: None, dan: Person, until: Until, bot: GoodTurn, monkeypatch: pytest.MonkeyPatch
) -> None:
    added_up = reports.of

    def add_up(session: Session, team_id: str, since: datetime, until: datetime) -> reports.Report:
        with bot.database.transaction(within=0.05) as writing:
            workspaces.change(writing, team_id, acts_a_day=31)
        return added_up(session, team_id, since, until)

    monkeypatch.setattr(reports, "of", add_up)
    turn(dan, "Turn it on")
    until(3, 9, 8, 5, by=1)
    assert len(got(dan)) == 1
    assert "at most 31 good turns a person a day" in home(dan)


def test_who_is_no_admin_any_more_or_has_left_gets_none(helped: None, alice: Person, dan: Person, until: Until) -> None:
    dan.opens_home()
    dan.clicks("Change", near="This workspace")
    dan.fills("Admins here, beside Slack's own", ["alice"]).submits()
    dan.closes()
    turn(alice, "Turn it on")
    turn(dan, "Turn it on")
    dan.opens_home()
    dan.clicks("Change", near="This workspace")
    dan.fills("Admins here, beside Slack's own", []).submits()
    dan.closes()
    dan.types("/network leave")
    until(3, 10, 12, by=3)
    assert (got(alice), got(dan)) == ([], [])
    dan.types("/network back")
    until(3, 17, 12, by=6)
    assert len(got(dan)) == 1
