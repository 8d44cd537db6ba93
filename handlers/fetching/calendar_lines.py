"""The lines of a calendar, before it is parsed: events alone, of each what is read, and none that is long over.

What is left out costs nothing and hides nothing: alarms, to-dos, people's names, and whatever else calendars hold.
"""

import re
from datetime import datetime, timedelta

from handlers.fetching.reading_news import Refused

LONGEST_LINE = 64 * 1024
MOST_EVENTS = 3_000
MOST_LEFT_OUT = 5_000  # days on which one event does not happen
_FOLD = re.compile(r"\r?\n[ \t]")
_END = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_WHERE = {
    "VCALENDAR": frozenset({"VERSION", "X-WR-TIMEZONE", "X-WR-CALNAME", "NAME"}),
    "VEVENT": frozenset({
        "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY", "LOCATION",
        "DESCRIPTION", "URL", "STATUS", "CATEGORIES", "SEQUENCE",
    }),
    "VTIMEZONE": frozenset({"TZID"}),
    "STANDARD": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE", "TZNAME"}),
    "DAYLIGHT": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE", "TZNAME"}),
}  # fmt: skip
_INSIDE = {
    (): {"VCALENDAR"}, ("VCALENDAR",): {"VEVENT", "VTIMEZONE"}, ("VCALENDAR", "VTIMEZONE"): {"STANDARD", "DAYLIGHT"},
}  # fmt: skip
_REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")
_STARTS = re.compile(r"DTSTART[^:]*:(\d{8})", re.IGNORECASE)


def lines_of(text: str, since: datetime) -> tuple[list[str], bool]:
    """Returns the lines that are read, and whether an event was left out for what it asks. Raises Refused."""
    kept: list[str] = []
    stack: list[str] = []
    event: list[str] = []
    passed_over, events, is_any_left_out = 0, 0, False
    for line in _END.split(_FOLD.sub("", text)):
        name = _name(line)
        if len(line) > LONGEST_LINE and name == "DESCRIPTION":
            line = line[:LONGEST_LINE]
        elif len(line) > LONGEST_LINE and not (stack and stack[-1] == "VEVENT"):
            raise Refused("large")
        if name == "BEGIN":
            inner = line.partition(":")[2].strip().upper()
            if passed_over or inner not in _INSIDE.get(tuple(stack), ()):
                passed_over += 1
                continue
            stack.append(inner)
            event = []
        elif name == "END" and passed_over:
            passed_over -= 1
            continue
        elif name == "END" and stack:
            ended = stack.pop()
            if ended == "VEVENT":
                if _asks_too_much(event):
                    is_any_left_out = True
                elif not _is_over(event, since):
                    events += 1
                    kept += ["BEGIN:VEVENT", *event, "END:VEVENT"]
                continue
            line = f"END:{ended}"
        elif passed_over or not stack or name not in _WHERE[stack[-1]] or ":" not in line:
            continue
        if events > MOST_EVENTS:
            raise Refused("large")
        if stack and stack[-1] == "VEVENT":
            event += [line] if name != "BEGIN" else []
        else:
            kept.append(line)
    if stack or not kept:  # half of a calendar, from which the rest would seem to have been called off
        raise Refused("unreadable")
    return kept, is_any_left_out


def _name(line: str) -> str:
    named = _NAME.match(line)
    return named[0].upper() if named else ""


def _asks_too_much(event: list[str]) -> bool:
    """Says whether an event has more days on which it happens otherwise, or longer lines, than anybody writes."""
    days = sum(line.count(",") + 1 for line in event if _name(line) in ("EXDATE", "RDATE"))
    return days > MOST_LEFT_OUT or any(len(line) > LONGEST_LINE for line in event)


def _is_over(event: list[str], since: datetime) -> bool:
    """Says whether an event happened once, long ago: most of an old calendar has."""
    if any(_name(line) in _REPEATS for line in event):
        return False
    started = next((found[1] for line in event if (found := _STARTS.match(line))), "")
    return bool(started) and started < (since - timedelta(days=3)).strftime("%Y%m%d")
