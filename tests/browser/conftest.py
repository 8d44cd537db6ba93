"""A real browser, and a page of it on the playground with the program beside it."""

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from playground.seed import AUSTIN
from tests.conversation import World
from tests.test_program import running

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")  # no longer: its event loop stands in the way of every other on this thread
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


@pytest.fixture
def austin(world: World) -> World:
    """The page's own cast, on a Monday at nine."""
    world.ask("manage", {"do": "reset", "cast": AUSTIN})
    world.ask("manage", {"do": "deliver", "url": world.bot_url})
    return world


@pytest.fixture
def screen(browser: Browser, austin: World) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1200, "height": 760}, reduced_motion="reduce")
    page.set_default_timeout(5000)
    page.goto(austin.url)
    page.get_by_test_id("welcome").get_by_role("button").last.click()
    yield page
    page.close()
