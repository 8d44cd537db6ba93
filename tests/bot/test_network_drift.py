"""Ties that may go quiet: what is said of each, when it is worth a word, and what a workspace's own past changes."""

from collections import defaultdict

import pytest
from hypothesis import given, settings

from bot.network import Drift, Event, Fit, drifting, fit_drift, p_lapse, strengths
from bot.network.events import pair_of
from tests.bot.networks import DAY, NOW, PEOPLE, ago, planted, records

DEFAULT = Fit(0.65, 0.4, 0)


def _weekly(one: str, other: str, days: int, silence: float) -> list[Event]:
    return [ago(silence + 7 * number, one, other) for number in range(days)]


def _quiet(events: list[Event], member: str = "ana", fit: Fit | None = None) -> dict[str, Drift]:
    return {drift.member: drift for drift in drifting(events, member, NOW, fit)}


@pytest.mark.parametrize(("strength", "chance"), [(0.5, 0.83), (1, 0.657), (2, 0.44), (5, 0.19), (10, 0.09), (0, 1)])
def test_the_chance_to_lapse_is_that_of_the_fit(strength: float, chance: float) -> None:
    assert p_lapse(strength) == pytest.approx(chance, abs=0.005)


def test_a_tie_has_three_days_of_contact() -> None:
    events = [*_weekly("ana", "bo", 3, 5), *_weekly("cy", "ana", 2, 5), *_weekly("ana", "cy", 2, 5)]
    assert _quiet(events).keys() == {"bo"}
    assert _quiet(events)["bo"].probability == p_lapse(strengths(events, NOW, 60)["ana", "bo"])


@pytest.mark.parametrize(
    ("days", "silence", "alert"),
    [(10, 130, True), (9, 130, False), (10, 20, False), (30, 31, False), (12, 110, True), (12, 29, False)],
)
def test_an_alert_takes_ten_days_of_contact_thirty_of_silence_and_a_chance_of_four_in_ten(
    days: int, silence: int, alert: bool
) -> None:
    drift = _quiet(_weekly("ana", "bo", days, silence))["bo"]
    assert drift.alert is alert
    assert not alert or drift.probability >= 0.4


def test_thirty_days_of_silence_are_enough_where_the_tie_is_faint() -> None:
    events = [ago(30 + 60 * number, "ana", "bo") for number in range(10)]
    assert _quiet(events, fit=DEFAULT)["bo"].alert
    assert not _quiet([*events, ago(29, "ana", "bo")], fit=DEFAULT)["bo"].alert


def test_nothing_is_said_where_most_ties_lapse() -> None:
    lost = [one for number in range(20) for one in _weekly(f"p{number}", f"q{number}", 12, 130)]
    events = [*_weekly("ana", "bo", 12, 110), *lost]
    assert fit_drift(events, NOW).lapse_rate > 0.6
    assert not _quiet(events)["bo"].alert
    assert _quiet(events, fit=DEFAULT)["bo"].alert
    assert fit_drift([], NOW) == DEFAULT


def test_the_intercept_follows_what_became_of_the_workspaces_ties() -> None:
    kept = [one for number in range(40) for one in _weekly(f"p{number}", f"q{number}", 50, 1)]
    lost = [one for number in range(40) for one in _weekly(f"p{number}", f"q{number}", 12, 130)]
    assert fit_drift(kept, NOW).intercept < 0.65 < fit_drift(lost, NOW).intercept
    assert fit_drift(kept, NOW).lapse_rate < 0.05 < 0.9 < fit_drift(lost, NOW).lapse_rate


def test_a_fit_foretells_as_many_lapses_as_there_were() -> None:
    events = planted(1)
    fit, monday = fit_drift(events, NOW), (NOW - NOW.weekday() * DAY).replace(hour=0)
    expected, lapsed, ties = 0.0, 0, 0
    for start in (monday - 60 * DAY, monday - 120 * DAY):
        days = defaultdict(set)
        for event in events:
            days[pair_of(*event[:2])].add(event.at.date())
        now = strengths([event for event in events if event.at < start], start, 60)
        for pair, strength in now.items():
            before = [day for day in days[pair] if day < start.date()]
            if len(before) >= 3 and max(before) >= (start - 120 * DAY).date():
                ties += 1
                expected += p_lapse(strength, fit.intercept)
                lapsed += not any(start.date() <= day < (start + 60 * DAY).date() for day in days[pair])
    assert fit.ties == ties > 100
    assert fit.lapse_rate == (lapsed + 2) / (ties + 5)
    assert expected == pytest.approx(lapsed, abs=abs(fit.intercept - 0.65) + 0.01)


def test_few_ties_change_nothing_and_a_fit_holds_for_a_week() -> None:
    assert fit_drift(_weekly("ana", "bo", 12, 130), NOW).intercept == 0.65
    events = [one for number in range(40) for one in _weekly(f"p{number}", f"q{number}", 12, 100 + number)]
    monday = NOW - NOW.weekday() * DAY
    weeks = {fit_drift(events, monday + day * DAY) for day in range(7)}
    assert len({(round(fit.intercept, 6), fit.lapse_rate, fit.ties) for fit in weeks}) == 1


def test_those_with_the_most_to_lose_come_first() -> None:
    events = [*_weekly("ana", "deep", 40, 60), *_weekly("ana", "faint", 3, 60), *_weekly("ana", "fresh", 40, 1)]
    assert [drift.member for drift in drifting(events, "ana", NOW, DEFAULT)] == ["deep", "faint", "fresh"]


@settings(max_examples=60, deadline=None)
@given(records)
def test_every_tie_has_a_chance_from_nothing_to_one_and_both_sides_hear_the_same(events: list[Event]) -> None:
    for member in PEOPLE[:4]:
        for drift in drifting(events, member, NOW):
            assert 0 < drift.probability <= 1
            assert member in {one.member for one in drifting(events, drift.member, NOW)}
            same = next(one for one in drifting(events, drift.member, NOW) if one.member == member)
            assert (same.probability, same.alert) == (drift.probability, drift.alert)


@settings(max_examples=60, deadline=None)
@given(records)
def test_what_is_still_to_come_changes_nothing(events: list[Event]) -> None:
    later = [event._replace(at=NOW + DAY) for event in events]
    assert drifting([*events, *later], PEOPLE[0], NOW) == drifting(events, PEOPLE[0], NOW)
