"""The only home of zones and of times in words. Instants are aware UTC; a zone is an IANA name."""

from bot.when.rhythm import Rhythm, Run, last_run, next_run
from bot.when.zones import MORNING, at, find_day, is_same_day, months, show, show_time, start_of_day, zone_named

__all__ = [
    "MORNING",
    "Rhythm",
    "Run",
    "at",
    "find_day",
    "is_same_day",
    "last_run",
    "months",
    "next_run",
    "show",
    "show_time",
    "start_of_day",
    "zone_named",
]
