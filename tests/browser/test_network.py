"""What `/network` tells a member, whom it suggests, and why giving pays; and the weekly report for admins, as people see them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from bot.network import meeting
from tests.browser.looking import act_as, is_said, look, open_home, open_tab, person, picture, wait
from tests.conversation import World

pytestmark = pytest.mark.browser
CHAPTER = "C00000001"
MONDAY = datetime(2026, 3, 9, 9, tzinfo=ZoneInfo("America/Chicago"))
# Who helps whom: Raj knows nearly everybody, and Ana knows him.
HELP = (
    ("ana", "raj"), ("raj", "mira"), ("mira", "raj"), ("raj", "bo"), ("ana", "lena"), ("lena", "ana"), ("bo", "kim"),
    ("kim", "bo"), ("kim", "mira"),
)  # fmt: skip


@pytest.fixture
def helped(austin: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Six people have helped each other, and a workspace of six is large enough to suggest from."""
    monkeypatch.setattr(meeting, "LEAST_PEOPLE", 3)
    monkeypatch.setattr(meeting, "LEAST_ACTS", 2)
    for number, (giver, receiver) in enumerate(HELP):
        what = f"a tour of site {number}"
        person(giver, austin).types(f"/give <@U0{receiver.upper()}> {what}", CHAPTER)
        person(receiver, austin).clicks("Thanks, it helped", near=what)
    return austin


def test_network_has_ones_numbers_people_to_meet_and_why_giving_pays(screen: Page, helped: World) -> None:
    act_as(screen, "Ana")
    screen.get_by_test_id("sidebar").get_by_text("austin-chapter", exact=True).click()
    box = screen.get_by_role("textbox", name="Message")
    box.fill("/network")
    box.press("Escape")
    box.press("Enter")
    answer = screen.get_by_test_id("message").last
    for text in ("My month: 2 people helped", "My network: 2 ties, 2 new this month.", "Too early to call a trend.",
                 "in common;", "Only you see this."):  # fmt: skip
        expect(answer).to_contain_text(text)
    answer.scroll_into_view_if_needed()
    look(screen, "network-told", answer)
    look(screen, "network-told-whole", answer, high=1300)
    screen.set_viewport_size({"width": 1200, "height": 900})
    picture(screen, "network-in-words")
    answer.get_by_role("button", name="Ask Raj Patel to introduce you").first.click()
    dialog = screen.get_by_role("dialog")
    expect(dialog).to_contain_text("would like to meet")
    look(screen, "network-ask", dialog)
    dialog.get_by_role("button", name="Send to Raj Patel").click()
    expect(dialog).to_contain_text("Sent to Raj Patel.")
    dialog.get_by_role("button", name="Done").click()
    answer.get_by_role("button", name="Why giving pays here").click()
    why = screen.get_by_test_id("message").last
    expect(why).to_contain_text("not a forecast")
    look(screen, "network-why", why)
    act_as(screen, "Raj")
    open_tab(screen, "Messages")
    asked = screen.get_by_test_id("message").last
    is_said(helped, asked, "Ana Torres would like to meet")
    look(screen, "network-asked", asked)


def test_an_admin_turns_the_report_on_sees_it_at_once_and_gets_it_on_monday(screen: Page, helped: World) -> None:
    open_home(screen, helped, "Ana")
    home = screen.get_by_test_id("home")
    line = home.get_by_text("Weekly report: off")
    line.scroll_into_view_if_needed()
    look(screen, "report-off", home)
    home.get_by_role("button", name="Send the weekly report now").click()
    dialog = screen.get_by_role("dialog")
    expect(dialog).to_contain_text("On its way to our conversation.")
    dialog.get_by_role("button", name="Close").last.click()
    open_tab(screen, "Messages")
    sent = screen.get_by_test_id("message").last
    is_said(helped, sent, "The last seven days: 6 people gave 9 good turns.")
    look(screen, "report-now", sent)
    open_tab(screen, "Home")
    home.get_by_role("button", name="Turn the weekly report on").click()
    expect(dialog).to_contain_text("The next one comes Mon 9 Mar, 9:00 AM CDT.")
    look(screen, "report-on", dialog)
    dialog.get_by_role("button", name="Close").last.click()
    wait(helped, seconds=(MONDAY - helped.now.now).total_seconds())
    wait(helped, minutes=1)
    open_tab(screen, "Messages")
    report = screen.get_by_test_id("message").last
    is_said(helped, report, "Mon 2 Mar to Sun 8 Mar: 6 people gave 9 good turns.")
    expect(report).to_contain_text("New ties: 6 in 4 weeks")
    look(screen, "report", report)
