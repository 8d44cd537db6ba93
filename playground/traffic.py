"""What went over the wire, for the inspector and for tests: every call and delivery. Not what people saw."""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

KEPT = 500
TO_BOT = "to bot"
FROM_BOT = "from bot"
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-[\w.-]+")


@dataclass
class Exchange:
    """One call or delivery; `ms` is playground time between request and answer.

    `status` and `response` are what the bot was told, `fault` is what went wrong on purpose.
    """

    n: int
    at: datetime
    way: str
    name: str
    request: object
    response: object = None
    status: str = ""
    ms: float = 0.0
    team: str = ""
    fault: str = ""

    def as_json(self) -> dict[str, Any]:
        """Returns it as JSON data with every token taken out."""
        plain = asdict(self) | {"at": self.at.isoformat(), "ms": round(self.ms, 1)}
        redacted: dict[str, Any] = json.loads(_TOKEN.sub("[token]", json.dumps(plain)))
        return redacted


class Traffic:
    """The last exchanges, oldest first, numbered from 1."""

    def __init__(self) -> None:
        self.exchanges: deque[Exchange] = deque(maxlen=KEPT)
        self.last = 0

    def record(self, at: datetime, way: str, name: str, request: object, team: str = "") -> Exchange:
        """Records the beginning of an exchange; its answer is filled in with `finish`."""
        self.last += 1
        exchange = Exchange(self.last, at, way, name, request, team=team)
        self.exchanges.append(exchange)
        return exchange

    def finish(self, exchange: Exchange, at: datetime, response: object, status: str) -> None:
        """Records how an exchange ended."""
        exchange.response = response
        exchange.status = status
        exchange.ms = (at - exchange.at).total_seconds() * 1000

    def since(self, n: int) -> list[dict[str, Any]]:
        """Returns the exchanges after number `n`, as JSON data without tokens."""
        return [one.as_json() for one in self.exchanges if one.n > n]
