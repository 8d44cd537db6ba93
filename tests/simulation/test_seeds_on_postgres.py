"""The same weeks of bad weather on PostgreSQL."""

from collections.abc import Callable

import pytest

from tests.simulation import runs

SEEDS = 12


@pytest.mark.postgres
def test_nothing_is_lost_and_nothing_is_doubled(figure: Callable[[str], None]) -> None:
    with runs.on_postgres() as fresh:
        totals = runs.run_all(range(SEEDS), fresh)
    figure(f"simulation on PostgreSQL: {totals}")
    assert totals.bad == []
    assert totals.seen > 20 * SEEDS
