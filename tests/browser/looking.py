"""What a test does on the page, and the pictures it keeps."""

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.conversation import Person, World

LOOKS = 50
# What reaches over the right or the left edge of the column it stands in, by its words; what scrolls by itself may.
STICKING_OUT = """column => {
  const {left, right} = column.getBoundingClientRect();
  return [...column.querySelectorAll("*")].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && !one.closest("svg, pre, .unseen") && (box.right > right + 1 || box.left < left - 1);
  }).map(one => `${one.tagName}.${one.className}: ${one.textContent}`);
}"""
PICTURES = os.environ.get("SAVE_SCREENSHOTS")


def act_as(page: Page, name: str) -> None:
    """Acts as somebody else from now on."""
    page.get_by_test_id("acting-as").click()
    page.get_by_role("menuitemradio", name=re.compile(name)).click()
    expect(page.get_by_test_id("acting-as")).to_contain_text(name)


def open_tab(page: Page, name: str) -> None:
    """Opens a tab of the bot's conversation."""
    page.get_by_test_id("sidebar").get_by_text("Good Turn", exact=True).click()
    page.get_by_role("tab", name=name).click()


def picture(page: Page, name: str) -> None:
    """Keeps a picture of the page, where pictures are wanted."""
    if PICTURES:
        kept = Path(PICTURES) / f"{name}.png"
        kept.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=kept)


def look(page: Page, name: str, column: Locator | None = None, *, high: int = 760) -> None:
    """Looks at the page in light and dark, wide and on a phone: nothing may stick out, neither of it nor of a column in it."""
    for width, scheme in ((1200, "light"), (1200, "dark"), (390, "light"), (390, "dark")):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": high})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if column is not None:
            assert column.evaluate(STICKING_OUT) == []
        picture(page, f"looks/{name}-{width}-{scheme}")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1200, "height": 760})


def person(name: str, world: World) -> Person:
    """Returns one of the page's own cast."""
    return Person(world, name, f"U0{name.upper()}")


def open_home(page: Page, world: World, name: str) -> None:
    """Opens somebody's Home."""
    person(name.lower(), world).opens_home()
    act_as(page, name)
    open_tab(page, "Home")


def wait(world: World, **time: float) -> None:
    """Lets time pass, and what comes due be said."""
    world.now.move(**time)
    world.settle()


def is_said(world: World, place: Locator, text: str) -> None:
    """Lets the sender say what is due until a place shows a text: the page presses in its own time."""
    for _ in range(LOOKS - 1):
        world.settle()
        if text in str(place.text_content()):
            return
        place.page.wait_for_timeout(100)
    expect(place).to_contain_text(text)
