"""The program in each test's own database, in the time that stands until it is moved."""

import asyncio
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from handlers.serving.transport import Intake, Server, http_app
from tests.conftest import MONDAY_MORNING, AtOnce, MovableClock
from tests.conversation import World
from tests.installing.offices import Office, free_port, settings, two_workspaces


@pytest.fixture
def allowed() -> str:
    """Who may install it: anyone."""
    return ""


@pytest.fixture
def office(
    slack_url: str, clock: MovableClock, empty_database: Path, tmp_path: Path, patience: None, allowed: str
) -> Iterator[Office]:
    clock.now = MONDAY_MORNING
    file, port = tmp_path / "good_turn.db", free_port()
    shutil.copy(empty_database, file)
    url = f"http://127.0.0.1:{port}"
    given = settings(slack_url, f"sqlite:///{file}", url, allowed_workspaces=allowed)
    bot = app.assemble(given, clock, AtOnce(), checks_token=True)
    intake = Intake(bot.bolt, clock, None, None, bot.metrics)  # type: ignore[arg-type] # the event loop's own threads
    server = Server(http_app(intake, pages=bot.pages), "127.0.0.1", port)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started:
        threading.Event().wait(0.005)
    world = World(slack_url, f"{url}/slack/events", bot.sender, clock)
    world.ask("manage", {"do": "reset", "cast": two_workspaces()})
    world.ask("manage", {"do": "deliver", "url": world.bot_url})
    yield Office(bot, world, url)
    server.should_exit = True
    thread.join()
    bot.database.close()
