"""What happened in a workspace in two years, by chance, the same each time: acts and what was said of them, introductions, calls.

Of a hundred acts in channels about 55 are confirmed, 5 are private, 2 are shared or kept private later, and 2 are taken back or
corrected.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlmodel import SQLModel

from benchmarks.pouring import Funnel, Template, Values
from benchmarks.slack import TEAM
from benchmarks.workspace import BEGAN, BUSY, BUSY_ACTS, NOW, WEEK, WEEKS, People, contact_of, id_of, text_of
from storage.outbox import KEEP as KEEP_OUTBOX
from storage.tables import KINDS, Act, Mark, Outgoing

AT_ONCE = 20_000
# Of the acts before the last week: this share is the busy channel's, as many a week as in the last one in a large workspace.
BUSY_SHARE = 0.2
WITHOUT_CHANNEL = 0.1
HOUR, DAY = 3_600.0, 86_400.0
_BEGAN, _WEEK_BEGAN, _NOW = BEGAN.timestamp(), (NOW - WEEK).timestamp(), NOW.timestamp()
_KEPT_SINCE = (NOW - KEEP_OUTBOX).timestamp()
# Most of it is help and advice.
_KINDS = [kind for kind, share in zip(KINDS, (5, 2, 5, 8), strict=True) for _ in range(share)]
_ACT = Template(Act, team_id=TEAM)
_MARK = Template(Mark, team_id=TEAM)
_TOLD = Template(Outgoing, team_id=TEAM, verb="post", kind="act", state="sent", tried=1, slack_channel="D1")

Row = tuple[type[SQLModel], Values]


def pour_acts(funnel: Funnel, people: People) -> None:
    """Adds the acts, what was said of them, and the messages about them that are still kept."""
    acts = _Acts(people)
    rows = (row for number, moment in enumerate(acts.moments()) for row in acts.act(number, *moment))
    while batch := list(islice(rows, AT_ONCE)):
        _pour(funnel, batch)


def _pour(funnel: Funnel, rows: Iterable[Row]) -> None:
    tables: dict[type[SQLModel], list[Values]] = defaultdict(list)
    for table, values in rows:
        tables[table].append(values)
    for table, added in tables.items():
        funnel.pour(table, added)


class _Acts:
    """Makes one act after the other. The last week of the busy channel comes from chances of its own."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.before, self.lately = random.Random(1), random.Random(2)

    def moments(self) -> Sequence[tuple[float, str]]:
        """Returns when each act was recorded, and whose it is: of `busy`, its last `week`, `gave` and `got`, or `other`."""
        size, chance = self.people.size, self.before
        history = size.acts - BUSY_ACTS
        of_busiest = ["gave"] * size.gave + ["got"] * size.got
        whose = of_busiest + ["busy"] * int(history * BUSY_SHARE)
        whose += ["other"] * (history - len(whose))
        chance.shuffle(whose)
        week = [(self.lately.uniform(_WEEK_BEGAN, _NOW), "week") for _ in range(BUSY_ACTS)]
        return sorted([*((chance.uniform(_BEGAN, _NOW), one) for one in whose), *week])

    def act(self, number: int, at: float, whose: str) -> Iterator[Row]:
        """Gives the rows of an act."""
        if whose == "busy" and at >= _WEEK_BEGAN:
            whose = "other"  # this week's are counted
        chance = self.lately if whose == "week" else self.before
        helper_id, helped_id, channel = self._who(chance, whose, at)
        by_helped, is_private = chance.random() < 0.25, channel is None or chance.random() < 0.05
        act_id, recorder, written = id_of(at, number), helped_id if by_helped else helper_id, text_of(at)
        contact_id = contact_of(helper_id) if not by_helped and chance.random() < 0.04 else None
        columns: dict[str, Any] = {
            "id": act_id, "said_id": act_id, "root_id": act_id, "helper_id": helper_id,
            "helped_id": None if contact_id else helped_id, "contact_id": contact_id,
            "kind": _KINDS[int(len(_KINDS) * chance.random())], "is_guess": True, "channel": channel,
            "words": f"where to find a surveyor, question number {number}", "is_private": is_private,
            "source": "command", "recorded_by": recorder, "written_by": recorder, "recorded_at": written,
        }  # fmt: skip
        yield Act, _ACT.row(**columns)
        yield from self._marks(chance, columns, at)
        yield from self._ends(chance, columns, number, at)
        if at >= _KEPT_SINCE and contact_id is None:
            heard = helper_id if by_helped else helped_id
            yield Outgoing, _TOLD.row(id=act_id, key=f"act:{act_id}:told", subject=act_id, member_id=heard, slack_ts=act_id,
                                      due_at=written, created_at=written, sent_at=written)  # fmt: skip

    def _who(self, chance: random.Random, whose: str, at: float) -> tuple[str, str, str | None]:
        """Returns who helped whom, and where: mostly somebody near, so that many help each other again."""
        people, busiest = self.people, self.people.busiest
        if whose == "gave":
            return busiest, _one_of(chance, people.friends), self._channel(chance)
        if whose == "got":
            return _one_of(chance, people.friends), busiest, self._channel(chance)
        if whose == "other":
            channel = self._channel(chance)
            there = people.of_channel(int((channel or "C1")[1:]))
            return *_two_of(chance, there), channel
        week = WEEKS - 1 if whose == "week" else int((at - _BEGAN) // WEEK.total_seconds())
        return *_two_of(chance, people.of_busy(week)), BUSY

    def _channel(self, chance: random.Random) -> str | None:
        if chance.random() < WITHOUT_CHANNEL:
            return None
        return f"C{1 + int((self.people.size.channels - 1) * chance.random() ** 1.5)}"

    def _marks(self, chance: random.Random, act: dict[str, Any], at: float) -> Iterator[Row]:
        """Gives what was said of an act since: thanks with words or without, kept private, shared."""
        by_helped = act["recorded_by"] == act["helped_id"]
        if act["helped_id"] and (by_helped or chance.random() < 0.4):
            words = "It saved our bid." if not by_helped and chance.random() < 0.3 else None
            later = min(at + (0 if by_helped else chance.expovariate(1 / (5 * HOUR))), _NOW - 1)
            columns = {"member_id": act["helped_id"], "words": words, "at": text_of(later)}
            yield Mark, _MARK.row(act_id=act["id"], mark="thanks", **columns)
        drawn, columns = chance.random(), {"member_id": act["recorded_by"], "at": text_of(min(at + HOUR, _NOW - 1))}
        if drawn < 0.01:
            yield Mark, _MARK.row(act_id=act["id"], mark="private", **columns)
        elif act["is_private"] and drawn < 0.1:
            channel = act["channel"] or BUSY if at < _WEEK_BEGAN else act["channel"] or "C1"
            yield Mark, _MARK.row(act_id=act["id"], mark="shared", channel=channel, **columns)

    def _ends(self, chance: random.Random, act: dict[str, Any], number: int, at: float) -> Iterator[Row]:
        """Gives the row that takes an act back, and where it was corrected, the one in its place."""
        drawn = chance.random()
        if drawn >= 0.02 or at > _NOW - DAY:
            return
        later, why = at + HOUR, "removed" if drawn < 0.01 else "corrected"
        end = {"reverses": act["id"], "source": why, "recorded_at": text_of(later)}
        yield Act, _ACT.row(**act | {"id": id_of(later, number + 0x10000000), **end})
        if why == "corrected":
            yield Act, _ACT.row(**act | {"id": id_of(later, number + 0x20000000), "words": "how to price a survey"})


def _one_of(chance: random.Random, people: Sequence[str]) -> str:
    """Returns one of some people, the first of them more often."""
    return people[int(len(people) * chance.random() ** 2)]


def _two_of(chance: random.Random, people: Sequence[str]) -> tuple[str, str]:
    """Returns two of some people, who are rather near to each other."""
    first, many = int(len(people) * chance.random()), len(people) - 1
    return people[first], people[(first + 1 + int(many * chance.random() ** 3)) % len(people)]
