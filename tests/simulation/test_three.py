"""Three programs on one PostgreSQL, killed and replaced while people record: together they are as one.

`python -m tests.simulation --seeds 0 --together 60` runs an hour of it.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import postgres
from tests.simulation.killing import try_under_load
from tests.simulation.rolling import Shift

pytestmark = pytest.mark.postgres
MINUTES, GREEDY_MINUTES = 10, 2
GREEDY = ("-m", "tests.simulation.greedy")


def test_three_programs_of_which_none_stays_lose_nothing_and_double_nothing(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    shift = Shift(MINUTES)
    with postgres.running() as database:
        found = try_under_load(database, tmp_path, shift)
    figure(f"{shift}, PostgreSQL: {found}")
    assert found.is_good
    assert found.acknowledged > 50
    assert min(shift.killed, shift.replaced) > 1


def test_three_programs_that_ignore_each_others_claims_do_not_get_away_with_it(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    shift = Shift(GREEDY_MINUTES)
    with postgres.running() as database:
        found = try_under_load(database, tmp_path, shift, GREEDY)
    figure(f"the same with claims that are ignored, {GREEDY_MINUTES} minutes: {len(found.said_twice)} seen twice")
    assert found.said_twice
