"""Events of an association's calendar: shown ahead, who goes, and who meets there."""

import pytest

from bot import nudges
from tests.conftest import MovableClock
from tests.conversation import Person
from tests.features.feeding import ADDRESS, Feeds, event, ical
from tests.features.introducing import Until
from tests.features.nudging import got, turn_on

LUNCH = "Mass timber lunch"


@pytest.fixture(autouse=True)
def never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has no nudge held back."""
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)


@pytest.fixture
def announced(dan: Person, site: Feeds) -> None:
    """An admin has added a calendar: a lunch on Monday 9 March, and one in April."""
    site.add(dan, ical(event(LUNCH), event("Spring meeting", "20260415T180000", "2")))


def go(person: Person) -> None:
    """Says that one goes, and would like to meet others."""
    person.clicks("I am going")
    person.clicks("I would like to meet")


def test_an_event_is_shown_ahead_once(announced: None, alice: Person, until: Until) -> None:
    turn_on(alice)
    until(3, 3, 12)
    (nudge,) = got(alice)
    assert nudge["text"] == f"For you: {LUNCH}"
    alice.sees(f"In 6 days: {LUNCH}. Mon 9 Mar, 6:00 PM CDT, Hall 2, Austin. It is in the calendar of SMPS events.")
    alice.clicks("I am going")
    alice.sees(f"You are going: {LUNCH}", "Nobody is told that you go.")
    until(4, 1, 12, by=6)
    assert len(got(alice)) == 1, "the one in April is not ten days ahead yet"
    until(4, 7, 12, by=6)
    assert got(alice)[-1]["text"] == "For you: Spring meeting"
    assert len(got(alice)) == 2


def test_an_event_about_a_topic_comes_first(dan: Person, alice: Person, site: Feeds, until: Until) -> None:
    site.add(dan, ical(event("Golf", "20260305T180000"), event(LUNCH, uid="2")))
    turn_on(alice, "mass timber")
    until(3, 3, 12)
    assert got(alice)[0]["text"] == f"For you: {LUNCH}, Golf"
    alice.sees("You follow mass timber.")


def test_two_who_go_and_asked_for_it_are_suggested_to_each_other(
    dan: Person, alice: Person, bob: Person, carol: Person, site: Feeds, until: Until
) -> None:
    site.add(dan, ical(event(LUNCH, "20260312T180000")))
    for person in (alice, bob, carol):
        turn_on(person)
    until(3, 3, 12)
    go(alice)
    go(bob)
    carol.clicks("I am going")
    until(3, 10, 12, by=6)
    assert got(alice)[-1]["text"] == "For you: Bob goes too"
    assert got(bob)[-1]["text"] == "For you: Alice goes too"
    assert len(got(carol)) == 1, "who did not ask for it is told of nobody, and nobody of them"
    alice.sees(f"Bob goes to {LUNCH} too. You both asked to meet others there.")
    alice.clicks("Write to Bob")
    assert "Write to Bob" not in str(got(alice)[-1])


@pytest.fixture
def both_go(dan: Person, alice: Person, bob: Person, site: Feeds, until: Until) -> None:
    """Alice and Bob go to an event of next week, and asked to meet others there."""
    site.add(dan, ical(event(LUNCH, "20260312T180000")))
    turn_on(alice)
    turn_on(bob)
    until(3, 3, 12)
    go(alice)
    go(bob)


def test_who_takes_it_back_is_suggested_to_nobody(both_go: None, alice: Person, bob: Person, until: Until) -> None:
    bob.clicks("Take it back")
    until(3, 10, 12, by=6)
    assert len(got(alice)) == 1


def test_who_takes_it_back_is_not_named_in_what_still_waits(
    both_go: None, alice: Person, bob: Person, until: Until
) -> None:
    until(3, 10, 8)
    alice.acts("dnd", minutes=180)
    until(3, 10, 10)
    bob.clicks("Take it back", near="You are going")
    until(3, 10, 14)
    assert len(got(alice)) == 1


def test_what_a_removed_calendar_brought_is_shown_to_nobody_any_more(
    announced: None, dan: Person, alice: Person, until: Until
) -> None:
    turn_on(alice)
    until(3, 3, 8)
    alice.acts("dnd", minutes=180)
    until(3, 3, 10)
    dan.opens_home()
    dan.clicks("See feeds")
    dan.clicks("Remove")
    until(3, 3, 14)
    assert got(alice) == []


def test_a_calendar_without_a_name_goes_by_its_site(dan: Person, alice: Person, site: Feeds, until: Until) -> None:
    site.add(dan, ical(event(LUNCH)).replace(b"X-WR-CALNAME:SMPS events\r\n", b""))
    turn_on(alice)
    until(3, 3, 12)
    alice.sees("It is in the calendar of austin.example.org.")


def test_who_goes_hears_that_it_is_moved_or_called_off_once_and_in_their_hours(
    announced: None, alice: Person, bob: Person, site: Feeds, clock: MovableClock, until: Until
) -> None:
    turn_on(alice)
    turn_on(bob)
    until(3, 3, 20)
    alice.clicks("I am going")
    site.sites.bodies[ADDRESS] = ical(event(LUNCH, "20260310T120000"))
    site.later(hours=1)
    assert "A new time" not in alice.text(), "it is evening"
    until(3, 4, 12)
    alice.sees(f"A new time: {LUNCH} is Tue 10 Mar, 12:00 PM CDT now, Hall 2, Austin.")
    site.later(hours=2)
    site.sites.bodies[ADDRESS] = ical(event(LUNCH, "20260310T120000", more="STATUS:CANCELLED\n"))
    site.later(hours=2)
    site.later(hours=2)
    until(3, 5, 12)
    told = [
        one["text"]
        for one in alice.from_the_bot_by_dm()
        if LUNCH in one["text"] and not one["text"].startswith("For you")
    ]
    assert told == [f"A new time: {LUNCH}, Tue 10 Mar, 12:00 PM CDT", f"It does not take place: {LUNCH}"]
    assert "A new time" not in bob.text()
    assert "does not take place" not in bob.text()


def test_what_was_called_off_and_takes_place_after_all_has_no_new_time(
    announced: None, alice: Person, site: Feeds, until: Until
) -> None:
    turn_on(alice)
    until(3, 3, 12)
    alice.clicks("I am going")
    whole = site.sites.bodies[ADDRESS]
    for body in (ical(), ical(), whole):
        site.sites.bodies[ADDRESS] = body
        site.later(hours=1)
    alice.sees(
        f"It does not take place: {LUNCH}", f"It takes place: {LUNCH} is Mon 9 Mar, 6:00 PM CDT, Hall 2, Austin."
    )
    assert "A new time" not in alice.text()


def test_a_calendar_that_is_empty_once_calls_nothing_off(
    announced: None, alice: Person, dan: Person, site: Feeds, until: Until
) -> None:
    turn_on(alice)
    until(3, 3, 12)
    alice.clicks("I am going")
    whole = site.sites.bodies[ADDRESS]
    site.sites.bodies[ADDRESS] = ical()
    site.later(hours=1)
    dan.opens_home()
    dan.clicks("See feeds")
    dan.sees("It was empty when I read it; I look once more before I call its events off.")
    dan.closes()
    site.sites.bodies[ADDRESS] = whole
    site.later(hours=1)
    assert site.sites.asked[-1] == (ADDRESS, None), "it is read whole"
    assert "take place" not in alice.text()
    site.sites.bodies[ADDRESS] = ical()
    site.later(hours=1)
    assert "take place" not in alice.text()
    site.later(hours=1)
    alice.sees(f"It does not take place: {LUNCH}")
