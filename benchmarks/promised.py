"""What members of a workspace promised each other, by chance, the same each time: introductions, and calls to return."""

import random

from benchmarks.pouring import Funnel, Template
from benchmarks.slack import TEAM
from benchmarks.workspace import BEGAN, BUSY, NOW, WEEK, People, id_of, text_of
from storage.tables import Callback, Introduction, Side, Turn

# Of so many acts there is one introduction; of so many members one has calls.
ACTS_EACH, MEMBERS_EACH = 50, 20
# What the busiest member has to do with: made by them, about them, in a hundred; and their calls, open and returned.
MADE, ASKED, OPEN_CALLS, RETURNED_CALLS = 5, 2, 60, 2_000
DAY = 86_400.0
_BEGAN, _WEEK_BEGAN, _NOW = BEGAN.timestamp(), (NOW - WEEK).timestamp(), NOW.timestamp()
_INTRODUCTION = Template(Introduction, team_id=TEAM)
_SIDE = Template(Side, team_id=TEAM, line="You both know about surveys.")
_CALLBACK = Template(Callback, team_id=TEAM, about="the survey", note="")
_TURN = Template(Turn, team_id=TEAM)


def pour_introductions(funnel: Funnel, people: People) -> None:
    """Adds introductions with two sides each: of two weeks ago still asked, before that most of them met."""
    chance = random.Random(3)
    count = people.size.acts // ACTS_EACH
    introductions, sides = [], []
    for number, at in enumerate(sorted(chance.uniform(_BEGAN, _NOW) for _ in range(count))):
        made, connector, *two = id_of(at, number), *chance.sample(people.ids, 3)
        drawn = chance.randrange(100)
        if drawn < MADE:
            connector = people.busiest
        elif drawn < MADE + ASKED:
            two[0] = people.busiest
        channel = BUSY if chance.random() < 0.05 else f"C{chance.randrange(1, people.size.channels)}"
        is_open, is_met = at > _NOW - 14 * DAY and chance.random() < 0.5, chance.random() < 0.6
        state = "asked" if is_open else "met" if is_met else "checking in" if chance.random() < 0.3 else "did not meet"
        met_at = text_of(min(at + 10 * DAY, _NOW - 1)) if state == "met" else None
        connected_at = None if is_open else text_of(min(at + DAY, _NOW - 1))
        introductions.append(
            _INTRODUCTION.row(
                id=made,
                connector_id=connector,
                state=state,
                is_business=number % 5 == 0,
                channel=channel,
                created_at=text_of(at),
                asked_at=text_of(at),
                expires_at=text_of(at + 14 * DAY),
                connected_at=connected_at,
                met_at=met_at,
            )
        )
        for side, member_id in enumerate(two):
            sides.append(
                _SIDE.row(
                    id=id_of(at, number * 2 + side),
                    introduction_id=made,
                    number=side,
                    member_id=member_id,
                    asked_at=text_of(at),
                    answer=None if is_open else "yes",
                    met="met" if met_at else None,
                )
            )
    funnel.pour(Introduction, introductions)
    funnel.pour(Side, sides)


def pour_calls(funnel: Funnel, people: People) -> None:
    """Adds calls: the busiest member's, and one of some others."""
    chance = random.Random(4)
    owners = [people.busiest] * (OPEN_CALLS + RETURNED_CALLS) + people.ids[1::MEMBERS_EACH]
    callbacks, turns = [], []
    for number, owner in enumerate(owners):
        is_open = number < OPEN_CALLS
        at = chance.uniform(_NOW - 14 * DAY, _NOW) if is_open else chance.uniform(_BEGAN, _NOW - 5 * DAY)
        call, other, due = id_of(at, number), people.ids[number % (len(people.ids) - 1) + 1], at + 4 * DAY
        other = people.busiest if other == owner else other
        callbacks.append(_CALLBACK.row(id=call, owner_id=owner, member_id=other, noted_at=text_of(at)))
        ended = {} if is_open else {"ended": "called back", "ended_at": text_of(due)}
        turns.append(_TURN.row(id=call, callback_id=call, owner_id=owner, number=1, due_at=text_of(due), **ended))
    funnel.pour(Callback, callbacks)
    funnel.pour(Turn, turns)
