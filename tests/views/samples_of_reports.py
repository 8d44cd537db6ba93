"""The weekly report for admins, as it is when much is known and when little is."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.network.groups import Arm, Busiest, effect, pace
from bot.reports import Report
from handlers.views import reports
from handlers.views.kit import Form, Message

_WEEK = "Mon 23 Feb to Sun 1 Mar"
_SINCE, _UNTIL = (datetime(2026, *day, 6, 0, tzinfo=UTC) for day in ((2, 23), (3, 2)))


def a_report(**changes: Any) -> Report:
    """Returns a week of which much is known, or what differs from it."""
    facts: dict[str, Any] = {
        "since": _SINCE, "until": _UNTIL, "acts": 31, "helpers": 14, "first_helpers": 5,
        "busiest": Busiest(5, 34, 0.41), "days_to_return": 12.0,
        "new_ties": 12, "ties_a_week": pace(12, 4), "effect": effect(Arm(1600, 880, 90), Arm(530, 238, 80)),
    }  # fmt: skip
    return Report(**facts | changes)


def said(week: str = _WEEK, **changes: Any) -> Message:
    """Returns such a week as it is read."""
    return reports.report(a_report(**changes), week)


_NOTHING: dict[str, Any] = {"acts": 0, "helpers": 0, "first_helpers": 0, "busiest": None, "days_to_return": None,
                            "new_ties": 0, "ties_a_week": None}  # fmt: skip
_FEW = effect(Arm(2, 1, 2), Arm(1, 1, 1))
REPORTS: dict[str, Callable[[], Message | Form]] = {
    "reports_report": said,
    "reports_report_now": lambda: said(""),
    "reports_report_small": lambda: said(
        first_helpers=0, busiest=None, days_to_return=None, effect=effect(Arm(41, 20, 9), Arm(12, 5, 7))
    ),
    "reports_report_of_too_few": lambda: said(**_NOTHING, effect=_FEW),
    "reports_report_without_nudges": lambda: said(**_NOTHING, effect=effect(Arm(0, 0, 0), Arm(0, 0, 0))),
    "reports_report_unclear": lambda: said(days_to_return=1.0, effect=effect(Arm(120, 62, 30), Arm(40, 19, 20))),
    "reports_report_fewer": lambda: said(effect=effect(Arm(1600, 700, 90), Arm(530, 280, 80))),
    "reports_on_its_way": reports.on_its_way,
    "reports_on": lambda: reports.chosen("Mon 9 Mar, 9:00 AM CDT"),
    "reports_off": lambda: reports.chosen(None),
}
