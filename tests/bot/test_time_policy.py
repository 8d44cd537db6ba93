"""The policy, line by line: what is taken where something was not said, and what is asked."""

from datetime import UTC, datetime
from itertools import permutations, product

import pytest

from bot.when import find_time, why_none, zone_named

NEW_YORK, LONDON, BERLIN, KOLKATA = "America/New_York", "Europe/London", "Europe/Berlin", "Asia/Kolkata"
WEDNESDAY, FRIDAY, SUNDAY = "2026-03-04 10:00", "2026-03-06 16:30", "2026-03-08 12:00"


def _read(phrase: str, now: str = WEDNESDAY, zone: str = NEW_YORK, locale: str = "en-US") -> str:
    """Returns the wall time that a phrase is read as; why it is none, with the wall times that are offered."""
    moment = datetime.fromisoformat(now).replace(tzinfo=zone_named(zone)).astimezone(UTC)
    found = find_time(phrase, moment, zone, locale)
    if found:
        return f"{found.at.astimezone(zone_named(zone)):%a %d %b %H:%M}"
    why = why_none(phrase, moment, zone, locale)
    return " ".join([why.reason, *(f"{one.astimezone(zone_named(zone)):%a/%H}" for one in why.choices)])


def test_hours_pass_and_days_are_days_of_the_calendar() -> None:
    assert _read("in 24 hours", "2026-03-07 12:00") == "Sun 08 Mar 13:00"
    assert _read("in 1 day", "2026-03-07 12:00") == "Sun 08 Mar 12:00"
    assert _read("in 24 hours", "2026-10-31 12:00") == "Sun 01 Nov 11:00"
    assert _read("in a day and a half", "2026-03-07 12:00") == "Mon 09 Mar 00:00"
    assert _read("in a month", "2026-01-31 08:00") == "Sat 28 Feb 08:00"


def test_a_weekday_is_the_next_one_after_today() -> None:
    assert _read("Wednesday") == "Wed 11 Mar 09:00"
    assert _read("Friday") == "Fri 06 Mar 09:00"
    assert _read("fri 9am", FRIDAY) == "Fri 13 Mar 09:00"


def test_a_time_that_is_still_to_come_on_todays_weekday_is_asked_about() -> None:
    assert _read("wed 4pm") == "unclear Wed/16 Wed/16"
    assert _read("wed at 4") == "unclear Wed/16 Wed/16"
    assert _read("wed afternoon") == "unclear Wed/14 Wed/14"
    assert _read("wed 9am") == "Wed 11 Mar 09:00"


@pytest.mark.parametrize(
    ("phrase", "now", "read"),
    [
        ("next Friday", WEDNESDAY, "unclear Fri/09 Fri/09"),
        ("next Monday", WEDNESDAY, "Mon 09 Mar 09:00"),
        ("next Wednesday", WEDNESDAY, "Wed 11 Mar 09:00"),
        ("next Monday", SUNDAY, "unclear Mon/09 Mon/09"),  # weeks begin today for some
        ("this Friday", WEDNESDAY, "Fri 06 Mar 09:00"),
        ("this Monday", WEDNESDAY, "unclear Mon/09"),
        ("Friday next week", WEDNESDAY, "Fri 13 Mar 09:00"),
    ],
)
def test_next_is_asked_about_where_people_mean_two_days_by_it(phrase: str, now: str, read: str) -> None:
    assert _read(phrase, now) == read


def test_an_hour_alone_is_in_the_afternoon_up_to_six_and_in_the_morning_from_seven() -> None:
    assert [_read(f"tomorrow at {hour}")[-5:] for hour in (1, 6, 7, 11, 12)] == [
        "13:00",
        "18:00",
        "07:00",
        "11:00",
        "12:00",
    ]
    assert _read("at 3") == "Wed 04 Mar 15:00"
    assert _read("at 3", FRIDAY) == "Sat 07 Mar 15:00"
    assert _read("at 11") == "Wed 04 Mar 11:00"
    assert _read("at 8") == "unclear Wed/20 Thu/08"
    assert _read("at 8", "2026-03-04 21:00") == "Thu 05 Mar 08:00"
    assert _read("8 this evening") == "Wed 04 Mar 20:00"


def test_a_date_in_numbers_is_read_by_the_readers_country() -> None:
    assert _read("3/5") == "Thu 05 Mar 09:00"
    assert _read("3/5", locale="en-GB") == "Sun 03 May 09:00"
    assert _read("3/5", locale="de-DE") == "Sun 03 May 09:00"
    assert _read("3/5", locale="") == "unclear Thu/09 Sun/09"
    assert {_read("13/5", locale=one) for one in ("en-US", "en-GB", "")} == {"Wed 13 May 09:00"}


def test_what_is_past_today_is_tomorrow_if_no_day_was_said_and_refused_if_one_was() -> None:
    assert _read("9am") == "Thu 05 Mar 09:00"
    assert _read("today 9am") == "past Thu/09"
    assert {_read(one) for one in ("yesterday", "2 days ago", "last Friday", "March 5 2020", "yesterday at 5pm")} == {
        "past"
    }


def test_an_abbreviation_is_the_time_on_its_places_clocks_in_every_season() -> None:
    july = "2026-07-01 05:00"
    assert _read("9am EST", july, NEW_YORK) == "Wed 01 Jul 09:00"
    assert _read("9am PST", july, NEW_YORK) == "Wed 01 Jul 12:00"
    assert _read("9am PST", WEDNESDAY, NEW_YORK) == "Wed 04 Mar 12:00"


def test_an_abbreviation_of_several_places_is_that_of_where_one_lives_or_is_asked_about() -> None:
    assert _read("3pm CST") == "Wed 04 Mar 16:00"
    assert _read("3pm IST") == "unclear Wed/15"
    assert _read("3pm IST", zone=KOLKATA) == "Wed 04 Mar 15:00"
    assert _read("3pm CST", zone="Asia/Shanghai") == "Wed 04 Mar 15:00"
    assert _read("3pm CST", zone=BERLIN) == "unclear Wed/15"


def test_a_day_that_differs_between_here_and_there_is_asked_about() -> None:
    assert _read("tomorrow 3pm Tokyo time") == "unclear Thu/01 Fri/01"
    assert _read("tomorrow 3pm London time") == "Thu 05 Mar 10:00"
    assert _read("March 6 3pm Tokyo time") == "Fri 06 Mar 01:00"


@pytest.mark.parametrize(
    "zone_said", ["PT", "Pacific time", "London time", "London", "UTC", "(ET)", "CET", "GMT+2", "America/Chicago"]
)
@pytest.mark.parametrize(
    "day",
    ["wed", "Wednesday", "sat", "sun", "mon", "Tue", "Thurs", "tomorrow", "Mar 12", "12 March", "3/12", "the 12th"],
)
def test_in_every_order_of_time_zone_and_day_that_day_is_taken_or_asked_about(zone_said: str, day: str) -> None:
    alone = _read(f"{day} 14:00", "2026-03-06 12:00")[:6]
    for pieces, gap in product(permutations(["14:00", zone_said, day]), (" ", ", ")):
        read = _read(gap.join(pieces), "2026-03-06 12:00")
        assert read.startswith(("unclear", "none", alone)), gap.join(pieces)


def test_half_an_hour_without_a_past_is_past_it_where_people_count_so() -> None:
    assert {_read("half five tomorrow", locale=f"en-{one}") for one in ("GB", "IE", "AU", "NZ", "IN")} == {
        "Thu 05 Mar 17:30"
    }
    assert {_read("half five tomorrow", locale=one)[:7] for one in ("en-US", "de-DE", "nl-NL", "en", "")} == {"unclear"}


def test_a_time_that_is_only_named_is_told_by_an_exact_one_that_lies_in_it() -> None:
    assert _read("first thing Monday, 7:30am") == "Mon 09 Mar 07:30"
    assert _read("7:30 first thing Monday") == "Mon 09 Mar 07:30"
    assert _read("eod Friday, 6") == "Fri 06 Mar 18:00"
    assert {_read(one)[:7] for one in ("first thing Monday 3pm", "eod Friday 9am", "first thing at 7 and 8")} == {
        "unclear"
    }


def test_a_time_that_is_not_there_is_shifted_on_and_one_that_is_twice_is_the_first() -> None:
    assert _read("tomorrow at 2:30am", "2026-03-07 12:00") == "Sun 08 Mar 03:30"
    assert _read("every day at 2:30am", "2026-03-07 12:00") == "Sun 08 Mar 03:30"
    night = datetime(2026, 10, 31, 16, tzinfo=UTC)
    found = find_time("tomorrow at 1:30am", night, NEW_YORK)
    assert found
    assert found.at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_days_that_not_every_month_has_are_asked_about_when_they_recur() -> None:
    assert {_read(f"monthly on the {day}") for day in ("29th", "30th", "31st")} == {"unclear"}
    assert _read("every Feb 29") == "unclear"
    assert _read("monthly", "2026-01-31 08:00") == "unclear"
    assert _read("Feb 29") == "Tue 29 Feb 09:00"


def test_an_hour_is_the_least_that_a_reminder_never_recurs_in() -> None:
    assert {_read(one) for one in ("every hour", "hourly", "every 30 minutes", "twice a day")} == {"unclear"}


def test_what_somebody_elses_clock_shows_does_not_recur_by_ones_own() -> None:
    assert _read("every Friday at 9am PT") == "unclear"
    assert _read("every Friday at 9am ET") == "Fri 06 Mar 09:00"


@pytest.mark.parametrize(
    "phrase", ["April Jones", "Noon Ltd", "Friday's email", "the 7pm show", "RFP 2027", "suite 300", "ask May about it"]
)
def test_a_name_or_a_number_is_no_time_by_itself_nor_beside_one(phrase: str) -> None:
    assert _read(phrase) == "none"
    assert _read(f"{phrase} tomorrow at 3pm") == "Thu 05 Mar 15:00"
    assert _read(f"tomorrow at 3pm {phrase}") == "Thu 05 Mar 15:00"
