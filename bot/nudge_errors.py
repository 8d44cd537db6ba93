"""What can go wrong when somebody chooses about nudges. The sentences stand in `handlers/views/nudge_sentences.py`."""

from dataclasses import dataclass

from bot.errors import Mistake


@dataclass(eq=False)
class TooManyTopics(Mistake):
    """More topics than are followed at once, or too long ones."""

    limit: int
    characters: int
