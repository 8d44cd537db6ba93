"""Feeds and calendars as an admin sees them: the form, a mistake under its field, the list, and one that cannot be read."""

import pytest
from playwright.sync_api import Page, expect

from app import GoodTurn
from handlers.fetching.feed_reading import FeedReader
from tests.browser.looking import is_said, look, open_home, open_tab, person, picture
from tests.conftest import MovableClock
from tests.conversation import World
from tests.features.feeding import Feeds, Sites, entry, event, ical, parse, rss

pytestmark = pytest.mark.browser
CALENDAR, BROKEN = "https://austin.example.org/events.ics", "https://library.example.org/news"


@pytest.fixture
def site(bot: GoodTurn, austin: World, clock: MovableClock) -> Feeds:
    """Sites that answer as a test says, and what reads them."""
    sites = Sites()
    return Feeds(austin, sites, FeedReader(bot.database, clock, sites.fetch, parse))


def test_an_admin_adds_feeds_and_sees_how_each_of_them_does(screen: Page, austin: World, site: Feeds) -> None:
    ana = person("ana", austin)
    site.add(ana, rss(entry("A code guide", austin.now.now)), topics="mass timber, building codes")
    site.add(ana, ical(event("Spring meeting")), CALENDAR, topics="events")
    site.add(ana, "name", BROKEN)
    for hours in (1, 4, 12, 24):
        site.later(hours=hours, minutes=1)
    open_home(screen, austin, "Ana")
    home = screen.get_by_test_id("home")
    expect(home).to_contain_text("Feeds: 3 feeds, 1 paused")
    home.get_by_role("button", name="Add a feed").click()
    dialog = screen.get_by_role("dialog")
    dialog.get_by_label("Address").fill("http://austin.example.org/feed")
    dialog.get_by_label("Topics").fill("permits")
    dialog.get_by_role("button", name="Add it").click()
    expect(dialog).to_contain_text("https://")
    look(screen, "feeds-form", dialog)
    dialog.get_by_role("button", name="Cancel").click()
    home.get_by_role("button", name="See feeds").click()
    for text in ("SMPS Austin", "SMPS events", "library.example.org"):
        expect(dialog).to_contain_text(text)
    look(screen, "feeds-list", dialog)
    look(screen, "feeds-list-whole", dialog, high=1200)
    picture(screen, "feeds")
    dialog.get_by_role("button", name="Pause").first.click()
    expect(dialog).to_contain_text("Resume")
    dialog.get_by_role("button", name="Close").last.click()
    site.later(hours=8)  # to the morning: it is said in her working hours
    open_tab(screen, "Messages")
    told = screen.get_by_test_id("message").last
    is_said(austin, told, "library.example.org")
    look(screen, "feeds-broken", told)
