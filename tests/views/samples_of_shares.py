"""What feeds and calendars bring: news that Ana shares with Raj, and events that are called off or moved."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from bot import share_errors
from handlers.views import items, mistakes, shares
from handlers.views.acts import Told
from handlers.views.kit import Form, Message
from storage.acts import Entry
from storage.tables import Act
from tests.views.samples_of_feeds import FEEDS, an_event

_NEWS = "The airport RFP is out"
_URL = "https://news.example.org/rfp"


def _shared(words: str = _NEWS, *, greets: bool = False) -> Told:
    act = Act(
        team_id="T1", id="act1", said_id="said1", root_id="act1", helper_id="ana", helped_id="raj", kind="information",
        words=words, is_private=True, source="share", about="item1", recorded_by="ana", written_by="ana",
        recorded_at=datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
    )  # fmt: skip
    return Told(Entry(act, None, None, is_private=True, channel=None), "raj", {"ana": "Ana", "raj": "Raj"}, greets)


MISTAKES_ABOUT_SHARES: dict[str, Exception] = {
    "mistakes_TakesNoNews": share_errors.TakesNoNews("Raj"),
    "mistakes_HasIt": share_errors.HasIt("Raj"),
    "mistakes_TooLongALine": share_errors.TooLongALine(240, 200),
}
NEWS: dict[str, Callable[[], Message | Form]] = FEEDS | {
    "shares_form": lambda: shares.form("Ana", "Raj", _NEWS, _URL, "item1:raj"),
    "shares_form_without_a_link": lambda: shares.form("Ana", "Raj", _NEWS, None, "item1:raj"),
    "shares_sent": lambda: shares.sent("Raj", "said1"),
    "shares_shared": lambda: shares.shared(_shared(), _URL, is_first=False),
    "shares_shared_first": lambda: shares.shared(
        _shared(f"Page 3 is about your site.\n{_NEWS}", greets=True), _URL, is_first=True
    ),
    "shares_shared_without_a_link": lambda: shares.shared(_shared(), None, is_first=False),
    "items_moved": lambda: items.changed(an_event()),
    "items_moved_without_a_place": lambda: items.changed(an_event(place="")),
    "items_back": lambda: items.changed(an_event(), is_back=True),
    "items_called_off": lambda: items.changed(an_event(is_cancelled=True)),
    **{name: partial(mistakes.message, one, "", "", "slack://app") for name, one in MISTAKES_ABOUT_SHARES.items()},
}  # fmt: skip
