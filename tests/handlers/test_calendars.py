"""When the events of calendars happen: repeats, what is left out or moved, zones that are named, unknown or missing."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds import Parsed
from handlers.fetching import parsing_child
from handlers.fetching.parsing import understand
from tests.features.feeding import event, ical

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # a Monday; clocks change in the US on 8 March, in Europe on 29 March


def read(body: bytes, zone: str = "America/Chicago", now: datetime = NOW) -> Parsed:
    asked = {"charset": "", "url": "https://example.org/", "zone": zone, "now": now.isoformat()}
    return understand(parsing_child.read(asked, body))


def starts(*lines: str, start: str = "20260302T180000", first: str = "DTSTART;TZID=America/Chicago") -> list[str]:
    """Returns when an event with these lines starts, in UTC."""
    body = ical(event("A", start, more="".join(f"{line}\n" for line in lines))).decode()
    found = read(body.replace("DTSTART;TZID=America/Chicago", first).encode())
    return [f"{one.starts_at:%m-%d %H:%M}" for one in found.found if one.starts_at]


def test_a_repeated_event_keeps_its_time_when_clocks_change() -> None:
    assert starts("RRULE:FREQ=WEEKLY;COUNT=3") == ["03-03 00:00", "03-09 23:00", "03-16 23:00"]


def test_nothing_is_told_that_is_over_or_more_than_sixty_days_ahead() -> None:
    found = starts("RRULE:FREQ=DAILY", start="20100101T180000")
    assert (found[0], found[-1], len(found)) == ("03-02 00:00", "04-30 23:00", 61)


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("FREQ=MONTHLY;BYDAY=2TU", ["03-03 00:00", "03-10 23:00", "04-14 23:00"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["03-03 00:00", "03-27 23:00", "04-24 23:00"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["03-03 00:00", "03-31 23:00", "04-30 23:00"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20260318T000000Z", ["03-03 00:00", "03-05 00:00", "03-16 23:00"]),
        ("FREQ=WEEKLY;UNTIL=20260310", ["03-03 00:00", "03-09 23:00"]),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1", ["03-03 00:00", "04-01 23:00"]),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=3", ["03-03 00:00", "03-04 00:00", "03-10 23:00"]),  # the first start is counted
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=2", ["03-03 00:00", "03-09 23:00"]),
    ],
)  # fmt: skip
def test_rules_are_followed(rule: str, found: list[str]) -> None:
    assert starts(f"RRULE:{rule}") == found


@pytest.mark.parametrize("interval", [1, 2, 3])
@pytest.mark.parametrize("frequency", ["DAILY", "WEEKLY"])
def test_an_old_rule_is_in_step_with_its_first_start(frequency: str, interval: int) -> None:
    begun = datetime(2019, 5, 7, 18, 0)  # noqa: DTZ001 - as it stands on the wall
    step = timedelta(days=interval) if frequency == "DAILY" else timedelta(weeks=interval)
    found = read(ical(event("A", f"{begun:%Y%m%dT%H%M%S}", more=f"RRULE:FREQ={frequency};INTERVAL={interval}\n"))).found
    days = {(one.starts_at - timedelta(hours=5)).date() for one in found if one.starts_at}
    expected = {(begun + step * number).date() for number in range(4000)}
    assert days
    assert days < expected
    assert len(days) == sum(
        NOW.date() - timedelta(days=1) <= day <= (NOW + timedelta(days=59)).date() for day in expected
    )


def test_days_left_out_added_and_moved() -> None:
    lines = ["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=America/Chicago:20260309T180000", "EXDATE:20260316T230000Z"]
    assert starts(*lines) == ["03-03 00:00", "03-23 23:00"]
    assert starts("RDATE;TZID=America/Chicago:20260305T100000,20260306T100000") == [
        "03-03 00:00",
        "03-05 16:00",
        "03-06 16:00",
    ]
    weekly = event("A", "20260302T180000", more="RRULE:FREQ=WEEKLY;COUNT=3\n")
    moved = event("A, moved", "20260310T190000", more="RECURRENCE-ID;TZID=America/Chicago:20260309T180000\n")
    off = event("A", "20260316T180000", more="RECURRENCE-ID:20260316T230000Z\nSTATUS:CANCELLED\n")
    found = read(ical(moved, weekly, off)).found
    assert [(one.title, f"{one.starts_at:%d %H}", one.is_cancelled) for one in found] == [
        ("A", "03 00", False), ("A, moved", "11 00", False), ("A", "16 23", True),
    ]  # fmt: skip
    keys = {one.key for one in read(ical(weekly)).found}
    assert {one.key for one in found} == keys, "what is moved is the same event"


def test_whole_days_are_days_and_not_moments() -> None:
    body = ical(
        "BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20260310\nDTEND;VALUE=DATE:20260312\nSUMMARY:Fair\nEND:VEVENT\n"
    )
    (fair,) = read(body, zone="Pacific/Auckland").found
    assert fair.is_all_day
    assert (fair.starts_at, fair.ends_at) == (datetime(2026, 3, 10, tzinfo=UTC), datetime(2026, 3, 12, tzinfo=UTC))
    assert starts("RRULE:FREQ=DAILY;COUNT=2", start="20260310", first="DTSTART;VALUE=DATE") == [
        "03-10 00:00",
        "03-11 00:00",
    ]


@pytest.mark.parametrize(
    ("first", "own", "start", "note"),
    [
        ("DTSTART;TZID=America/Chicago", "Europe/Stockholm", "03-10 23:00", None),
        ("DTSTART;TZID=Eastern Standard Time", "Europe/Stockholm", "03-10 22:00", None),
        ("DTSTART;TZID=Nowhere/City", "Europe/Stockholm", "03-10 17:00", "zone"),
        ("DTSTART;TZID=Nowhere/City", "Neither/Here", "03-10 15:00", "zone"),
        ("DTSTART", "Europe/Stockholm", "03-10 17:00", None),
        ("DTSTART", "../../etc", "03-10 15:00", None),
        ("DTSTART", "", "03-10 15:00", None),
    ],
)
def test_a_time_is_in_its_own_zone_else_in_the_calendars_else_in_the_admins(
    first: str, own: str, start: str, note: str | None
) -> None:
    body = ical(event("A", "20260310T180000"), zone=own).decode().replace("DTSTART;TZID=America/Chicago", first)
    found = read(body.encode(), zone="Europe/Moscow")
    assert [f"{one.starts_at:%m-%d %H:%M}" for one in found.found] == [start]
    assert found.note == note


def test_utc_and_lengths() -> None:
    for line, length in (
        ("DURATION:PT90M", 90),
        ("DTEND:20260310T190000Z", 60),
        ("DTEND:20260310T170000Z", 0),
        ("X-A:b", 0),
    ):
        body = ical(event("A", "20260310T180000Z", more=f"{line}\n")).decode().replace(";TZID=America/Chicago", "")
        (found,) = read(body.encode()).found
        assert found.starts_at == datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
        assert found.ends_at == found.starts_at + timedelta(minutes=length)


def test_what_is_not_followed_is_left_out_and_said() -> None:
    found = read(ical(event("Often", more="RRULE:FREQ=HOURLY\n"), event("Once", uid="2")))
    assert [one.title for one in found.found] == ["Once"]
    assert found.note == "repeats"


def test_no_more_than_five_hundred_are_kept_the_next_ones_and_how_far_that_goes() -> None:
    daily = [event(f"E{n}", "20260302T180000", str(n), more="RRULE:FREQ=DAILY\n") for n in range(20)]
    found = read(ical(*daily))
    assert len(found.found) == 500
    assert found.until == found.found[-1].starts_at


def test_events_have_words_in_plain_text_and_topics() -> None:
    more = "DESCRIPTION:Bring a friend.\\n<b>Free</b>\nCATEGORIES:mass timber,codes\nURL:https://example.org/a\n"
    (found,) = read(ical(event("A\\, B\\; C", more=more))).found
    assert (found.title, found.words, found.topics) == ("A, B; C", "Bring a friend. Free", "mass timber, codes")
    assert (found.url, found.place) == ("https://example.org/a", "Hall 2, Austin")
