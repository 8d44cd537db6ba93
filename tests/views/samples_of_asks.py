"""Every message about asks and offers."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from handlers.views import ask_forms, asks
from handlers.views.asks import Shown
from handlers.views.kit import Form, Message
from storage.tables import Ask

_AT, UNTIL = datetime(2026, 3, 2, 15, 0, tzinfo=UTC), date(2026, 3, 12)
ENGINEER = "a structural engineer licensed in Colorado"


def an_ask(offers: tuple[str, ...] = (), **changes: Any) -> Shown:
    """Returns Mira's ask, or what differs from it."""
    facts: dict[str, Any] = {
        "team_id": "T1", "id": "ask1", "asker_id": "mira", "channel": "C1", "words": "a structural engineer licensed in Colorado",
        "topics": "structures, Colorado", "until": UNTIL, "state": "open", "asked_at": _AT, "closes_at": _AT,
    }  # fmt: skip
    return Shown(Ask(**facts | changes), "Mira", "Thu 12 Mar", offers)


def _offered(became: str, **changes: Any) -> Message:
    return asks.offered(an_ask(**changes), "Raj", became, "ask1:raj")


ASKS: dict[str, Callable[[], Message | Form]] = {
    "asks_form": lambda: ask_forms.ask_form("", words="", topics="", until=UNTIL, channel="C1"),
    "asks_form_with_a_list": lambda: ask_forms.ask_form(
        "", words="", topics="timber frames", until=UNTIL, channel="C1", listed=["timber frames", "steel"]
    ),
    "asks_form_filled": lambda: ask_forms.ask_form(
        "d", words=an_ask().ask.words, topics="Colorado", until=UNTIL, channel=None
    ),
    "asks_asked": lambda: asks.asked(an_ask()),
    "asks_asked_nowhere": lambda: asks.asked(an_ask(channel=None)),
    "asks_posted": lambda: asks.posted(an_ask()),
    "asks_posted_without_topics": lambda: asks.posted(an_ask(topics="")),
    "asks_posted_solved": lambda: asks.posted(an_ask(state="solved")),
    "asks_posted_closed": lambda: asks.posted(an_ask(state="closed")),
    "asks_heard": lambda: asks.heard(an_ask(), is_offered=True),
    "asks_heard_taken_back": lambda: asks.heard(an_ask(), is_offered=False),
    "asks_offered": lambda: _offered("offered"),
    "asks_offered_accepted": lambda: _offered("accepted"),
    "asks_offered_covered": lambda: _offered("covered"),
    "asks_offered_taken_back": lambda: _offered("taken back"),
    "asks_offered_solved": lambda: _offered("thanked", state="solved"),
    "asks_accepted": lambda: asks.accepted(an_ask(), "slack://user?team=T1&id=U1"),
    "asks_closed": lambda: asks.closed(an_ask()),
    "asks_reminder": lambda: asks.reminder(an_ask()),
    "asks_solved_form": lambda: ask_forms.solved_form("ask1", an_ask().ask.words, ["U2"]),
    "asks_solved": lambda: asks.asked(an_ask(state="solved")),
    "asks_closed_quietly": lambda: asks.asked(an_ask(state="closed")),
}
ASKS_ON_HOME: dict[str, dict[str, Any]] = {"home_asks": {"asks": [an_ask(("Raj", "Bo")), an_ask()]}}
