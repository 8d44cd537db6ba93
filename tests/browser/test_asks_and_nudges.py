"""An ask and what comes of it, the form of nudges with the workspace's list of topics, and a nudge, as people see them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from bot import nudges
from tests.browser.looking import act_as, is_said, look, open_home, open_tab, person, picture, wait
from tests.conversation import World

pytestmark = pytest.mark.browser
CHAPTER = "C00000001"
ENGINEER = "a structural engineer licensed in Colorado"
TUESDAY = datetime(2026, 3, 10, 9, tzinfo=ZoneInfo("America/Chicago"))


def test_an_ask_is_posted_and_an_offer_comes_to_its_asker_alone(screen: Page, austin: World) -> None:
    act_as(screen, "Mira")
    screen.get_by_test_id("sidebar").get_by_text("austin-chapter", exact=True).click()
    box = screen.get_by_role("textbox", name="Message")
    box.fill(f"/ask {ENGINEER}")
    box.press("Escape")
    box.press("Enter")
    dialog = screen.get_by_role("dialog")
    dialog.get_by_label("By when?").fill("2026-03-13")
    dialog.get_by_label("Topics").fill("structures, Colorado")
    look(screen, "ask-form", dialog)
    dialog.get_by_role("button", name="Post ask").click()
    expect(dialog).to_contain_text(ENGINEER)
    look(screen, "ask-asked", dialog)
    dialog.get_by_role("button", name="Done").click()

    act_as(screen, "Raj")
    screen.get_by_test_id("sidebar").get_by_text("austin-chapter", exact=True).click()
    posted = screen.get_by_test_id("message").last
    is_said(austin, posted, "Mira Keller asks for")
    look(screen, "ask-posted", posted)
    picture(screen, "ask")
    posted.get_by_role("button", name="I can help").click()

    act_as(screen, "Mira")
    open_tab(screen, "Messages")
    offer = screen.get_by_test_id("message").last
    is_said(austin, offer, "Raj Patel can help with your ask")
    look(screen, "ask-offer", offer)
    offer.get_by_role("button", name="It is solved").click()
    expect(dialog).to_contain_text("Who helped?")
    look(screen, "ask-solved", dialog)
    dialog.get_by_role("button", name="Thank them").click()
    dialog.get_by_role("button", name="Done").click()
    open_home(screen, austin, "Mira")
    expect(screen.get_by_test_id("home")).to_contain_text("No open asks.")


def test_topics_are_ticked_and_a_nudge_names_people_and_reasons(
    screen: Page, austin: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nudges, "HELD_OF", 10**9)
    _list_topics(screen, austin)
    open_home(screen, austin, "Raj")
    screen.get_by_test_id("home").get_by_role("button", name="Change your nudges").click()
    dialog = screen.get_by_role("dialog")
    expect(dialog).to_contain_text("From this workspace's list.")
    for topic in ("mass timber", "structural engineers"):
        dialog.get_by_role("combobox", name="Topics you follow").fill(topic)
        screen.get_by_role("option", name=topic).click()
    dialog.get_by_label("Other topics you follow").fill("Colorado")
    expect(dialog.get_by_label("Off", exact=True)).to_be_checked()
    dialog.get_by_label("On", exact=True).check()
    dialog.get_by_label("Asks that fit my topics").check()
    look(screen, "nudges-form", dialog, high=1100)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("You follow mass timber, structural engineers, Colorado.")
    look(screen, "nudges-chosen", dialog)
    dialog.get_by_role("button", name="Done").click()

    _what_there_is_to_suggest(austin)
    act_as(screen, "Raj")
    open_tab(screen, "Messages")
    nudge = screen.get_by_test_id("message").last
    for text in (
        "Mira Keller asks for help, by Fri 20 Mar.", ENGINEER, "You follow structural engineers.", "Ana Torres helped you",
        "Pass one on when you can.", "Only you see this. You chose Tuesdays at 9:00 AM.",
    ):  # fmt: skip
        expect(nudge).to_contain_text(text)
    nudge.scroll_into_view_if_needed()
    look(screen, "nudge", nudge)
    picture(screen, "nudge")
    nudge.get_by_role("button", name="Not this").last.click()
    is_said(austin, nudge, "Left out. I will not suggest this one again.")
    nudge.get_by_role("button", name="I can help").click()
    act_as(screen, "Mira")
    open_tab(screen, "Messages")
    is_said(austin, screen.get_by_test_id("message").last, "Raj Patel can help with your ask")


def _list_topics(screen: Page, world: World) -> None:
    open_home(screen, world, "Ana")
    home = screen.get_by_test_id("home")
    expect(home).to_contain_text("Topics: no list yet.")
    home.get_by_role("button", name="Change the list of topics").click()
    dialog = screen.get_by_role("dialog")
    dialog.get_by_label("Topics of this workspace").fill(
        "mass timber, estimating, structural engineers, schools, permits"
    )
    look(screen, "topics-form", dialog)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("There are 5 topics to tick.")
    dialog.get_by_role("button", name="Done").click()


def _what_there_is_to_suggest(world: World) -> None:
    """Lets a week pass in which Mira asks those alone whose topics fit, and Ana helps Raj."""
    mira, ana, raj = (person(name, world) for name in ("mira", "ana", "raj"))
    mira.types(f"/ask {ENGINEER}", CHAPTER)
    mira.fills("By when?", "2026-03-20").fills("In which channel?", "").submits()
    mira.closes()
    wait(world, days=6)
    ana.types("/give <@U0RAJ> the airport RFP went out today", CHAPTER)
    raj.clicks("Thanks, it helped")
    wait(world, seconds=(TUESDAY - world.now.now).total_seconds())
    wait(world, minutes=1)
