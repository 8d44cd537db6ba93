"""Asks for help in one run: asked by the form, offered to, answered, kept open, solved, closed or left until they close.

What was seen of them is held against what their people know in `judging_asks.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from playground.workspace import View
from tests.cast import AUSTIN, CAST
from tests.simulation.people import PEOPLE, Span, zone_of
from tests.simulation.pressing import Pressed, press
from tests.simulation.world import World

KEPT_OPEN = timedelta(days=7)
_TRIES = 3  # of somebody who presses Submit and hears nothing


@dataclass
class Offered:
    """What one member offered for an ask: since when until when, and when the asker said yes."""

    who: str
    spans: list[Span] = field(default_factory=list)
    accepted_at: datetime | None = None

    @property
    def since(self) -> datetime | None:
        """Since when it stands."""
        return self.spans[-1][0] if self.spans and self.spans[-1][1] is None else None


@dataclass
class Wished:
    """One ask, as its people know it: `word` stands in what is asked. `days` are those until which it was open, and since when.

    It `is_sure` until something was lost on the way and may have counted. Who was `thanked` helped, as the asker said.
    `gone` says who left when, and `paused` who was.
    """

    word: str
    who: str
    channel: str | None
    gone: Mapping[str, datetime]
    offers: dict[str, Offered]
    id: str | None = None
    days: list[tuple[date, datetime]] = field(default_factory=list)
    ended_at: datetime | None = None
    thanked: list[str] = field(default_factory=list)
    paused: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    is_sure: bool = True

    @property
    def zone(self) -> ZoneInfo:
        """Where its asker is."""
        return zone_of(self.who)

    @property
    def asked_at(self) -> datetime | None:
        """When it was asked, as the asker was told."""
        return self.days[0][1] if self.days else None


def plan_asks(
    world: World, number: int, asks: int, start: datetime, length: timedelta, gone: Mapping[str, datetime]
) -> list[Wished]:
    """Plans so many asks in a channel and what becomes of them; returns them, to be judged later."""
    chance = Random(f"asks {number}")
    return [
        _plan(world, f"W{one}w", AUSTIN, start + length * 0.6 * chance.random(), chance, gone) for one in range(asks)
    ]


def ask(world: World, wished: Wished, days: int, topics: str = "") -> None:
    """Types `/ask` and fills its form: for so many days."""
    if wished.who in wished.gone:
        return
    user = str(CAST[wished.who]["id"])
    world.act(user, "say", channel=AUSTIN, text=f"/ask {wished.word}")
    view = _top(world, wished, "asks.asked")
    if view is not None:
        until = world.clockwork.now.astimezone(wished.zone).date() + timedelta(days=days)
        values = {"until": until.isoformat(), "topics": topics, "channel": wished.channel}
        _submit(world, wished, view, {one: {one: value} for one, value in values.items()}, partial(_asked, until))


def _plan(
    world: World, word: str, channel: str, asked_at: datetime, chance: Random, gone: Mapping[str, datetime]
) -> Wished:
    who = chance.choice(PEOPLE)
    wished = Wished(word, who, channel, gone, {one: Offered(one) for one in PEOPLE if one != who})
    days = chance.randrange(1, 8)
    world.clockwork.at(asked_at, partial(ask, world, wished, days))
    for offered in wished.offers.values():
        if chance.random() < 0.6:
            _plan_offer(world, wished, offered, asked_at + timedelta(hours=chance.uniform(0, 40)), chance)
    ends_at = asked_at + timedelta(days=days) + timedelta(days=chance.uniform(-days, 4))
    match chance.choice(("solved", "solved", "closed", "kept", "left")):
        case "solved":
            world.clockwork.at(ends_at, partial(_solve, world, wished, chance))
        case "closed":
            world.clockwork.at(ends_at, partial(_close, world, wished))
        case "kept":
            kept_at = asked_at + timedelta(days=days + chance.uniform(0.5, 4))
            world.clockwork.at(kept_at, partial(_keep, world, wished))
            world.clockwork.at(kept_at + timedelta(days=chance.uniform(0, 12)), partial(_close, world, wished))
    return wished


def _plan_offer(world: World, wished: Wished, offered: Offered, at: datetime, chance: Random) -> None:
    """Plans an offer, that it is taken back and given again, and what the asker says to it."""
    moments = [at]
    for _ in range(chance.choice((0, 0, 1, 2))):  # in the very seconds in which it is told, or later
        moments.append(
            moments[-1] + timedelta(seconds=chance.choice((chance.uniform(0, 40), chance.uniform(0, 90_000))))
        )
    for turn, moment in enumerate(moments):
        world.clockwork.at(moment, partial(_take_back if turn % 2 else _offer, world, wished, offered))
    for _ in range(chance.choice((0, 1, 2))):
        answered_at = at + timedelta(hours=chance.choice((chance.uniform(0, 1), chance.uniform(0, 90))))
        answer = chance.choice(("asks.accept", "asks.accept", "asks.covered"))
        world.clockwork.at(answered_at, partial(_answer, world, wished, offered, answer))


def _offer(world: World, wished: Wished, offered: Offered) -> None:
    """Presses *I can help* under the ask, wherever it stands."""
    pressed = _press(world, wished, offered.who, "asks.offer")
    if pressed is not None and "hears that you can help" in pressed.said:
        wished.id = pressed.value
        note_offer(offered, world.clockwork.now)


def note_offer(offered: Offered, now: datetime) -> None:
    """Notes that somebody offered help, as they were told."""
    if offered.since is None:
        offered.spans.append((now, None))


def _take_back(world: World, wished: Wished, offered: Offered) -> None:
    pressed = _press(world, wished, offered.who, "asks.take_back")
    if pressed is not None and "Taken back." in pressed.said and offered.since is not None:
        offered.spans[-1] = (offered.since, world.clockwork.now)


def _answer(world: World, wished: Wished, offered: Offered, answer: str) -> None:
    """Says yes to an offer, or that it is not needed, under the message about it."""
    told = f"{offered.who.title()} can help"
    pressed = _press(world, wished, wished.who, answer, told)
    is_refused = pressed is None or any(sight.what == "whispered" for sight in pressed.seen)
    if answer == "asks.accept" and not is_refused:
        offered.accepted_at = offered.accepted_at or world.clockwork.now


def _keep(world: World, wished: Wished) -> None:
    pressed = _press(world, wished, wished.who, "asks.keep")
    if pressed is not None and wished.days and not any(sight.what == "whispered" for sight in pressed.seen):
        today = world.clockwork.now.astimezone(wished.zone).date()
        wished.days.append((max(wished.days[-1][0], today) + KEPT_OPEN, world.clockwork.now))


def _close(world: World, wished: Wished) -> None:
    """Presses *Close it quietly* under the reminder."""
    pressed = _press(world, wished, wished.who, "asks.close")
    if pressed is not None and not any(sight.what == "whispered" for sight in pressed.seen):
        wished.ended_at = wished.ended_at or world.clockwork.now


def _solve(world: World, wished: Wished, chance: Random) -> None:
    """Presses *It is solved* under an offer or the reminder, and says who helped: some of those who offered, or none."""
    if _press(world, wished, wished.who, "asks.solved") is None:
        return
    view = _top(world, wished, "asks.thanked")
    if view is not None:
        helpers = [one for one in wished.offers if wished.offers[one].since is not None and chance.random() < 0.7]
        values = {"helpers": {"helpers": [str(CAST[one]["id"]) for one in helpers]}}
        _submit(world, wished, view, values, partial(_solved, helpers))


def _submit(
    world: World,
    wished: Wished,
    view: View,
    values: Any,
    then: Callable[[World, Wished, str], bool],
    tries: int = _TRIES,
) -> None:
    """Submits a form, again where nothing is heard; `then` says whether what is read in its place shows that it counts."""
    user = str(CAST[wished.who]["id"])
    stack = world.slack.workspace("T1").modals.get(user, [])
    if wished.who in wished.gone or not stack or stack[-1].id != view.id:
        wished.is_sure = wished.is_sure and tries == _TRIES
        return
    answer = world.act(user, "submit", view=view.id, values=values)
    if answer["status"] != "acked" or view.errors:
        again_at = world.clockwork.now + timedelta(minutes=20)
        if tries > 1:
            world.clockwork.at(again_at, partial(_submit, world, wished, view, values, then, tries - 1))
        else:
            wished.is_sure = False
        return
    wished.is_sure = then(world, wished, str(view.blocks)) and wished.is_sure
    world.act(user, "close", view=view.id, all=True)


def _asked(until: date, world: World, wished: Wished, read: str) -> bool:
    if "*Asked, until" not in read:
        return False
    wished.days.append((until, world.clockwork.now))
    return True


def _solved(helpers: list[str], world: World, wished: Wished, read: str) -> bool:
    if "*It is solved.*" not in read and "*It is closed.*" not in read:
        return False
    wished.ended_at = wished.ended_at or world.clockwork.now
    wished.thanked = helpers
    return True


def _press(world: World, wished: Wished, who: str, action: str, told: str = "") -> Pressed | None:
    """Presses a button on the newest message about an ask that has it; returns what became of it if it counts."""
    if who in wished.gone:
        return None

    def fits(blocks: Any, value: str) -> bool:
        return value == wished.id or (wished.word in str(blocks) and told in str(blocks))

    pressed = press(world, who, action, fits)
    if pressed is None:
        return None
    wished.is_sure = wished.is_sure and pressed.is_sure
    return pressed if pressed.counts else None


def _top(world: World, wished: Wished, callback_id: str) -> View | None:
    """Returns the form on top, if it is this one; where it did not open, that of another ask may lie there."""
    stack = world.slack.workspace("T1").modals.get(str(CAST[wished.who]["id"]), [])
    is_this = bool(stack) and stack[-1].content.get("callback_id") == callback_id
    return stack[-1] if is_this and wished.word in str(stack[-1].blocks) else None
