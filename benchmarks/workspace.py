"""A workspace after two years, of any size: its people, channels, acts, introductions and calls; by chance, the same each time.

One channel's last week is the same in every size; what differs is how much else there is. What happened: `happened.py`.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from benchmarks.pouring import Funnel, Template, Values
from benchmarks.slack import TEAM
from storage.tables import Channel, Contact, Member, Summary, Workspace

NOW = datetime(2026, 3, 6, 16, tzinfo=UTC)
WEEK = timedelta(days=7)
WEEKS = 104
BEGAN = NOW - WEEKS * WEEK
# The channel whose week is told: so many acts in it, among so many people, of whom a few leave each week and as many come.
BUSY, BUSY_ACTS, BUSY_PEOPLE, MOST_NEW_A_WEEK = "C0", 2_000, 300, 30
NEW = 30  # of those of the last week, who are nowhere else and gave nothing before
NAME_OF_WEEK = "2026-W10"
ZONES = ("America/Chicago", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Sydney")
FIRST, LAST = ("Ana", "Raj", "Mira", "Bo", "Lena", "Tom", "Zoe", "Omar"), ("Lopez", "Shah", "Novak", "Berg", "Okafor")
# A channel's people; those of one are in three on the average.
CHANNELS_EACH = 3
_MEMBER = Template(Member, team_id=TEAM)


@dataclass(frozen=True)
class Size:
    """How much there is. The busiest member gave help `gave` times and got it `got` times."""

    acts: int
    members: int
    gave: int
    got: int
    channels: int = 200

    def __str__(self) -> str:
        return f"{self.acts:,} acts, {self.members:,} members"


class People:
    """The members, by their ids: the first is the busiest of them."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.ids = [id_of(BEGAN.timestamp(), number) for number in range(size.members)]
        self.busiest, self.usual = self.ids[0], self.ids[len(self.ids) // 2]
        self._of_busy = self.ids[BUSY_PEOPLE:-NEW]
        self._new_a_week = min(MOST_NEW_A_WEEK, (len(self._of_busy) - BUSY_PEOPLE) // WEEKS)

    @cached_property
    def friends(self) -> Sequence[str]:
        """Those with whom the busiest member exchanges help."""
        return self.ids[1 : 1 + self.size.gave // 3]

    def of_busy(self, week: int) -> Sequence[str]:
        """Returns who is in the busy channel in a week, the last of which has the number 103."""
        start = week * self._new_a_week
        there = self._of_busy[start : start + BUSY_PEOPLE]
        return there if week < WEEKS - 1 else [*there[NEW:], *self.ids[-NEW:]]

    def of_channel(self, channel: int) -> Sequence[str]:
        """Returns who is in another channel."""
        each = self.size.members // self.size.channels
        start = min(channel * each, self.size.members - NEW - each * CHANNELS_EACH)
        return self.ids[start : start + each * CHANNELS_EACH]


def pour_people(funnel: Funnel, people: People) -> None:
    """Adds the workspace, its members and what they know outside, and its channels with this week's summary."""
    began, now = text_of(BEGAN.timestamp()), text_of(NOW.timestamp())
    funnel.pour(Workspace, [Template(Workspace, team_id=TEAM, created_at=began, key="k").row()])
    funnel.pour(Member, [_member(number, one, began) for number, one in enumerate(people.ids)])
    contact = Template(Contact, team_id=TEAM, company="Acme", created_at=began)
    funnel.pour(Contact, [contact.row(id=contact_of(one), owner_id=one, name="Jane Doe") for one in people.ids])
    channel = Template(Channel, team_id=TEAM, state="on", zone=ZONES[0], counted_until=began, noted_at=began)
    numbers = range(people.size.channels)
    funnel.pour(Channel, [channel.row(id=f"C{one}", owner_id=people.ids[one // 3]) for one in numbers])
    week = Template(Summary, team_id=TEAM, channel=BUSY, week=NAME_OF_WEEK, until=now, is_first=False)
    funnel.pour(Summary, [week.row(since=text_of((NOW - WEEK).timestamp()))])


def _member(number: int, member_id: str, began: str) -> Values:
    chance = random.Random(number)
    return _MEMBER.row(
        id=member_id,
        slack_id=f"U{number:010}",
        name=f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]} {number}",
        zone=ZONES[number % len(ZONES)],
        created_at=began,
        checked_at=began,
        greeted_at=began,
        home_seen_at=began,
        is_gone=number > 0 and chance.random() < 0.05,
        is_unnamed=chance.random() < 0.03,
    )


def id_of(second: float, number: int) -> str:
    """Returns an id as the bot makes them: as long, and in order of time."""
    return f"{int(second * 1000) << 16 | number & 0xFFFF:016x}{number:012x}"


def contact_of(member_id: str) -> str:
    """Returns the id of whom a member knows outside."""
    return f"c{member_id[1:]}"


def text_of(second: float) -> str:
    """Returns a moment as both engines read it, and SQLite keeps it."""
    return datetime.fromtimestamp(second, UTC).isoformat(" ", "microseconds")[:26]
