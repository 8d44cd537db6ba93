"""Wall times and instants: what the clock shows in a zone, and when. Instants are aware UTC; a zone is an IANA name."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_DAY = 3  # "mon" is a weekday, "mo" is not
MORNING = time(9)


def zone_named(name: str) -> ZoneInfo:
    """Returns the zone of this name, or UTC where there is none of it: Slack leaves it empty for apps and some guests."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder's name and one too long are the system's errors
        return ZoneInfo("UTC")


def at(day: date, clock_time: time, zone: str) -> datetime:
    """Returns the instant of a wall time; in the gap of a clock change the one shifted on, in the overlap the first."""
    return datetime.combine(day, clock_time, zone_named(zone)).astimezone(UTC)


def start_of_day(now: datetime, zone: str) -> datetime:
    """Returns the instant at which the day of `now` began there."""
    return at(now.astimezone(zone_named(zone)).date(), time(), zone)


def end_of_day(now: datetime, zone: str) -> datetime:
    """Returns the instant at which the day of `now` ends there, and the next begins."""
    return at(now.astimezone(zone_named(zone)).date() + timedelta(days=1), time(), zone)


def months(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """Returns the instants at which last month and this month began there."""
    first = now.astimezone(zone_named(zone)).date().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return at(before, time(), zone), at(first, time(), zone)


def find_day(text: str, now: datetime, zone: str) -> datetime | None:
    """Reads a weekday or a date as YYYY-MM-DD, and returns nine in the morning of it.

    A weekday is the next one after today. Returns None for all other text; a date can lie in the past.
    """
    typed = text.strip().lower()
    today = now.astimezone(zone_named(zone)).date()
    for number, name in enumerate(_DAYS):
        if len(typed) >= _SHORTEST_DAY and name.startswith(typed):
            ahead = (number - today.weekday() - 1) % 7 + 1
            return at(today + timedelta(days=ahead), MORNING, zone)
    try:
        return at(date.fromisoformat(typed), MORNING, zone)
    except (ValueError, OverflowError):  # the first and the last day there are lie outside of UTC's in some zones
        return None


def show_time(moment: datetime, zone: str) -> str:
    """Returns an instant's time of day for a reader there: `3:00 PM`."""
    local = moment.astimezone(zone_named(zone))
    return f"{local.hour % 12 or 12}:{local:%M} {local:%p}"


def iso(moment: datetime, zone: str) -> str:
    """Returns an instant as programs read it, to the second, in the wall time there: `2026-03-02T15:00:00-06:00`."""
    return moment.astimezone(zone_named(zone)).isoformat(timespec="seconds")


def is_same_day(one: datetime, other: datetime, zone: str) -> bool:
    """Says whether two instants lie on the same day there."""
    there = zone_named(zone)
    return one.astimezone(there).date() == other.astimezone(there).date()


def show(moment: datetime, zone: str, now: datetime | None = None) -> str:
    """Returns an instant in words for a reader there, with weekday, date, time and zone: `Tue 2 Mar, 3:00 PM CST`.

    Beside `now` it has its year where that is another one.
    """
    local = moment.astimezone(zone_named(zone))
    return f"{show_day(moment, zone, now)}, {show_time(moment, zone)} {local:%Z}"


def show_short(moment: datetime, zone: str, now: datetime) -> str:
    """Returns an instant in words that fit on a button: `Tue 2 Mar, 3:00 PM`, and in another year `2 Mar 2027, 3:00 PM`."""
    day = show_day(moment, zone, now)
    return f"{day if day[-1].isalpha() else day.partition(' ')[2]}, {show_time(moment, zone)}"


def show_day(moment: datetime, zone: str, now: datetime | None = None) -> str:
    """Returns the day of an instant there: `Tue 2 Mar`, and `Tue 2 Mar 2027` where `now` is in another year."""
    local = moment.astimezone(zone_named(zone))
    is_other_year = now is not None and now.astimezone(zone_named(zone)).year != local.year
    return f"{local:%a} {local.day} {local:%b}" + (f" {local.year}" if is_other_year else "")
