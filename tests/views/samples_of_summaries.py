"""Every message about weekly summaries: a full week, a quiet one, the first, one of one person, one with everybody left out."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from bot.weeks import Told
from handlers.views import schedules, summaries
from handlers.views.kit import Form, Message
from handlers.views.schedules import Schedule
from storage.tables import Summary
from tests.views.samples_of_asks import an_ask

NOW = datetime(2026, 3, 6, 22, tzinfo=UTC)
KINDS = {"information": 8, "introduction": 3, "advice": 6, "help": 4}
_NOTHING: dict[str, Any] = {"people_helped": 0, "kinds": {}, "introductions": 0, "introductions_met": 0, "ties": 0}


def told(*, is_first: bool = False, **changes: Any) -> Told:
    """Returns a full week, or what differs from it."""
    week = Summary(team_id="T1", channel="C1", week="2026-W10", since=NOW, until=NOW, is_first=is_first)
    full: dict[str, Any] = {
        "people_helped": 14, "kinds": KINDS, "introductions": 3, "introductions_met": 2, "ties": 5, "newcomers": ("Bo", "Lena"),
        "said_by": "Mira", "words": "The surveyor Raj named saved our bid.",
    }  # fmt: skip
    return Told(week, **full | changes)


def schedule(state: str = "on", weekday: int = 4, zone: str = "America/Chicago") -> Schedule:
    """Returns when a channel's summary comes."""
    return Schedule("C1", state, weekday, time(16), zone, "Fri 6 Mar, 4:00 PM CST")


_ZONES = ("America/Chicago", "Europe/Stockholm")
_ONE: dict[str, Any] = {
    "people_helped": 1,
    "kinds": {"advice": 1},
    "introductions": 0,
    "introductions_met": 0,
    "ties": 1,
}

SUMMARIES: dict[str, Callable[[], Message | Form]] = {
    "summaries_full": lambda: summaries.posted(told(), "Ana"),
    "summaries_quiet": lambda: summaries.posted(told(**_NOTHING, newcomers=(), said_by="", words=""), "Ana"),
    "summaries_first": lambda: summaries.posted(told(is_first=True, people_helped=4), "Ana"),
    "summaries_one_person": lambda: summaries.posted(told(**_ONE, newcomers=("Bo",)), "Ana"),
    "summaries_all_left_out": lambda: summaries.posted(
        told(newcomers=(), other_newcomers=2, said_by="", words=""), "Ana"
    ),
    "summaries_some_left_out": lambda: summaries.posted(told(other_newcomers=1), ""),
    "summaries_introductions_alone": lambda: summaries.posted(
        told(**_NOTHING | {"introductions": 1, "introductions_met": 1}, newcomers=(), said_by="", words=""), "Ana"
    ),
    "summaries_met_alone": lambda: summaries.posted(
        told(**_NOTHING | {"introductions_met": 2}, newcomers=(), said_by="", words=""), "Ana"
    ),
    "summaries_hostile": lambda: summaries.posted(
        told(newcomers=("<#C9> *Bo*",), said_by="<@U1>", words="<!here> *x* <https://example.org|y>"), "<@U2>"
    ),
    "summaries_preview": lambda: summaries.preview(told(), "Fri 6 Mar, 4:00 PM CST"),
    "summaries_example": lambda: summaries.example("C1", NOW),
    "summaries_goes_out": summaries.goes_out_now,
    "summaries_full_with_an_ask": lambda: summaries.posted(told(ask=an_ask().ask, asked_by="Mira"), "Ana"),
    "summaries_quiet_with_an_ask": lambda: summaries.posted(
        told(**_NOTHING, newcomers=(), said_by="", words="", ask=an_ask().ask, asked_by="Mira"), "Ana"
    ),
    "summaries_none_admin": lambda: summaries.no_summary("C1", may_choose=True),
    "summaries_no_channel": lambda: summaries.no_summary(""),
    "summaries_none": lambda: summaries.no_summary("C1"),
    "schedules_offer": lambda: schedules.offer(schedule(), _ZONES, is_shared=False),
    "schedules_offer_shared": lambda: schedules.offer(schedule("off"), _ZONES, is_shared=True),
    "schedules_offer_to_an_admin": lambda: schedules.offer(schedule("off"), _ZONES, is_shared=False, is_inviter=False),
    "schedules_shared": lambda: schedules.shared(schedule("off"), _ZONES),
    "schedules_shared_for_a_time": lambda: schedules.shared(schedule("off"), _ZONES, is_over=True),
    "schedules_kept": lambda: schedules.kept(schedule()),
    "schedules_kept_elsewhere": lambda: schedules.kept(schedule(weekday=0, zone="Asia/Kolkata")),
    "schedules_off": lambda: schedules.kept(schedule("off")),
    "schedules_paused": lambda: schedules.kept(schedule("paused")),
    "schedules_form": lambda: schedules.form(schedule(), _ZONES),
    "schedules_quiet": lambda: schedules.quiet(schedule(), 3, is_open=True),
    "schedules_named": lambda: schedules.named(is_unnamed=False),
    "schedules_unnamed": lambda: schedules.named(is_unnamed=True),
}
