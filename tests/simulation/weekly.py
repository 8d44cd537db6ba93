"""Weekly summaries in one run: when each channel's comes, that there is something to tell, and how often it was told."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from io import BytesIO
from itertools import pairwise
from random import Random

from bot import channels as joined
from bot import summaries, when
from bot.when import Rhythm
from handlers import summaries as handler
from handlers.files import File, Files, Made
from handlers.routes import Later
from playground.workspace import Sight
from storage import acts, channels, members
from storage.database import Session, new_id
from storage.tables import Outgoing
from tests.cast import AUSTIN, CAST, NEARBY
from tests.simulation.world import World

ZONES = ("America/Chicago", "Europe/Stockholm", "Asia/Kolkata", "Pacific/Auckland", "Africa/Cairo", "America/Santiago")
GOOD_FOR = timedelta(hours=24)  # a summary that is a day late is no news
CHANNELS = (AUSTIN, NEARBY)


@dataclass
class Weekly:
    """One channel's summary: since when it comes, and when help was recorded that it can tell of.

    It is paused for a while, and its time is changed once; `changed` are the moments from which each rhythm holds.
    """

    channel: str
    changed: list[tuple[datetime, Rhythm | None]] = field(default_factory=list)
    helped: list[datetime] = field(default_factory=list)
    is_sure: bool = True


def plan_weekly(world: World, number: int, count: int, start: datetime, length: timedelta) -> list[Weekly]:
    """Plans so many channels' summaries, with help to tell of every few hours; returns them, to be judged later."""
    chance = Random(f"weekly {number}")
    planned = [Weekly(channel) for channel in CHANNELS[:count]]
    for weekly in planned:
        begins_at = start + timedelta(hours=chance.uniform(0, 30))
        world.clockwork.at(begins_at, partial(_choose, world, weekly, _rhythm(chance)))
        if chance.random() < 0.4:  # sometimes in the very seconds in which one goes out
            world.clockwork.at(begins_at + length * chance.random(), partial(_choose, world, weekly, _rhythm(chance)))
        if chance.random() < 0.2:
            world.clockwork.at(begins_at + length * chance.random(), partial(_stop, world, weekly))
        for hours in range(0, int(length.total_seconds() / 3600), 18):
            world.clockwork.at(begins_at + timedelta(hours=hours + chance.random()), partial(_help, world, weekly))
    return planned


def render_picture(session: Session, row: Outgoing, now: datetime) -> Files | Later | None:
    """Gives the picture below a summary when the bot would; drawing each of them would take most of a run."""
    given = handler._picture(session, row, now)
    return (
        Files(lambda _: Made("Twelve weeks", [File("help.png", "Help", BytesIO(b"png"))]))
        if isinstance(given, Files)
        else given
    )


def faults_of_weekly(
    planned: Sequence[Weekly],
    posted: Sequence[Sight],
    looked_at: Sequence[datetime],
    in_doubt: Collection[str],
    slack: timedelta,
    now: datetime,
) -> Iterator[tuple[str, str]]:
    """Yields what is wrong with the summaries: one for each week, not before its time, and not a day after it.

    `slack` is how long one may be on its way. `in_doubt` are those, as channel and week, that may not have arrived.
    """
    for weekly in planned:
        seen = [one.at for one in posted if one.channel == weekly.channel and _is_summary(one.text)]
        due = list(_occurrences(weekly, now))
        for at in seen:
            if weekly.is_sure and not any(run.at <= at <= run.at + GOOD_FOR + slack for run in due):
                yield ("stale" if any(run.at <= at for run in due) else "early"), f"the summary of {weekly.channel}"
        weeks = [summaries.name_of_week(run.day) for run in due]
        for week in sorted(set(weeks)):
            runs = [run for run, name in zip(due, weeks, strict=True) if name == week]
            told = [at for at in seen if any(run.at <= at <= run.at + GOOD_FOR + slack for run in runs)]
            if len(told) > 1:
                yield "doubled", f"the summary of {weekly.channel}, {week}"
            is_asked_for = weekly.is_sure and f"{weekly.channel}:{week}" not in in_doubt
            if not told and is_asked_for and _must_be_told(weekly, runs, looked_at, now - slack * 20):
                yield "lost", f"the summary of {weekly.channel}, {week}"


def due_of_weekly(planned: Sequence[Weekly], now: datetime) -> int:
    """Returns how many summaries' times have come."""
    return sum(len(list(_occurrences(one, now))) for one in planned)


def _is_summary(text: str) -> bool:
    return any(words in text for words in ("Helped this week in", "First week in", "A quiet week in"))


def _occurrences(weekly: Weekly, now: datetime) -> Iterator[when.Run]:
    """Yields the times of a channel's summary, counted off a calendar and not by `next_run`."""
    for (since, rhythm), (until, _) in pairwise([*weekly.changed, (now, None)]):
        if rhythm is None:
            continue
        for days in range(-2, (until - since).days + 3):
            day = (since + timedelta(days=days)).date()
            at = when.at(day, rhythm.wall, rhythm.zone)
            if day.weekday() in rhythm.weekdays and since < at <= until:
                yield when.Run(day, at)


def _must_be_told(weekly: Weekly, runs: Sequence[when.Run], looked_at: Sequence[datetime], settled: datetime) -> bool:
    """Says whether a week had to be told: help was recorded in it, one time came alone, and somebody looked within a day."""
    if len(runs) != 1 or runs[0].at > settled - GOOD_FOR:
        return False
    at = runs[0].at
    has_help = any(at - timedelta(days=2) < one < at - timedelta(minutes=5) for one in weekly.helped)
    is_calm = all(abs(since - at) > timedelta(days=7) for since, _ in weekly.changed[1:])
    return has_help and is_calm and any(at <= one <= at + GOOD_FOR - timedelta(hours=1) for one in looked_at)


def _rhythm(chance: Random) -> Rhythm:
    wall = chance.choice((time(9), time(2, 30), time(0), time(1, 30), time(16), time(23, 59)))
    return Rhythm(frozenset({chance.randrange(7)}), wall, chance.choice(ZONES))


def _choose(world: World, weekly: Weekly, rhythm: Rhythm) -> None:
    def choose(session: Session, now: datetime) -> None:
        (dan,) = members.meet(session, "T1", [str(CAST["dan"]["id"])], now)
        if channels.find(session, "T1", weekly.channel) is None:
            joined.note_joined(session, "T1", weekly.channel, dan, now, is_shared=True)
        summaries.choose(session, dan, weekly.channel, min(rhythm.weekdays), rhythm.wall, rhythm.zone, now)

    _does(world, weekly, choose, rhythm)


def _stop(world: World, weekly: Weekly) -> None:
    def stop(session: Session, now: datetime) -> None:
        (dan,) = members.meet(session, "T1", [str(CAST["dan"]["id"])], now)
        summaries.stop(session, dan, weekly.channel, now)

    if weekly.changed:
        _does(world, weekly, stop, None)


def _does(world: World, weekly: Weekly, what: object, rhythm: Rhythm | None) -> None:
    was_awake = world.is_connected()
    came_to_its_end, _ = world.does(what)  # type: ignore[arg-type]
    if came_to_its_end:
        weekly.changed.append((world.clockwork.now, rhythm))
    elif was_awake:
        weekly.is_sure = False  # the program ended in it, before or after it was on the disk


def _help(world: World, weekly: Weekly) -> None:
    """Has an act recorded in the channel, with nothing said of it: what is told of acts is judged elsewhere."""

    def record(session: Session, now: datetime) -> None:
        met = members.meet(session, "T1", [str(CAST[who]["id"]) for who in ("alice", "eve")], now)
        act_id = new_id(now)
        row = {
            "team_id": "T1", "id": act_id, "said_id": act_id, "root_id": act_id, "helper_id": met[0].id, "helped_id": met[1].id,
            "contact_id": None, "kind": "advice", "is_guess": False, "words": "advice", "channel": weekly.channel,
            "is_private": False, "source": "command", "about": None, "recorded_by": met[0].id, "written_by": met[0].id,
            "recorded_at": now, "reverses": None,
        }  # fmt: skip
        acts.add(session, [row])

    if world.does(record)[0]:
        weekly.helped.append(world.clockwork.now)
