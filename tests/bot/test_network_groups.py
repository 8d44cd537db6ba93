"""What is said about a group: the published intervals, and that no number stands for fewer than five people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.network.groups import Arm, busiest, difference, effect, median_days, pace, share

# Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
SHARES = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0, 0.1611), (1, 29): (0.0061, 0.1718)}
# Newcombe, the same volume, 873-890, table II, method 10.
DIFFERENCES = {
    (56, 70, 48, 80): (0.0524, 0.3339),
    (9, 10, 3, 10): (0.1705, 0.8090),
    (6, 7, 2, 7): (0.0582, 0.8062),
    (5, 56, 0, 29): (-0.0381, 0.1926),
    (0, 10, 0, 20): (-0.1611, 0.2775),
    (0, 10, 0, 10): (-0.2775, 0.2775),
    (10, 10, 0, 20): (0.6791, 1.0),
    (10, 10, 0, 10): (0.6075, 1.0),
}
arms = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("counted", SHARES, ids=str)
def test_a_share_has_the_published_interval(counted: tuple[int, int]) -> None:
    found = share(*counted)
    assert (found.low, found.high) == pytest.approx(SHARES[counted], abs=6e-5)


@pytest.mark.parametrize("counted", DIFFERENCES, ids=str)
def test_a_difference_has_the_published_interval(counted: tuple[int, int, int, int]) -> None:
    found = difference(*counted)
    assert (found.low, found.high) == pytest.approx(DIFFERENCES[counted], abs=6e-5)


@given(arms, arms)
def test_a_difference_lies_within_its_interval_and_turns_around_with_its_arms(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    found, turned = difference(*one, *other), difference(*other, *one)
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert (found.low, found.high) == pytest.approx((-turned.high, -turned.low))


@given(arms, arms)
def test_ten_times_as_many_make_it_narrower(one: tuple[int, int], other: tuple[int, int]) -> None:
    found = difference(*one, *other)
    more = difference(*(10 * count for count in (*one, *other)))
    assert more.high - more.low < found.high - found.low


def test_the_effect_is_clear_where_the_sample_can_tell_it_from_none() -> None:
    assert effect(Arm(1600, 880, 90), Arm(1600, 800, 90)).is_clear, "five points of a hundred take as many"
    unclear = effect(Arm(160, 88, 90), Arm(160, 80, 90))
    assert unclear.difference is not None
    assert not unclear.is_clear


@pytest.mark.parametrize(("times", "people"), [(29, 29), (300, 4)])
def test_of_too_few_times_or_people_no_effect_is_said(times: int, people: int) -> None:
    few, many = Arm(times, times, people), Arm(300, 100, 50)
    assert effect(few, many).difference is None
    assert effect(many, few).difference is None
    assert not effect(few, many).is_clear


@given(st.lists(st.integers(1, 50), max_size=300))
def test_the_busiest_are_five_people_or_more_and_a_quarter_or_less(gave: list[int]) -> None:
    found = busiest(gave)
    assert (found is None) == (len(gave) < 20)
    if found is not None:
        assert 5 <= found.people <= len(gave) / 4
        assert found.people / len(gave) - 1e-9 <= found.share <= 1


def test_the_busiest_are_a_twentieth_where_that_is_more_than_five() -> None:
    assert busiest([1] * 20) == (5, 20, 0.25)
    assert busiest([20] * 10 + [1] * 190) == (10, 200, 200 / 390)


@given(st.integers(0, 200), st.integers(1, 52))
def test_a_pace_lies_within_its_interval(count: int, weeks: int) -> None:
    found = pace(count, weeks)
    assert 0 <= found.low <= found.value < found.high


def test_a_pace_is_that_of_jeffreys() -> None:
    """Half the chi-square quantiles of 2 n + 1, by the weeks; for three in four weeks R's qgamma(c(.05, .95), 3.5, 4)."""
    assert pace(3, 4) == pytest.approx((0.75, 0.270919, 1.758393), abs=1e-4)
    assert pace(0, 4).low == 0


def test_how_long_it_took_is_said_of_five_times_between_five_people() -> None:
    assert median_days([1, 2, 3, 4, 90], 5) == 3
    assert median_days([1, 2, 3, 4], 8) is None
    assert median_days([1] * 20, 4) is None
