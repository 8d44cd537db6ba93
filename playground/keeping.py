"""Writes the data file soon after each change, and once more at the end. What is kept is store.py's affair."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playground import store
from playground.slack import Slack

WRITE_AFTER = 0.3  # seconds in which changes gather, so that a busy minute is not a hundred writes


@asynccontextmanager
async def keeping(slack: Slack, file: Path | None) -> AsyncIterator[None]:
    """Keeps the data file up to date while the block runs; without a file it does nothing."""
    if file is None:
        yield
        return
    changed = asyncio.Event()
    slack.watchers.append(changed.set)
    writing = asyncio.create_task(_write_after_changes(slack, file, changed))
    try:
        yield
    finally:
        slack.watchers.remove(changed.set)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        store.write(file, store.dump(slack))


async def _write_after_changes(slack: Slack, file: Path, changed: asyncio.Event) -> None:
    while True:
        await changed.wait()
        await asyncio.sleep(WRITE_AFTER)
        changed.clear()
        # in this thread, though it blocks for a moment: a write left behind in another could overtake the last one
        store.write(file, store.dump(slack))
