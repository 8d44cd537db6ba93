"""Days and months where a member lives, over clock changes; and the few days that can be typed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.when import at, find_day, is_same_day, months, show, show_time, start_of_day, zone_named

CHICAGO, STOCKHOLM, KOLKATA, AUCKLAND = "America/Chicago", "Europe/Stockholm", "Asia/Kolkata", "Pacific/Auckland"
ZONES = (CHICAGO, STOCKHOLM, KOLKATA, AUCKLAND, "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia", "UTC")


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        (CHICAGO, "2026-03-08 01:59", "2026-03-08 07:59"),
        (CHICAGO, "2026-03-08 02:30", "2026-03-08 08:30"),  # not there: shifted on, to 3:30
        (CHICAGO, "2026-03-08 03:00", "2026-03-08 08:00"),
        (CHICAGO, "2026-11-01 01:30", "2026-11-01 06:30"),  # twice there: the first
        (STOCKHOLM, "2026-03-29 02:30", "2026-03-29 01:30"),
        (STOCKHOLM, "2026-10-25 02:30", "2026-10-25 00:30"),
        (KOLKATA, "2026-03-02 09:00", "2026-03-02 03:30"),
        ("nowhere", "2026-03-02 09:00", "2026-03-02 09:00"),
    ],
)
def test_a_wall_time_is_an_instant_also_where_the_clock_changes(zone: str, wall: str, instant: str) -> None:
    local = datetime.fromisoformat(wall)
    assert at(local.date(), local.time(), zone) == _utc(instant)


@pytest.mark.parametrize(
    ("zone", "now", "began"),
    [
        (CHICAGO, "2026-03-02 15:00", "2026-03-02 06:00"),
        (CHICAGO, "2026-03-02 05:59", "2026-03-01 06:00"),
        (CHICAGO, "2026-03-08 20:00", "2026-03-08 06:00"),  # 23 hours long
        (CHICAGO, "2026-03-09 04:59", "2026-03-08 06:00"),
        (CHICAGO, "2026-03-09 05:00", "2026-03-09 05:00"),
        (CHICAGO, "2026-11-02 05:59", "2026-11-01 05:00"),  # 25 hours long
        (KOLKATA, "2026-03-02 18:30", "2026-03-02 18:30"),
        (AUCKLAND, "2026-03-02 15:00", "2026-03-02 11:00"),
        ("Africa/Cairo", "2026-04-24 12:00", "2026-04-23 22:00"),  # midnight is not there: the day begins at 1:00
    ],
)
def test_a_day_begins_at_its_own_midnight(zone: str, now: str, began: str) -> None:
    assert start_of_day(_utc(now), zone) == _utc(began)


@settings(max_examples=150, deadline=None)
@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC)),  # noqa: DTZ001
    zone=st.sampled_from(ZONES),
)
def test_no_day_and_no_month_begins_after_now_or_too_long_before_it(now: datetime, zone: str) -> None:
    began = start_of_day(now, zone)
    last, this = months(now, zone)
    assert began <= now < began + timedelta(hours=25, minutes=1)
    assert last < this <= began
    assert timedelta(days=27, hours=23) <= this - last <= timedelta(days=31, hours=1)
    assert (this.astimezone(zone_named(zone)).day, last.astimezone(zone_named(zone)).day) == (1, 1)


@pytest.mark.parametrize(
    ("zone", "now", "last", "this"),
    [
        (CHICAGO, "2026-03-02 15:00", "2026-02-01 06:00", "2026-03-01 06:00"),
        (CHICAGO, "2026-03-01 05:59", "2026-01-01 06:00", "2026-02-01 06:00"),
        (CHICAGO, "2026-04-15 00:00", "2026-03-01 06:00", "2026-04-01 05:00"),
        (CHICAGO, "2026-01-31 12:00", "2025-12-01 06:00", "2026-01-01 06:00"),
        (AUCKLAND, "2025-12-31 11:00", "2025-11-30 11:00", "2025-12-31 11:00"),
        ("", "2028-03-31 23:59", "2028-02-01 00:00", "2028-03-01 00:00"),
    ],
)
def test_months_begin_where_the_member_lives(zone: str, now: str, last: str, this: str) -> None:
    assert months(_utc(now), zone) == (_utc(last), _utc(this))


MONDAY = "2026-03-02 15:00"


@pytest.mark.parametrize(
    ("typed", "now", "zone", "day"),
    [
        ("monday", MONDAY, CHICAGO, "2026-03-09"),
        ("Tuesday", MONDAY, CHICAGO, "2026-03-03"),
        ("sun", MONDAY, CHICAGO, "2026-03-08"),
        ("thurs", MONDAY, CHICAGO, "2026-03-05"),
        ("  FRI  ", MONDAY, CHICAGO, "2026-03-06"),
        ("2026-03-20", MONDAY, CHICAGO, "2026-03-20"),
        ("2025-01-01", MONDAY, CHICAGO, "2025-01-01"),
        ("2028-02-29", MONDAY, CHICAGO, "2028-02-29"),
        ("tuesday", "2026-03-03 03:00", CHICAGO, "2026-03-03"),  # still Monday there
        ("tuesday", "2026-03-02 12:00", AUCKLAND, "2026-03-10"),  # already Tuesday there
        ("sunday", "2026-03-07 12:00", CHICAGO, "2026-03-08"),
        ("0001-01-01", MONDAY, AUCKLAND, None),
        *((typed, MONDAY, CHICAGO, None) for typed in (
            "", "mo", "m", "tomorrow", "next monday", "mondays", "2026-02-29", "3/5", "5 March", "2026-13-01", "9", "0",
            "until friday", "friday 3pm", "২০২৬-০৩-০৫", "x" * 4000, "\u202emonday", "2026-03-20T10:00", "monday!",
        )),
    ],
)  # fmt: skip
def test_a_day_that_can_be_typed(typed: str, now: str, zone: str, day: str | None) -> None:
    expected = None if day is None else at(date.fromisoformat(day), time(9), zone)
    assert find_day(typed, _utc(now), zone) == expected


def test_the_morning_of_the_day_is_the_morning_there() -> None:
    assert find_day("sunday", _utc(MONDAY), CHICAGO) == _utc("2026-03-08 14:00")
    assert find_day("saturday", _utc(MONDAY), CHICAGO) == _utc("2026-03-07 15:00")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.sampled_from(ZONES))
def test_whatever_is_typed_is_a_day_or_none(typed: str, zone: str) -> None:
    find_day(typed, _utc(MONDAY), zone)


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        ("2026-03-03 21:00", CHICAGO, "Tue 3 Mar, 3:00 PM CST"),
        ("2026-07-03 05:05", CHICAGO, "Fri 3 Jul, 12:05 AM CDT"),
        ("2026-03-02 12:00", "UTC", "Mon 2 Mar, 12:00 PM UTC"),
        ("2026-10-25 00:30", STOCKHOLM, "Sun 25 Oct, 2:30 AM CEST"),
        ("2026-10-25 01:30", STOCKHOLM, "Sun 25 Oct, 2:30 AM CET"),
        ("2026-12-31 20:00", KOLKATA, "Fri 1 Jan, 1:30 AM IST"),
        ("2026-03-02 12:00", "", "Mon 2 Mar, 12:00 PM UTC"),
    ],
)
def test_an_instant_is_shown_in_the_readers_zone(moment: str, zone: str, shown: str) -> None:
    assert show(_utc(moment), zone) == shown


@pytest.mark.parametrize(
    ("moment", "zone", "shown"),
    [
        ("2026-03-03 21:00", CHICAGO, "3:00 PM"),
        ("2026-03-03 06:00", CHICAGO, "12:00 AM"),
        ("2026-03-03 18:05", CHICAGO, "12:05 PM"),
        ("2026-03-03 12:30", KOLKATA, "6:00 PM"),
    ],
)
def test_a_time_of_day_is_shown_in_the_readers_zone(moment: str, zone: str, shown: str) -> None:
    assert show_time(_utc(moment), zone) == shown


@pytest.mark.parametrize(
    ("one", "other", "zone", "is_one_day"),
    [
        ("2026-03-03 06:00", "2026-03-04 05:59", CHICAGO, True),
        ("2026-03-03 05:59", "2026-03-03 06:00", CHICAGO, False),
        ("2026-03-03 05:59", "2026-03-03 06:00", "UTC", True),
        ("2026-03-03 15:00", "2026-03-10 15:00", CHICAGO, False),
        ("2026-11-01 05:30", "2026-11-02 05:30", CHICAGO, True),  # 25 hours long
    ],
)
def test_two_instants_are_on_one_day_or_not_where_the_reader_is(
    one: str, other: str, zone: str, is_one_day: bool
) -> None:
    assert is_same_day(_utc(one), _utc(other), zone) is is_one_day


@pytest.mark.parametrize("name", ["", "nowhere", "../../etc/passwd", "/etc/localtime", "America", "\0", "x" * 300])
def test_a_zone_that_is_none_is_utc(name: str) -> None:
    assert zone_named(name).key == "UTC"
