"""News for somebody one knows, shared in one's own name, and an event, as people see them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from app import GoodTurn
from bot import nudges
from handlers.fetching.feed_reading import FeedReader
from tests.browser.looking import act_as, is_said, look, open_home, open_tab, person, picture, wait
from tests.conftest import MovableClock
from tests.conversation import World
from tests.features.feeding import Feeds, Sites, entry, event, ical, parse, rss

pytestmark = pytest.mark.browser
CHAPTER = "C00000001"
NEWS, LUNCH = "A code guide for tall mass timber is out", "Mass timber lunch"
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture
def site(bot: GoodTurn, austin: World, clock: MovableClock) -> Feeds:
    """Sites that answer as a test says, and what reads them."""
    sites = Sites()
    return Feeds(austin, sites, FeedReader(bot.database, clock, sites.fetch, parse))


def test_news_are_shared_and_an_event_is_gone_to(
    screen: Page, austin: World, site: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)
    ana, raj = person("ana", austin), person("raj", austin)
    ana.types("/give <@U0RAJ> the airport RFP went out today", CHAPTER)
    raj.clicks("Thanks, it helped")
    for who, topics in ((ana, ""), (raj, "mass timber")):
        who.opens_home()
        who.clicks("Change", near="Nudges")
        who.fills("Topics you follow", topics).fills("Nudges", "On").submits()
        who.closes()
    link = f"<link>https://austin.example.org/guide</link>{entry(NEWS, austin.now.now)[6:]}"
    site.add(ana, rss(f"<item>{link}"), topics="building codes")
    site.add(ana, ical(event(LUNCH, "20260312T120000")), "https://austin.example.org/events.ics")
    _until(austin, 3)

    open_home(screen, austin, "Ana")
    open_tab(screen, "Messages")
    nudge = screen.get_by_test_id("message").last
    for text in ("News that Raj Patel may care about.", "Raj Patel follows mass timber.", NEWS, f"In 9 days: {LUNCH}."):
        expect(nudge).to_contain_text(text)
    nudge.scroll_into_view_if_needed()
    look(screen, "nudge-of-news", nudge)
    nudge.get_by_role("button", name="Share with Raj Patel").click()
    dialog = screen.get_by_role("dialog")
    dialog.get_by_label("A line of your own").fill("Page 3 is about your site.")
    look(screen, "share-form", dialog)
    picture(screen, "share")
    dialog.get_by_role("button", name="Share with Raj Patel").click()
    expect(dialog).to_contain_text("Shared with Raj Patel.")
    look(screen, "share-sent", dialog)
    dialog.get_by_role("button", name="Done").click()
    nudge.get_by_role("button", name="I am going").click()
    going = screen.get_by_test_id("message").last
    is_said(austin, going, f"You are going: {LUNCH}")
    look(screen, "event-going", going)
    going.get_by_role("button", name="I would like to meet").click()

    act_as(screen, "Raj")
    open_tab(screen, "Messages")
    shared = screen.get_by_test_id("message").last
    is_said(austin, shared, "Ana Torres thought of you:")
    expect(shared).to_contain_text("until you choose otherwise")
    shared.scroll_into_view_if_needed()
    look(screen, "shared", shared)


def _until(world: World, day: int) -> None:
    """Lets time pass to nine on a Tuesday in March."""
    wait(world, seconds=(datetime(2026, 3, day, 9, tzinfo=CHICAGO) - world.now.now).total_seconds())
    wait(world, minutes=1)
