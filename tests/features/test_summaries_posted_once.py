"""A week's summary is posted once: over changes of the clocks, a program that starts at that very minute, and two of them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

import app
from app import GoodTurn
from config import Settings
from tests.cast import PLAZA
from tests.conftest import AtOnce, MovableClock
from tests.conversation import Person, World
from tests.features.introducing import Until
from tests.features.summing_up import help_each_other, summaries

FRIDAY_AT_FOUR = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)


@pytest.fixture
def another(bot: GoodTurn, slack_url: str, clock: MovableClock) -> Iterator[Callable[[], GoodTurn]]:
    """Starts the program once more, on the same database."""
    started: list[GoodTurn] = []

    def start() -> GoodTurn:
        settings = Settings(
            slack_bot_token="xoxb-playground",
            slack_signing_secret="playground-secret",
            slack_api_url=f"{slack_url}/api/",
            database_url=bot.database.url.render_as_string(hide_password=False),
            transport="http",
        )
        started.append(app.assemble(settings, clock, AtOnce()))
        return started[-1]

    yield start
    for one in started:
        one.database.close()


@pytest.mark.parametrize(
    ("begins", "wall", "ends"),
    [
        ((3, 2), "02:30", ((3, 9), (3, 16))),  # on 8 March there is no half past two
        ((10, 26), "01:30", ((11, 2), (11, 9))),  # on 1 November it is half past one twice
    ],
)
def test_the_clocks_change_and_each_week_is_told_once(
    world: World, clock: MovableClock, alice: Person, bob: Person, until: Until,
    begins: tuple[int, int], wall: str, ends: tuple[tuple[int, int], ...],
) -> None:  # fmt: skip
    clock.now = datetime(2026, *begins, 15, 0, tzinfo=UTC)
    alice.acts("invite", user=alice.state()["app"]["bot_user_id"], channel=PLAZA)
    alice.opens_home()
    alice.clicks("Change", near=PLAZA)
    alice.fills("Day", "Sunday").fills("Time", wall).submits()
    alice.closes()
    for number, (month, day) in enumerate(ends, start=1):
        help_each_other(alice, bob)
        until(month, day, by=0.25)
        assert len(summaries(alice)) == number


def test_a_program_that_starts_at_the_minute_posts_it_and_the_next_start_does_not(
    invited: None, world: World, clock: MovableClock, alice: Person, bob: Person, until: Until,
    another: Callable[[], GoodTurn],
) -> None:  # fmt: skip
    help_each_other(alice, bob)
    until(3, 6, 15, 59)
    assert summaries(alice) == []
    clock.now = FRIDAY_AT_FOUR
    for _ in range(3):
        world.sender = another().sender
        world.settle()
        assert len(summaries(alice)) == 1
    until(3, 7, 12)
    assert len(summaries(alice)) == 1


def test_two_programs_at_the_minute_post_it_once(
    invited: None, world: World, clock: MovableClock, alice: Person, bob: Person, until: Until,
    another: Callable[[], GoodTurn],
) -> None:  # fmt: skip
    help_each_other(alice, bob)
    until(3, 6, 15, 59)
    clock.now = FRIDAY_AT_FOUR
    with ThreadPoolExecutor(3) as at_once:
        for sending in [at_once.submit(another().sender.send_due) for _ in range(3)]:
            sending.result(timeout=30)
    until(3, 6, 16, 5)  # who finds the picture before its summary is there looks again in a minute
    assert len(summaries(alice)) == 1
    assert len([file for one in alice.messages(PLAZA) for file in one.get("files", [])]) == 1


def test_after_three_days_down_it_is_not_posted_and_its_owner_reads_so_once(
    invited: None, world: World, clock: MovableClock, alice: Person, bob: Person, until: Until,
    another: Callable[[], GoodTurn],
) -> None:  # fmt: skip
    help_each_other(alice, bob)
    until(3, 6, 12)
    clock.move(days=3)
    world.sender = another().sender
    world.settle()
    clock.move(days=1)
    world.sender = another().sender
    world.settle()
    assert summaries(alice) == []
    assert sum("was not posted" in one["text"] for one in alice.from_the_bot_by_dm()) == 1
    assert all("was not posted" not in one["text"] for one in bob.from_the_bot_by_dm())
