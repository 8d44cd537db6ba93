"""What textbook models of giving say with a group's numbers. A model, not a forecast, and no promise to anybody.

An act costs its giver c and brings its receiver b; giving holds where b/c is above a break-even.
"""

from collections.abc import Mapping
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.network.events import Id, Pair, in_order

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]


class BreakEven(NamedTuple):
    """The b/c above which giving holds once it is the norm, is the safer choice of two, and can spread from a few."""

    holds: float
    is_safer: float
    spreads: float


def break_even(chance: float) -> BreakEven:
    """Returns the break-even of giving that comes back with this chance, `1/w`, `(2-w)/w` and `(3-2w)/w`.

    The chance is that two meet again (direct reciprocity), or that a giver is known as one (indirect). Nowak 2006.
    """
    if not 0 <= chance <= 1:
        raise ValueError(f"a chance is from 0 to 1: {chance}")
    return (
        BreakEven(1 / chance, (2 - chance) / chance, (3 - 2 * chance) / chance) if chance else BreakEven(inf, inf, inf)
    )


def pay_forward(rate: float) -> float:
    """Returns how many acts one act comes to when each brings about so many more, `1 / (1 - R)`."""
    if rate < 0:
        raise ValueError(f"an act does not take back others: {rate}")
    return 1 / (1 - rate) if rate < 1 else inf


def graph_break_even(ties: Mapping[Pair, float]) -> float:
    """Returns the exact break-even on a graph of weighed ties, `t2 / (t3 - t1)`, and infinity where giving cannot pay.

    t_n is the expected coalescence time from the two ends of a walk of n steps; weak selection, death-birth updating. Allen
    and others, Nature 2017. Of a graph in pieces the largest is taken. For groups of up to about 150 people: the work grows
    with the fourth power.
    """
    import numpy as np

    people = _largest_piece(ties)
    if len(people) < 3:
        return inf
    place = {one: number for number, one in enumerate(people)}
    weights = np.zeros((len(people), len(people)))
    for (one, other), weight in ties.items():
        if one in place and one != other:
            weights[place[one], place[other]] += weight
            weights[place[other], place[one]] += weight
    sums = weights.sum(axis=1)
    steps = weights / sums[:, None]
    times = _coalescence_times(weights, sums)
    far = [float((sums[:, None] * np.linalg.matrix_power(steps, n) * times).sum() / sums.sum()) for n in (1, 2, 3)]
    return far[1] / (far[2] - far[0]) if far[2] - far[0] > 1e-12 * far[1] else inf


def _coalescence_times(weights: "Matrix", sums: "Matrix") -> "Matrix":
    """Returns tau with `tau_ij = 1 + (P tau + tau P^T)_ij / 2` for two people, and 0 for one.

    For all i, j at once `tau - (P tau + tau P^T) / 2 = J - diag(c)`: in the eigenvectors of P the left side is a product, so
    tau is a linear function of c, and c is what makes tau_ii zero. The one direction that the product loses, a constant
    added to all times, is an unknown of its own; that it is free asks for `sum of pi_i^2 c_i = 1`.
    """
    import numpy as np

    size = len(sums)
    roots = np.sqrt(sums / sums.sum())
    values, vectors = np.linalg.eigh(weights / np.sqrt(np.outer(sums, sums)))
    right, left = vectors / roots[:, None], vectors * roots[:, None]
    gaps = 1 - (values[:, None] + values[None, :]) / 2
    gaps[-1, -1] = np.inf  # the largest eigenvalue is 1, its vector the constant one
    ones = left.sum(axis=0)
    at_home = np.einsum("ia,ab,ib->i", right, np.outer(ones, ones) / gaps, right)
    system: Any = np.zeros((size + 1, size + 1))
    for source in range(size):
        spread = np.outer(left[source], left[source]) / gaps
        system[:size, source] = np.einsum("ia,ia->i", right @ spread, right)
    system[:size, size] = -1.0
    system[size, :size] = roots**4
    solved = np.linalg.solve(system, np.append(at_home, 1.0))
    inner = (np.outer(ones, ones) - left.T @ (solved[:size, None] * left)) / gaps
    times: Matrix = right @ inner @ right.T + solved[size]
    return times


def _largest_piece(ties: Mapping[Pair, float]) -> list[Id]:
    near: dict[Id, set[Id]] = {}
    for (one, other), weight in ties.items():
        if weight > 0 and one != other:
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    largest, seen = set[Id](), set[Id]()
    for start in in_order(near):
        if start not in seen:
            piece = edge = {start}
            while edge:
                edge = {other for one in edge for other in near[one]} - piece
                piece = piece | edge
            seen |= piece
            largest = max(largest, piece, key=lambda one: len(one))
    return in_order(largest)
