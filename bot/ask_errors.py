"""What can go wrong with an ask. The sentences stand in `handlers/views/ask_sentences.py`."""

from dataclasses import dataclass

from bot.errors import Mistake


class NothingAsked(Mistake):
    """Nothing was written that others could help with."""


class NotByThen(Mistake):
    """The day until which help is wanted has passed, or is too far away."""


@dataclass(eq=False)
class TooManyAsks(Mistake):
    """As many asks of this member are open as fit."""

    limit: int


class OwnAsk(Mistake):
    """Help was offered to oneself."""


class AskIsOver(Mistake):
    """Help was offered for an ask that is not open any more."""


class NobodyThanked(Mistake):
    """An ask was to be closed with thanks, and nobody was named who helped."""
