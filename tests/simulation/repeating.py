"""Calls to return that come again each week, and which nobody answers: one first reminder on each of their days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from itertools import pairwise
from random import Random

from bot.when import Rhythm
from playground.workspace import Sight
from tests.cast import AUSTIN, CAST
from tests.simulation.calls import kind_of
from tests.simulation.people import PEOPLE
from tests.simulation.world import World

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass
class Repeating:
    """One call: `word` stands in what it is about. `since` is when it was noted, as its owner was told."""

    word: str
    who: str
    rhythm: Rhythm
    since: datetime | None = None


def plan_repeating(
    world: World, number: int, calls: int, start: datetime, length: timedelta, gone: dict[str, datetime]
) -> list[Repeating]:
    """Plans so many calls; returns them, to be judged later. `gone` fills up as people go."""
    chance, planned = Random(f"repeating {number}"), []
    for one in range(calls):
        who = chance.choice(PEOPLE)
        wall = chance.choice((time(9), time(14, 30), time(2, 30), time(23, 59)))
        call = Repeating(f"R{one}r", who, Rhythm(frozenset({chance.randrange(7)}), wall, str(CAST[who]["tz"])))
        planned.append(call)
        world.clockwork.at(start + length / 4 * chance.random(), partial(_note, world, call, gone))
    return planned


def faults_of_repeating(
    calls: list[Repeating],
    days: dict[str, list[datetime]],
    by_word: dict[str, list[Sight]],
    excused: set[str],
    looked_at: list[datetime],
) -> Iterator[tuple[str, str]]:
    """Yields what is wrong with their first reminders. `days` are the instants at which each is due, past its end by one.

    A day is to be seen if somebody looked while it was the latest; `excused` are the words that are not asked for.
    """
    for call in calls:
        first = [sight.at for sight in by_word.get(call.word, []) if kind_of(sight.text) == 0]
        if first and (call.since is not None and min(first) < min(at for at in days[call.word] if at > call.since)):
            yield "early", call.word
        for at, until in pairwise(days[call.word]):
            seen = [one for one in first if at <= one < until]
            if len(seen) > 1:
                yield "doubled", f"{call.word} of {at}"
            was_looked_at = any(at <= moment < until for moment in looked_at)
            if call.since is not None and at > call.since and not seen and was_looked_at and call.word not in excused:
                yield "lost", f"{call.word} of {at}"


def _note(world: World, call: Repeating, gone: dict[str, datetime]) -> None:
    if call.who in gone:
        return
    (day,) = call.rhythm.weekdays
    text = f"/callback Jane Doe (Acme) every {_DAYS[day]} at {call.rhythm.wall:%H:%M} about {call.word}"
    answer = world.act(str(CAST[call.who]["id"]), "say", channel=AUSTIN, text=text)
    if answer["status"] == "acked" and f"every {_DAYS[day].title()}" in str(answer["answer"]):
        call.since = world.clockwork.now
