"""Virtual time: what happens when, one thing after the other, and threads of action that sleep without taking time."""

import heapq
import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

from greenlet import getcurrent, greenlet


class Clockwork:
    """Tells the virtual time, and does what is planned. Nothing in it waits for real time."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._planned: list[tuple[datetime, int, Callable[[], object]]] = []
        self._numbers = itertools.count()
        self._main = getcurrent()

    def __call__(self) -> datetime:
        """Returns now."""
        return self.now

    @property
    def is_within_an_action(self) -> bool:
        """Whether whoever asks can sleep."""
        return getcurrent() is not self._main

    def at(self, when: datetime, what: Callable[[], object]) -> None:
        """Plans something; what lies in the past is done next."""
        heapq.heappush(self._planned, (when, next(self._numbers), what))

    def run(self, until: datetime, before_each: Callable[[], None]) -> None:
        """Does everything that is planned until a moment, in order."""
        while self._planned and self._planned[0][0] <= until:
            when, _, what = heapq.heappop(self._planned)
            self.now = max(self.now, when)
            before_each()
            what()
        self.now = until

    def start(self, action: Callable[[], None]) -> greenlet:
        """Begins a thread of action, which can sleep."""
        begun = greenlet(action, parent=self._main)
        self.at(self.now, begun.switch)
        return begun

    def sleep(self, seconds: float) -> None:
        """Lets so much time pass for the action that calls it."""
        self.at(self.now + timedelta(seconds=seconds), getcurrent().switch)
        self._main.switch()


class Alarm:
    """What one action sleeps on: until a moment, or until somebody wakes it."""

    def __init__(self, clockwork: Clockwork) -> None:
        self._clockwork = clockwork
        self._sleeper: greenlet | None = None
        self._rings = False

    def sleep_until(self, when: datetime) -> None:
        """Sleeps, unless it was woken since it slept last."""
        if not self._rings:
            me = self._sleeper = getcurrent()
            self._clockwork.at(when, lambda: self._switch(me))
            self._clockwork._main.switch()
        self._rings, self._sleeper = False, None

    def ring(self) -> None:
        """Wakes whoever sleeps, or lets the next sleep be none."""
        self._rings = True
        if self._sleeper is not None:
            me = self._sleeper
            self._clockwork.at(self._clockwork.now, lambda: self._switch(me))

    def _switch(self, sleeper: greenlet) -> None:
        if self._sleeper is sleeper and not sleeper.dead:
            self._sleeper = None
            sleeper.switch()
