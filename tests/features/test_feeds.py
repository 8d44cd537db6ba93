"""Feeds and calendars: an admin adds them on Home, they are read once an hour, and what breaks is said once."""

from datetime import UTC, datetime, timedelta

import pytest

from app import GoodTurn
from bot import items as rules
from handlers.feed_reading import FeedReader
from storage import feeds as stored
from storage import items, members
from storage.tables import Item
from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.features.feeding import ADDRESS, Feeds, Sites, entry, event, ical, parse, rss
from tests.features.introducing import home

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NEWS = "Mass timber code guide"


@pytest.fixture
def site(bot: GoodTurn, world: World, clock: MovableClock) -> Feeds:
    sites = Sites()
    return Feeds(world, sites, FeedReader(bot.database, clock, sites.fetch, parse))


def news(bot: GoodTurn) -> list[str]:
    with bot.database.reading() as session:
        return [one.title for one in items.fresh(session, "T1", LONG_AGO, 100)]


def events(bot: GoodTurn, clock: MovableClock, days: int = 60) -> list[Item]:
    with bot.database.reading() as session:
        return items.coming_events(session, "T1", clock.now, clock.now + timedelta(days=days))


def test_an_admin_adds_a_feed_and_sees_what_it_is(dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock) -> None:
    assert "Feeds: none yet." in home(dan)
    site.add(dan, rss(entry(NEWS, clock.now)), topics="mass timber")
    assert "Feeds: 1 feed" in home(dan)
    dan.clicks("See feeds")
    dan.sees("SMPS Austin: a feed, last read Mon 2 Mar", "Topics: mass timber.", ADDRESS)
    assert news(bot) == [NEWS]


def test_nobody_else_sees_feeds(alice: Person, dan: Person, site: Feeds, world: World) -> None:
    assert "Feeds:" not in home(alice)
    site.add(dan, rss())
    for action in ("feeds.open", "feeds.look"):
        world.forge("alice", action, None)
    assert "SMPS Austin" not in alice.text()
    assert "Feeds:" not in home(alice)


def test_what_an_address_lacks_is_said_under_its_field(dan: Person, site: Feeds) -> None:
    dan.opens_home()
    dan.clicks("Add a feed")
    for typed, said in (
        ("http://example.org/", "An address here begins with https://."),
        ("https://me:secret@example.org/", "Leave out the name and the password"),
        ("https://example.org:8443/", "I read https at its usual port alone."),
        ("https://10.0.0.1/", "I read public names alone"),
        ("nonsense here", "It looks like https://example.org/feed."),
    ):
        dan.fills("Address", typed).submits()
        assert said in dan.form()["errors"]["address"]
    dan.fills("Address", "example.org/feed").fills("Topics", "x" * 201).submits()
    assert "That is 201 characters; 200 fit." in dan.form()["errors"]["topics"]
    dan.fills("Address", "webcal://Example.org:443/feed").fills("Topics", "").submits()
    dan.sees("Added. I read it within a minute; Home shows what it is.")
    dan.closes()
    site.read()
    assert site.sites.asked == [("https://example.org/feed", None)]


def test_what_is_new_becomes_an_item_once(dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock) -> None:
    first, second = entry(NEWS, clock.now, "1"), entry("Awards", clock.now, "2")
    site.add(dan, rss(first))
    assert site.later(minutes=59) == 0
    assert site.later(minutes=1) == 1
    assert site.sites.asked[-1] == (ADDRESS, '"1"')
    site.sites.bodies[ADDRESS] = rss(second, first, entry("Mass timber code guide, corrected", clock.now, "1"))
    site.later(hours=1)
    site.sites.bodies[ADDRESS] = None
    site.later(hours=1)
    assert news(bot) == ["Awards", NEWS]


def test_of_a_feed_that_is_new_here_nothing_old_is_told(
    dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock
) -> None:
    old, young = (
        entry("Of January", clock.now - timedelta(days=15)),
        entry("Of last week", clock.now - timedelta(days=7)),
    )
    undated, another = entry("Whenever"), entry("Since today")
    site.add(dan, rss(old, young, undated))
    assert news(bot) == ["Of last week"]
    site.sites.bodies[ADDRESS] = rss(another, old, young, undated)
    site.later(hours=1)
    assert news(bot) == ["Since today", "Of last week"]


def test_a_paused_feed_is_not_read_and_resumes_where_it_was(
    dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock
) -> None:
    site.add(dan, rss(entry(NEWS, clock.now)))
    dan.opens_home()
    dan.clicks("See feeds")
    dan.clicks("Pause")
    dan.sees("a feed, last read Mon 2 Mar, 10:00 AM EST, paused.")
    assert site.later(days=1) == 0
    dan.clicks("Resume")
    dan.closes()
    assert site.read() == 1
    assert news(bot) == [NEWS]


def test_what_a_removed_feed_brought_is_offered_no_more_and_adding_it_again_tells_nothing_twice(
    dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock
) -> None:
    site.add(dan, rss(entry(NEWS, clock.now)))
    dan.opens_home()
    dan.clicks("See feeds")
    dan.clicks("Remove")
    dan.sees("No feeds. Add an association's news or its calendar.")
    dan.closes()
    assert news(bot) == []
    assert "Feeds: none yet." in home(dan)
    clock.now += timedelta(hours=1)
    site.add(dan, rss(entry(NEWS, clock.now - timedelta(hours=1)), entry("Whenever")))
    assert news(bot) == [NEWS]
    with bot.database.reading() as session:
        assert len(stored.all_of(session, "T1")) == 1


def test_a_feed_that_keeps_failing_is_paused_and_its_admin_told_once(
    dan: Person, alice: Person, site: Feeds, bot: GoodTurn, clock: MovableClock
) -> None:
    site.add(dan, rss(entry(NEWS, clock.now)))
    site.sites.bodies[ADDRESS] = "silent"
    assert [hour for hour in range(1, 61) if site.later(hours=1)] == [1, 2, 6, 18, 42]
    dan.sees("I could not read SMPS Austin and have paused it.", "It did not answer, or broke off.", "I tried 5 times.")
    assert len(dan.from_the_bot_by_dm()) == 1
    assert "have paused it" not in alice.text()
    assert "1 feed, 1 paused" in home(dan)
    site.sites.bodies[ADDRESS] = rss(entry("Awards", clock.now))
    dan.clicks("Try again")
    dan.sees("SMPS Austin is read again.")
    site.read()
    assert news(bot) == ["Awards", NEWS]
    assert len(dan.from_the_bot_by_dm()) == 1


def test_what_never_was_a_feed_is_said_at_once(dan: Person, site: Feeds) -> None:
    site.add(dan, b"<!doctype html><html><title>Welcome</title></html>")
    dan.sees("I could not read austin.example.org and have paused it.", "It is a page, and not a feed or a calendar.")


def test_a_name_that_is_not_known_yet_is_waited_for(dan: Person, site: Feeds) -> None:
    site.add(dan, "name")
    assert dan.from_the_bot_by_dm() == []
    dan.opens_home()
    dan.clicks("See feeds")
    dan.sees("Its name is not known to the internet now.")


def test_as_many_feeds_as_fit(dan: Person, site: Feeds) -> None:
    for number in range(20):
        site.add(dan, rss(title=f"Feed {number}"), f"https://example.org/{number}")
    dan.opens_home()
    dan.clicks("See feeds")
    dan.sees("Feed 19")
    dan.clicks("Add a feed")
    dan.fills("Address", ADDRESS).submits()
    dan.sees("20 feeds are here, as many as fit. Remove one first.")


def test_an_event_of_a_calendar_is_kept_up_to_date(
    dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock
) -> None:
    site.add(dan, ical(event("Spring meeting"), event("Awards", "20260320T170000", "2")))
    dan.opens_home()
    dan.clicks("See feeds")
    dan.sees("SMPS events: a calendar")
    (spring, awards) = events(bot, clock)
    assert (spring.title, spring.starts_at) == ("Spring meeting", datetime(2026, 3, 9, 23, 0, tzinfo=UTC))
    assert (spring.place, spring.is_all_day) == ("Hall 2, Austin", False)
    site.sites.bodies[ADDRESS] = ical(event("Spring meeting", "20260310T180000"))
    site.later(hours=1)
    (moved,) = events(bot, clock)
    assert (moved.id, moved.starts_at) == (spring.id, datetime(2026, 3, 10, 23, 0, tzinfo=UTC))
    site.sites.bodies[ADDRESS] = ical(
        event("Spring meeting", more="STATUS:CANCELLED\n"), event("Awards", "20260320T170000", "2")
    )
    site.later(hours=1)
    assert [one.id for one in events(bot, clock)] == [awards.id], "what is gone and comes back is the same event"


def test_who_goes_says_so_and_meets_those_alone_who_want_it_too(
    dan: Person, alice: Person, bob: Person, site: Feeds, bot: GoodTurn, clock: MovableClock, world: World
) -> None:
    site.add(dan, ical(event("Spring meeting")))
    (spring,) = events(bot, clock)

    def suggested(slack_id: str) -> list[str]:
        with bot.database.reading() as session:
            member = members.known(session, "T1", [slack_id])[slack_id]
            return [one.slack_id for one in rules.to_meet(session, member, spring.id)]

    for person in ("alice", "bob"):
        assert world.forge(person, "items.going", spring.id)[0] == 200
    assert suggested("U1ALICE") == []
    world.forge("alice", "items.meet", spring.id)
    assert suggested("U1ALICE") == suggested("U2BOB") == []
    world.forge("bob", "items.meet", spring.id)
    assert (suggested("U1ALICE"), suggested("U2BOB")) == (["U2BOB"], ["U1ALICE"])
    world.forge("bob", "items.stay", spring.id)
    assert suggested("U1ALICE") == suggested("U2BOB") == []
    clock.now += timedelta(days=10)
    world.forge("bob", "items.going", spring.id)
    assert suggested("U1ALICE") == [], "it is over"


def test_two_processes_read_a_feed_once_and_one_that_was_paused_meanwhile_keeps_nothing(
    dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock
) -> None:
    site.add(dan, rss(entry(NEWS, clock.now)))
    other = FeedReader(bot.database, clock, site.sites.fetch, parse)
    asked = len(site.sites.asked)
    site.sites.meanwhile = other.read_due
    site.later(hours=1)
    assert len(site.sites.asked) == asked + 1
    site.sites.bodies[ADDRESS] = rss(entry("Awards", clock.now))
    dan.opens_home()

    def pause() -> None:
        with bot.database.transaction() as session:
            (feed,) = stored.all_of(session, "T1")
            stored.change(session, "T1", feed.id, state="paused")

    site.sites.meanwhile = pause
    site.later(hours=1)
    assert news(bot) == [NEWS]


def test_a_process_that_dies_while_it_reads_leaves_the_feed_to_the_next(
    dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock
) -> None:
    site.add(dan, rss(entry(NEWS, clock.now)))

    def die() -> None:
        raise KeyboardInterrupt

    site.sites.meanwhile = die
    with pytest.raises(KeyboardInterrupt):
        site.later(hours=1)
    site.sites.meanwhile = lambda: None
    assert site.later(minutes=4) == 0
    assert site.later(minutes=1) == 1
