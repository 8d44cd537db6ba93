"""What conversations about asks have in common."""

from typing import Any

from tests.cast import AUSTIN
from tests.conversation import Person, words

ENGINEER = "a structural engineer licensed in Colorado"


def ask(
    person: Person, what: str = ENGINEER, *, until: str = "2026-03-13", channel: str = AUSTIN, topics: str = ""
) -> None:
    """Asks for something by the form."""
    person.types(f"/ask {what}")
    person.fills("By when?", until).fills("Topics", topics).fills("In which channel?", channel).submits()
    person.closes()


def posts(person: Person, channel: str = AUSTIN) -> list[dict[str, Any]]:
    """Returns the bot's posts in a channel."""
    return [one for one in person.messages(channel) if one["bot"]]


def read(message: dict[str, Any]) -> str:
    """Returns all that is written in a message."""
    return words(message).replace("*", "")
