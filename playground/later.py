"""What is to happen at a moment of the playground's time. Not for the retries of deliveries, which are theirs."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from datetime import datetime


class Later:
    """Errands in the order of their moments; those of one moment in the order in which they were added."""

    def __init__(self) -> None:
        self._errands: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers = itertools.count()

    def add(self, at: datetime, what: Callable[[], None]) -> None:
        """Adds an errand for an aware moment."""
        heapq.heappush(self._errands, (at, next(self._numbers), what))

    def next_at(self) -> datetime | None:
        """Returns the moment of the first errand, or None without one."""
        return self._errands[0][0] if self._errands else None

    def take_due(self, now: datetime) -> tuple[datetime, Callable[[], None]] | None:
        """Returns the first errand that is due with its moment, taken out, or None."""
        if not self._errands or self._errands[0][0] > now:
            return None
        at, _, what = heapq.heappop(self._errands)
        return at, what

    def clear(self) -> None:
        """Drops everything."""
        self._errands.clear()
