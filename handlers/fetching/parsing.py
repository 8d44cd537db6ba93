"""Has what was downloaded parsed, in a process of its own with little memory, that is killed where it takes too long.

feedparser needs 16 s for 200,000 nested tags and more than 25 s for a tag of 100,000 attributes; the next such input is not known
yet, and keeps nobody else waiting.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from bot.feeds import Parsed
from bot.items import Found

log = structlog.get_logger(__name__)

SECONDS = 5
_RUN = "import sys; sys.path.insert(0, sys.argv[1]); from handlers.fetching.parsing_child import main; main()"
_HOME = Path(__file__).parents[2]
_ENVIRONMENT = {"LC_ALL": "C.UTF-8"}  # nothing of ours: no setting, and no secret


class NotParsed(Exception):
    """It was not read. `reason` is one of bot.feeds.REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(body: bytes, charset: str, url: str, zone: str, now: datetime, *, seconds: float = SECONDS) -> Parsed:
    """Parses a feed or a calendar; `zone` is that of times which name none. Raises NotParsed."""
    asked = json.dumps({"charset": charset, "url": url, "zone": zone, "now": now.isoformat()}).encode()
    try:
        child = subprocess.run(  # noqa: S603 - this Python, and words of ours alone
            [sys.executable, "-I", "-c", _RUN, str(_HOME)],
            input=asked + b"\n" + body, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=seconds, check=False,
            env=_ENVIRONMENT,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotParsed("large") from None
    if child.returncode != 0:
        log.warning("parsing ended", code=child.returncode)
        raise NotParsed("large" if child.returncode < 0 else "unreadable")
    return understand(json.loads(child.stdout))


def understand(said: Mapping[str, Any]) -> Parsed:
    """Returns what the process said of a body. Raises NotParsed."""
    if "refused" in said:
        raise NotParsed(said["refused"])
    until = said.get("until")
    return Parsed(
        said["kind"], said["title"], [_found(one) for one in said["found"]], said["note"],
        datetime.fromisoformat(until) if until else None,
    )  # fmt: skip


def _found(one: Mapping[str, Any]) -> Found:
    moments = {
        name: datetime.fromisoformat(one[name]) for name in ("published_at", "starts_at", "ends_at") if one.get(name)
    }
    return Found(**{**one, "published_at": None, **moments})
