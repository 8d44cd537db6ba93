"""What conversations about exports have in common: the files as they came, opened as people open them."""

import csv
import json
import urllib.request
from io import StringIO
from typing import Any

from tests.conversation import Person

READY = "Your Good Turn data is ready"


def came(person: Person) -> list[dict[str, Any]]:
    """Returns the messages with files that the bot sent somebody, oldest first."""
    return [one for one in person.from_the_bot_by_dm() if one.get("files")]


def raw(person: Person) -> dict[str, bytes]:
    """Returns the newest files by name, byte for byte."""
    found = {}
    for file in came(person)[-1]["files"]:
        with urllib.request.urlopen(f"{person.world.url}/files/{file['id']}", timeout=20) as answer:
            found[file["name"]] = answer.read()
    return found


def data(person: Person) -> dict[str, Any]:
    """Returns what the newest JSON has."""
    return dict(json.loads(next(kept for name, kept in raw(person).items() if name.endswith(".json"))))


def sheet(person: Person, name: str) -> list[dict[str, str]]:
    """Returns the lines of one of the newest sheets."""
    return list(csv.DictReader(StringIO(raw(person)[name].decode("utf-8-sig"), newline="")))


def exported(person: Person) -> dict[str, Any]:
    """Has somebody export their data, and returns what the JSON has."""
    person.types("/network export")
    return data(person)
