"""What can go wrong when somebody chooses about nudges and topics. The sentences stand in `handlers/views/nudge_sentences.py`."""

from dataclasses import dataclass

from bot.errors import Mistake


@dataclass(eq=False)
class TooManyTopics(Mistake):
    """More topics than are followed at once, or too long ones."""

    limit: int
    characters: int


@dataclass(eq=False)
class TopicTooLong(Mistake):
    """A topic of the workspace's list that no menu holds."""

    topic: str
    limit: int
