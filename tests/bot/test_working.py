"""When somebody works: what holds until they choose, the next moment, and the same over holidays and changes of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import countries, working
from bot.when import zone_named
from bot.working import WorkingTime
from storage.tables import Member, Workspace
from tests.storage.rows import NOW

WEEK = frozenset(range(5))
CHICAGO = WorkingTime("America/Chicago", time(9), time(17), WEEK, "")


def _hours(**changes: Any) -> WorkingTime:
    return WorkingTime(**(vars(CHICAGO) | changes))


def _local(text: str, zone: str = "America/Chicago") -> datetime:
    """Returns an instant by a wall time there; a `*` behind it is the second of two."""
    wall = datetime.fromisoformat(text.rstrip("*"))
    return wall.replace(tzinfo=zone_named(zone), fold=text.endswith("*")).astimezone(UTC)


def _member(**columns: Any) -> Member:
    return Member(team_id="T1", id="m1", slack_id="U1", zone="America/Chicago", created_at=NOW, **columns)


def _workspace(country: str | None) -> Workspace:
    return Workspace(team_id="T1", created_at=NOW, country=country)


@pytest.mark.parametrize(
    ("columns", "workspace", "days", "country"),
    [
        ({}, None, {0, 1, 2, 3, 4}, ""),
        ({}, _workspace(None), {0, 1, 2, 3, 4}, ""),
        ({}, _workspace("US"), {0, 1, 2, 3, 4}, "US"),
        ({}, _workspace("SA"), {6, 0, 1, 2, 3}, "SA"),
        ({"country": "SA"}, _workspace("US"), {6, 0, 1, 2, 3}, "SA"),
        ({"country": ""}, _workspace("SA"), {0, 1, 2, 3, 4}, ""),
        ({"country": "SA", "works_on": "024"}, None, {0, 2, 4}, "SA"),
        ({"works_on": "56"}, _workspace("US"), {5, 6}, "US"),
        ({"country": "XX"}, _workspace("SA"), {0, 1, 2, 3, 4}, "XX"),
    ],
)
def test_what_a_member_chose_holds_and_else_what_holds_in_the_country(
    columns: dict[str, Any], workspace: Workspace | None, days: set[int], country: str
) -> None:
    found = working.of(_member(**columns), workspace)
    assert (set(found.days), found.country) == (days, country)
    assert (found.starts, found.ends, found.zone) == (time(9), time(17), "America/Chicago")


def test_chosen_hours_are_kept_to_the_minute() -> None:
    found = working.of(_member(works_from=7 * 60 + 45, works_until=23 * 60 + 59), None)
    assert (found.starts, found.ends) == (time(7, 45), time(23, 59))


@pytest.mark.parametrize(
    ("at", "changes", "works"),
    [
        ("2026-03-02T09:00", {}, True),
        ("2026-03-02T08:59:59", {}, False),
        ("2026-03-02T16:59:59", {}, True),
        ("2026-03-02T17:00", {}, False),
        ("2026-03-07T12:00", {}, False),  # a Saturday
        ("2026-03-07T12:00", {"days": frozenset({5})}, True),
        ("2026-07-03T12:00", {"country": "US"}, False),
        ("2026-07-03T12:00", {"country": "SE"}, True),
        ("2026-07-03T12:00", {"country": "XX"}, True),
        ("2026-07-03T12:00", {"country": ""}, True),
        ("2026-03-02T09:00", {"zone": "Europe/Stockholm"}, True),  # four in the afternoon there
        ("2026-03-02T11:00", {"zone": "Europe/Stockholm"}, False),
        ("2026-03-02T12:00", {"days": frozenset()}, False),
        # Clocks go forward from 2 to 3 on Sunday 8 March, and back from 2 to 1 on Sunday 1 November.
        ("2026-03-08T03:15", {"starts": time(2, 30), "ends": time(4), "days": frozenset({6})}, False),
        ("2026-03-08T03:30", {"starts": time(2, 30), "ends": time(4), "days": frozenset({6})}, True),
        ("2026-03-08T03:00", {"starts": time(2), "ends": time(2, 30), "days": frozenset({6})}, True),
        ("2026-11-01T01:40", {"starts": time(1, 30), "ends": time(3), "days": frozenset({6})}, True),
        ("2026-11-01T01:10*", {"starts": time(1, 30), "ends": time(3), "days": frozenset({6})}, True),
    ],
)
def test_somebody_works_within_their_hours_and_at_no_other_time(at: str, changes: dict[str, Any], works: bool) -> None:
    assert working.is_working(_hours(**changes), _local(at)) is works


@pytest.mark.parametrize(
    ("at", "changes", "then"),
    [
        ("2026-03-02T09:00", {}, "2026-03-02T09:00"),
        ("2026-03-02T16:59:59", {}, "2026-03-02T16:59:59"),
        ("2026-03-02T17:00", {}, "2026-03-03T09:00"),
        ("2026-03-02T03:00", {}, "2026-03-02T09:00"),
        ("2026-03-06T18:00", {}, "2026-03-09T09:00"),  # over a weekend on which clocks go forward
        ("2026-10-30T18:00", {}, "2026-11-02T09:00"),  # and back
        ("2026-03-05T18:00", {"days": frozenset({6, 0, 1, 2, 3})}, "2026-03-08T09:00"),
        ("2026-07-02T18:00", {"country": "US"}, "2026-07-06T09:00"),  # a holiday, and the weekend after it
        ("2026-07-02T18:00", {"country": "XX"}, "2026-07-03T09:00"),
        ("2026-12-31T17:00", {"country": "US"}, "2027-01-04T09:00"),
        ("2026-03-08T00:00", {"starts": time(2, 30), "ends": time(4), "days": frozenset({6})}, "2026-03-08T03:30"),
        # An hour that a change of clocks takes away is not worked.
        ("2026-03-08T00:00", {"starts": time(2, 30), "ends": time(3), "days": frozenset({6})}, "2026-03-15T02:30"),
        ("2026-11-01T00:00", {"starts": time(1, 30), "ends": time(3), "days": frozenset({6})}, "2026-11-01T01:30"),
        ("2026-03-02T12:00", {"days": frozenset()}, "2026-03-02T12:00"),
    ],
)
def test_the_next_working_time_is_now_or_when_it_begins(at: str, changes: dict[str, Any], then: str) -> None:
    assert working.next_working(_hours(**changes), _local(at)) == _local(then)


@pytest.mark.parametrize(
    ("day", "count", "changes", "then"),
    [
        (date(2026, 3, 2), 0, {}, date(2026, 3, 2)),
        (date(2026, 3, 2), 1, {}, date(2026, 3, 3)),
        (date(2026, 3, 6), 1, {}, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, {}, date(2026, 3, 9)),
        (date(2026, 3, 6), 3, {}, date(2026, 3, 11)),
        (date(2026, 3, 2), 7, {}, date(2026, 3, 11)),
        (date(2026, 7, 2), 1, {"country": "US"}, date(2026, 7, 6)),
        (date(2026, 7, 2), 1, {"country": "SE"}, date(2026, 7, 3)),
        (date(2026, 3, 2), 2, {"days": frozenset({6})}, date(2026, 3, 15)),
        (date(2026, 3, 2), 3, {"days": frozenset()}, date(2026, 3, 5)),
    ],
)
def test_working_days_are_counted_without_weekends_and_holidays(
    day: date, count: int, changes: dict[str, Any], then: date
) -> None:
    assert working.days_on(_hours(**changes), day, count) == then


def test_a_calendar_of_nothing_but_holidays_is_not_kept_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(countries, "is_holiday", lambda _code, _day: True)
    hours, friday = _hours(country="US"), _local("2026-03-06T18:00")
    assert not working.is_working(hours, _local("2026-03-06T12:00"))
    assert working.next_working(hours, friday) == _local("2026-03-09T09:00")
    assert working.days_on(hours, date(2026, 3, 6), 7) == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("paused_until", "then"),
    [
        (None, "2026-03-02T12:00"),
        ("2026-03-02T10:00", "2026-03-02T12:00"),  # over already
        ("2026-03-02T12:00", "2026-03-02T12:00"),
        ("2026-03-02T13:00", "2026-03-02T13:00"),
        ("2026-03-03T20:00", "2026-03-04T09:00"),
        ("2026-03-07T09:00", "2026-03-09T09:00"),
    ],
)
def test_a_pause_is_waited_for_and_then_the_next_working_time(paused_until: str | None, then: str) -> None:
    paused = _member(paused_until=_local(paused_until) if paused_until else None)
    assert working.free_at(paused, CHICAGO, _local("2026-03-02T12:00")) == _local(then)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Mon to Fri, 9:00 AM to 5:00 PM, Chicago"),
        ({"days": frozenset({6, 0, 1, 2, 3})}, "Sun to Thu, 9:00 AM to 5:00 PM, Chicago"),
        ({"days": frozenset({5, 6, 0, 1, 2, 3})}, "Sat to Thu, 9:00 AM to 5:00 PM, Chicago"),
        ({"days": frozenset({0, 2, 4})}, "Mon, Wed and Fri, 9:00 AM to 5:00 PM, Chicago"),
        ({"days": frozenset({0, 1, 2, 4})}, "Mon to Wed and Fri, 9:00 AM to 5:00 PM, Chicago"),
        ({"days": frozenset({6, 0, 1, 3})}, "Sun to Tue and Thu, 9:00 AM to 5:00 PM, Chicago"),
        ({"days": frozenset({6, 0, 2})}, "Mon, Wed and Sun, 9:00 AM to 5:00 PM, Chicago"),
        ({"days": frozenset({5, 6})}, "Sat and Sun, 9:00 AM to 5:00 PM, Chicago"),
        ({"days": frozenset({1})}, "Tue, 9:00 AM to 5:00 PM, Chicago"),
        ({"days": frozenset(range(7))}, "Mon to Sun, 9:00 AM to 5:00 PM, Chicago"),
        ({"days": frozenset()}, "no day, 9:00 AM to 5:00 PM, Chicago"),
        ({"starts": time(0), "ends": time(12, 5)}, "Mon to Fri, 12:00 AM to 12:05 PM, Chicago"),
        ({"zone": "America/Argentina/Buenos_Aires"}, "Mon to Fri, 9:00 AM to 5:00 PM, Buenos Aires"),
        ({"zone": "nowhere"}, "Mon to Fri, 9:00 AM to 5:00 PM, UTC"),
    ],
)
def test_hours_are_said_as_people_say_them(changes: dict[str, Any], words: str) -> None:
    assert working.in_words(_hours(**changes)) == words


ZONES = (
    "America/Chicago",
    "Europe/Stockholm",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Havana",
)
_MINUTES = st.integers(0, 24 * 60 - 2)


@st.composite
def _any_hours(draw: st.DrawFn) -> WorkingTime:
    first = draw(_MINUTES)
    last = draw(st.integers(first + 1, 24 * 60 - 1))
    starts, ends = (time(minutes // 60, minutes % 60) for minutes in (first, last))
    days = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return WorkingTime(draw(st.sampled_from(ZONES)), starts, ends, days, draw(st.sampled_from(["", "US", "SA", "IN"])))


@given(_any_hours(), st.integers(0, 22 * 366 * 24 * 60))
def test_the_next_working_time_is_a_working_time_and_none_lies_before_it(hours: WorkingTime, minutes: int) -> None:
    at = datetime(2009, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    then = working.next_working(hours, at)
    assert at <= then
    assert working.is_working(hours, then)
    assert working.next_working(hours, then) == then
    assert working.is_working(hours, at) is (then == at)
    for share in range(1, 20):
        between = at + (then - at) * share / 20
        assert between == then or not working.is_working(hours, between)
    assert then - at < timedelta(days=40)
