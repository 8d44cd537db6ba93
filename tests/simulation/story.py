"""What happens in one run: members record and undo, notices are planned and cancelled, weeks go by. All from one number.

Notices stand for what features will say: at a time, not after another, cancelled or not, into a DM or a channel.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from bot import when
from bot.when import Rhythm
from handlers.views.kit import Message
from storage import members, outbox
from storage.database import Session
from storage.tables import Outgoing
from tests.cast import AUSTIN, CAST
from tests.simulation.answering import answer_for_posts
from tests.simulation.answering_nudges import Nudged
from tests.simulation.asks import Wished, plan_asks
from tests.simulation.calls import Noted, plan_calls
from tests.simulation.introductions import Introduced, plan_introductions
from tests.simulation.news import Shared, plan_news
from tests.simulation.nudges import plan_nudges
from tests.simulation.people import PEOPLE, meet_all
from tests.simulation.process import Process
from tests.simulation.repeating import Repeating, plan_repeating
from tests.simulation.shapes import Shape
from tests.simulation.weekly import Weekly, plan_weekly
from tests.simulation.world import World

LOOKS_EVERY = timedelta(hours=5)  # at the posts that Slack did not confirm


@dataclass
class Promise:
    """One notice: `word` stands in its text and nowhere else. `is_made` once the bot has said that it is."""

    word: str
    who: str
    due_at: datetime
    not_after: datetime | None = None
    channel: str | None = None
    is_made: bool = False
    is_cancelled: bool = False  # the bot said so, and that it has not gone out
    may_be_cancelled: bool = False


@dataclass
class Given:
    """One act that a member recorded; `said` is what the bot answered: recorded, nothing, or an undoing of it."""

    word: str
    who: str
    whom: str
    is_recorded: bool = False
    is_undone: bool = False
    may_be_undone: bool = False


@dataclass
class Story:
    """A run's plan and what became of it, as the members know it."""

    number: int
    start: datetime
    promises: list[Promise] = field(default_factory=list)
    acts: list[Given] = field(default_factory=list)
    weekly: list[Weekly] = field(default_factory=list)
    looked_at: list[datetime] = field(default_factory=list)
    gone: dict[str, datetime] = field(default_factory=dict)
    may_be_gone: dict[str, datetime] = field(default_factory=dict)
    calls: list[Noted] = field(default_factory=list)
    repeating: list[Repeating] = field(default_factory=list)
    introductions: list[Introduced] = field(default_factory=list)
    asks: list[Wished] = field(default_factory=list)
    nudged: list[Nudged] = field(default_factory=list)
    news: list[Shared] = field(default_factory=list)

    def write(self, world: World, shape: Shape) -> None:
        """Plans what happens in a world."""
        start, length = self.start, shape.length
        world.clockwork.at(start, partial(meet_all, world))
        self.calls = plan_calls(world, self.number, shape.calls, start, length, self.gone)
        self.repeating = plan_repeating(world, self.number, shape.calls // 3, start, length, self.gone)
        self.introductions = plan_introductions(
            world, self.number, shape.introductions, start, length, self.may_be_gone
        )
        self.asks = plan_asks(world, self.number, shape.asks, start, length, self.may_be_gone)
        self.nudged, brought = plan_nudges(world, self.number, shape.nudges, start, length, self.may_be_gone, self.gone)
        self.asks += brought
        self.news = plan_news(world, self.number, start, length) if shape.nudges else []
        chance = Random(f"story {self.number}")
        moment: Callable[[], datetime] = lambda: start + length * chance.random()  # noqa: E731
        for number in range(shape.notices):
            self._plan_notice(world, chance, number, moment())
        for number in range(shape.acts):
            who, whom = chance.sample(PEOPLE, 2)
            given = Given(f"G{number}g", who, whom)
            self.acts.append(given)
            world.clockwork.at(moment(), partial(self._give, world, given, chance.random() < 0.3))
        self.weekly = plan_weekly(world, self.number, shape.weekly, start, length)
        if not shape.is_fair_weather:
            self._plan_strokes_of_fate(world, chance, moment, length)
        for number in range(int(length / LOOKS_EVERY)):
            world.clockwork.at(start + LOOKS_EVERY * number, partial(answer_for_posts, world, self.gone, chance))

    def look(self, process: Process) -> None:
        """Notes that a process looked at what is due."""
        self.looked_at.append(process.read_clock())

    def _plan_strokes_of_fate(
        self, world: World, chance: Random, moment: Callable[[], datetime], length: timedelta
    ) -> None:
        """Plans that somebody leaves, is deactivated, or that nobody may look into the history for a while."""
        if chance.random() < 0.3:
            world.clockwork.at(moment(), partial(self._leave, world, "carol"))
        if chance.random() < 0.3:
            world.clockwork.at(moment(), partial(self._deactivate, world, "bob"))
        if chance.random() < 0.3:
            since = moment()
            world.clockwork.at(since, world.weather.refuse_history)
            world.clockwork.at(since + length / 4, world.weather.allow_history)

    def _plan_notice(self, world: World, chance: Random, number: int, due_at: datetime) -> None:
        late = timedelta(hours=chance.uniform(1, 24)) if chance.random() < 0.5 else None
        channel = AUSTIN if chance.random() < 0.15 else None
        promise = Promise(f"N{number}n", chance.choice(PEOPLE), due_at, due_at + late if late else None, channel)
        self.promises.append(promise)
        planned_at = due_at - timedelta(hours=chance.choice((0, 1, 30)))
        world.clockwork.at(max(planned_at, self.start), partial(_promise, world, promise))
        if chance.random() < 0.2:
            # Before its time, or in the very seconds in which it goes out.
            before = timedelta(seconds=chance.choice((chance.uniform(0, 3600), chance.uniform(-15, 5))))
            world.clockwork.at(due_at - before, partial(_cancel, world, promise))

    def _give(self, world: World, given: Given, is_undone: bool) -> None:
        if given.who in self.gone:
            return
        text = f"/give <@{CAST[given.whom]['id']}> {given.word}"
        answer = world.act(str(CAST[given.who]["id"]), "say", channel=AUSTIN, text=text)
        given.is_recorded = answer["status"] == "acked" and "Recorded" in str(answer["answer"])
        if given.is_recorded and is_undone:
            said_id = _value_of(answer["answer"], "Undo")
            world.clockwork.at(
                world.clockwork.now + timedelta(seconds=world.chance.uniform(0, 20)),
                partial(_undo, world, given, said_id),
            )

    def _leave(self, world: World, who: str) -> None:
        self.may_be_gone[who] = world.clockwork.now
        answer = world.act(str(CAST[who]["id"]), "say", channel=AUSTIN, text="/network leave")
        if "You have left" in str(answer["answer"]):
            self.gone[who] = world.clockwork.now

    def _deactivate(self, world: World, who: str) -> None:
        self.may_be_gone[who] = world.clockwork.now
        world.manage("person", id=CAST[who]["id"], deleted=True)
        self.gone[who] = world.clockwork.now


def render(_session: Session, row: Outgoing, _now: datetime) -> Message:
    """Makes the words of a notice."""
    return Message(f"Notice {row.subject} for you.")


def occurrences(rhythm: Rhythm, first: date, last: date) -> list[tuple[date, datetime]]:
    """Returns the days of a rhythm and their instants, counted off a calendar and not by `next_run`."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [(day, when.at(day, rhythm.wall, rhythm.zone)) for day in days if day.weekday() in rhythm.weekdays]


def _promise(world: World, promise: Promise) -> None:
    def plan(session: Session, now: datetime) -> None:
        _plan(session, now, f"notice:{promise.word}", promise.word, promise.who, promise.due_at,
              not_after=promise.not_after, channel=promise.channel)  # fmt: skip

    promise.is_made, _ = world.does(plan)


def _plan(session: Session, now: datetime, key: str, word: str, who: str, due_at: datetime, **columns: Any) -> None:
    met = members.meet(session, "T1", [str(CAST[who]["id"]), str(CAST["dan"]["id"])], now)
    outbox.plan(
        session, "T1", key=key, kind="notice", subject=word, member_id=met[0].id, owner_id=met[1].id, now=now,
        due_at=due_at, **columns,
    )  # fmt: skip


def _cancel(world: World, promise: Promise) -> None:
    if not promise.is_made:
        return
    promise.may_be_cancelled = True
    came_to_its_end, has_gone_out = world.does(lambda session, now: outbox.cancel(session, "T1", promise.word, now))
    promise.is_cancelled = came_to_its_end and not has_gone_out


def _undo(world: World, given: Given, said_id: str) -> None:
    """Presses *Undo* under the answer, which only the one who typed sees."""
    given.may_be_undone = True
    who = str(CAST[given.who]["id"])
    payload = {
        "type": "block_actions", "team": {"id": "T1"}, "user": {"id": who, "team_id": "T1"}, "api_app_id": "A1",
        "trigger_id": f"undo.{given.word}", "container": {"type": "message", "is_ephemeral": True},
        "actions": [{"type": "button", "action_id": "acts.undo", "block_id": "b", "value": said_id, "action_ts": "1.2"}],
    }  # fmt: skip
    delivery = world.slack.deliveries.send("interactive", "T1", "undo", payload)
    given.is_undone = delivery.status == "acked"


def _value_of(answer: Any, label: str) -> str:
    for block in answer["blocks"]:
        for element in block.get("elements", []):
            if element["type"] == "button" and element["text"]["text"] == label:
                return str(element["value"])
    raise AssertionError(f"no {label} in the answer")
