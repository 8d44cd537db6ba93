"""What conversations about weekly summaries have in common."""

from typing import Any

from tests.cast import PLAZA
from tests.conversation import Person, words


def summaries(person: Person) -> list[dict[str, Any]]:
    """Returns the summaries in the channel."""
    return [
        one for one in person.messages(PLAZA) if one["bot"] and "Named: only help both sides agreed on." in words(one)
    ]


def help_each_other(alice: Person, bob: Person) -> None:
    """Alice helps Bob, and both agree on it."""
    alice.types("/give @bob the airport RFP went out today", PLAZA)
    bob.clicks("Thanks, it helped", near="the airport RFP")
