"""Feeds and calendars: an admin adds them on Home, they are read once an hour, and what breaks is said once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app import GoodTurn
from bot.items import Found, keep
from handlers.fetching.feed_reading import FeedReader
from storage import feeds as stored
from storage import items
from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.features.feeding import ADDRESS, Feeds, entry, parse, rss
from tests.features.introducing import home

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NEWS = "Mass timber code guide"


def news(bot: GoodTurn) -> list[str]:
    with bot.database.reading() as session:
        return [one.title for one in items.fresh(session, "T1", LONG_AGO, 100)]


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


def test_the_same_news_in_two_feeds_are_one_item(dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock) -> None:
    page, other = "https://news.example.org/timber", "https://blog.example.org/feed"
    site.add(dan, rss(entry(NEWS, clock.now, "1", page), entry(NEWS, clock.now, "2", page)))
    assert news(bot) == [NEWS]
    again = entry(NEWS, clock.now, "t-7", f"{page}/?utm_source=rss&amp;utm_medium=feed#top")
    same_title = [entry(NEWS, clock.now, "t-8", f"{page}?id=8"), entry(NEWS, clock.now, "t-9")]
    site.add(dan, rss(again), other)
    assert news(bot) == [NEWS]
    site.sites.bodies[other] = rss(again, *same_title)
    site.later(hours=1)
    assert news(bot) == [NEWS] * 3, "another page is another piece of news, and so is one without"


def test_what_a_removed_feed_brought_another_one_may_bring(
    dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock
) -> None:
    news_there = rss(entry(NEWS, clock.now, "1", "https://news.example.org/timber"))
    site.add(dan, news_there)
    dan.opens_home()
    dan.clicks("See feeds")
    dan.clicks("Remove")
    dan.closes()
    assert news(bot) == []
    site.add(dan, news_there, "https://blog.example.org/feed")
    assert news(bot) == [NEWS]


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


def test_an_event_does_not_become_news_nor_news_an_event(
    dan: Person, site: Feeds, bot: GoodTurn, clock: MovableClock
) -> None:
    site.add(dan, rss())
    with bot.database.transaction() as session:
        (feed,) = stored.all_of(session, "T1")
        news, lunch = Found("n", "News"), Found("e", "Lunch", starts_at=clock.now + timedelta(days=3))
        for found in ([news, lunch], [replace(lunch, key="n"), replace(news, key="e")]):
            keep(session, feed, found, None, clock.now)
        kept = items.known(session, "T1", feed.id, ["n", "e"])
        assert (kept["n"].kind, kept["n"].title, kept["e"].kind, kept["e"].title) == ("news", "News", "event", "Lunch")


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
    assert [hour for hour in range(1, 45) if site.later(hours=1)] == [1, 2, 6, 18, 42]
    assert dan.from_the_bot_by_dm() == [], "it is 6 in the morning in New York"
    assert site.later(hours=4) == 0
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
