"""Who is in every conversation, and the workspace it begins in."""

from typing import Any

CAST: dict[str, dict[str, Any]] = {
    "alice": {"id": "U1ALICE", "tz": "America/Chicago"},
    "bob": {"id": "U2BOB", "tz": "America/Chicago"},
    "carol": {"id": "U3CAROL", "tz": "Europe/Stockholm"},
    "dan": {"id": "U4DAN", "tz": "America/New_York", "is_admin": True, "is_owner": True},
    "eve": {"id": "U5EVE", "tz": "America/Chicago"},
    "kim": {"id": "U6KIM", "tz": "America/Chicago", "is_restricted": True},
    "gus": {"id": "U7GUS", "tz": "America/Chicago", "deleted": True},
    "stella": {"id": "U8STELLA", "tz": "America/Chicago", "is_stranger": True},
    "builder": {"id": "U9BUILDER", "tz": "America/Chicago", "is_bot": True},
}
AUSTIN, PLAZA, NEARBY = "C1AUSTIN", "C2PLAZA", "G3NEARBY"
EVERYBODY = [str(person["id"]) for person in CAST.values() if not person.get("is_bot")]


def cast() -> dict[str, Any]:
    """Returns the workspace that each conversation begins in."""
    people = [{"name": name, "real_name": name.title(), "locale": "en-US", **facts} for name, facts in CAST.items()]
    return {
        "team": {"id": "T1", "name": "Austin Builders", "domain": "austin"},
        "people": people,
        "channels": [
            {"id": AUSTIN, "name": "austin-chapter", "members": EVERYBODY, "bot": True},
            {"id": PLAZA, "name": "plaza", "members": EVERYBODY, "bot": False},
            {"id": NEARBY, "name": "nearby", "members": EVERYBODY[:4], "private": True, "bot": True},
        ],
        "messages": [],
        "tokens": {"bot": "xoxb-playground", "app": "xapp-playground"},
    }
