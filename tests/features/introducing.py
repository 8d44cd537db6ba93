"""What conversations about introductions have in common."""

from collections.abc import Callable
from typing import Any

from tests.conversation import Person, words

WHY = "you both fight for mass timber"
Until = Callable[..., None]


def chats(person: Person) -> list[dict[str, Any]]:
    """Returns the group chats somebody is in."""
    return [room for room in person.state()["conversations"] if room["kind"] == "mpim"]


def ask(person: Person, *names: str) -> None:
    """Has people asked."""
    person.types(f"/intro {' '.join('@' + one for one in names)} {WHY}")
    person.clicks("Ask them both" if len(names) == 2 else "Ask all three")


def ask_as_business(person: Person) -> None:
    """Has Bob and Carol asked, marked as business, by the form."""
    person.types("/intro")
    person.fills("First person", "bob").fills("Second person", "carol")
    person.fills("What the first person reads", "Carol sails.").fills("What the second person reads", "Bob sails.")
    person.fills("Business?", ["It is business"]).submits()
    person.submits()
    person.closes()


def choose(person: Person, **fields: Any) -> None:
    """Fills and saves the form of what somebody wants to be asked."""
    labels = {"most": "Asks in 30 days, at most", "rest": "At capacity until", "unwanted": "Do not introduce me to"}
    person.types("/network settings")
    person.clicks("Change", near="Introductions")
    for key, value in fields.items():
        person.fills(labels[key], value)
    person.submits()
    person.closes()


def home(person: Person) -> str:
    """Returns what is written on somebody's Home."""
    person.opens_home()
    return words(person.state()["home"] or {}).replace("*", "")
