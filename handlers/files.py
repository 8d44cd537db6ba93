"""Files as the outbox says them: what a renderer gives instead of a message. How Slack gets them: `uploads.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from storage.database import Reading


@dataclass(frozen=True)
class File:
    """One file; `content` is closed by whoever sends it. `alt` says what a picture shows, for those who do not see it."""

    name: str
    title: str
    content: IO[bytes]
    alt: str = ""


@dataclass(frozen=True)
class Made:
    """Files that stand in one message, and the words above them."""

    words: str
    files: Sequence[File]


@dataclass(frozen=True)
class Files:
    """Files that are still to be made, once it is sure that they are sent.

    `make` runs outside of any transaction, since it may take seconds; what it gets opens a session that reads, as often as it
    likes. It is tried again where it fails.
    """

    make: Callable[[Reading], Made]
