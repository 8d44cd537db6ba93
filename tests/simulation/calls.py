"""Calls to return in one run: noted, reminded of, answered at once or days later; and what was seen against what was due."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from playground.workspace import Sight
from tests.cast import AUSTIN, CAST
from tests.simulation.people import PEOPLE, is_in_hours, next_working_day, zone_of
from tests.simulation.pressing import press
from tests.simulation.world import World

# How each of the four begins or goes on, and nothing else does.
KINDS = ("Time to call", "is today a good day to call?", "keep it, move it or drop it", "Last reminder:")
ANSWERS = {"Called back": "callbacks.called_back", "Tomorrow": "callbacks.tomorrow", "Drop it": "callbacks.drop"}


@dataclass
class Plan:
    """When a call is due, as its owner was told; and since when it is not any more."""

    due_at: datetime
    ended_at: datetime | None = None


@dataclass
class Noted:
    """One call: `word` stands in what it is about, and `gone` says which owners left when. `moved` are turns that were moved.

    It `is_sure` until an answer was lost on the way and may have counted.
    """

    word: str
    who: str
    due_at: datetime
    gone: dict[str, datetime]
    plans: list[Plan] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    is_sure: bool = True

    @property
    def zone(self) -> ZoneInfo:
        """Where its owner is."""
        return zone_of(self.who)


def plan_calls(
    world: World, number: int, calls: int, start: datetime, length: timedelta, gone: dict[str, datetime]
) -> list[Noted]:
    """Plans so many calls and what their owners answer; returns them, to be judged later. `gone` fills up as people go."""
    chance = Random(f"calls {number}")
    moments = [(start + length * chance.random()).replace(second=0, microsecond=0) for _ in range(calls)]
    noted = [Noted(f"C{one}c", chance.choice(PEOPLE), due_at, gone) for one, due_at in enumerate(moments)]
    for call in noted:
        due_at = call.due_at
        ahead = timedelta(hours=chance.choice((0.1, 5, 60)))
        world.clockwork.at(max(due_at - ahead, start), partial(_note, world, call))
        if chance.random() < 0.2:  # before its time, or in the very seconds in which it goes out
            before = timedelta(seconds=chance.choice((chance.uniform(0, 3600), chance.uniform(-15, 5))))
            world.clockwork.at(due_at - before, partial(_take_back, world, call))
        for _ in range(chance.choice((0, 0, 1, 2))):
            after = timedelta(
                seconds=chance.choice((chance.uniform(1, 40), chance.uniform(60, 40_000), chance.uniform(0, 8e5)))
            )
            world.clockwork.at(due_at + after, partial(_answer, world, call, chance.choice(list(ANSWERS))))
    return noted


def faults_of_calls(
    calls: list[Noted], by_word: dict[str, list[Sight]], excused: set[str], slack: timedelta, now: datetime
) -> Iterator[tuple[str, str]]:
    """Yields what is wrong with the reminders of calls. `slack` is how long one may be on its way.

    `excused` are the words of those of which nobody knows whether they arrived.
    """
    for call in calls:
        seen = sorted((sight.at, kind_of(sight.text)) for sight in by_word.get(call.word, []))
        reminders = [(at, kind) for at, kind in seen if kind is not None]
        yield from _at_the_wrong_time(call, reminders, slack)
        if not call.is_sure or call.word in excused or call.who in call.gone:
            continue
        for number, plan in enumerate(call.plans):
            until = call.plans[number + 1].due_at if number + 1 < len(call.plans) else None
            first = [at for at, kind in reminders if kind == 0 and at >= plan.due_at and (until is None or at < until)]
            is_due = plan.due_at <= now - slack
            if not first and is_due and (plan.ended_at is None or plan.ended_at > plan.due_at + timedelta(days=2)):
                yield "lost", f"{call.word} of {plan.due_at}"
            if len(first) > 1:
                yield "doubled", f"{call.word} of {plan.due_at}"


def kind_of(text: str) -> int | None:
    """Returns which of the four reminders a text is, from 0; None for none."""
    return next((number for number, words in enumerate(KINDS) if words in text), None)


def _at_the_wrong_time(
    call: Noted, reminders: list[tuple[datetime, int]], slack: timedelta
) -> Iterator[tuple[str, str]]:
    """Yields reminders before their time, outside working hours, after the call was over, and more than there may be."""
    if reminders and reminders[0][0] < call.due_at:
        yield "early", call.word
    end = call.plans[-1].ended_at if call.plans else None
    for at, kind in reminders:
        if call.is_sure and end is not None and at > end + slack:
            yield "after cancel", call.word
        if kind and not is_in_hours(at, call.who, slack):
            yield "early", f"{call.word}, number {kind + 1}"
    for kind in range(len(KINDS)):
        if call.is_sure and sum(one == kind for _, one in reminders) > len(call.plans):
            yield "doubled", f"{call.word}, number {kind + 1}"


def _note(world: World, call: Noted) -> None:
    if call.who in call.gone:
        return
    text = f"/callback Jane Doe (Acme) on {call.due_at.astimezone(call.zone):%Y-%m-%d at %H:%M} about {call.word}"
    answer = world.act(str(CAST[call.who]["id"]), "say", channel=AUSTIN, text=text)
    if (
        answer["status"] == "acked"
        and "Only you see this." in str(answer["answer"])
        and "Undo" in str(answer["answer"])
    ):
        call.plans.append(Plan(call.due_at))
    else:
        call.is_sure = False  # whether it was noted is not known, or it was refused: its time had passed


def _take_back(world: World, call: Noted) -> None:
    """Presses *Undo* under the answer, as if it had never been noted."""
    if call.plans:
        _press(world, call, "callbacks.take_back", lambda now: None)


def _answer(world: World, call: Noted, label: str) -> None:
    """Presses a button of the newest reminder, if there is one."""

    def moved(now: datetime) -> Plan | None:
        if label != "Tomorrow":
            return None
        wall = call.plans[-1].due_at.astimezone(call.zone).time()
        return Plan(next_working_day(now, call.who, wall))

    _press(world, call, ANSWERS[label], moved)


def _press(world: World, call: Noted, action: str, then: Callable[[datetime], Plan | None]) -> None:
    """Presses a button on the newest message about a call that has it."""
    if call.who in call.gone or not call.plans:
        return
    now = world.clockwork.now
    pressed = press(world, call.who, action, lambda blocks, _: call.word in str(blocks))
    if pressed is None:
        return
    call.is_sure = call.is_sure and pressed.is_sure
    if pressed.counts and call.plans[-1].ended_at is None:
        _end(call, pressed.value, now, then(now), is_undo=action == "callbacks.take_back")


def _end(call: Noted, turn_id: str, now: datetime, following: Plan | None, *, is_undo: bool) -> None:
    """Notes that a plan is over, and the next one; a message that was moved once is moved no more.

    Nor does *Undo* under the first answer take away what was moved since.
    """
    if (following is not None or is_undo) and turn_id in call.moved:
        return
    call.moved.add(turn_id)
    call.plans[-1].ended_at = now
    call.plans += [following] if following else []
