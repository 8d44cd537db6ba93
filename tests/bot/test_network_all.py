"""Suggestions for a whole workspace are those of each member, whatever its network and however little memory there is."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.network import Event, steps, suggest_all, suggest_introductions
from tests.bot.networks import DAY, KINDS, NOW, ago, planted, records, thirty_people


def _random(seed: int) -> list[Event]:
    chance = random.Random(seed)
    people = [f"p{number}" for number in range(chance.choice([3, 12, 40]))]
    days = [0, 1, 30, chance.uniform(0, 500), -5]
    pairs = [chance.sample(people, 2) for _ in range(chance.choice([3, 40, 150]))]
    return [Event(one, other, chance.choice(KINDS), NOW - chance.choice(days) * DAY) for one, other in pairs]


def _assert_same(events: list[Event], k: int = 10) -> None:
    found = suggest_all(events, NOW, k)
    people = {one for event in events if event.at <= NOW for one in event[:2]}
    assert found == {member: suggest_introductions(events, member, NOW, k) for member in people}


@pytest.mark.parametrize("seed", range(12))
def test_everybody_gets_what_they_get_alone(seed: int) -> None:
    _assert_same(_random(seed), k=1 + seed % 4 * 3)


@settings(max_examples=30, deadline=None)
@given(records, st.integers(0, 4))
def test_the_same_for_whatever_acts_there_are(events: list[Event], k: int) -> None:
    _assert_same(events, k)


@pytest.mark.parametrize("events", [[], planted(1, acts=500), thirty_people(), thirty_people() * 3])
def test_the_same_for_networks_of_their_own_kind(events: list[Event]) -> None:
    _assert_same(events)


def test_the_same_where_one_knows_everybody_and_all_are_alike() -> None:
    _assert_same([ago(1, "hub", f"p{number}") for number in range(60)], k=4)


@pytest.mark.parametrize(("at_once", "places"), [(1, 1_000_000), (40, 200), (1_000_000, 1), (300, 100)])
def test_the_same_however_little_is_done_at_once(at_once: int, places: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MOST_STEPS", at_once)
    monkeypatch.setattr(steps, "MOST_PLACES", places)
    for seed in range(4):
        _assert_same(_random(seed), k=3)


def test_other_settings_are_the_same_too() -> None:
    events, settings = thirty_people(), {"half_life": timedelta(days=30), "gamma": 1.0, "power": 0.5}
    found = suggest_all(events, NOW, 5, **settings)  # type: ignore[arg-type]
    for member in ("m00", "m17"):
        assert found[member] == suggest_introductions(events, member, NOW, 5, **settings)  # type: ignore[arg-type]


def test_one_is_told_how_far_it_got() -> None:
    told: list[tuple[int, int]] = []
    found = suggest_all(thirty_people(), NOW, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (30, 30)
    assert told == sorted(told)
    assert len(found) == 30
    assert found.get("nobody") is None
