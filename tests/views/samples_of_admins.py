"""What admins alone are shown: their corner of Home, and the form of what they choose."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from handlers.views import admins, topics
from handlers.views.admins import Corner
from handlers.views.kit import Form, Message
from storage.tables import Workspace
from tests.views.samples_of_feeds import a_feed
from tests.views.samples_of_reports import REPORTS

_AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def workspace(**chosen: Any) -> Workspace:
    """Returns a workspace in which nothing was chosen, or what was."""
    return Workspace(team_id="T1", created_at=_AT, **chosen)


CORNERS: dict[str, dict[str, Any]] = {
    "home_admin": {"corner": Corner(workspace(thanks_emoji="pray"), ["Bo"])},
    "home_admin_delayed": {"corner": Corner(workspace(), waits_since="Mon 2 Mar, 9:00 AM CST")},
    "home_admin_country": {"corner": Corner(workspace(country="SE"))},
    "home_admin_words": {"corner": Corner(workspace(keeps_words_for=12))},
    "home_admin_one_post": {"corner": Corner(workspace(), posts_to_look_at=1)},
    "home_admin_one_feed": {"corner": Corner(workspace(), feeds=[a_feed()])},
    "home_admin_feeds": {"corner": Corner(workspace(), feeds=[a_feed(), a_feed(state="broken")])},
    "home_admin_topics": {"corner": Corner(workspace(topics="estimating, timber frames"))},
    "home_admin_report": {"corner": Corner(workspace(), gets_report=True)},
    "home_admin_two_posts": {"corner": Corner(workspace(), posts_to_look_at=2)},
}
ADMINS: dict[str, Callable[[], Message | Form]] = {
    "home_workspace_form_country": lambda: admins.form(workspace(country="SE"), []),
    "home_workspace_form_words": lambda: admins.form(workspace(keeps_words_for=24), []),
    "home_workspace_form": lambda: admins.form(workspace(), ["U2"]),
    "home_saved": admins.saved,
    "topics_form": lambda: topics.form(""),
    "topics_form_filled": lambda: topics.form("estimating, timber frames"),
    "topics_kept": lambda: topics.kept(2),
    "topics_kept_one": lambda: topics.kept(1),
    "topics_kept_none": lambda: topics.kept(0),
    **REPORTS,
}
