"""The words for a message that comes late: what it says first, and the delay after it."""

from dataclasses import replace
from datetime import datetime

from bot import when
from handlers.views.kit import Message, context


def marked_late(message: Message, due_at: datetime, now: datetime, zone: str) -> Message:
    """Returns a message that says, after all else, when it was due."""
    is_today = when.is_same_day(due_at, now, zone)
    moment = f"at {when.show_time(due_at, zone)}" if is_today else when.show(due_at, zone)
    line = f"This was due {moment}, while I was away."
    stop = "" if message.text.endswith((".", "?", "!")) else "."
    return replace(message, text=f"{message.text}{stop} {line}", blocks=[*message.body()["blocks"], context(line)])
