"""Whether a message is there already: it is looked for in a DM's history, by the id that its post carried as metadata.

Slack has no key against doubles (slack-api-specs#10), so this is what stands between an unknown outcome and a second post.
Only the bot's one-to-one DMs are read.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

EVENT_TYPE = "good_turn"
# Two hours before the first try: our clock and Slack's may differ.
MARGIN = timedelta(hours=2)
PAGE = 100  # an app that is sold and not in Slack's directory gets 15 at a time: docs.slack.dev, rate limits
MOST_PAGES = 20


class TooMuchToRead(Exception):
    """The conversation holds more than can be looked through."""


def mark_of(workspace_key: str, row_key: str) -> str:
    """Returns the id a post carries: it says nothing to those who can read it, and is the same after a restored backup."""
    return hmac.new(workspace_key.encode(), row_key.encode(), hashlib.sha256).hexdigest()[:32]


def metadata(mark: str) -> dict[str, Any]:
    """Returns the metadata of a post."""
    return {"event_type": EVENT_TYPE, "event_payload": {"id": mark}}


def find_post(client: WebClient, channel: str, mark: str, since: datetime) -> dict[str, Any]:
    """Returns where the message with this mark is, as columns of its row; nothing when it is not there.

    Raises what the client raises, and TooMuchToRead.
    """
    oldest = f"{(since - MARGIN).timestamp():.6f}"
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        answer = client.conversations_history(
            channel=channel, oldest=oldest, include_all_metadata=True, limit=PAGE, cursor=cursor
        )
        for message in answer["messages"]:
            if _mark_on(message) == mark:
                return {"slack_channel": channel, "slack_ts": str(message["ts"])}
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return {}
    raise TooMuchToRead


def _mark_on(message: dict[str, Any]) -> str | None:
    carried = message.get("metadata") or {}
    if carried.get("event_type") != EVENT_TYPE:
        return None
    mark: str | None = (carried.get("event_payload") or {}).get("id")
    return mark
