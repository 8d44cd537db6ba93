"""What recurs by a rule comes once on each of its days, at its own wall time, whatever the clocks do."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.when import Run, every_in_words, find_time, next_in, zone_named
from tests.bot.test_next_run import ZONES
from tests.bot.wall_clocks import calendar, spells

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
WALLS = tuple(map(time.fromisoformat, ("00:00", "01:30", "02:30", "09:00", "23:30")))
RULES = (
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=2SU", "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=29",
)  # fmt: skip
NEW_YORK = "America/New_York"


def _walk(every: str, start: datetime, zone: str) -> Iterator[Run]:
    now = datetime.combine(FIRST - timedelta(days=3), time(), UTC)
    while (run := next_in(every, start, zone, now)) is not None and run.day <= LAST:
        yield run
        now = run.at


def test_of_all_days_of_rules_in_25_zones_and_2_years_none_is_skipped_and_none_doubled(
    figure: Callable[[str], None],
) -> None:
    due = 0
    for zone in ZONES:
        even = spells(zone, FIRST, LAST)
        for wall in WALLS:
            instants = dict(calendar(even, wall, FIRST, LAST))
            for every in RULES:
                start = datetime.combine(FIRST, wall)
                days = [
                    one.date()
                    for one in rrulestr(every, dtstart=start).between(start, datetime.combine(LAST, time.max), inc=True)
                ]
                walked = list(_walk(every, start, zone)) if wall in WALLS[:1] or zone in ZONES[:5] else []
                expected = [Run(day, instants[day]) for day in days] if walked else []
                assert walked == expected, (zone, wall, every)
                due += len(expected)
    figure(f"next_in: {due:,} due days of {len(RULES)} rules in {len(ZONES)} zones, 2026 and 2027: each came once")


@pytest.mark.parametrize(
    ("every", "start", "after", "day", "instant"),
    [
        (
            "FREQ=DAILY",
            "2026-03-01 02:30",
            "2026-03-07 12:00",
            "2026-03-08",
            "2026-03-08 07:30",
        ),  # not there: shown as 3:30
        ("FREQ=DAILY", "2026-03-01 02:30", "2026-03-08 07:30", "2026-03-09", "2026-03-09 06:30"),
        (
            "FREQ=DAILY",
            "2026-10-01 01:30",
            "2026-10-31 12:00",
            "2026-11-01",
            "2026-11-01 05:30",
        ),  # twice there: the first
        ("FREQ=DAILY", "2026-10-01 01:30", "2026-11-01 05:30", "2026-11-02", "2026-11-02 06:30"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-03-06 09:00", "2026-03-06 14:00", "2026-03-20", "2026-03-20 13:00"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-03-06 09:00", "2036-03-06 14:00", "2036-03-07", "2036-03-07 14:00"),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            "2028-02-29 09:00",
            "2028-03-01 00:00",
            "2032-02-29",
            "2032-02-29 14:00",
        ),
        ("FREQ=DAILY;COUNT=3", "2026-03-04 09:00", "2026-03-05 15:00", "2026-03-06", "2026-03-06 14:00"),
        ("FREQ=DAILY;UNTIL=20260306T235959", "2026-03-04 09:00", "2026-03-05 15:00", "2026-03-06", "2026-03-06 14:00"),
    ],
)
def test_the_next_day_of_a_rule(every: str, start: str, after: str, day: str, instant: str) -> None:
    moments = [datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (after, instant)]
    assert next_in(every, datetime.fromisoformat(start), NEW_YORK, moments[0]) == (date.fromisoformat(day), moments[1])


@pytest.mark.parametrize(
    "every", ["FREQ=DAILY;COUNT=3", "FREQ=DAILY;UNTIL=20260306T235959", "FREQ=WEEKLY;UNTIL=20260304"]
)
def test_a_rule_that_has_ended_has_no_next_day(every: str) -> None:
    assert next_in(every, datetime(2026, 3, 4, 9), NEW_YORK, datetime(2026, 3, 6, 14, tzinfo=UTC)) is None  # noqa: DTZ001


@pytest.mark.parametrize("every", ["FREQ=HOURLY", "FREQ=SECONDLY;INTERVAL=5", "", "every day", "FREQ=", "BYDAY=FR"])
def test_what_is_no_rule_or_recurs_too_often_is_refused(every: str) -> None:
    with pytest.raises(ValueError, match="no rule that recurs daily or less often"):
        next_in(every, datetime(2026, 3, 4, 9), NEW_YORK, datetime(2026, 3, 6, tzinfo=UTC))  # noqa: DTZ001


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(RULES),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    st.sampled_from((*ZONES, "Pacific/Apia")),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_the_next_day_lies_after_and_none_lies_between(every: str, start: datetime, zone: str, now: datetime) -> None:
    run = next_in(every, start, zone, now)
    assert run
    assert run.at > now
    assert next_in(every, start, zone, run.at - timedelta(microseconds=1)) == run


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("every other Friday at 9", "every other Friday"), ("every weekday at 8:30", "every weekday"),
        ("weekly on Mondays", "every Monday"), ("every Mon, Wed and Fri", "every Monday, Wednesday and Friday"),
        ("every day", "every day"), ("every other day", "every other day"), ("every 3 days", "every 3 days"),
        ("every 3 weeks on Tue and Thu", "every 3 weeks on Tuesday and Thursday"), ("every week", "every week"),
        ("monthly on the 1st", "every month on the 1st"), ("every 1st and 22nd of the month", "every month on the 1st and 22nd"),
        ("on the last day of every month", "every month on the last day"), ("every quarter", "every 3 months"),
        ("the first Monday of each month", "every month on the first Monday"), ("biweekly", "every other week"),
        ("last business day of every month", "every month on the last working day"), ("annually", "every year"),
        ("every year on March 5", "every year on 5 March"), ("every Friday until June 5", "every Friday until 5 June 2026"),
        ("every day 5 times", "every day, 5 times"), ("every 12th", "every month on the 12th"),
    ],
)  # fmt: skip
def test_a_rule_is_told_in_words(phrase: str, words: str) -> None:
    found = find_time(phrase, datetime(2026, 3, 4, 15, tzinfo=UTC), NEW_YORK)
    assert found
    assert found.every
    assert every_in_words(found.every) == words


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        (
            "every other Friday at 9",
            "every 3 days at 2:30am",
            "monthly on the 15th",
            "every weekday",
            "every day for 2 weeks",
        )
    ),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(ZONES),
)
def test_the_first_time_found_is_the_first_of_its_rule(phrase: str, now: datetime, zone: str) -> None:
    found = find_time(phrase, now, zone)
    assert found
    assert found.every
    wall = found.at.astimezone(zone_named(zone)).replace(tzinfo=None)
    if wall.time() in (time(2, 30), time(9)):  # a gap moves the first, and its wall time is the one that was said
        run = next_in(found.every, wall, zone, found.at - timedelta(seconds=1))
        assert run
        assert run.at == found.at
