"""What came to somebody while time passed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.conversation import Person


def came(person: Person, zone: str = "America/Chicago") -> list[str]:
    """Returns when the bot's messages came to somebody's own DM, in local time."""
    stamps = [float(one["ts"]) for one in person.from_the_bot_by_dm()]
    return [f"{datetime.fromtimestamp(one, ZoneInfo(zone)):%a %d %b %H:%M}" for one in stamps]


def notices(person: Person) -> list[str]:
    return [one["text"] for one in person.from_the_bot_by_dm()]
