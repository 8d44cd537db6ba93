"""What can go wrong when news are shared. The sentences stand in `handlers/views/share_sentences.py`."""

from dataclasses import dataclass

from bot.errors import Mistake


@dataclass(eq=False)
class TakesNoNews(Mistake):
    """News were to be shared with somebody who takes none from this member."""

    name: str


@dataclass(eq=False)
class HasIt(Mistake):
    """News were to be shared with somebody who was sent them already."""

    name: str


@dataclass(eq=False)
class TooLongALine(Mistake):
    """A member's own line before the news is too long."""

    characters: int
    limit: int
