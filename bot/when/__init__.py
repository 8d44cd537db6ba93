"""The only home of zones and of times in words. Instants are aware UTC; a zone is an IANA name.

Start at `found` and `reading` for what a member typed, at `zones` for wall times, at `rhythm` and `rules` for what recurs.
"""

from bot.when.found import Found, WhyNone, find_time, warm, why_none
from bot.when.picked import rule_for
from bot.when.rhythm import Rhythm, Run, last_run, next_run
from bot.when.rules import every_in_words, next_in
from bot.when.zones import (
    MORNING,
    at,
    end_of_day,
    find_day,
    is_same_day,
    iso,
    months,
    show,
    show_day,
    show_short,
    show_time,
    start_of_day,
    zone_named,
)  # fmt: skip

__all__ = [
    "MORNING", "Found", "Rhythm", "Run", "WhyNone", "at", "end_of_day", "every_in_words", "find_day", "find_time",
    "is_same_day", "iso", "last_run", "months", "next_in", "next_run", "rule_for", "show", "show_day", "show_short", "show_time",
    "start_of_day", "warm", "why_none", "zone_named",
]  # fmt: skip
