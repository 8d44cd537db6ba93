"""What a test does on the page, and the pictures it keeps."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

PICTURES = os.environ.get("SAVE_SCREENSHOTS")


def act_as(page: Page, name: str) -> None:
    """Acts as somebody else from now on."""
    page.get_by_test_id("acting-as").click()
    page.get_by_role("menuitemradio", name=re.compile(name)).click()
    expect(page.get_by_test_id("acting-as")).to_contain_text(name)


def open_tab(page: Page, name: str) -> None:
    """Opens a tab of the bot's conversation."""
    page.get_by_role("tab", name=name).click()


def picture(page: Page, name: str) -> None:
    """Keeps a picture of the page, where pictures are wanted."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def look(page: Page, name: str) -> None:
    """Looks at the page in light and dark, wide and on a phone: nothing may stick out."""
    for width, scheme in ((1200, "light"), (1200, "dark"), (390, "light"), (390, "dark")):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 760})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        picture(page, f"{name}-{width}-{scheme}")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1200, "height": 760})
