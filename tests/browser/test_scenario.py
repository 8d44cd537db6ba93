"""The README's first minute, in a real browser: Ana gives, Raj thanks, Home counts; `make screenshots` keeps the pictures."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import act_as, look, open_tab, picture
from tests.conversation import Person, World

pytestmark = pytest.mark.browser


def test_ana_gives_raj_thanks_and_home_counts(page: Page) -> None:
    act_as(page, "Ana")
    _type_give(page)
    answer = page.get_by_test_id("message").last
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("Recorded for Raj")
    expect(answer.get_by_role("button", name="Undo")).to_be_visible()
    expect(answer.get_by_role("button", name="Edit")).to_be_visible()
    picture(page, "give")

    act_as(page, "Raj")
    open_tab(page, "Messages")
    quiet = page.get_by_test_id("message").last
    expect(quiet).to_contain_text("recorded a good turn for you")
    for label in ("Thanks, it helped", "Fix it", "Remove it"):
        expect(quiet.get_by_role("button", name=label)).to_be_visible()
    picture(page, "quiet-message")
    quiet.get_by_role("button", name="Thanks, it helped").click()
    expect(quiet).to_contain_text("You thanked Ana")

    act_as(page, "Ana")
    open_tab(page, "Home")
    expect(page.get_by_test_id("home")).to_contain_text("1 person helped")
    expect(page.get_by_test_id("home")).to_contain_text("(thanked)")
    picture(page, "home")


def test_the_form_shows_a_mistake_under_its_field(page: Page) -> None:
    act_as(page, "Ana")
    page.get_by_role("textbox", name="Message").fill("/give")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Record a good turn")
    dialog.get_by_label("What happened?").fill("a tour of the site")
    dialog.get_by_role("button", name="Record it").click()
    expect(dialog).to_contain_text("Pick a person, or write Name (Company)")
    picture(page, "form")


def test_a_question_is_asked_before_something_is_removed(page: Page) -> None:
    act_as(page, "Ana")
    _type_give(page)
    act_as(page, "Raj")
    open_tab(page, "Messages")
    quiet = page.get_by_test_id("message").last
    quiet.get_by_role("button", name="Remove it").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("Remove this one for good?")
    asked.get_by_role("button", name="Keep it").click()
    expect(quiet.get_by_role("button", name="Remove it")).to_be_visible()
    quiet.get_by_role("button", name="Remove it").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove it").click()
    expect(quiet).to_contain_text("Removed.")


def test_things_are_broken_on_purpose_and_mended_again(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 760})
    page.get_by_test_id("faults-toggle").click()
    panel = page.get_by_test_id("faults")
    expect(panel).to_contain_text("Nothing goes wrong on purpose.")
    on = page.get_by_test_id("faults-on").get_by_role("listitem")
    panel.get_by_role("switch", name="It arrives twice at once").check()
    expect(on).to_have_count(1)
    panel.get_by_label("How often").select_option("Until switched off")
    panel.get_by_role("switch", name="No answer comes. Nothing is done.").check()
    expect(on).to_have_count(2)
    expect(on.first).to_contain_text("anything · once more")
    expect(on.last).to_contain_text("chat.postMessage · until switched off")
    expect(page.get_by_role("button", name="Faults: 2 on")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    panel.get_by_role("button", name="Close: Faults").click()

    _type_give(page)
    page.get_by_role("button", name="Faults: 1 on").click()
    expect(on).to_have_count(1)
    expect(panel.get_by_role("switch", name="It arrives twice at once")).not_to_be_checked()
    panel.get_by_role("button", name="Switch off: No answer comes").click()
    expect(panel).to_contain_text("Nothing goes wrong on purpose.")
    page.get_by_test_id("traffic-toggle").click()
    expect(panel).to_be_hidden()
    expect(page.get_by_test_id("traffic")).to_contain_text("on purpose: twice")


@pytest.mark.parametrize(("name", "width", "scheme"), [("dark", 1200, "dark"), ("phone", 390, "light")])
def test_nothing_is_cut_off_in_the_dark_or_on_a_phone(page: Page, name: str, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 760})
    _type_give(page)
    expect(page.get_by_test_id("message").last).to_contain_text("Recorded for Raj")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    picture(page, name)


def test_home_asks_about_a_message_that_slack_did_not_confirm(
    browser: Browser, world: World, alice: Person, bob: Person
) -> None:
    world.ask("manage", {"do": "fault", "what": "http_500_delivered", "on": "chat.postMessage"})
    world.ask("manage", {"do": "fault", "what": "history_refused", "times": None})
    alice.types("/give @bob the airport RFP went out today")
    bob.opens_home()
    for _ in range(15):
        world.now.move(minutes=1)
        world.settle()
    page = browser.new_page(viewport={"width": 1200, "height": 760})
    page.goto(world.url)
    act_as(page, "Bob")
    open_tab(page, "Home")
    home = page.get_by_test_id("home")
    expect(home).to_contain_text("Slack did not confirm my message to you about a good turn")
    look(page, "unconfirmed")
    home.get_by_role("button", name="It is there").click()
    expect(page.get_by_role("dialog")).to_contain_text("It is not posted again.")
    world.settle()
    expect(home).not_to_contain_text("Slack did not confirm")
    page.close()


def _type_give(page: Page) -> None:
    page.get_by_role("textbox", name="Message").click()
    page.keyboard.type("/give @Raj")
    expect(page.get_by_role("listbox", name="Suggestions")).to_contain_text("Raj")
    page.keyboard.press("Enter")
    page.keyboard.type("the airport RFP went out today")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("message").last).to_contain_text("Recorded for Raj")
