"""An introduction as people see it: read first, asked alone, opened by two yeses, and what became of it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import act_as, is_said, look, open_home, open_tab, person, picture, wait
from tests.conversation import World

pytestmark = pytest.mark.browser


def test_two_are_asked_alone_and_the_connector_reads_what_came_of_it(screen: Page, austin: World) -> None:
    act_as(screen, "Ana")
    _type_intro(screen, "Raj", "Mira")
    to_read = screen.get_by_test_id("message").last
    expect(to_read).to_contain_text("Each is asked alone and in private. Nothing opens until both say yes.")
    look(screen, "intro-to-read")
    to_read.get_by_role("button", name="Change").click()
    dialog = screen.get_by_role("dialog")
    dialog.get_by_label("Line for Raj, about Mira").fill("Mira leads the mass timber group in New York.")
    dialog.get_by_label("Line for Mira, about Raj").fill("Raj stamped the first mass timber office in Texas.")
    dialog.get_by_label("It is business").check()
    look(screen, "intro-form")
    dialog.get_by_role("button", name="Read it first").click()
    approval = dialog.last
    expect(approval).to_contain_text("Mira Keller will read:Raj stamped the first mass timber office in Texas.")
    look(screen, "intro-approval")
    approval.get_by_role("button", name="Ask them both").click()
    expect(dialog.last).to_contain_text("Raj Patel and Mira Keller are being asked. You will hear by Mon 16 Mar.")
    look(screen, "intro-asked")
    dialog.last.get_by_role("button", name="Done").click()
    expect(dialog).to_be_hidden()

    asked = _read_the_bot(screen, austin, "Raj")
    expect(asked).to_contain_text("Ana Torres would like to introduce you to Mira Keller.Mira leads the mass timber")
    expect(asked).not_to_contain_text("Raj stamped")
    look(screen, "intro-ask")
    picture(screen, "introduction-ask")
    asked.get_by_role("button", name="Yes").click()
    is_said(austin, asked, "If Mira Keller says yes too, your group chat opens.")
    look(screen, "intro-yes")
    _read_the_bot(screen, austin, "Mira").get_by_role("button", name="Yes").click()
    is_said(austin, screen.get_by_test_id("message").last, "You both said yes.")
    hello = _read_the_chat(screen, "Raj")
    expect(hello).to_contain_text("Raj Patel, meet Mira Keller.")
    expect(hello).to_contain_text("Raj Patel, you start: say hello and offer two times.")
    look(screen, "intro-chat")
    picture(screen, "introduction-chat")

    wait(austin, days=1)
    prompt = _read_the_bot(screen, austin, "Raj")
    expect(prompt).to_contain_text("Mira Keller said yes to meeting you. A hello from you gets it going.")
    look(screen, "intro-prompt")
    prompt.get_by_role("button", name="I have written").click()
    is_said(austin, prompt, "I know that one of you has written.")
    expect(_read_the_chat(screen, "Raj")).to_contain_text("Noted: one of you has written.")

    wait(austin, days=6)
    met = _read_the_bot(screen, austin, "Raj")
    expect(met).to_contain_text("Did you and Mira Keller meet? One tap is enough.")
    look(screen, "intro-met")
    open_home(screen, austin, "Mira")
    expect(screen.get_by_test_id("home")).to_contain_text("Did you and Raj Patel meet?")
    look(screen, "intro-home-met")
    _read_the_bot(screen, austin, "Raj").get_by_role("button", name="It led to something").click()
    is_said(austin, met, "That is good news.")
    met.get_by_role("button", name="Add a word").click()
    dialog.get_by_label("What came of it?").fill("We are bidding the library together.")
    look(screen, "intro-word")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("We are bidding the library together.")
    dialog.get_by_role("button", name="Done").click()
    news = _read_the_bot(screen, austin, "Ana")
    expect(news).to_contain_text("It led to something, says Raj Patel.")
    expect(news).to_contain_text("We are bidding the library together.")
    look(screen, "intro-news")
    open_home(screen, austin, "Ana")
    expect(screen.get_by_test_id("home")).to_contain_text("2 people helped · 1 referral shared")


def test_of_three_one_says_not_now_and_home_shows_who_is_asked(screen: Page, austin: World) -> None:
    ana = person("ana", austin)
    ana.types("/intro <@U0RAJ> <@U0MIRA> <@U0BO> you all sail, and the regatta needs a crew of three", "C00000001")
    ana.clicks("Ask all three")
    asked = _read_the_bot(screen, austin, "Raj")
    expect(asked).to_contain_text("Three yeses open a group chat with Ana Torres.")
    asked.get_by_role("combobox").click()
    expect(screen.get_by_role("option")).to_have_text(["At capacity until a day", "Not to them", "No introductions"])
    screen.keyboard.press("Escape")
    asked.get_by_role("button", name="Not now").click()
    is_said(austin, asked, "When may I ask once more")
    look(screen, "three-not-now")
    asked.get_by_role("combobox").click()
    screen.get_by_role("option", name="In three days").click()
    is_said(austin, asked, "I ask you once more on Thu 5 Mar. Nobody is told.")
    open_home(screen, austin, "Ana")
    home = screen.get_by_test_id("home")
    expect(home).to_contain_text("Raj Patel, Mira Keller and Bo Lindqvist are being asked.")
    look(screen, "three-home-of-the-connector")

    open_home(screen, austin, "Bo")
    expect(home).to_contain_text("Ana Torres would like to introduce you to Raj Patel and Mira Keller")
    look(screen, "three-home-of-one")
    home.get_by_role("button", name="Answer: introduction to Raj").click()
    dialog = screen.get_by_role("dialog")
    look(screen, "three-answer")
    dialog.get_by_role("button", name="Yes").click()
    expect(dialog).to_contain_text("If Raj Patel and Mira Keller say yes too, your group chat opens.")
    dialog.get_by_role("button", name="Done").click()
    is_said(austin, home, "Nothing needs you today.")
    home.get_by_role("button", name="Change what introductions").click()
    look(screen, "intro-settings")
    dialog.get_by_label("Asks in 30 days, at most").fill("1")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("Saved.")
    dialog.get_by_role("button", name="Done").click()
    is_said(austin, home, "at most 1 ask in 30 days")

    person("mira", austin).clicks("Yes")
    wait(austin, days=3)
    asked = _read_the_bot(screen, austin, "Raj")
    expect(asked).to_contain_text("would like to introduce you to Mira Keller and Bo Lindqvist.")
    asked.get_by_role("button", name="Yes").click()
    is_said(austin, asked, "You all said yes.")
    expect(_read_the_chat(screen, "Raj")).to_contain_text("Ana Torres writes to you all:you all sail")
    look(screen, "three-chat")


def _read_the_bot(page: Page, world: World, name: str) -> Locator:
    """Opens somebody's messages from the bot, and returns the newest."""
    world.settle()
    act_as(page, name)
    open_tab(page, "Messages")
    return page.get_by_test_id("message").last


def _read_the_chat(page: Page, name: str) -> Locator:
    """Opens the group chat, and returns the newest message in it."""
    act_as(page, name)
    page.get_by_test_id("sidebar").get_by_text("Good Turn, Ana Torres").click()
    return page.get_by_test_id("message").last


def _type_intro(page: Page, *names: str) -> None:
    page.get_by_role("textbox", name="Message").click()
    page.keyboard.type("/intro ")
    for name in names:
        page.keyboard.type(f"@{name}")
        expect(page.get_by_role("listbox", name="Suggestions")).to_contain_text(name)
        page.keyboard.press("Enter")
    page.keyboard.type("you both fight for mass timber")
    page.keyboard.press("Enter")
