"""Members who look at their nudges now and then, and press something in them or not; what each chose and pressed is kept."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from bot import nudges
from playground.workspace import Message
from tests.cast import CAST
from tests.simulation.asks import Wished, note_offer
from tests.simulation.people import Span
from tests.simulation.pressing import press
from tests.simulation.world import World

_WORD = re.compile(r"\bW\d+w\b")


@dataclass
class Nudged:
    """What one member chose, and since when: each period, or None for off; and when they were paused, away, or hidden.

    They are `paused` by themselves, or until `later` by what they answered. `pressed` are the messages in which they pressed
    something, `begun` the moments from which unanswered ones count anew.
    """

    who: str
    every: list[tuple[datetime, str | None]] = field(default_factory=list)
    paused: list[Span] = field(default_factory=list)
    later: list[Span] = field(default_factory=list)
    away: list[Span] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)
    pressed: set[str] = field(default_factory=set)
    begun: list[datetime] = field(default_factory=list)


def look_at_nudges(
    world: World, planned: list[Nudged], asks: list[Wished], chance: Random, gone: dict[str, datetime]
) -> None:
    """Has each look at their nudges, and press something if they feel like it."""
    for nudged in planned:
        if nudged.who in gone or chance.random() < 0.6:
            continue
        answer = chance.choice(("nudges.keep", "nudges.keep", "nudges.later", "nudges.stop"))
        pressed = press(world, nudged.who, answer, lambda *_: True)
        if pressed is not None:
            _note_answer(
                world, nudged, answer, is_sure=pressed.counts and "whispered" not in {one.what for one in pressed.seen}
            )
        elif chance.random() < 0.3:
            _press_a_suggestion(world, nudged, asks, chance.choice(("nudges.do", "nudges.do", "nudges.not_this")))


def _note_answer(world: World, nudged: Nudged, answer: str, *, is_sure: bool) -> None:
    """Notes what was answered to the question how to go on; what forbids something counts only where it is sure."""
    now = world.clockwork.now
    if answer != "nudges.stop":
        nudged.begun.append(now)
    elif is_sure:
        nudged.every.append((now, None))
    if answer == "nudges.later" and is_sure:
        nudged.later.append((now, now + nudges.LATER))


def _press_a_suggestion(world: World, nudged: Nudged, asks: list[Wished], action: str) -> None:
    """Presses a button of the newest nudge that has one; an ask that is offered for so is told to its asker like any other."""
    shown: list[Any] = []

    def fits(blocks: Any, value: str) -> bool:
        shown[:] = [blocks, value]
        return True

    pressed = press(world, nudged.who, action, fits)
    if pressed is None:
        return
    nudged.pressed |= {
        one.ts for one in _nudges_of(world, nudged.who) if pressed.value.partition(":")[0] in str(one.blocks)
    }
    wished = next((one for one in asks if one.word == _asked_above(*shown)), None)
    if wished is not None and action == "nudges.do":
        wished.is_sure = wished.is_sure and pressed.is_sure
        if pressed.counts and "hears that you can help" in pressed.said:
            note_offer(wished.offers[nudged.who], world.clockwork.now)


def _asked_above(blocks: Any, value: str) -> str | None:
    """Returns the word of the ask that stands above a button, if it is under one."""
    word = None
    for block in blocks:
        if any(element.get("value") == value for element in block.get("elements", [])):
            return word
        if block["type"] == "divider":
            word = None
        elif found := _WORD.search(str(block)):
            word = found.group()
    return None


def _nudges_of(world: World, who: str) -> list[Message]:
    workspace = world.slack.workspace("T1")
    direct = workspace.direct("im", [workspace.bot_user, str(CAST[who]["id"])])
    return list(direct.messages.values()) if direct is not None else []
