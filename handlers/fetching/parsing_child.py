"""The process in which a feed or a calendar is parsed, with little memory and little time: `parsing.py` starts it.

What it reads on its input is a line of JSON and then the body; what it says is one JSON object. It has no settings, no database
and no secrets, and nothing but feedparser and icalendar looks at what strangers wrote.
"""

import json
import resource
import sys
from datetime import datetime
from typing import Any

MOST_MEMORY, MOST_SECONDS = 200 * 1024 * 1024, 5


def main() -> None:
    """Reads one body, and says what it holds."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        said = read(json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        said = {"refused": "large"}
    sys.stdout.write(json.dumps(said))


def read(asked: dict[str, str], body: bytes) -> dict[str, Any]:
    """Reads one body; what is refused is said with the reason."""
    from handlers.fetching import reading_calendars, reading_news  # within the limits, as all that follows

    try:
        text = reading_news.decoded(body, asked["charset"])
        if reading_calendars.is_calendar(text):
            return reading_calendars.read(text, asked["url"], asked["zone"], datetime.fromisoformat(asked["now"]))
        return reading_news.read(text, asked["url"])
    except reading_news.Refused as refused:
        return {"refused": str(refused)}
