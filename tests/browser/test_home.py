"""Home as people see it: what needs them, their month, calls, introductions, network, settings, and the admins' corner."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import is_said, look, open_home, open_tab, person, picture, wait
from tests.conversation import World

pytestmark = pytest.mark.browser
CHAPTER, GENERAL = "C00000001", "C00000002"


@pytest.fixture
def busy(austin: World) -> World:
    """Ana has been here for a week: helped and was helped, introduces and is introduced, calls, and set the workspace up."""
    ana, raj, mira, bo, lena = (person(one, austin) for one in ("ana", "raj", "mira", "bo", "lena"))
    raj.types("/intro <@U0ANA> <@U0MIRA> you both fight for mass timber", CHAPTER)
    raj.clicks("Ask them both")
    ana.clicks("Yes")
    mira.clicks("Yes")
    wait(austin, days=7)
    ana.types("/give <@U0RAJ> the airport RFP went out today", CHAPTER)
    raj.clicks("Thanks, it helped")
    mira.types("/thanks <@U0ANA> for two evenings on the interview", CHAPTER)
    ana.types("/give advice Jane Doe (Acme) pricing the survey", CHAPTER)
    lena.types("/give <@U0ANA> the name of a surveyor who is free next week", CHAPTER)
    ana.types("/intro <@U0RAJ> <@U0BO> you both build schools", CHAPTER)
    ana.clicks("Ask them both")
    lena.types("/intro <@U0ANA> <@U0BO> you both know the harbor office", CHAPTER)
    lena.clicks("Ask them both")
    ana.types("/callback Jane Doe (Acme) today at 4pm about the RFP", CHAPTER)
    ana.types("/callback <@U0MIRA> every other Friday at 9am to send the bid list", CHAPTER)
    ana.acts("invite", user=ana.state()["app"]["bot_user_id"], channel=GENERAL)
    for fault in ({"what": "http_500_delivered", "on": "chat.postMessage"}, {"what": "history_refused", "times": None}):
        austin.ask("manage", {"do": "fault", **fault})
    bo.types("/give <@U0ANA> where the harbor office keeps its plans", CHAPTER)
    for _ in range(15):
        wait(austin, minutes=1)
    austin.ask("manage", {"do": "clear_faults"})
    ana.opens_home()
    ana.clicks("Change", near="no emoji thanks yet")
    ana.fills("Emoji that thanks", "pray").fills("Country whose holidays hold here", "Sweden").submits()
    ana.closes()
    return austin


def test_home_has_what_needs_ana_first_and_then_all_that_is_hers(screen: Page, busy: World) -> None:
    open_home(screen, busy, "Ana")
    home = screen.get_by_test_id("home")
    expect(home).to_contain_text("Needs attention: 6")
    texts = str(home.text_content())
    in_order = (
        "Slack did not confirm my message to you about a good turn", "Call Jane Doe (Acme), today 4:00 PM, about the RFP",
        "Lena Okafor would like to introduce you to Bo Lindqvist", "Did you and Mira Keller meet?",
        "Lena Okafor recorded a good turn for you", "My month: 3 people helped", "Calls to return",
        "Mira Keller, every other Friday", "Introductions", "Raj Patel and Bo Lindqvist are being asked.", "Lately",
        "You helped Raj Patel", "My network: 2 ties, 2 new", "Settings", "Working hours", "My name in summaries",
        "Weekly summaries", "#general: Fridays at 4:00 PM, Chicago", "My data", "This workspace", "thanks; ", "Holidays: Sweden",
        "Public ledger", "1 post to look at",
    )  # fmt: skip
    places = [texts.find(one) for one in in_order]
    assert -1 not in places, in_order[places.index(-1)]
    assert places == sorted(places)
    look(screen, "home", home)
    look(screen, "home-whole", home, high=2600)
    screen.set_viewport_size({"width": 1200, "height": 900})
    picture(screen, "home-with-everything")


def test_the_picture_of_ones_network_comes_by_dm_and_says_in_words_what_it_shows(screen: Page, busy: World) -> None:
    open_home(screen, busy, "Ana")
    screen.get_by_test_id("home").get_by_role("button", name="Send me the picture of my network").click()
    dialog = screen.get_by_role("dialog")
    expect(dialog).to_contain_text("On its way to our conversation. Only you get it.")
    look(screen, "network-on-its-way", dialog)
    dialog.get_by_role("button", name="Close").last.click()
    open_tab(screen, "Messages")
    message = screen.get_by_test_id("message").last
    is_said(busy, message, "Your network. Only you see this.")
    shown = message.get_by_role("img", name="Your network has 2 ties, 2 new: ")
    expect(shown).to_have_attribute("alt", "Your network has 2 ties, 2 new: Mira Keller, new; Raj Patel, new.")
    shown.scroll_into_view_if_needed()
    look(screen, "network", message)
    picture(screen, "network")


def test_a_first_home_and_a_paused_one_are_short_and_kind(screen: Page, austin: World) -> None:
    open_home(screen, austin, "Mira")
    home = screen.get_by_test_id("home")
    expect(home).to_contain_text("Nothing needs you today.")
    expect(home).to_contain_text("My network: it begins with the first help you and somebody else agree on.")
    expect(home).not_to_contain_text("This workspace")
    look(screen, "home-first", home, high=1300)
    person("mira", austin).types("/network pause until 2026-03-20", CHAPTER)
    is_said(austin, home, "Paused until Fri 20 Mar, 9:00 AM EDT.")
    look(screen, "home-paused", home, high=1300)
