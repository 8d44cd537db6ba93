"""The program ends at each of its steps in turn: while acts, calls and notices are under way, and all through an introduction."""

from collections.abc import Callable

import pytest

from tests.simulation import runs
from tests.simulation.runs import INTRODUCED, SHORT, Shape, Totals


@pytest.mark.parametrize(
    ("what", "number", "shape"),
    [
        ("acts, calls and notices", 7, SHORT),
        ("an introduction that led to something", 32, INTRODUCED),
        ("an introduction that was taken back", 28, INTRODUCED),
    ],
)
def test_the_program_may_end_at_each_of_its_steps(
    figure: Callable[[str], None], what: str, number: int, shape: Shape
) -> None:
    with runs.on_sqlite() as fresh:
        totals = Totals()
        verdict, world = runs.run(number, fresh(), shape)
        assert verdict.is_good
        steps = world.dangers.steps
        assert steps > 30
        for step in range(1, steps + 1):
            database = fresh()
            totals.add(step, *runs.run(number, database, shape, kill_at=step))
            database.close()
    figure(f"{what}, ended at each of {steps} steps in turn: {totals}")
    assert totals.bad == []
    assert totals.deaths == steps
