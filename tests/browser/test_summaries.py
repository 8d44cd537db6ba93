"""The weekly summary as its channel sees it: asked about, shown as an example, told with names, chart and picture, and quiet."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import act_as, is_said, look, open_tab, person, picture, wait
from tests.conversation import World

pytestmark = pytest.mark.browser
GENERAL = "C00000002"
# Who gives what in a week, to whom: the weeks differ, so that there is something to see in the picture.
WEEKS = (
    ("ana: information @raj the airport RFP went out today",),
    (
        "ana: advice @mira ideas for the facade",
        "ana: advice @bo pricing the survey",
        "ana: @bo two evenings on the interview",
    ),
    ("ana: information @raj who decides about the library", "lena: introductions @mira the surveyor we had last year"),
)
FRIDAYS = [datetime(2026, 3, day, 16, tzinfo=ZoneInfo("America/Chicago")) for day in (6, 13, 20)]
THANKS = "Our bid went in with a day to spare, and the surveyor you named is on it."

IN_WORDS = (
    "Help by week, this week last. Timely information: 1, 0, 1. Introductions and referrals: 0, 0, 1. "
    "Ideas and advice: 0, 2, 0. Helping someone succeed: 0, 1, 0."
)


@pytest.fixture
def invited(austin: World) -> World:
    """Ana has invited the bot to #general, on a Monday morning."""
    ana = person("ana", austin)
    ana.acts("invite", user=ana.state()["app"]["bot_user_id"], channel=GENERAL)
    return austin


def test_whoever_invites_the_bot_says_when_and_sees_an_example(screen: Page, invited: World) -> None:
    act_as(screen, "Ana")
    open_tab(screen, "Messages")
    asked = screen.get_by_test_id("message").last
    expect(asked).to_contain_text("Thank you for inviting me to #general.")
    expect(asked).to_contain_text("Until you choose: Fridays at 4:00 PM, Chicago.")
    look(screen, "summary-offer", asked)
    asked.get_by_role("button", name="See an example").click()
    dialog = screen.get_by_role("dialog")
    expect(dialog).to_contain_text("An example: these people and numbers are made up.")
    look(screen, "summary-example", dialog)
    dialog.get_by_role("button", name="Close").last.click()
    asked.get_by_role("button", name="Save").click()
    is_said(invited, asked, "#general has its summary on Fridays at 4:00 PM, Chicago.")
    look(screen, "summary-kept", asked)


def test_the_channel_reads_who_was_helped_with_a_chart_and_a_picture(screen: Page, invited: World) -> None:
    for week, friday in zip(WEEKS[:-1], FRIDAYS, strict=False):
        _help(invited, week)
        _wait_until(invited, friday)
        wait(invited, days=3)  # to Monday
    _help(invited, WEEKS[-1])
    wait(invited, minutes=1)
    _preview(screen)
    _wait_until(invited, FRIDAYS[-1])
    act_as(screen, "Raj")
    screen.get_by_test_id("sidebar").get_by_text("general", exact=True).click()
    posted = screen.get_by_test_id("message").filter(has_text="2 people were helped in #general this week.").last
    for text in (
        "Raj Patel says:", THANKS, "a first good turn from Lena Okafor", "Named: only help both sides agreed on.",
        "Help this week by kind: timely information 1, introduction or referral 1.", "One thing to do:", "Set up by Ana Torres.",
    ):  # fmt: skip
        expect(posted).to_contain_text(text)
    chart = posted.get_by_role("img").first
    expect(chart).to_be_visible()
    expect(screen.get_by_test_id("message").last).to_contain_text("The last 3 weeks in a picture")
    drawn = screen.get_by_role("img", name="Help by week").last
    expect(drawn).to_have_attribute("alt", IN_WORDS)
    posted.scroll_into_view_if_needed()
    look(screen, "summary", posted)
    screen.set_viewport_size({"width": 1200, "height": 1180})
    picture(screen, "weekly-summary")
    look(screen, "summary-whole", posted, high=1700)


def test_a_quiet_week_is_said_kindly_and_the_first_week_too(screen: Page, invited: World) -> None:
    _help(invited, WEEKS[1])
    _wait_until(invited, FRIDAYS[0])
    act_as(screen, "Bo")
    screen.get_by_test_id("sidebar").get_by_text("general", exact=True).click()
    first = _message(screen, "2 people were helped in #general in the first week.")
    expect(first).to_contain_text("helped someone? /give. Were you helped? /thanks.")
    look(screen, "summary-first", first)
    _wait_until(invited, FRIDAYS[1])
    quiet = _message(screen, "A quiet week in #general, and that is fine.")
    expect(quiet).to_contain_text("If someone helped you lately, /thanks lets them know.")
    look(screen, "summary-quiet", quiet)


def _help(world: World, week: tuple[str, ...]) -> None:
    """Has people give; Raj thanks with a word, the others plainly."""
    for said in week:
        giver, _, words = said.partition(": ")
        name = words.partition("@")[2].partition(" ")[0]
        person(giver, world).types(f"/give {words.replace(f'@{name}', f'<@U0{name.upper()}>')}", GENERAL)
        helped = person(name, world)
        helped.clicks("Thanks, it helped")
        if name == "raj":
            helped.clicks("Add a word")
            helped.fills("Your word of thanks", THANKS).submits()


def _wait_until(world: World, moment: datetime) -> None:
    """Lets time pass, and the picture be sent after the summary."""
    wait(world, seconds=(moment - world.now.now).total_seconds())
    wait(world, minutes=2)


def _preview(screen: Page) -> None:
    act_as(screen, "Mira")
    screen.get_by_test_id("sidebar").get_by_text("general", exact=True).click()
    box = screen.get_by_role("textbox", name="Message")
    box.fill("/network preview")
    box.press("Escape")
    box.press("Enter")
    shown = screen.get_by_test_id("message").last
    expect(shown).to_contain_text("2 people were helped in #general this week.")
    expect(shown).to_contain_text("Only you see this. Due Fri 20 Mar, 5:00 PM EDT.")
    look(screen, "summary-preview", shown)


def _message(screen: Page, text: str) -> Locator:
    message = screen.get_by_test_id("message").filter(has_text=text).last
    expect(message).to_be_visible()
    return message
