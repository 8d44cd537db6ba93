"""Every message about nudges, and their settings."""

from collections.abc import Callable
from datetime import time
from typing import Any

from bot import nudge_errors
from handlers.views import mistakes, nudges
from handlers.views.kit import Form, Message
from handlers.views.nudges import Chosen
from handlers.views.suggestions import Shown

_WHEN = "Tuesdays at 9:00 AM"


def a_choice(**changes: Any) -> Chosen:
    """Returns what Ana chose about nudges, or what differs from it."""
    facts: dict[str, Any] = {
        "state": "on", "every": "weekly", "weekday": 1, "wall": time(9), "topics": "mass timber, estimating", "takes_asks": True,
        "is_found": True,
        "next_at": "Tue 3 Mar, 9:00 AM CST",
    }  # fmt: skip
    return Chosen(**facts | changes)


def suggested(source: str, wording: int = 0, outcome: str = "shown", **facts: Any) -> Shown:
    """Returns something that is suggested to Ana."""
    words = {"ask": "a cost estimator in Dallas", "call": "the RFP", "item": "The airport RFP is out"}.get(source, "")
    names = {"call": ["Jane Doe (Acme)"], "quiet": ["Lena"], "stuck": ["Mira"], "pass on": ["Raj"], "introduce": ["Raj", "Lena"],
             "event": ["Mass timber lunch"]}.get(source, ["Bo"])  # fmt: skip
    url = "slack://user?team=T1&id=U2BOB" if source == "there" else None
    known = {
        "until": "Fri 12 Mar", "topic": "estimating", "day": "on Monday", "days": 38, "chance": 0.5, "in_common": 3,
        "ahead": "In a week", "then": "Mon 9 Mar, 6:00 PM CDT", "place": "Hall 2, Austin", "calendar": "SMPS events",
        "called": "Mass timber lunch",
    }  # fmt: skip
    return Shown(source, "nudge1:0", names, wording, outcome, words, {**known, **facts}, url)


def _each(wording: int) -> Message:
    return nudges.nudge([suggested(one, wording) for one in ("ask", "pass on", "quiet")], _WHEN)


NUDGES: dict[str, Callable[[], Message | Form]] = {
    "nudges_nudge": lambda: _each(0),
    "nudges_nudge_in_other_words": lambda: _each(1),
    "nudges_nudge_of_what_waits": lambda: nudges.nudge([suggested("stuck"), suggested("call")], _WHEN),
    "nudges_nudge_of_what_waits_in_other_words": lambda: nudges.nudge(
        [suggested("stuck", 1), suggested("call", 1)], _WHEN
    ),
    "nudges_nudge_of_words_used": lambda: nudges.nudge([suggested("ask", topic="")], _WHEN),
    "nudges_nudge_likely": lambda: nudges.nudge([suggested("quiet", chance=0.7)], _WHEN),
    "nudges_nudge_pressed": lambda: nudges.nudge(
        [suggested("ask", outcome="done"), suggested("quiet", outcome="not this")], _WHEN
    ),
    "nudges_nudge_of_news": lambda: nudges.nudge([suggested(one) for one in ("there", "item", "event")], _WHEN),
    "nudges_nudge_of_news_in_other_words": lambda: nudges.nudge(
        [suggested(one, 1) for one in ("there", "item", "event")], _WHEN
    ),
    "nudges_nudge_of_news_pressed": lambda: nudges.nudge(
        [suggested(one, outcome="done") for one in ("there", "item", "event")], _WHEN
    ),
    "nudges_nudge_of_an_event_alone": lambda: nudges.nudge([suggested("event", topic="", place="")], _WHEN),
    "nudges_nudge_of_two": lambda: nudges.nudge([suggested("introduce")], _WHEN),
    "nudges_nudge_of_two_in_other_words": lambda: nudges.nudge([suggested("introduce", 1, in_common=1)], _WHEN),
    "nudges_paused": lambda: nudges.paused("paused"),
    "nudges_paused_on": lambda: nudges.paused("on", "Tue 9 Mar, 9:00 AM CST"),
    "nudges_paused_off": lambda: nudges.paused("off"),
    "nudges_chosen": lambda: nudges.chosen(a_choice()),
    "nudges_chosen_without_topics": lambda: nudges.chosen(a_choice(topics="", every="monthly")),
    "nudges_chosen_off": lambda: nudges.chosen(a_choice(state="off")),
    "nudges_form": lambda: nudges.form(a_choice()),
    "nudges_form_with_a_list": lambda: nudges.form(a_choice(topics="timber frames", listed=["timber frames", "steel"])),
    "mistakes_TooManyTopics": lambda: mistakes.message(nudge_errors.TooManyTopics(20, 300), "", "", ""),
    "mistakes_TopicTooLong": lambda: mistakes.message(nudge_errors.TopicTooLong("estimating", 75), "", "", ""),
    "nudges_form_first": lambda: nudges.form(a_choice(state="off", topics="", takes_asks=False)),
}
NUDGES_ON_HOME: dict[str, dict[str, Any]] = {
    "home_nudges": {"nudges_line": nudges.line(a_choice())},
    "home_nudges_paused": {"nudges_line": nudges.line(a_choice(state="paused"))},
}
