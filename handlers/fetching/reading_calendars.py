"""Calendars, read into events of the next sixty days. It runs in a process of its own, which may be killed: `parsing.py`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from handlers.fetching import repeats
from handlers.fetching.calendar_lines import lines_of
from handlers.fetching.plain_text import plain
from handlers.fetching.reading_news import MOST_PLACE, MOST_TITLE, MOST_TOPICS, MOST_WORDS, Refused, key_of, web_address
from handlers.fetching.repeats import MOST_INSTANCES, NotFollowed

AHEAD, BEHIND = timedelta(days=60), timedelta(days=1)
LONGEST = timedelta(days=366)  # of an event; what says that it takes longer is taken to say nothing
_UNREADABLE = (ValueError, OverflowError, TypeError, AttributeError, KeyError, IndexError)


@dataclass(frozen=True)
class _Moment:
    """A time as a calendar has it: on a wall in a zone, or a day where the zone is None."""

    wall: datetime
    zone: tzinfo | None

    @property
    def instant(self) -> datetime:
        """Is it in UTC; of a day its midnight there."""
        return self.wall.replace(tzinfo=self.zone or UTC).astimezone(UTC)

    @property
    def name(self) -> str:
        """Is what an instance of an event is known by."""
        return self.instant.isoformat() if self.zone else self.wall.date().isoformat()


class _Reader:
    """What is known while one calendar is read. `note` says what was not understood."""

    def __init__(self, zone: tzinfo, now: datetime, url: str) -> None:
        self.zone, self.url = zone, url
        self.since, self.before = now - BEHIND, now + AHEAD
        self.note: str | None = None

    def moment(self, value: Any, named: str = "") -> _Moment:
        """Reads a time; one without a zone, or in one that nobody knows, is in the calendar's own."""
        if isinstance(value, datetime):
            if value.tzinfo is None and named:
                self.note = self.note or "zone"
            zone = value.tzinfo or self.zone
            return _Moment(value.replace(tzinfo=None, fold=0), zone)
        if isinstance(value, date):
            return _Moment(datetime.combine(value, time(0)), None)
        raise ValueError

    def of_property(self, value: Any) -> _Moment:
        """Reads a property that holds one time."""
        return self.moment(value.dt, str(value.params.get("TZID") or ""))


def is_calendar(text: str) -> bool:
    """Says whether a text is a calendar."""
    return text.lstrip("\ufeff \r\n\t")[:15].upper() == "BEGIN:VCALENDAR"


def read(text: str, url: str, zone: str, now: datetime) -> dict[str, Any]:
    """Reads a calendar: its name and its events from yesterday on, for sixty days. Raises Refused."""
    lines, is_left_out = lines_of(text, now - BEHIND)
    try:
        calendars = Calendar.from_ical("\r\n".join(lines), multiple=True)
    except (*_UNREADABLE, OSError):  # the last where a zone has the name of a folder of zones
        raise Refused("unreadable") from None
    if not calendars:
        raise Refused("unreadable")
    found: dict[str, dict[str, Any]] = {}
    note: str | None = "repeats" if is_left_out else None
    for one in calendars:
        own_zone = _zone(str(one.get("X-WR-TIMEZONE") or "")) or _zone(zone) or UTC
        reader = _Reader(own_zone, now, url)
        for event in _events(reader, list(one.walk("VEVENT"))):
            found[event["key"]] = event
        note = note or reader.note
    name = plain(str(calendars[0].get("X-WR-CALNAME") or calendars[0].get("NAME") or ""), MOST_TITLE, is_html=False)
    coming = sorted(found.values(), key=lambda event: (event["starts_at"], event["key"]))
    horizon = (
        now + AHEAD
        if len(coming) <= MOST_INSTANCES
        else datetime.fromisoformat(coming[MOST_INSTANCES - 1]["starts_at"])
    )
    return {
        "kind": "calendar", "title": name, "found": coming[:MOST_INSTANCES], "note": note, "until": horizon.isoformat(),
    }  # fmt: skip


def _events(reader: _Reader, components: list[Any]) -> Iterator[dict[str, Any]]:
    """Yields the events, each as it happens: repeated ones once for each time, with what was changed of it."""
    changed: dict[str, dict[str, Any]] = {}
    wholes: list[Any] = []
    for one in components:
        if one.get("RECURRENCE-ID") is None:
            wholes.append(one)
            continue
        try:
            changed.setdefault(_uid(one), {})[reader.of_property(one["RECURRENCE-ID"]).name] = one
        except _UNREADABLE:
            reader.note = "repeats"
    for one in wholes:
        yield from _happening(reader, one, changed.pop(_uid(one), {}))
    for uid, orphans in changed.items():
        yield from _changed(reader, uid, orphans)


def _happening(reader: _Reader, component: Any, changed: dict[str, Any]) -> Iterator[dict[str, Any]]:
    uid = _uid(component)
    try:
        first = reader.of_property(component["DTSTART"])
        times = list(_times(reader, component, first))
        is_once = not any(component.get(name) for name in ("RRULE", "RDATE")) and not changed
        for start in times:
            if start.name not in changed:
                yield _event(reader, component, start, key_of(uid) if is_once else key_of(uid, start.name))
    except (*_UNREADABLE, NotFollowed):
        reader.note = "repeats"
    yield from _changed(reader, uid, changed)


def _changed(reader: _Reader, uid: str, changed: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, component in changed.items():
        try:
            start = reader.of_property(component["DTSTART"])
            if reader.since <= start.instant < reader.before:
                yield _event(reader, component, start, key_of(uid, name))
        except _UNREADABLE:
            reader.note = "repeats"


def _times(reader: _Reader, component: Any, first: _Moment) -> Iterator[_Moment]:
    """Yields when an event happens within the days that are looked at."""
    rule, zone = component.get("RRULE"), first.zone
    local = zone or UTC
    since, before = (one.astimezone(local).replace(tzinfo=None) for one in (reader.since, reader.before))
    since = since if zone else datetime.combine(since.date(), time(0))
    walls = {first.wall} if since <= first.wall < before else set()
    for one in rule if isinstance(rule, list) else [rule] if rule else []:
        end = one.get("UNTIL")
        until = None if not end else _wall(end[0] if isinstance(end, list) else end, first)
        walls |= set(repeats.starts(first.wall, one, until, since, before))
    walls |= {wall for wall in _listed(component, "RDATE", first) if since <= wall < before}
    for wall in sorted(walls - _listed(component, "EXDATE", first))[:MOST_INSTANCES]:
        yield _Moment(wall, zone)


def _listed(component: Any, name: str, first: _Moment) -> set[datetime]:
    held = component.get(name)
    each = held if isinstance(held, list) else [held] if held is not None else []
    return {_wall(one.dt[0] if isinstance(one.dt, tuple) else one.dt, first) for some in each for one in some.dts}


def _wall(value: Any, first: _Moment) -> datetime:
    """Returns a time of an event as it stands on the wall where the event's own first start does."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(first.zone or UTC).replace(tzinfo=None)
    if isinstance(value, datetime):
        return value
    day: date = value
    return datetime.combine(day, first.wall.time() if first.zone else time(0))


def _event(reader: _Reader, component: Any, start: _Moment, key: str) -> dict[str, Any]:
    title = plain(str(component.get("SUMMARY") or ""), MOST_TITLE) or "An event"
    topics = component.get("CATEGORIES")
    named = [
        str(each) for one in (topics if isinstance(topics, list) else [topics] if topics else []) for each in one.cats
    ]
    return {
        "key": key,
        "title": title,
        "words": plain(str(component.get("DESCRIPTION") or ""), MOST_WORDS),
        "url": web_address(str(component.get("URL") or ""), reader.url),
        "topics": plain(", ".join(dict.fromkeys(named[:20])), MOST_TOPICS),
        "starts_at": start.instant.isoformat(),
        "ends_at": (start.instant + _length(reader, component)).isoformat(),
        "is_all_day": start.zone is None,
        "place": plain(str(component.get("LOCATION") or ""), MOST_PLACE),
        "is_cancelled": str(component.get("STATUS") or "").upper() == "CANCELLED",
    }


def _length(reader: _Reader, component: Any) -> timedelta:
    """Returns how long an event takes, as far as that can be read: a day for one of whole days, else nothing."""
    first = reader.of_property(component["DTSTART"])
    usual = timedelta(0) if first.zone else timedelta(days=1)
    try:
        if (end := component.get("DTEND")) is not None:
            length = reader.of_property(end).instant - first.instant
        elif (duration := component.get("DURATION")) is not None:
            length = duration.dt
        else:
            return usual
        return length if timedelta(0) < length <= LONGEST else usual
    except _UNREADABLE:
        return usual


def _uid(component: Any) -> str:
    return str(component.get("UID") or f"{component.get('SUMMARY')}\n{component.get('DTSTART')}")


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # not there, no name of a zone, or a folder's
        return None
