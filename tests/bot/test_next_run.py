"""What recurs comes once on each of its days, at its own wall time, whatever the clocks, the zones and the machine do."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.when import Rhythm, Run, at, last_run, next_run, zone_named
from tests.bot.wall_clocks import calendar, spells

ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "America/Asuncion", "America/Chicago", "America/Havana", "America/New_York",
    "America/Nuuk", "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "Antarctica/Troll", "Asia/Beirut",
    "Asia/Gaza", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran", "Atlantic/Azores",
    "Australia/Lord_Howe", "Europe/Dublin", "Europe/London", "Europe/Stockholm", "Pacific/Auckland", "Pacific/Chatham",
    "UTC",
)  # fmt: skip
WALLS = tuple(map(time.fromisoformat, ("00:00", "00:30", "01:30", "02:00", "02:30", "09:00", "17:00")))
WEEK, MON, FRI, SUN = frozenset(range(7)), frozenset({0}), frozenset({4}), frozenset({6})
WEEKDAYS = (WEEK, WEEK - {5, 6}, MON, FRI, SUN)
FIRST, LAST = date(2025, 1, 1), date(2030, 12, 31)
BEFORE = datetime(2024, 12, 25, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)

rhythms = st.builds(
    Rhythm,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from((*WALLS, time(23, 30), time(23, 59, 59))) | st.times().map(lambda one: one.replace(fold=0)),
    st.sampled_from((*ZONES, "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Pago_Pago")),
)
instants = st.datetimes(datetime(2012, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_of_all_days_in_25_zones_and_6_years_none_is_skipped_and_none_doubled(figure: Callable[[str], None]) -> None:
    due = skipped = doubled = moved = 0
    for zone in ZONES:
        even = spells(zone, FIRST, LAST)
        for wall in WALLS:
            days = list(calendar(even, wall, FIRST, LAST))
            for weekdays in WEEKDAYS:
                expected = [one for one in days if one[0].weekday() in weekdays]
                one_skipped, one_doubled, one_moved = _differences(expected, _walk(Rhythm(weekdays, wall, zone)))
                due += len(expected)
                skipped, doubled, moved = skipped + one_skipped, doubled + one_doubled, moved + one_moved
    figure(
        f"next_run: {due:,} due days in {len(ZONES)} zones, 2025 to 2030: {skipped} skipped, {doubled} doubled,"
        f" {moved} at another time than theirs"
    )
    assert due > 820_000
    assert (skipped, doubled, moved) == (0, 0, 0)


def test_steps_of_24_hours_do_not_keep_to_the_calendar() -> None:
    days = list(calendar(spells("America/New_York", FIRST, LAST), time(9), FIRST, LAST))
    steps = [days[0][1] + timedelta(days=number) for number in range(len(days))]
    walked = [Run(one.astimezone(zone_named("America/New_York")).date(), one) for one in steps]
    _, _, moved = _differences(days, walked)
    assert moved > 1_000


def test_a_day_left_out_and_one_that_comes_twice_are_found() -> None:
    days = list(calendar(spells("UTC", FIRST, LAST), time(9), FIRST, LAST))
    walked = [Run(*one) for one in days]
    assert _differences(days, walked) == (0, 0, 0)
    assert _differences(days, walked[1:]) == (1, 0, 0)
    assert _differences(days, [*walked, walked[5]]) == (0, 1, 0)


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30"),  # not there: shown as 3:30
        ("America/New_York", "2026-03-09 00:00", "2026-03-09 04:00"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30"),  # twice there: the first
        ("America/New_York", "2026-11-01 02:00", "2026-11-01 07:00"),
        ("Africa/Cairo", "2026-04-24 00:00", "2026-04-23 22:00"),  # not there: shown as 1:00
        ("Africa/Cairo", "2026-10-29 23:30", "2026-10-29 20:30"),  # twice there, before a midnight that comes once
        ("Australia/Lord_Howe", "2026-10-04 02:00", "2026-10-03 15:30"),  # half an hour is not there
        ("Antarctica/Troll", "2026-03-29 02:30", "2026-03-29 02:30"),  # two hours are not there
        ("America/Nuuk", "2026-03-28 23:30", "2026-03-29 01:30"),  # not there: shown as 0:30 of the next day
        ("Asia/Kolkata", "2026-03-02 09:00", "2026-03-02 03:30"),
    ],
)
def test_a_days_instant_is_known_also_where_the_clock_changes(zone: str, wall: str, instant: str) -> None:
    local, expected = datetime.fromisoformat(wall), datetime.fromisoformat(instant).replace(tzinfo=UTC)
    day, before = local.date(), expected - timedelta(hours=12)
    assert list(calendar(spells(zone, day, day), local.time(), day, day)) == [(day, expected)]
    assert next_run(Rhythm(WEEK, local.time(), zone), expected - MOMENT) == (day, expected)
    assert next_run(Rhythm(frozenset({day.weekday()}), local.time(), zone), before) == (day, expected)
    assert last_run(Rhythm(WEEK, local.time(), zone), expected) == (day, expected)


def test_a_run_that_a_gap_carries_past_midnight_is_due_until_then_and_not_after() -> None:
    nightly = Rhythm(WEEK, time(23, 30), "America/Nuuk")
    carried = Run(date(2026, 3, 28), datetime(2026, 3, 29, 1, 30, tzinfo=UTC))  # at 0:30 on Sunday
    just_past_midnight = carried.at - timedelta(minutes=20)
    assert next_run(nightly, just_past_midnight) == carried
    assert last_run(nightly, just_past_midnight).day == date(2026, 3, 27)
    assert last_run(nightly, carried.at) == carried
    assert next_run(nightly, carried.at).day == date(2026, 3, 29)


def test_of_a_day_that_is_not_there_the_run_falls_together_with_that_of_the_day_after_it() -> None:
    daily = Rhythm(WEEK, time(9), "Pacific/Apia")  # went from 29 to 31 December 2011
    both = datetime(2011, 12, 30, 19, tzinfo=UTC)
    first = next_run(daily, both - timedelta(hours=23))
    assert first == (date(2011, 12, 30), both)
    assert next_run(daily, first.at) == (date(2012, 1, 1), both + timedelta(days=1))
    assert next_run(Rhythm(frozenset({5}), time(9), "Pacific/Apia"), both - MOMENT) == (date(2011, 12, 31), both)


def test_a_run_after_a_midnight_that_comes_twice_is_not_repeated() -> None:
    early = Rhythm(WEEK, time(0, 15), "America/Havana")  # at 1:00 on 1 November the clock goes back to midnight
    first = Run(date(2026, 11, 1), datetime(2026, 11, 1, 4, 15, tzinfo=UTC))
    again = first.at + timedelta(hours=1)
    assert again.astimezone(zone_named("America/Havana")).time() == time(0, 15)
    assert next_run(early, first.at - MOMENT) == first
    assert [last_run(early, one) for one in (first.at, again - MOMENT, again, again + MOMENT)] == [first] * 4
    assert next_run(early, again - MOMENT).day == date(2026, 11, 2)


def test_a_run_of_tomorrow_that_has_been_is_known_when_the_clock_is_back_on_today() -> None:
    early = Rhythm(
        WEEK, time(0, 0, 30), "America/St_Johns"
    )  # until 2011 the clock went back at 0:01, to 23:01 of the day before
    run = Run(date(2010, 11, 7), datetime(2010, 11, 7, 2, 30, 30, tzinfo=UTC))
    back = run.at + timedelta(minutes=10)
    assert back.astimezone(zone_named("America/St_Johns")).date() == date(2010, 11, 6)
    assert last_run(early, back) == run
    assert next_run(early, back).day == date(2010, 11, 8)


@settings(max_examples=300, deadline=None)
@given(rhythms, instants)
def test_the_last_run_and_the_next_stand_around_now_with_no_day_between_them(rhythm: Rhythm, now: datetime) -> None:
    last, following = last_run(rhythm, now), next_run(rhythm, now)
    assert last.at <= now < following.at
    assert last.day < following.day
    between = range(last.day.toordinal() + 1, following.day.toordinal())
    assert not [day for day in between if date.fromordinal(day).weekday() in rhythm.weekdays]
    assert next_run(rhythm, last.at) == following
    assert next_run(rhythm, last.at - MOMENT) == last
    assert last_run(rhythm, following.at - MOMENT) == last
    assert last_run(rhythm, following.at) == following


@settings(max_examples=150, deadline=None)
@given(rhythms, instants, st.lists(st.integers(-24 * 40, 24 * 40), min_size=1, max_size=12))
def test_a_clock_that_jumps_says_no_day_twice_and_of_those_missed_the_latest_alone(
    rhythm: Rhythm, now: datetime, jumps: list[int]
) -> None:
    said: list[Run] = []
    latest = now
    for hours in (0, *jumps):
        now += timedelta(hours=hours)
        new = _due(rhythm, now, said)
        if now > latest:
            first, last = latest.date() - timedelta(days=9), now.date() + timedelta(days=2)
            days = calendar(spells(rhythm.zone, first, last), rhythm.wall, first, last)
            missed = [day for day, moment in days if day.weekday() in rhythm.weekdays and latest < moment <= now]
            assert [run.day for run in new] == missed[-1:]
        said += new
        latest = max(latest, now)
    assert max(Counter(run.day for run in said).values()) == 1
    assert max(Counter(run.at for run in said).values()) == 1


@settings(max_examples=150, deadline=None)
@given(rhythms, instants, st.lists(st.tuples(st.integers(0, 60), st.sampled_from(ZONES)), min_size=1, max_size=12))
def test_who_moves_to_another_zone_gets_no_day_twice(
    rhythm: Rhythm, now: datetime, moves: list[tuple[int, str]]
) -> None:
    said = _due(rhythm, now, [])
    for hours, zone in moves:
        now += timedelta(hours=hours)
        rhythm = Rhythm(rhythm.weekdays, rhythm.wall, zone)
        said += _due(rhythm, now, said)
    assert max(Counter(run.day for run in said).values()) == 1


def test_who_flies_west_after_the_run_of_the_day_has_that_day_once() -> None:
    there, here = (Rhythm(WEEK, time(9), zone) for zone in ("Pacific/Auckland", "America/Chicago"))
    run = next_run(there, datetime(2026, 3, 2, tzinfo=UTC))
    again = next_run(here, run.at)
    assert again.day == run.day, "nine o'clock of that day comes once more, and its key has been used"
    assert _due(here, again.at, [run]) == []
    assert [one.day for one in _due(here, again.at + timedelta(days=1), [run])] == [run.day + timedelta(days=1)]


@pytest.mark.parametrize("weekdays", [set(), {7}, {-1}, {0, 7}])
def test_a_rhythm_has_weekdays(weekdays: set[int]) -> None:
    with pytest.raises(ValueError, match="weekdays from 0 to 6"):
        Rhythm(frozenset(weekdays), time(9), "UTC")


def test_a_rhythm_in_a_zone_that_is_none_is_kept_in_utc() -> None:
    run = next_run(Rhythm(MON, time(9), "nowhere"), datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert run == (date(2026, 3, 9), at(date(2026, 3, 9), time(9), "UTC"))


def _walk(rhythm: Rhythm) -> list[Run]:
    """Returns the runs of the days from FIRST to LAST, each found from the one before it."""
    runs, moment = [], BEFORE
    while (run := next_run(rhythm, moment)).day <= LAST:
        runs.append(run)
        moment = run.at
    return [one for one in runs if one.day >= FIRST]


def _differences(expected: Iterable[tuple[date, datetime]], walked: list[Run]) -> tuple[int, int, int]:
    """Returns how many days were skipped, doubled, and met at another instant than theirs."""
    calendar_days = dict(expected)
    met = Counter(run.day for run in walked)
    moved = sum(run.at != calendar_days.get(run.day) for run in walked)
    return len(calendar_days.keys() - met.keys()), met.total() - len(met), moved


def _due(rhythm: Rhythm, now: datetime, said: list[Run]) -> list[Run]:
    """Returns the latest run if its day was not said before, as whoever says it does, who keeps a key for each day."""
    run = last_run(rhythm, now)
    return [] if run.day in {one.day for one in said} else [run]
