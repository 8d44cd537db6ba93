"""Looking people up: what Slack says of them, asked at most once a day for each, one second in all."""

import threading
from collections.abc import Collection, Mapping
from concurrent.futures import Executor, Future, wait
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from handlers.outcomes import NO_ANSWER
from storage.tables.people import NAMELESS

log = structlog.get_logger(__name__)

FRESH_FOR = timedelta(days=1)
IN_ALL_SECONDS = 1.0
# As many people as a large workspace sees in a day; past that all are looked up anew, which costs a call each.
MOST_REMEMBERED = 100_000


class Directory:
    """Remembers who was looked up today, and looks up the others side by side."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._seen: dict[tuple[str, str], datetime] = {}
        self._asking: dict[tuple[str, str], Future[dict[str, Any] | None]] = {}
        self._lock = threading.Lock()

    def look_up(
        self,
        client: WebClient,
        team_id: str,
        slack_ids: Collection[str],
        now: datetime,
        within: float = IN_ALL_SECONDS,
    ) -> Mapping[str, Mapping[str, Any]]:
        """Returns what Slack says of those not looked up today, as columns of a member by Slack id.

        Who could not be looked up within so many seconds, one at the most, is left out and asked about again the next time.
        """
        with self._lock:
            calls = {
                self._asking.get((team_id, one)) or self._ask(client, team_id, one): one
                for one in dict.fromkeys(slack_ids)
                if not one.startswith(NAMELESS) and not self._is_fresh(team_id, one, now)
            }
        done, late = wait(calls, timeout=min(max(within, 0), IN_ALL_SECONDS))
        for call in late:
            call.cancel()
        return {
            calls[call]: profile for call in done if not call.cancelled() and (profile := call.result()) is not None
        }

    def remember(self, team_id: str, slack_ids: Collection[str], now: datetime) -> None:
        """Notes that these people were looked up now, once what Slack said is kept."""
        with self._lock:
            if len(self._seen) > MOST_REMEMBERED:
                self._seen.clear()
            self._seen.update({(team_id, one): now for one in slack_ids})

    def forget(self, team_id: str, slack_id: str) -> None:
        """Forgets that somebody was looked up, as what Slack said of them is not kept any more."""
        with self._lock:
            self._seen.pop((team_id, slack_id), None)

    def _ask(self, client: WebClient, team_id: str, slack_id: str) -> "Future[dict[str, Any] | None]":
        """Asks about somebody, once for all who want to know at this moment."""
        call = self._pool.submit(_ask, client, team_id, slack_id)
        self._asking[team_id, slack_id] = call
        call.add_done_callback(lambda _: self._asking.pop((team_id, slack_id), None))
        return call

    def _is_fresh(self, team_id: str, slack_id: str, now: datetime) -> bool:
        seen = self._seen.get((team_id, slack_id))
        return seen is not None and timedelta(0) <= now - seen < FRESH_FOR


def profile_of(user: Mapping[str, Any], team_id: str) -> dict[str, Any]:
    """Returns what Slack says of a user as columns of a member."""
    profile = user.get("profile") or {}
    home_team = user.get("team_id") or team_id
    # On Enterprise Grid a member's home may be another workspace. So may that of a guest from another company's organization.
    is_of_both = team_id in ((user.get("enterprise_user") or {}).get("teams") or ())
    facts = {
        "name": profile.get("display_name")
        or user.get("real_name")
        or profile.get("real_name")
        or user.get("name", ""),
        "zone": user.get("tz") or "UTC",
        "is_bot": bool(user.get("is_bot")) or user.get("id") == "USLACKBOT",
        "is_guest": bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        "is_stranger": bool(user.get("is_stranger")) or (home_team != team_id and not is_of_both),
        "is_gone": bool(user.get("deleted")),
        "is_admin": bool(user.get("is_admin") or user.get("is_owner")),
    }
    return facts | ({"locale": user["locale"]} if user.get("locale") else {})  # an event about a user has none


def _ask(client: WebClient, team_id: str, slack_id: str) -> dict[str, Any] | None:
    try:
        answer = client.users_info(user=slack_id, include_locale=True)
    except (SlackClientError, *NO_ANSWER) as error:
        log.warning("person not looked up", team=team_id, error=type(error).__name__)
        return None
    return profile_of(answer["user"], team_id)
