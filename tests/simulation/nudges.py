"""Nudges in one run: switched on, changed, paused, stopped, answered and left alone, with asks and ties for them to suggest.

What was seen of them is held against what their people chose in `judging_nudges.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from bot import acts, members, nudges
from bot.acts import Statement
from storage import members as people
from storage.database import Session, add_if_new
from storage.tables import Member, TieDay
from tests.cast import AUSTIN, CAST
from tests.simulation.answering_nudges import Nudged, look_at_nudges
from tests.simulation.asks import Offered, Wished, ask
from tests.simulation.people import PEOPLE, Span
from tests.simulation.world import World

TOPIC = "surveyors"
PERIODS = {"weekly": timedelta(days=7), "fortnightly": timedelta(days=14), "monthly": timedelta(days=28)}
_AGAIN = timedelta(minutes=1)
_QUIET_FOR = timedelta(days=130)
_ANSWERS = {"leave": "You have left", "back": "Welcome back"}


def plan_nudges(
    world: World,
    number: int,
    count: int,
    start: datetime,
    length: timedelta,
    gone: dict[str, datetime],
    for_good: Mapping[str, datetime],
) -> tuple[list[Nudged], list[Wished]]:
    """Plans what so many members choose and press, and what there is to suggest; returns them and the asks, to be judged.

    Who leaves is `gone` from then on; only who is not `for_good` comes back.
    """
    chance = Random(f"nudges {number}")
    planned = [Nudged(who) for who in PEOPLE[:count]]
    for nudged in planned:
        _plan_choices(world, nudged, chance, start, length)
        if chance.random() < 0.3:
            left_at = start + length * chance.uniform(0.2, 0.8)
            back_at = left_at + length * chance.uniform(0, 0.3)
            for at, word in ((left_at, "leave"), (back_at, "back")):
                world.clockwork.at(at, partial(_say, world, nudged, word, gone, for_good))
    if not planned:
        return [], []
    asks = [_plan_ask(world, one, chance, start, length, gone) for one in range(int(length.days / 5))]
    for wished in asks:
        wished.paused = {one.who: one.paused for one in planned}
    world.clockwork.at(start, partial(_have_helped, world, (PEOPLE[2:], PEOPLE[:2], PEOPLE[1:3]), start - _QUIET_FOR))
    for _ in range(int(length.days / 10)):
        at = start + length * chance.random()
        world.clockwork.at(at, partial(_help, world, *chance.sample(PEOPLE, 2)))
    for hours in range(12, int(length.total_seconds() / 3600), 12):
        at = start + timedelta(hours=hours + chance.random())
        world.clockwork.at(at, partial(look_at_nudges, world, planned, asks, chance, gone))
    return planned, asks


def _plan_choices(world: World, nudged: Nudged, chance: Random, start: datetime, length: timedelta) -> None:
    def at(part: float, what: Callable[..., None], *given: Any) -> None:
        world.clockwork.at(start + length * part, partial(what, world, nudged, *given))

    at(chance.uniform(0, 0.02), partial(_choose, is_hidden=chance.random() < 0.2), _drawn(chance))
    for _ in range(chance.choice((0, 1, 2))):
        at(chance.uniform(0.1, 1), partial(_choose, is_hidden=chance.random() < 0.4), _drawn(chance))
    if chance.random() < 0.4:
        off = chance.uniform(0.1, 0.9)
        at(off, _stop)
        at(off + chance.uniform(0, 0.2), partial(_choose, is_hidden=False), _drawn(chance))
    if chance.random() < 0.6:
        paused = chance.uniform(0, 0.9)
        at(paused, _pause, timedelta(days=chance.uniform(1, 30)))


def _plan_ask(
    world: World, one: int, chance: Random, start: datetime, length: timedelta, gone: dict[str, datetime]
) -> Wished:
    who = chance.choice(PEOPLE[:2])  # so that the others can be named for other things: nobody is twice in thirty days
    wished = Wished(f"W{100 + one}w", who, None, gone, {other: Offered(other) for other in PEOPLE if other != who})
    world.clockwork.at(start + length * chance.random(), partial(ask, world, wished, chance.randrange(5, 30), TOPIC))
    return wished


def _drawn(chance: Random) -> dict[str, Any]:
    """Returns what somebody chooses: how often, on which day, at which hour."""
    wall = chance.choice((time(9), time(9), time(13, 30), time(16, 59), time(2, 30), time(23, 30)))
    every = chance.choice(("weekly", "weekly", "weekly", "fortnightly", "monthly"))
    return {"every": every, "weekday": chance.randrange(7), "wall": wall}


def _choose(world: World, nudged: Nudged, drawn: dict[str, Any], *, is_hidden: bool) -> None:
    began = world.clockwork.now

    def choose(session: Session, actor: Member, now: datetime) -> None:
        nudges.choose(
            session,
            actor,
            **drawn,
            topics_typed=TOPIC,
            takes_asks=True,
            is_hidden=is_hidden,
            news_from="ties",
            is_on=True,
            now=now,
        )

    def note() -> None:
        nudged.every.append((began, drawn["every"]))
        nudged.begun.append(began)
        nudged.later = [(since, min(until or began, began)) for since, until in nudged.later]
        if is_hidden and not _lasts(nudged.hidden):
            nudged.hidden.append((world.clockwork.now, None))
        elif not is_hidden and _lasts(nudged.hidden):
            nudged.hidden[-1] = (nudged.hidden[-1][0], began)

    _do(world, nudged, choose, note)


def _stop(world: World, nudged: Nudged) -> None:
    _do(world, nudged, nudges.stop, lambda: nudged.every.append((world.clockwork.now, None)))


def _pause(world: World, nudged: Nudged, length: timedelta) -> None:
    until = world.clockwork.now + length
    pause = lambda session, actor, now: members.pause(session, actor, until, now)  # noqa: E731
    _do(world, nudged, pause, lambda: nudged.paused.append((world.clockwork.now, until)))


def _do(
    world: World, nudged: Nudged, what: Callable[[Session, Member, datetime], None], note: Callable[[], None]
) -> None:
    """Has a member choose something, again until it is certain; what it allows counts from the first try, not what it forbids."""

    def do(session: Session, now: datetime) -> None:
        (actor,) = people.meet(session, "T1", [str(CAST[nudged.who]["id"])], now)
        if actor.left_at is None:
            what(session, actor, now)

    if _lasts(nudged.away) or world.slack.workspace("T1").people[str(CAST[nudged.who]["id"])].deleted:
        return
    if world.does(do)[0]:
        note()
    else:
        world.clockwork.at(world.clockwork.now + _AGAIN, partial(_do, world, nudged, what, note))


def _say(world: World, nudged: Nudged, word: str, gone: dict[str, datetime], for_good: Mapping[str, datetime]) -> None:
    """Types `/network leave` or `back`, again until it is answered."""
    if nudged.who in for_good:
        return
    now = world.clockwork.now
    gone.setdefault(nudged.who, now)
    heard = world.act(str(CAST[nudged.who]["id"]), "say", channel=AUSTIN, text=f"/network {word}")
    is_answered = _ANSWERS[word] in str(heard["answer"])
    if not is_answered:
        world.clockwork.at(now + _AGAIN, partial(_say, world, nudged, word, gone, for_good))
    if word == "back" and _lasts(nudged.away):  # also where it is not known: it may have counted
        nudged.away[-1] = (nudged.away[-1][0], now)
    elif word == "leave" and is_answered and not _lasts(nudged.away):
        nudged.away.append((now, None))


def _have_helped(world: World, pairs: Sequence[Sequence[str]], until: datetime) -> None:
    """Has some have helped each other on many days, and no more since: ties that have gone quiet."""

    def add(session: Session, now: datetime) -> None:
        met = people.meet(session, "T1", [str(CAST[who]["id"]) for who in PEOPLE], now)
        ids = {who: one.id for who, one in zip(PEOPLE, met, strict=True)}
        for one, other in [*pairs, *(tuple(reversed(pair)) for pair in pairs)]:
            for days in range(12):
                day = until.date() - timedelta(days=2 * days)
                row = TieDay(team_id="T1", member_id=ids[one], other_id=ids[other], day=day, gave=1, got=1)
                add_if_new(session, TieDay, row.model_dump())

    if not world.does(add)[0]:
        world.clockwork.at(world.clockwork.now + _AGAIN, partial(_have_helped, world, pairs, until))


def _help(world: World, helper: str, helped: str) -> None:
    """Has help recorded that both agree on."""

    def record(session: Session, now: datetime) -> None:
        met = people.meet(session, "T1", [str(CAST[one]["id"]) for one in (helper, helped)], now)
        if all(members.is_here(one) for one in met):
            acts.record(session, met[1], Statement("got", [met[0]], "advice"), now, f"help:{now}:{helper}", again=True)

    world.does(record)


def _lasts(spans: list[Span]) -> bool:
    return bool(spans) and spans[-1][1] is None
