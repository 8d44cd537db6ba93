"""The README's first minute, in a real browser: Ana gives, Raj thanks, Home counts; `make screenshots` keeps the pictures."""

import os
import re
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from playground.seed import AUSTIN
from tests.conversation import Person, World
from tests.test_program import running

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PICTURES = os.environ.get("SAVE_SCREENSHOTS")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM WAS FOUND: nothing that people see was looked at. Install Debian's chromium.")
    with warnings.catch_warnings(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, slack: World, tmp_path: Path) -> Iterator[Page]:
    slack.ask("manage", {"do": "reset", "cast": AUSTIN})
    with running(slack, tmp_path, as_whom="U0ANA"):
        page = browser.new_page(viewport={"width": 1200, "height": 760})
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.on(
            "request", lambda request: faults.append(request.url) if not request.url.startswith(slack.url) else None
        )
        page.goto(slack.url)
        expect(page.get_by_test_id("connection")).to_contain_text("is connected")
        yield page
        page.close()
        assert faults == []


def test_ana_gives_raj_thanks_and_home_counts(page: Page) -> None:
    _act_as(page, "Ana")
    _type_give(page)
    answer = page.get_by_test_id("message").last
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("Recorded for Raj")
    expect(answer.get_by_role("button", name="Undo")).to_be_visible()
    expect(answer.get_by_role("button", name="Edit")).to_be_visible()
    _picture(page, "give")

    _act_as(page, "Raj")
    page.get_by_test_id("sidebar").get_by_text("Good Turn", exact=True).click()
    _open_tab(page, "Messages")
    quiet = page.get_by_test_id("message").last
    expect(quiet).to_contain_text("recorded a good turn for you")
    for label in ("Thanks, it helped", "Fix it", "Remove it"):
        expect(quiet.get_by_role("button", name=label)).to_be_visible()
    _picture(page, "quiet-message")
    quiet.get_by_role("button", name="Thanks, it helped").click()
    expect(quiet).to_contain_text("You thanked Ana")

    _act_as(page, "Ana")
    page.get_by_test_id("sidebar").get_by_text("Good Turn", exact=True).click()
    _open_tab(page, "Home")
    expect(page.get_by_test_id("home")).to_contain_text("1 person helped")
    expect(page.get_by_test_id("home")).to_contain_text("(thanked)")
    _picture(page, "home")


def test_the_form_shows_a_mistake_under_its_field(page: Page) -> None:
    _act_as(page, "Ana")
    page.get_by_role("textbox", name="Message").fill("/give")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Record a good turn")
    dialog.get_by_label("What happened?").fill("a tour of the site")
    dialog.get_by_role("button", name="Record it").click()
    expect(dialog).to_contain_text("Pick a person, or write Name (Company)")
    _picture(page, "form")


def test_a_question_is_asked_before_something_is_removed(page: Page) -> None:
    _act_as(page, "Ana")
    _type_give(page)
    _act_as(page, "Raj")
    page.get_by_test_id("sidebar").get_by_text("Good Turn", exact=True).click()
    _open_tab(page, "Messages")
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
    panel.get_by_role("switch", name="It arrives twice at once").check()
    panel.get_by_label("How often").select_option("Until switched off")
    panel.get_by_role("switch", name="No answer comes. Nothing is done.").check()
    on = page.get_by_test_id("faults-on").get_by_role("listitem")
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
    _picture(page, name)


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
    _act_as(page, "Bob")
    page.get_by_test_id("sidebar").get_by_text("Good Turn", exact=True).click()
    _open_tab(page, "Home")
    home = page.get_by_test_id("home")
    expect(home).to_contain_text("Slack did not confirm my message to you about a good turn")
    for width, scheme in ((1200, "light"), (1200, "dark"), (390, "light"), (390, "dark")):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 760})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        _picture(page, f"unconfirmed-{width}-{scheme}")
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


def _act_as(page: Page, name: str) -> None:
    page.get_by_test_id("acting-as").click()
    page.get_by_role("menuitemradio", name=re.compile(name)).click()
    expect(page.get_by_test_id("acting-as")).to_contain_text(name)


def _open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def _picture(page: Page, name: str) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}.png")
