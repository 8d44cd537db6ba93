"""What conversations about nudges have in common."""

from typing import Any

from tests.conversation import Person

_LABELS = {
    "every": "How often?",
    "day": "On which day?",
    "at": "At what time?",
    "news": "Who may share news with you?",
    "reach": "What may reach you",
}


def turn_on(person: Person, topics: str = "", **fields: Any) -> None:
    """Switches nudges on: Tuesdays at nine, unless told otherwise."""
    _choose(person, topics, "On", fields)


def follow(person: Person, topics: str, **fields: Any) -> None:
    """Has somebody follow topics, without nudges."""
    _choose(person, topics, "Off", fields)


def got(person: Person) -> list[dict[str, Any]]:
    """Returns the nudges somebody got."""
    return [one for one in person.from_the_bot_by_dm() if one["text"].startswith("For you:")]


def _choose(person: Person, topics: str, whether: str, fields: dict[str, Any]) -> None:
    person.opens_home()
    person.clicks("Change", near="Nudges")
    person.fills("Topics you follow", topics).fills("What may reach you", ["Asks that fit my topics"]).fills(
        "Nudges", whether
    )
    for label, value in fields.items():
        person.fills(_LABELS[label], value)
    person.submits()
    person.closes()
