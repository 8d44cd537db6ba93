"""What can go wrong with a feed, for an admin. The sentences stand in `handlers/views/feed_sentences.py`."""

from dataclasses import dataclass

from bot.errors import Mistake


@dataclass(eq=False)
class NotAnAddress(Mistake):
    """What was typed is no address that can be read. `why` is `scheme`, `credentials`, `port`, `host` or `form`."""

    typed: str
    why: str


@dataclass(eq=False)
class TooManyFeeds(Mistake):
    """A workspace has as many feeds as fit."""

    limit: int
