"""Time that passes while people are away from the keyboard."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import GoodTurn
from handlers.fetching.feed_reading import FeedReader
from tests.cast import PLAZA
from tests.conftest import MovableClock
from tests.conversation import Person, World
from tests.features import introducing
from tests.features.feeding import Feeds, Sites, parse


@pytest.fixture
def until(world: World, clock: MovableClock) -> Callable[..., None]:
    """Lets time pass to a moment in Chicago, hour by hour, with everything said that comes due."""

    def pass_time(month: int, day: int, hour: int = 23, minute: int = 0, *, by: float = 1) -> None:
        end = datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("America/Chicago")).astimezone(UTC)
        while clock.now < end:
            clock.now = min(clock.now + timedelta(hours=by), end)
            world.settle()

    return pass_time


@pytest.fixture
def asked(alice: Person, bob: Person, carol: Person) -> None:
    """Alice has had Bob and Carol asked, on a Monday morning in Chicago."""
    introducing.ask(alice, "bob", "carol")


@pytest.fixture
def open_chat(asked: None, bob: Person, carol: Person) -> None:
    """Both have said yes."""
    bob.clicks("Yes")
    carol.clicks("Yes")


@pytest.fixture
def invited(alice: Person) -> None:
    """Alice has invited the bot to the plaza, on a Monday morning in Chicago."""
    alice.acts("invite", user=alice.state()["app"]["bot_user_id"], channel=PLAZA)


@pytest.fixture
def site(bot: GoodTurn, world: World, clock: MovableClock) -> Feeds:
    """Sites that answer as a test says, and what reads them."""
    sites = Sites()
    return Feeds(world, sites, FeedReader(bot.database, clock, sites.fetch, parse))
