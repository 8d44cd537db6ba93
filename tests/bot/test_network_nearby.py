"""The walk that reads whose ties it comes to, held against the one that is handed everything."""

import random
from collections.abc import Collection
from datetime import UTC, date

import pytest
from hypothesis import given, settings

from bot.network import Event, Nearby, nearby, suggest_introductions
from tests.bot.networks import NOW, PEOPLE, ago, records, thirty_people


class Days:
    """Who was in contact with whom on which day, read as it is asked for; `read` are those who were asked about."""

    def __init__(self, events: Collection[Event]) -> None:
        self.read: list[str] = []
        self._of: dict[str, set[tuple[str, str, date]]] = {}
        for giver, receiver, _, at in events:
            for one, other in ((giver, receiver), (receiver, giver)):
                self._of.setdefault(one, set()).add((one, other, at.astimezone(UTC).date()))

    def __call__(self, people: Collection[str]) -> list[tuple[str, str, date]]:
        assert not set(people) & set(self.read), "nobody is read twice"
        self.read += people
        return [day for one in people for day in sorted(self._of.get(one, ()))]


@settings(max_examples=80, deadline=None)
@given(records)
def test_where_everything_fits_it_suggests_what_the_whole_would(events: list[Event]) -> None:
    of_help = [event._replace(kind="help") for event in events if event.giver != event.receiver and event.at <= NOW]
    for member in PEOPLE[:3]:
        found = Nearby(Days(of_help), member, NOW).suggest()
        expected = suggest_introductions(of_help, member, NOW, half_life=180)
        assert [one.member for one in found] == [one.member for one in expected]
        assert [one.reasons for one in found] == [one.reasons for one in expected]
        assert [one.score for one in found] == pytest.approx([one.score for one in expected])


def test_it_goes_on_from_the_strongest_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "FIRST", 1)
    events = [ago(1, "ana", "bo"), ago(2, "ana", "bo"), ago(1, "ana", "cy"), ago(1, "bo", "dee"), ago(1, "cy", "eve")]
    days = Days(events)
    near = Nearby(days, "ana", NOW)
    assert days.read == ["ana", "bo"]
    assert [one.member for one in near.suggest()] == ["dee"]
    assert near.mine.keys() == {"bo", "cy"}


def test_a_large_workspace_is_not_read_whole() -> None:
    chance = random.Random(1)
    events = [
        ago(chance.randrange(300), f"p{chance.randrange(5_000)}", f"p{chance.randrange(5_000)}") for _ in range(50_000)
    ]
    days = Days([event for event in events if event.giver != event.receiver])
    assert len(Nearby(days, "p1", NOW).suggest()) == 10
    assert len(days.read) <= 1 + 2 * 150 + 40


def test_nobody_is_suggested_to_who_has_no_tie_and_too_little_says_so() -> None:
    near = Nearby(Days([]), "ana", NOW)
    assert near.suggest() == []
    assert near.to_introduce(10) == []
    assert near.is_too_little
    thirty = Nearby(Days(thirty_people()), thirty_people()[0].giver, NOW)
    thirty.suggest()
    assert not thirty.is_too_little


def test_two_are_introduced_by_whom_both_know_best_and_not_where_they_have_a_tie() -> None:
    events = [ago(1, "ana", "bo"), ago(1, "ana", "cy"), ago(1, "ana", "dee"), ago(1, "bo", "dee")]
    assert Nearby(Days(events), "ana", NOW).to_introduce(10) == [("bo", "cy", 1), ("cy", "dee", 1)]
    better = [ago(days, "zoe", other) for days in range(1, 9) for other in ("bo", "cy")]
    assert Nearby(Days([*events, *better]), "ana", NOW).to_introduce(10) == [("cy", "dee", 1)]


def test_half_a_year_counts_less() -> None:
    near = Nearby(Days([ago(0, "ana", "bo"), ago(180, "ana", "cy")]), "ana", NOW)
    assert near.mine["cy"] < near.mine["bo"]
