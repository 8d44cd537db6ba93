"""Textbook models of giving: golden figures of the theory, and a solver that solves what it says."""

import random
from math import inf
from typing import Any

import numpy as np
import pytest

from bot.network import break_even, graph_break_even, pay_forward
from bot.network.games import _coalescence_times


def _circle(size: int, *apart: int) -> dict[tuple[int, int], float]:
    return {(one, (one + far) % size): 1.0 for one in range(size) for far in apart}


@pytest.mark.parametrize(
    ("ties", "ratio"),
    [
        (_circle(30, 1), 28 / 13),
        (_circle(100, 1, 2, 3), 98 / (100 / 6 - 2)),
        (_circle(40, 1, 7), 38 / (40 / 4 - 2)),
        (dict.fromkeys(_circle(30, 1), 5.0), 28 / 13),
    ],
    ids=["30 in a circle", "100 with 6 ties each", "40 with 4 ties each", "only how ties compare counts"],
)  # fmt: skip
def test_the_break_even_of_a_regular_graph_is_that_of_the_formula(
    ties: dict[tuple[int, int], float], ratio: float
) -> None:
    assert graph_break_even(ties) == pytest.approx(ratio, rel=1e-9)


def test_where_everybody_knows_everybody_giving_does_not_pay() -> None:
    assert graph_break_even(_circle(7, 1, 2, 3)) == inf
    assert graph_break_even({("ana", "bo"): 1.0}) == graph_break_even({}) == inf


def test_of_a_graph_in_pieces_the_largest_counts() -> None:
    pieces = _circle(30, 1) | {(100, 101): 1.0, (101, 102): 1.0, (102, 103): 1.0}
    assert graph_break_even(pieces) == pytest.approx(28 / 13)


def test_few_deep_ties_lower_the_bar() -> None:
    ties = _circle(30, 1, 2, 3)
    deep = {pair: 10.0 if (pair[1] - pair[0]) % 30 == 1 else weight for pair, weight in ties.items()}
    assert graph_break_even(deep) < graph_break_even(ties)


@pytest.mark.parametrize("seed", range(5))
def test_the_times_solve_their_equation(seed: int) -> None:
    chance = random.Random(seed)
    weights: Any = np.zeros((20, 20))
    for one in range(20):
        for other in {(one + 1) % 20, chance.randrange(20)} - {one}:
            weights[one, other] = weights[other, one] = chance.uniform(0.1, 3)
    sums = weights.sum(axis=1)
    times, steps = _coalescence_times(weights, sums), weights / sums[:, None]
    expected = 1 + (steps @ times + times @ steps.T) / 2
    np.fill_diagonal(expected, 0)
    assert np.abs(times - expected).max() < 1e-8 * times.max()


def test_the_break_evens_of_meeting_again_are_those_of_the_table() -> None:
    assert break_even(0.5) == (2, 3, 4)
    assert break_even(1) == (1, 1, 1)
    assert break_even(0) == (inf, inf, inf)
    assert break_even(0.4).holds == pytest.approx(2.5)
    with pytest.raises(ValueError, match="chance"):
        break_even(1.5)


def test_what_is_paid_forward_adds_up() -> None:
    assert pay_forward(0.18) == pytest.approx(1.22, abs=0.005)
    assert (pay_forward(0), pay_forward(1)) == (1, inf)
    with pytest.raises(ValueError, match="take back"):
        pay_forward(-0.1)
