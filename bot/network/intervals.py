"""How sure a number is: quantiles of the beta and the gamma distribution, so that a share or a rate comes with its interval.

Written out here because nothing else would need a numerical library: two series, and halving.
"""

from collections.abc import Callable
from math import comb, exp, lgamma, log
from typing import NamedTuple

# Of a share (how many of some) and of a rate (how many in a time): docs/network.md.
SURE_OF_SHARE, SURE_OF_RATE = 0.95, 0.90
_TINY, _SMALL, _TERMS = 1e-300, 1e-15, 100_000


class Estimate(NamedTuple):
    """A number, and the ends of the interval in which it likely lies."""

    value: float
    low: float
    high: float


def share_estimate(value: float, a: float, b: float) -> Estimate:
    """Returns a share with the middle 95 % of Beta(a, b)."""
    tail = (1 - SURE_OF_SHARE) / 2
    return Estimate(value, beta_quantile(tail, a, b), beta_quantile(1 - tail, a, b))


def rate_estimate(value: float, shape: float, rate: float) -> Estimate:
    """Returns a rate with the middle 90 % of Gamma(shape, rate)."""
    tail = (1 - SURE_OF_RATE) / 2
    return Estimate(value, gamma_quantile(tail, shape, rate), gamma_quantile(1 - tail, shape, rate))


def beta_quantile(chance: float, a: float, b: float) -> float:
    """Returns the x below which Beta(a, b) lies with this chance."""
    return _halve(lambda x: beta_below(x, a, b), chance, 0.0, 1.0)


def gamma_quantile(chance: float, shape: float, rate: float = 1.0) -> float:
    """Returns the x below which Gamma(shape, rate) lies with this chance."""
    high = max(1.0, shape)
    while gamma_below(high, shape) < chance:
        high *= 2
    return _halve(lambda x: gamma_below(x, shape), chance, 0.0, high) / rate


def beta_below(x: float, a: float, b: float) -> float:
    """Returns the regularised incomplete beta function, I_x(a, b), by its continued fraction (Lentz 1976)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # where the fraction converges slowly, the other tail converges fast
        return 1 - beta_below(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a

    def term(n: int) -> float:
        m = n // 2
        if n % 2:
            return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))

    return front / _fraction(1.0, term, lambda _: 1.0)


def gamma_below(x: float, shape: float) -> float:
    """Returns the regularised lower incomplete gamma function, P(shape, x): a series below the mean, a fraction above it."""
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for n in range(1, _TERMS):
            term *= x / (shape + n)
            total += term
            if term < total * _SMALL:
                break
        return front * total
    return 1 - front / _fraction(x + 1 - shape, lambda n: n * (shape - n), lambda n: x + 2 * n + 1 - shape)


def binomial_below(count: int, of: int, chance: float) -> float:
    """Returns how likely fewer than `count` of so many happen, each with this chance."""
    return sum(comb(of, n) * chance**n * (1 - chance) ** (of - n) for n in range(count))


def _fraction(first: float, above: Callable[[int], float], beside: Callable[[int], float]) -> float:
    """Returns the continued fraction `first + above(1) / (beside(1) + above(2) / (beside(2) + ...))`."""
    value = c = first or _TINY
    d = 0.0
    for n in range(1, _TERMS):
        d = 1 / (beside(n) + above(n) * d or _TINY)
        c = beside(n) + above(n) / c or _TINY
        value *= c * d
        if abs(c * d - 1) < _SMALL:
            break
    return value


def _halve(below: Callable[[float], float], chance: float, low: float, high: float) -> float:
    """Returns where a rising function reaches this chance."""
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        if below(middle) < chance:
            low = middle
        else:
            high = middle
