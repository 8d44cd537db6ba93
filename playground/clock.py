"""The playground's time: real time plus an offset that a person can move. Not for measuring durations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path


def real_now() -> datetime:
    """Returns the real time, aware UTC."""
    return datetime.now(UTC)


class PlaygroundClock:
    """A clock that can be moved; with a file it remembers how far, and tells the bot through it."""

    def __init__(self, file: Path | None = None, real: Callable[[], datetime] = real_now) -> None:
        self.file = file
        self.real = real
        self.offset = _read_offset(file)

    def __call__(self) -> datetime:
        """Returns the playground's time, aware UTC."""
        return self.real() + timedelta(seconds=self.offset)

    def move_by(self, seconds: float) -> None:
        """Moves the clock by so many seconds, also backwards."""
        self._set(self.offset + seconds)

    def move_to(self, moment: datetime) -> None:
        """Moves the clock so that it now shows this aware moment."""
        self._set((moment - self.real()).total_seconds())

    def reset(self) -> None:
        """Puts the clock back to real time."""
        self._set(0.0)

    def _set(self, offset: float) -> None:
        self.offset = offset
        if self.file is None:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_name(self.file.name + ".new")
        beside.write_text(f"{offset}\n", encoding="ascii")
        beside.replace(self.file)  # atomic: a reader sees the old offset or the new one, never half of it


def _read_offset(file: Path | None) -> float:
    if file is None or not file.exists():
        return 0.0
    return float(file.read_text(encoding="ascii").strip() or 0)
