"""Ties and who should meet: golden figures and what holds for any record of acts."""

import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from math import log1p
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import network
from bot.network import Event, Suggestion, best_introducer, breadth, bridging, strengths, suggest_introductions
from bot.network.events import in_order, pair_of
from bot.network.ties import draw_graph
from tests.bot.networks import DAY, NOW, PEOPLE, ago, records, thirty_people

FIRST_FIVE = PEOPLE[:5]


def _names(found: list[Suggestion]) -> list[str]:
    return [one.member for one in found]


def test_a_tie_halves_with_every_half_life_and_both_directions_count() -> None:
    events = [ago(60, "ana", "bo"), ago(120, "bo", "ana", "call"), ago(0, "ana", "cy", "something new")]
    assert strengths(events, NOW, 60) == {("ana", "bo"): 0.5 + 0.125, ("ana", "cy"): 1.0}
    assert strengths(events, NOW, timedelta(days=60)) == strengths(events, NOW, 60.0)


def test_what_is_still_to_come_and_what_one_does_for_oneself_are_no_ties() -> None:
    assert strengths([ago(-1, "ana", "bo"), ago(1, "ana", "ana")], NOW, 60) == {}


def test_plain_tuples_and_ids_without_an_order_will_do() -> None:
    at = NOW - 60 * DAY
    assert strengths([("ana", "bo", "help", at)], NOW, 60) == {("ana", "bo"): 0.5}
    assert strengths([("ana", 7, "help", at), (7, "ana", "call", at)], NOW, 60) == {(7, "ana"): 0.5}
    assert in_order({"ana", 7}) == [7, "ana"]


def test_a_day_is_one_of_utc_wherever_it_was_written_down() -> None:
    west = timezone(timedelta(hours=-8))
    evening, next_morning = (datetime(2026, 3, day, hour, tzinfo=west) for day, hour in ((1, 17), (2, 9)))
    events = [Event("ana", "bo", "help", at) for at in (evening, next_morning)]
    assert len(strengths(events, NOW, 60)) == 1
    assert strengths(events, NOW, 1)["ana", "bo"] == 0.25
    assert strengths([event._replace(at=event.at.astimezone(UTC)) for event in events], NOW, 60) == strengths(
        events, NOW, 60
    )


@pytest.mark.parametrize("half_life", [0, -1, timedelta(0)])
def test_a_half_life_is_longer_than_nothing(half_life: timedelta | float) -> None:
    with pytest.raises(ValueError, match="half-life"):
        strengths([ago(1, "ana", "bo")], NOW, half_life)


@settings(max_examples=60, deadline=None)
@given(records, st.randoms(), st.sampled_from([1.0, 60.0, 180.0]))
def test_order_is_of_no_account(events: list[Event], chance: random.Random, half_life: float) -> None:
    mixed = chance.sample(events, len(events))
    before, after = strengths(events, NOW, half_life), strengths(mixed, NOW, half_life)
    assert after == before
    assert [suggest_introductions(mixed, one, NOW) for one in PEOPLE[:3]] == [
        suggest_introductions(events, one, NOW) for one in PEOPLE[:3]
    ]


@settings(max_examples=60, deadline=None)
@given(records, records.filter(bool))
def test_another_act_never_makes_a_tie_weaker(events: list[Event], more: list[Event]) -> None:
    before, after = strengths(events, NOW, 60), strengths([*events, more[0]], NOW, 60)
    assert all(after[pair] >= strength for pair, strength in before.items())
    assert set(after) - set(before) <= {pair_of(*more[0][:2])}


@settings(max_examples=60, deadline=None)
@given(records.filter(bool), st.integers(1, 5))
def test_a_day_of_contact_counts_once_however_many_messages_it_has(events: list[Event], times: int) -> None:
    assert strengths(events * times, NOW, 60) == strengths(events, NOW, 60)
    morning, evening = ([event._replace(at=event.at.replace(hour=hour)) for event in events] for hour in (0, 14))
    assert strengths(morning + evening, NOW, 60) == strengths(evening, NOW, 60)
    turned = [event._replace(giver=event.receiver, receiver=event.giver) for event in events]
    assert strengths([*events, *turned], NOW, 60) == strengths(events, NOW, 60)


@settings(max_examples=60, deadline=None)
@given(records, st.integers(0, 5))
def test_nobody_is_suggested_whom_one_knows_nor_oneself_nor_anybody_twice(events: list[Event], k: int) -> None:
    for member in FIRST_FIVE:
        found = _names(suggest_introductions(events, member, NOW, k))
        known = {one for event in events if member in event[:2] for one in event[:2]}
        assert not set(found) & (known | {member})
        assert len(found) == len(set(found)) <= k


@settings(max_examples=60, deadline=None)
@given(records)
def test_who_opted_out_is_in_no_list_and_gets_none(events: list[Event]) -> None:
    hidden = PEOPLE[0]
    left = network.without(events, [hidden])
    assert suggest_introductions(left, hidden, NOW) == []
    for member in FIRST_FIVE[1:]:
        for found in suggest_introductions(left, member, NOW):
            assert hidden not in (found.member, found.reasons.introducer)


@settings(max_examples=60, deadline=None)
@given(records)
def test_the_reasons_are_true(events: list[Event]) -> None:
    graph = draw_graph(events, NOW)
    for found in suggest_introductions(events, PEOPLE[0], NOW):
        common = graph[PEOPLE[0]].keys() & graph[found.member].keys()
        assert found.reasons.in_common == len(common)
        assert found.reasons.introducer == best_introducer(events, PEOPLE[0], found.member, NOW)
        assert (found.reasons.introducer in common) == bool(common)


@settings(max_examples=60, deadline=None)
@given(records, st.floats(0, 1), st.floats(0, 1))
def test_a_greater_power_never_gives_the_busy_more_places(events: list[Event], one: float, other: float) -> None:
    sums = {member: sum(ties.values()) for member, ties in draw_graph(events, NOW).items()}
    busy = {member for member, depth in sums.items() if depth >= sorted(sums.values())[-max(1, len(sums) // 20)]}

    def places(power: float) -> int:
        lists = [_names(suggest_introductions(events, member, NOW, 3, power=power)) for member in sums]
        return sum(name in busy for names in lists for name in names)

    assert places(max(one, other)) <= places(min(one, other))


def test_somebody_three_steps_away_is_suggested_without_an_introducer() -> None:
    events = [ago(1, "ana", "bo"), ago(1, "bo", "cy"), ago(1, "cy", "di"), ago(1, "di", "eve")]
    assert [(one.member, *one.reasons) for one in suggest_introductions(events, "ana", NOW)] == [
        ("di", 0, None), ("cy", 1, "bo"),
    ]  # fmt: skip
    assert _names(suggest_introductions(events, "ana", NOW, gamma=0)) == ["cy"]
    assert suggest_introductions(events, "nobody", NOW) == []


def test_few_people_or_few_acts_are_too_little_to_suggest_anybody_from() -> None:
    assert not network.is_too_little(thirty_people(), NOW)
    assert network.is_too_little(thirty_people()[:49], NOW)
    assert network.is_too_little([ago(1, "ana", f"p{number % 18}") for number in range(90)], NOW)
    assert network.is_too_little([event._replace(at=NOW + DAY) for event in thirty_people()], NOW)


def test_equal_ones_come_in_the_order_of_their_ids() -> None:
    events = [ago(1, "ana", "hub"), *(ago(1, "hub", name) for name in ("z", "c", "x", "b", "y", "a"))]
    assert _names(suggest_introductions(events, "ana", NOW, 4)) == ["a", "b", "c", "x"]


def test_people_with_many_acts_are_judged_by_the_last_months() -> None:
    few = [ago(200, "ana", "old"), ago(200, "old", "x"), ago(1, "ana", "new"), ago(1, "new", "y")]
    assert draw_graph(few, NOW) == draw_graph(few, NOW, 180)
    assert draw_graph(few * 40, NOW) == draw_graph(few, NOW, 60)
    assert draw_graph([*few, *(ago(-1, "ana", "old") for _ in range(500))], NOW) == draw_graph(few, NOW, 180)


def test_thirty_people_get_the_lists_they_always_got() -> None:
    by_hand = _by_matrices(thirty_people())
    for member in PEOPLE:
        found = suggest_introductions(thirty_people(), member, NOW)
        assert _names(found) == by_hand[member][:10]
    golden = [
        (one.member, round(one.score, 6), *one.reasons) for one in suggest_introductions(thirty_people(), "m00", NOW, 3)
    ]
    assert golden == [("m13", 0.063477, 2, "m05"), ("m11", 0.060238, 2, "m05"), ("m20", 0.057999, 3, "m04")]


def _by_matrices(events: list[Event]) -> dict[str, list[str]]:
    """Works the formula out as it stands in the document, with whole matrices."""
    import numpy as np

    x = np.zeros((30, 30))
    for (one, other), strength in strengths(events, NOW, 180).items():
        at = PEOPLE.index(one), PEOPLE.index(other)
        x[at] = x[at[::-1]] = log1p(strength)
    p, k = x / x.sum(axis=1)[:, None], x.sum(axis=1)
    scores = (p @ p + 3 * p @ p @ p) * (k + 0.1) ** -0.2
    scores[x > 0] = 0
    np.fill_diagonal(scores, 0)
    return {
        member: [PEOPLE[one] for one in np.argsort(-row, kind="stable") if row[one] > 0]
        for member, row in zip(PEOPLE, scores, strict=True)
    }


@settings(max_examples=30, deadline=None)
@given(records)
def test_overlap_and_breadth_keep_within_their_bounds(events: list[Event]) -> None:
    for member in FIRST_FIVE:
        assert all(0 <= one <= 1 for one in bridging(events, member, NOW).values())
        found = breadth(events, member, NOW)
        assert found.ties == len(bridging(events, member, NOW))
        assert 0 <= found.effective_size <= found.ties + 1e-9
        assert 0 <= found.constraint <= found.ties + 1e-9


def test_a_broad_network_is_one_whose_people_do_not_know_each_other() -> None:
    star = [ago(1, "ana", name) for name in ("b", "c", "d", "e")]
    closed = [*star, *(ago(1, *pair) for pair in ("bc", "cd", "de", "eb"))]
    assert tuple(breadth(star, "ana", NOW)) == pytest.approx((4, 4, 0.25))
    assert breadth(closed, "ana", NOW).effective_size == pytest.approx(4 - 2)  # n less the mean degree among them
    assert breadth(closed, "ana", NOW).constraint > 0.25
    assert tuple(breadth(star, "nobody", NOW)) == (0, 0, 0)
    assert bridging(star, "ana", NOW) == dict.fromkeys("bcde", 1)
    assert bridging(closed, "ana", NOW)["b"] == pytest.approx(1 - 2 / (3 + 2 - 2))


def test_the_measures_are_loaded_without_numpy() -> None:
    loaded = (
        "import sys; from bot.network import *; from bot import network; from datetime import datetime, UTC; "
        "network.suggest_introductions([('a', 'b', 'help', datetime(2026, 1, 1, tzinfo=UTC))], 'a', datetime.now(UTC)); "
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", loaded], cwd=Path(__file__).parents[2], check=False).returncode == 0
