"""Every message about feeds, and about the events of calendars."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.feed_errors import NotAnAddress, TooManyFeeds
from bot.feeds import REASONS
from handlers.views import feeds, items, mistakes
from handlers.views.items import Shown
from handlers.views.kit import Form, Message
from storage.tables import Feed, Item

_AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def a_feed(**changes: Any) -> Feed:
    """Returns the news of SMPS Austin, or what differs from that."""
    facts: dict[str, Any] = {
        "team_id": "T1", "id": "feed1", "url": "https://austin.example.org/feed", "kind": "feed", "title": "SMPS Austin",
        "topics": "mass timber", "added_by": "ana", "added_at": _AT, "next_at": _AT, "read_at": _AT,
    }  # fmt: skip
    return Feed(**facts | changes)


def an_event(days_ahead: int = 7, **changes: Any) -> Shown:
    """Returns the spring meeting, or what differs from it."""
    facts: dict[str, Any] = {
        "team_id": "T1", "id": "item1", "feed_id": "feed1", "key": "k", "kind": "event", "title": "SMPS Austin spring meeting",
        "url": "https://austin.example.org/spring", "place": "Hall 2, Austin", "found_at": _AT, "seen_at": _AT,
        "starts_at": datetime(2026, 3, 11, 23, 0, tzinfo=UTC),
    }  # fmt: skip
    return Shown(Item(**facts | changes), "Thu 11 Mar", "Thu 11 Mar, 6:00 PM CDT", days_ahead)


def _listed(**changes: Any) -> Message:
    return feeds.listed([feeds.Shown(a_feed(**changes), "Mon 2 Mar, 9:00 AM CST")])


def _not_read(reason: str) -> Message:
    return feeds.broken(a_feed(state="broken", failures=5, failure=reason))


MISTAKES_ABOUT_FEEDS: dict[str, Exception] = {
    "mistakes_TooManyFeeds": TooManyFeeds(20),
    **{f"mistakes_NotAnAddress_{why}": NotAnAddress("two words", why) for why in ("scheme", "credentials", "port", "host")},
    "mistakes_NotAnAddress_form": NotAnAddress("two words", "form"),
}  # fmt: skip
FEEDS: dict[str, Callable[[], Message | Form]] = {
    "feeds_form": feeds.form,
    "feeds_added": feeds.added,
    "feeds_none": lambda: feeds.listed([]),
    "feeds_listed": lambda: _listed(),
    "feeds_listed_calendar": lambda: _listed(kind="calendar", note="zone", topics=""),
    "feeds_listed_repeats": lambda: _listed(kind="calendar", note="repeats"),
    "feeds_listed_paused": lambda: _listed(state="paused"),
    "feeds_listed_broken": lambda: _listed(state="broken", failures=5, failure="silent"),
    "feeds_listed_new": lambda: feeds.listed([feeds.Shown(a_feed(kind=None, title="", read_at=None))]),
    "feeds_listed_many": lambda: feeds.listed([feeds.Shown(a_feed())] * 20),
    "feeds_broken_at_once": lambda: feeds.broken(
        a_feed(state="broken", title="", failures=1, failure="missing", read_at=None)
    ),
    "feeds_broken_resumed": lambda: feeds.broken(a_feed()),
    "feeds_broken_paused": lambda: feeds.broken(a_feed(state="paused")),
    "feeds_broken_removed": lambda: feeds.broken(a_feed(state="removed")),
    "items_going": lambda: items.heard(an_event(), is_going=True, wants_to_meet=False),
    "items_meeting": lambda: items.heard(an_event(), is_going=True, wants_to_meet=True),
    "items_not_going": lambda: items.heard(an_event(), is_going=False, wants_to_meet=False),
    "items_going_cancelled": lambda: items.heard(an_event(is_cancelled=True), is_going=True, wants_to_meet=False),
    **{f"feeds_broken_{'_'.join(reason.split())}": lambda why=reason: _not_read(why) for reason in sorted(REASONS)},  # type: ignore[misc]
}  # fmt: skip
FEEDS |= {name: partial(mistakes.message, one, "", "", "slack://app") for name, one in MISTAKES_ABOUT_FEEDS.items()}
