"""Weeks of bad weather on SQLite: two processes that pause, overlap and end at any step, and a Slack that fails in every way.

`make simulate SEEDS=1000` runs the long form.
"""

from collections.abc import Callable, Iterator

import pytest

from tests.simulation import naive, runs
from tests.simulation.world import SenderOf

# In the last one a process once fell asleep in the middle of a transaction, and the others could not write.
SEEDS = (*range(11), 48)
NAIVE_SEEDS = 3


@pytest.fixture(scope="module")
def fresh() -> Iterator[runs.Fresh]:
    with runs.on_sqlite() as given:
        yield given


def test_nothing_is_lost_and_nothing_is_doubled(fresh: runs.Fresh, figure: Callable[[str], None]) -> None:
    totals = runs.run_all(SEEDS, fresh)
    figure(f"simulation on SQLite: {totals}")
    assert totals.bad == []
    assert totals.seen > 20 * len(SEEDS)
    assert totals.deaths > len(SEEDS)


@pytest.mark.parametrize(("sender_of", "harm"), [(naive.sends_then_marks, "doubled"), (naive.marks_then_sends, "lost")])
def test_a_naive_design_does_not_get_away_with_it(
    fresh: runs.Fresh, figure: Callable[[str], None], sender_of: SenderOf, harm: str
) -> None:
    totals = runs.run_all(range(NAIVE_SEEDS), fresh, sender_of)
    figure(f"the same with {sender_of.__name__}: {totals.faults[harm]} {harm} in {NAIVE_SEEDS} seeds")
    assert totals.faults[harm] > NAIVE_SEEDS
