"""What `/network` tells, and why giving pays here."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.insights import Insights, ToIntroduce, ToMeet
from bot.months import Month
from bot.network import Velocity
from bot.network.intervals import Estimate
from bot.paying import Paying
from handlers.views import insights
from handlers.views.kit import Form, Message
from storage.tables import Member

_AT, _URL = datetime(2026, 3, 2, 15, 0, tzinfo=UTC), "slack://app?team=T1&id=A1&tab=home"
_SLOW = Velocity(3, 0, Estimate(0.5, 0.25, 1.14), is_faster=False, is_too_early=True)
_FAST = Velocity(24, 6, Estimate(5.2, 4.1, 6.9), is_faster=True, is_too_early=False)


def _member(name: str) -> Member:
    return Member(team_id="T1", id=name.lower(), slack_id=f"U{name.upper()}", name=name, created_at=_AT)


def _insights(**changes: Any) -> Insights:
    facts: dict[str, Any] = {
        "helped": 6, "helped_by": 2, "reach": 7, "velocity": _SLOW,
        "to_meet": (ToMeet(_member("Lena"), _member("Ana"), 4),),
        "to_introduce": (ToIntroduce(_member("Raj"), _member("Mira"), 1),),
    }  # fmt: skip
    return Insights(**facts | changes)


_NONE: dict[str, Any] = {"to_meet": (), "to_introduce": ()}
INSIGHTS: dict[str, Callable[[], Message | Form]] = {
    "insights_network": lambda: insights.network(Month(6, 4, 3, 5), (12, 3), _insights(), _URL),
    "insights_network_referrals": lambda: insights.network(
        Month(6, 4, 3, 5, 2, 1, 1), (1, 1), _insights(reach=1, **_NONE), _URL
    ),
    "insights_network_faster": lambda: insights.network(
        Month(1, 0, 1, 0), (40, 0), _insights(velocity=_FAST, **_NONE), _URL
    ),
    "insights_network_none": lambda: insights.network(
        Month(0, 0, 0, 0), (0, 0), _insights(helped=0, helped_by=0, reach=0, **_NONE), _URL
    ),
    "insights_ask_form": lambda: insights.ask_form("Ana", "Raj", "Lena", "ana:lena"),
    "insights_asked": lambda: insights.asked("Raj", "Lena", "raj:lena"),
    "insights_sent": lambda: insights.sent("Ana"),
    "insights_left_out": insights.left_out,
    "insights_why": lambda: insights.why(Paying(40, 20, 0.35, 0.65, 2.0)),
    "insights_why_too_early": lambda: insights.why(Paying(12, 5, 0.2, 0.7, 2.3)),
    "insights_why_none": lambda: insights.why(Paying(0, 0, 0.0, 0.98, 2.0)),
    "insights_why_one": lambda: insights.why(Paying(1, 0, 0.0, 0.8, 3.0)),
}
