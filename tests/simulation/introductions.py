"""Introductions in one run: asked about, answered in every way, taken back, opened, and followed up. What each knows is kept.

What was seen of them is held against this in `judging_introductions.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import combinations
from random import Random
from typing import Any

from tests.cast import AUSTIN, CAST
from tests.simulation.people import PEOPLE
from tests.simulation.pressing import Pressed, press
from tests.simulation.world import World

# Slack hears from whoever presses within this; what takes longer may cross what somebody else does meanwhile.
AT_ONCE = timedelta(seconds=3)
MET = ("met", "scheduled", "not yet", "led to something")
_ANSWERS = {"yes": "introductions.yes", "not now": "introductions.not_now", "no": "introductions.no"}
_LONGEST = timedelta(days=14)


@dataclass
class Asked:
    """One of those who are introduced: the last answer that counts, when to be asked again, and what they said came of it."""

    who: str
    side_id: str | None = None
    answer: str | None = None
    answered_at: datetime | None = None
    asked_again: list[datetime] = field(default_factory=list)
    met: str | None = None
    met_at: datetime | None = None


@dataclass
class Introduced:
    """One introduction, as its people know it; `gone` says which of them left when.

    It `is_sure` until an answer was lost on the way and may have counted.
    """

    connector: str
    first: Asked
    second: Asked
    gone: Mapping[str, datetime]
    id: str | None = None
    made_at: datetime | None = None
    withdrawn_at: datetime | None = None
    connected_at: datetime | None = None
    written_at: datetime | None = None
    is_sure: bool = True

    @property
    def sides(self) -> tuple[Asked, Asked]:
        """Both who are introduced, in the order in which they were named."""
        return self.first, self.second

    @property
    def people(self) -> set[str]:
        """All who are in it."""
        return {self.connector, self.first.who, self.second.who}

    def other(self, side: Asked) -> Asked:
        """Returns whom somebody is introduced to."""
        return self.second if side is self.first else self.first


def plan_introductions(
    world: World, number: int, introductions: int, start: datetime, length: timedelta, gone: Mapping[str, datetime]
) -> list[Introduced]:
    """Plans so many introductions, no two of the same people, and what those do who are asked; returns them."""
    chance, planned = Random(f"introductions {number}"), []
    for pair in chance.sample(list(combinations(PEOPLE, 2)), introductions):
        first, second = chance.sample(pair, 2)
        connector = chance.choice([one for one in PEOPLE if one not in pair])
        introduced = Introduced(connector, Asked(first), Asked(second), gone)
        planned.append(introduced)
        made_at = start + length / 8 * chance.random()
        world.clockwork.at(made_at, partial(_introduce, world, introduced))
        if chance.random() < 0.15:
            back_at = made_at + timedelta(hours=chance.choice((chance.uniform(0, 2), chance.uniform(0, 300))))
            world.clockwork.at(back_at, partial(_take_back, world, introduced))
        is_easy = chance.random() < 0.5  # both say yes, as soon as they read it
        for side in introduced.sides:
            _plan_answers(world, introduced, side, chance, made_at, is_easy=is_easy)
            for _ in range(chance.choice((0, 1, 2))):
                said_at = made_at + timedelta(days=chance.uniform(8, 19))
                world.clockwork.at(said_at, partial(_say_whether_met, world, introduced, side, chance.randrange(4)))
        if chance.random() < 0.5:
            written_at = made_at + timedelta(days=chance.uniform(1, 9))
            world.clockwork.at(written_at, partial(_say_written, world, introduced))
    return planned


def _plan_answers(
    world: World, introduced: Introduced, side: Asked, chance: Random, made_at: datetime, *, is_easy: bool
) -> None:
    for _ in range(chance.choice((0, 1, 2, 3))):
        at = made_at + _LONGEST * chance.random()
        answer = chance.choice(("yes", "yes", "not now", "no", "change"))
        world.clockwork.at(at, partial(_answer, world, introduced, side, answer, picks_a_day=chance.random() < 0.7))
    if is_easy:
        at = made_at + timedelta(days=chance.uniform(3, 5))
        world.clockwork.at(at, partial(_answer, world, introduced, side, "change", picks_a_day=False))
        world.clockwork.at(
            at + timedelta(minutes=1), partial(_answer, world, introduced, side, "yes", picks_a_day=False)
        )


def _introduce(world: World, introduced: Introduced, tries: int = 3) -> None:
    """Types `/intro`, reads what both will read, and has them asked; tries again where there was nothing to read."""
    if introduced.people & set(introduced.gone):
        return
    first, second = (CAST[side.who]["id"] for side in introduced.sides)
    connector, read = introduced.connector, f"{introduced.first.who.title()} will read"
    text = f"/intro <@{first}> <@{second}> you would get along"
    world.act(str(CAST[connector]["id"]), "say", channel=AUSTIN, text=text)
    pressed = _press(world, introduced, connector, "introductions.ask", lambda blocks, _: read in str(blocks))
    if pressed is None and introduced.is_sure and tries > 1:
        world.clockwork.at(world.clockwork.now + timedelta(hours=1), partial(_introduce, world, introduced, tries - 1))
    elif pressed is not None and "are being asked" in pressed.said:
        introduced.made_at, introduced.id = world.clockwork.now, pressed.value_of("introductions.withdraw")


def _take_back(world: World, introduced: Introduced) -> None:
    """Takes an introduction back, if it is still to be had."""
    pressed = _press(world, introduced, introduced.connector, "introductions.withdraw", _stands_for(introduced.id))
    if pressed is not None and "Taken back." in pressed.said and introduced.withdrawn_at is None:
        introduced.withdrawn_at = world.clockwork.now


def _answer(world: World, introduced: Introduced, side: Asked, answer: str, *, picks_a_day: bool) -> None:
    """Answers, or takes one's answer back, where one is asked."""
    question = f"introduce you to {introduced.other(side).who.title()}."
    action = _ANSWERS.get(answer, "introductions.change")

    def fits(blocks: Any, value: str) -> bool:
        if side.side_id is None and question in str(blocks):
            side.side_id = value
        return value == side.side_id

    pressed = _press(world, introduced, side.who, action, fits)
    if pressed is None:
        return
    side.answer, side.answered_at = None if answer == "change" else answer, world.clockwork.now
    if introduced.withdrawn_at is None and all(one.answer == "yes" for one in introduced.sides):
        introduced.connected_at = world.clockwork.now
    if side.answer == "not now" and picks_a_day:
        picked = _press(world, introduced, side.who, "introductions.again_in", _stands_for(side.side_id), picked="3")
        if picked is not None:
            side.asked_again.append(world.clockwork.now)


def _say_written(world: World, introduced: Introduced) -> None:
    """Has the one who was to start say that they have written."""
    pressed = _press(world, introduced, introduced.first.who, "introductions.written", _stands_for(introduced.id))
    if pressed is not None and introduced.written_at is None:
        introduced.written_at = world.clockwork.now


def _say_whether_met(world: World, introduced: Introduced, side: Asked, number: int) -> None:
    pressed = _press(world, introduced, side.who, f"meetings.said.{number}", _stands_for(side.side_id))
    if pressed is not None:
        side.met, side.met_at = MET[number], world.clockwork.now


def _press(
    world: World,
    introduced: Introduced,
    who: str,
    action: str,
    fits: Callable[[Any, str], bool],
    picked: str | None = None,
) -> Pressed | None:
    """Presses a button, and returns what became of it if it counts; nobody is sure of what took too long.

    What is refused is answered by a sentence of its own: that it is closed, or open by now.
    """
    if who in introduced.gone:
        return None
    began = world.clockwork.now
    pressed = press(world, who, action, fits, picked)
    if pressed is None:
        return None
    introduced.is_sure = introduced.is_sure and pressed.is_sure and world.clockwork.now - began < AT_ONCE
    is_refused = any(sight.what == "whispered" for sight in pressed.seen)
    return pressed if pressed.counts and not is_refused else None


def _stands_for(value: str | None) -> Callable[[Any, str], bool]:
    return lambda _, stands_for: value is not None and stands_for == value
