"""The program ends at steps of it in turn: while acts, calls and notices are under way, all through introductions and asks.

Here at every third; `make simulate` ends it at each.
"""

from collections.abc import Callable

import pytest

from tests.simulation import runs
from tests.simulation.stepping import STORIES, end_at_steps

EVERY = 3


@pytest.mark.parametrize("what", STORIES)
def test_the_program_may_end_at_its_steps(figure: Callable[[str], None], what: str) -> None:
    with runs.on_sqlite() as fresh:
        ends, totals = end_at_steps(what, fresh, EVERY)
    figure(f"{what}, ended at every third step, {ends} in turn: {totals}")
    assert totals.bad == []
    assert totals.deaths == ends > 30
