"""Installing the app in a real browser: the button, Slack's question, and where it ends; light, dark and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import picture
from tests.installing.conftest import allowed as allowed
from tests.installing.conftest import office as office
from tests.installing.offices import ORG, Office

pytestmark = pytest.mark.browser

WAYS = [("light", 1200), ("dark", 1200), ("light", 390), ("dark", 390)]


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]} {way[1]}")
def looking(request: pytest.FixtureRequest, browser: Browser, office: Office) -> Iterator[tuple[Page, str]]:
    scheme, width = request.param
    page = browser.new_page(viewport={"width": width, "height": 760}, color_scheme=scheme)
    page.set_default_timeout(5000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda line: faults.append(line.text) if line.type == "error" and "status of" not in line.text else None,
    )
    yield page, f"{scheme}-{width}"
    page.close()
    assert faults == []


def look(page: Page, name: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(CONTRAST) >= 4.5, name
    picture(page, f"looks/{name}")


# How far what is written stands out from what it is written on, at the worst: 4.5 is what can be read by most.
CONTRAST = """() => {
  const light = color => {
    const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map(one => one / 255)
      .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const under = one => {
    const color = getComputedStyle(one).backgroundColor;
    return color === "rgba(0, 0, 0, 0)" ? under(one.parentElement) : color;
  };
  return Math.min(...[...document.querySelectorAll("h1, p, li, code, a, strong")].map(one => {
    const [dark, bright] = [light(getComputedStyle(one).color), light(under(one))].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  }));
}"""


def test_from_the_button_to_slack_and_back(looking: tuple[Page, str], office: Office) -> None:
    page, name = looking
    page.goto(f"{office.url}/slack/install")
    expect(page.get_by_role("heading")).to_contain_text("Good Turn keeps note of the help people give each other.")
    look(page, f"install-{name}")
    page.get_by_role("link", name="Add to Slack").click()
    page.get_by_role("button", name="Allow: Austin Builders").click()
    expect(page.get_by_role("heading")).to_have_text("Good Turn is in Austin Builders now.")
    expect(page.get_by_role("link", name="Open Slack")).to_be_visible()
    look(page, f"installed-{name}")
    page.reload()  # with the same code and state
    expect(page.get_by_role("heading")).to_have_text("It is too late for this one.")
    page.get_by_role("link", name="Begin once more").click()
    page.get_by_role("link", name="Add to Slack").click()
    page.get_by_role("button", name="Cancel: Stockholm Builders").click()
    expect(page.get_by_role("heading")).to_have_text("You did not add it.")
    look(page, f"not-installed-{name}")


def test_of_a_whole_organization(looking: tuple[Page, str], office: Office) -> None:
    page, name = looking
    office.manages("org", id=ORG, teams=["T1", "T2"])
    page.goto(f"{office.url}/slack/install")
    page.get_by_role("link", name="Add to Slack").click()
    page.get_by_role("button", name="Allow: all of E1").click()
    expect(page.get_by_role("heading")).to_have_text("Good Turn is in Organization E1 now.")
    look(page, f"installed-org-{name}")
    page.goto(f"{office.url}/slack/oauth_redirect?error={'a_reason_that_nobody_knows_' * 3}")
    expect(page.get_by_role("heading")).to_have_text("Slack did not add it.")
    look(page, f"unknown-{name}")
