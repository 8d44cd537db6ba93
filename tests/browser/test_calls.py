"""A call to return as people see it: asked for its time, noted, reminded of, on Home and in its form."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import act_as, is_said, look, open_tab
from tests.conversation import Person, World

pytestmark = pytest.mark.browser


def test_a_call_is_asked_about_noted_reminded_of_and_returned(browser: Browser, world: World, alice: Person) -> None:
    alice.types("/callback @bob 2026-03-20 at 11:00 to send the bid list")
    page = browser.new_page(viewport={"width": 1200, "height": 760})
    page.goto(world.url)
    act_as(page, "Alice")
    _type(page, "/callback Jane Doe (Acme) about the RFP")
    asked = page.get_by_test_id("message").last
    expect(asked).to_contain_text("When should I remind you to call Jane Doe (Acme)?")
    look(page, "call-asked")
    asked.locator("input[type=date]").fill("2026-03-04")
    asked.locator("input[type=time]").fill("15:00")
    asked.get_by_role("button", name="Save").click()
    expect(page.get_by_test_id("message").last).to_contain_text("Wed 4 Mar, 3:00 PM CST, about the RFP")
    look(page, "call-noted")
    page.get_by_role("button", name="Change").last.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Change this call")
    dialog.get_by_label("A note to yourself").fill("asked for our bid list")
    look(page, "call-form")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("asked for our bid list")
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_be_hidden()
    _type(page, "/callback")
    expect(page.get_by_test_id("message").last).to_contain_text("2 calls to return.")
    look(page, "call-list")

    world.now.move(days=2, hours=6)
    world.settle()
    open_tab(page, "Messages")
    reminder = page.get_by_test_id("message").last
    expect(reminder).to_contain_text("Call Jane Doe (Acme) about the RFP. Noted Mon 2 Mar:")
    look(page, "call-reminder")
    open_tab(page, "Home")
    alice.opens_home()
    home = page.get_by_test_id("home")
    expect(home).to_contain_text("Call Jane Doe (Acme), today 3:00 PM, about the RFP")
    look(page, "call-home")
    open_tab(page, "Messages")
    reminder.get_by_role("button", name="Called back").click()
    is_said(world, reminder, "Called back: Jane Doe (Acme). 1 call returned this month.")
    look(page, "call-returned")
    page.close()


def _type(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message")  # a form that closes hands the keyboard back to what opened it
    box.fill(text)
    box.press("Escape")
    box.press("Enter")
