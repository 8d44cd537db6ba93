"""Signs of life of the running program's parts, and how long ago each was."""

import time
from collections.abc import Callable
from typing import Literal

# A tick of the schedule, a pong on one of our sockets, an envelope of Slack's.
Sign = Literal["tick", "pong", "envelope"]


class Pulse:
    """What the parts tell of themselves while they run.

    `sockets` is how many of ours are open, and None where Slack calls over HTTP; `connections` is how many Slack counts for the
    app. `is_sending` says whether the sender's thread lives. Ages come from a clock that is never set, as a machine's own is:
    an hour back would make a dead socket young. It is the only place that asks for it, and `monotonic` takes its place in tests.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.sockets: int | None = None
        self.connections = 0
        self.is_sending: Callable[[], bool] = lambda: False
        self._monotonic = monotonic
        self._at: dict[Sign, float] = {}

    def now(self) -> float:
        """Returns the moment on that clock, in seconds."""
        return self._monotonic()

    def beat(self, sign: Sign) -> float:
        """Notes a sign of life, and returns its moment."""
        self._at[sign] = self._monotonic()
        return self._at[sign]

    def age(self, sign: Sign) -> float | None:
        """Returns how many seconds ago this sign came, or None when it never did."""
        at = self._at.get(sign)
        return None if at is None else self._monotonic() - at
