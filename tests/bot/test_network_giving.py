"""What was given and came back, how far it went, whom to ask, and how sure all this is."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import network
from bot.network import Event, Helper
from bot.network.intervals import beta_below, beta_quantile, binomial_below, gamma_below, gamma_quantile
from tests.bot.networks import NOW, PEOPLE, ago, records

_shapes = st.floats(0.05, 400)
_chances = st.floats(0.001, 0.999)


@pytest.mark.parametrize(
    ("chance", "a", "b", "quantile"),
    [
        (0.025, 21, 21, 0.351342), (0.975, 21, 21, 0.648658), (0.025, 6, 6, 0.233794), (0.975, 6, 6, 0.766206),
        (0.5, 1, 1, 0.5), (0.05, 0.5, 0.5, 0.00615583), (0.9, 2, 5, 0.510316), (0.95, 1, 100, 0.0295130),
    ],
)  # fmt: skip
def test_shares_have_the_quantiles_of_the_tables(chance: float, a: float, b: float, quantile: float) -> None:
    assert beta_quantile(chance, a, b) == pytest.approx(quantile, rel=1e-5)


@pytest.mark.parametrize(
    ("chance", "shape", "rate", "quantile"),
    [(0.05, 5, 8, 0.246269), (0.95, 5, 8, 1.144190), (0.5, 1, 1, math.log(2)), (0.95, 0.5, 0.5, 3.841459)],
)
def test_rates_have_the_quantiles_of_the_tables(chance: float, shape: float, rate: float, quantile: float) -> None:
    assert gamma_quantile(chance, shape, rate) == pytest.approx(quantile, rel=2e-6)


@settings(max_examples=60, deadline=None)
@given(_chances, _shapes, _shapes)
def test_a_quantile_is_where_so_much_lies_below(chance: float, a: float, b: float) -> None:
    x = beta_quantile(chance, a, b)
    assert 0 <= x <= 1
    assert beta_below(x, a, b) == pytest.approx(chance, abs=1e-6) or x in (0, 1) or min(x, 1 - x) < 1e-12
    assert beta_below(0.3, a, b) == pytest.approx(1 - beta_below(0.7, b, a), abs=1e-9)
    y = gamma_quantile(chance, a)
    assert gamma_below(y, a) == pytest.approx(chance, abs=1e-9) or y < 1e-12


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 30), st.integers(1, 30), _chances)
def test_counting_coins_and_the_beta_distribution_agree(count: int, of: int, chance: float) -> None:
    count = min(count, of)
    expected = 1 - beta_below(chance, count, of - count + 1) if count else 0.0
    assert binomial_below(count, of, chance) == pytest.approx(expected, abs=1e-9)


def test_giving_and_receiving_are_counts_of_people() -> None:
    events = [ago(1, "ana", "bo"), ago(2, "ana", "bo"), ago(3, "ana", "cy"), ago(4, "di", "ana"), ago(-1, "ana", "eve")]
    assert network.given_and_received(events, "ana", NOW) == (2, 1)
    assert network.given_and_received(events, "nobody", NOW) == (0, 0)


@settings(max_examples=60, deadline=None)
@given(records)
def test_a_balance_is_inside_its_interval_and_a_newcomers_is_the_workspaces(events: list[Event]) -> None:
    found = network.giving_balance(events, PEOPLE[0], NOW)
    assert 0 <= found.low <= found.value <= found.high <= 1
    newcomer = network.giving_balance(events, "nobody", NOW)
    assert newcomer.value == pytest.approx(network.giving_balance(events, "somebody else", NOW).value)


def _first_turns(returned: int, of: int) -> list[Event]:
    first = [ago(300, f"g{number}", f"r{number}") for number in range(of)]
    return first + [ago(299 - number, f"r{number}", f"g{number}") for number in range(returned)]


def test_twenty_of_forty_first_turns_returned_are_35_to_65_in_a_hundred() -> None:
    found = network.direct_reciprocity(_first_turns(20, 40), NOW)
    assert (found.returned, found.first_acts, found.is_enough) == (20, 40, True)
    assert tuple(found.chance) == pytest.approx((0.5, 0.351342, 0.648658), abs=1e-6)
    few = network.direct_reciprocity(_first_turns(5, 10), NOW)
    assert not few.is_enough
    assert (few.chance.low, few.chance.high) == pytest.approx((0.234, 0.766), abs=1e-3)


def test_only_a_later_act_the_other_way_within_the_time_returns_one_and_only_old_ones_are_asked() -> None:
    same_way, too_late, young = ago(250, "ana", "bo"), ago(100, "bo", "ana"), [ago(20, "cy", "di"), ago(10, "di", "cy")]
    assert network.direct_reciprocity([ago(300, "ana", "bo"), same_way, too_late, *young], NOW)[:2] == (0, 1)
    assert network.direct_reciprocity([ago(300, "ana", "bo"), ago(120, "bo", "ana")], NOW)[:2] == (1, 1)
    assert network.direct_reciprocity([ago(300, "ana", "bo"), ago(300, "bo", "ana")], NOW)[:2] == (0, 1)


def test_three_new_ties_in_four_weeks_are_a_quarter_to_one_a_week_and_too_few() -> None:
    # Six people had twelve ties in eight weeks: half a tie a week each.
    old = [ago(56, *pair) for pair in ("bc", "cd", "de", "ef", "fb", "bd", "ce", "df", "eb")]
    found = network.velocity([*old, ago(3, "a", "b"), ago(4, "a", "c"), ago(27, "d", "a")], "a", NOW)
    assert (found.new_ties, found.before, found.is_faster, found.is_too_early) == (3, 0, False, True)
    assert tuple(found.a_week) == pytest.approx((0.625, 0.246269, 1.144190), abs=1e-6)


@pytest.mark.parametrize(
    ("now", "before", "is_faster"), [(8, 2, True), (8, 3, False), (5, 0, True), (4, 0, False), (6, 6, False)]
)
def test_faster_is_said_when_chance_would_rarely_do_it(now: int, before: int, is_faster: bool) -> None:
    events = [ago(10, "ana", f"n{number}") for number in range(now)] + [
        ago(40, "ana", f"b{number}") for number in range(before)
    ]
    assert network.velocity(events, "ana", NOW).is_faster is is_faster


def test_a_tie_that_began_before_is_not_new() -> None:
    events = [ago(200, "ana", "bo"), ago(1, "bo", "ana")]
    assert network.velocity(events, "ana", NOW).new_ties == 0
    quiet = network.velocity([], "ana", NOW).a_week
    assert quiet.value == quiet.low == 0 < quiet.high


def test_reach_goes_two_steps_forward_in_time_within_ninety_days() -> None:
    events = [
        ago(100, "ana", "bo"), ago(90, "bo", "cy"), ago(80, "bo", "cy"), ago(101, "bo", "before"), ago(9, "bo", "too late"),
        ago(50, "bo", "ana"), ago(50, "cy", "farther"), ago(100, "bo", "at once"), ago(10, "bo", "on the last day"),
    ]  # fmt: skip
    assert network.reach(events, "ana", NOW) == 2
    assert network.reach(events, "nobody", NOW) == 0


@settings(max_examples=60, deadline=None)
@given(records)
def test_nobody_reaches_more_people_than_there_are(events: list[Event]) -> None:
    people = {one for event in events for one in event[:2]}
    assert all(network.reach(events, one, NOW) <= max(0, len(people) - 1) for one in PEOPLE[:4])


def test_a_load_halves_in_two_weeks_and_the_limit_is_what_nine_in_ten_stay_below() -> None:
    events = [ago(14, "ana", "bo"), ago(28, "ana", "cy"), ago(1, "bo", "ana")]
    assert network.load(events, "ana", NOW) == 0.75
    assert network.load_limit(events, NOW) == 3
    busy = [ago(0, "ana", f"p{number}") for number in range(4)]
    assert network.is_overloaded(busy, "ana", NOW)
    assert not network.is_overloaded(busy[:3], "ana", NOW)
    all_busy = [ago(0, one, other) for one in "abcdef" for other in "abcdef" if one != other]
    assert network.load_limit(all_busy, NOW) == 5
    assert not network.is_overloaded(all_busy, "a", NOW)


def test_who_helped_people_like_one_may_help() -> None:
    events = [ago(5, "gil", "ana"), ago(6, "gil", "bo"), ago(7, "hal", "bo"), ago(8, "ivy", "cy")]
    assert [one.member for one in network.who_can_help(events, "ana", NOW)] == ["gil", "hal"]
    assert network.who_can_help(events, "ivy", NOW) == []
    tired = [*events, *(ago(0, "hal", f"p{number}") for number in range(4))]
    assert [one.member for one in network.who_can_help(tired, "ana", NOW)] == ["gil"]


@settings(max_examples=60, deadline=None)
@given(records)
def test_nobody_is_asked_to_help_themselves_nor_who_is_overloaded(events: list[Event]) -> None:
    found = network.who_can_help(events, PEOPLE[0], NOW, 5)
    assert len(found) <= 5
    assert PEOPLE[0] not in [one.member for one in found]
    assert not [one for one in found if network.is_overloaded(events, one.member, NOW)]
    assert found == network.who_can_help(random.Random(1).sample(events, len(events)), PEOPLE[0], NOW, 5)
    assert found == sorted(found, key=lambda one: -one.score)
    assert all(isinstance(one, Helper) for one in found)
