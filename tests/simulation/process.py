"""One process of the bot in virtual time: the production code, which can be paused and can die at every commit and call."""

import json
import math
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from slack_bolt import BoltRequest
from sqlalchemy import Engine, case, event, func
from sqlalchemy.orm import Session as AnySession
from sqlmodel import col, select

import app
from app import GoodTurn
from config import Settings
from handlers.outbound.sender import Sender
from handlers.routes import Renderer
from playground.deliveries import Delivery
from playground.slack import Slack
from playground.web_api import Answer
from storage.database import Database, Session
from storage.tables import Outgoing
from tests.conftest import AtOnce
from tests.simulation.clockwork import Alarm, Clockwork

TICK = 5.0  # seconds between two looks of handlers/schedule.py at what is due
LONGEST_PAUSE = 600.0  # seconds for which a process may be asleep between any two of its steps
QUICK = (0.05, 0.6)  # seconds that an answer of Slack's takes
FAR = timedelta(days=365)


_IS_WAITING, _IS_CLAIMED = (col(Outgoing.state) == state for state in ("pending", "sending"))
# Built once: it is asked after each pass of each process.
_NEXT = select(func.min(case((_IS_WAITING, col(Outgoing.due_at)), (_IS_CLAIMED, col(Outgoing.lease_until))))).where(
    _IS_WAITING | _IS_CLAIMED
)

# Whose code runs at this moment; each thread of action has its own.
acting: ContextVar["Process"] = ContextVar("acting")


_first_of: dict[str, Engine] = {}


def _compile_once(database: Database) -> None:
    """Has a process use the statements that those before it compiled: a third of all runs went into compiling them again."""
    mine = database.engine
    if mine.name not in _first_of:
        mine.connect().close()  # it learns of the server what it compiles for
        _first_of[mine.name] = mine
    first = _first_of[mine.name]
    for engine in (mine, database._reader):
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache


class Killed(BaseException):
    """The process is no more; nothing that it was about to do is done."""


@dataclass
class Dangers:
    """How likely a process is paused or killed at one of its steps; `kill_at` is the number of the one where it is."""

    pauses: float = 0.0
    kills: float = 0.0
    kill_at: int = -1
    steps: int = 0

    def kills_now(self, chance: Random) -> bool:
        """Counts a step, and says whether the process ends there."""
        self.steps += 1
        return self.steps == self.kill_at or (self.kills > 0 and chance.random() < self.kills)


@dataclass
class Process:
    """One process: `sender_of` makes its sender, `messages` are renderers beside the bot's own.

    `before_sending` is told of each pass before it.
    """

    slack: Slack
    clockwork: Clockwork
    database_url: str
    chance: Random
    dangers: Dangers
    sender_of: Callable[[GoodTurn, Callable[[], datetime]], Sender]
    messages: dict[str, Renderer]
    before_sending: Callable[["Process"], None]
    on_death: Callable[["Process"], None]
    on_outgoing: Callable[[], None]
    bot: GoodTurn | None = None
    is_asleep: bool = False
    offset: timedelta = timedelta(0)
    deaths: int = 0
    _alarm: Alarm = field(init=False)

    def start(self) -> None:
        """Starts the program anew, as a supervisor does."""
        settings = Settings(
            slack_bot_token="xoxb-playground",
            slack_app_token="xapp-playground",
            slack_api_url="http://pretend/api/",
            database_url=self.database_url,
            transport="socket",
            _env_file=None,
        )
        self._alarm = Alarm(self.clockwork)
        bot = app.assemble(settings, self.read_clock, AtOnce())
        _compile_once(bot.database)
        bot.routes.messages |= self.messages
        self.bot = replace(bot, sender=self.sender_of(bot, self._clock_of_sender))
        self.is_asleep = False
        event.listen(bot.database.engine, "commit", lambda _: self.step())
        bot.database.on_outgoing = self.on_outgoing
        self.clockwork.start(self._live)

    @property
    def is_awake(self) -> bool:
        """Whether it hears Slack."""
        return self.bot is not None and not self.is_asleep

    def read_clock(self) -> datetime:
        """Returns the time as this process has it."""
        return self.clockwork.now + self.offset

    def hear(self, delivery: Delivery) -> bool:
        """Takes one envelope as the socket does; False when nobody is there."""
        if self.bot is None or self.is_asleep:
            return False
        ours = acting.set(self)
        context = {"arrived_at": self.read_clock(), "began": math.inf}  # the time that passes here is not the machine's
        request = BoltRequest(body=delivery.payload, mode="socket_mode", context=context)
        try:
            response = self.bot.bolt.dispatch(request)
            self.step()
        except Killed:
            self._die()
            return True
        finally:
            acting.reset(ours)
        if response.status == 200:
            is_json = response.first_headers().get("content-type", "").startswith("application/json")
            self.slack.deliveries.ack(delivery.envelope_id, json.loads(response.body) if is_json else response.body)
        return True

    def does(self, what: Callable[[Session, datetime], Any]) -> tuple[bool, Any]:
        """Does something in one transaction, on behalf of a feature; returns whether it came to its end, and its result."""
        if self.bot is None or self.is_asleep:
            return False, None
        ours = acting.set(self)
        try:
            with self.bot.database.transaction() as session:
                result = what(session, self.read_clock())
        except Killed:
            self._die()
            return False, None
        finally:
            acting.reset(ours)
        return True, result

    def step(self) -> None:
        """Is a point between two steps: the process may end here."""
        if self.bot is not None and self.dangers.kills_now(self.chance):
            raise Killed

    def calls(self, slack_hears: Callable[[], Answer], longest: float) -> Answer:
        """Makes one call: the process may end before it and after it, and it takes its time, at the most `longest` seconds."""
        born = self.bot
        self.step()
        answer = slack_hears()
        if self.clockwork.is_within_an_action:
            waits = answer.lost == "timeout"
            self.clockwork.sleep(longest if waits else self.chance.uniform(*QUICK))
        if self.bot is not born:  # it ended while it waited
            raise Killed
        self.step()
        return answer

    def pause(self) -> None:
        """May put the whole process to sleep for a while."""
        if self.clockwork.is_within_an_action and self.chance.random() < self.dangers.pauses:
            self.is_asleep = True
            self.clockwork.sleep(self.chance.uniform(0, LONGEST_PAUSE))
            self.is_asleep = False

    def ring(self) -> None:
        """Wakes its sender."""
        if self.bot is not None:
            self._alarm.ring()

    def _live(self) -> None:
        """Sends what is due, again and again, until it ends."""
        born = self.bot
        acting.set(self)
        try:
            while self.bot is born and born is not None:
                self.before_sending(self)
                born.sender.send_due()
                self._alarm.sleep_until(self._wakes_at(born))
        except Killed:
            if self.bot is born:
                self._die()

    def _wakes_at(self, bot: GoodTurn) -> datetime:
        """Returns the first tick at which something can be due. Ticks in between would find nothing, and are left out."""
        with bot.database.reading() as session:
            moment = session.connection().execute(_NEXT, execution_options={"across_workspaces": True}).scalar()
        known = [one for one in (moment, bot.sender.free_at) if one is not None]
        moment = min(known, default=self.read_clock() + FAR) - self.offset
        return max(moment, self.clockwork.now) + timedelta(seconds=self.chance.uniform(0.01, TICK))

    def _clock_of_sender(self) -> datetime:
        self.pause()
        return self.read_clock()

    def _die(self) -> None:
        assert self.bot is not None
        self.bot.database.close()
        self.bot = None
        self.deaths += 1
        self.on_death(self)

    def has_committed(self, session: AnySession) -> None:
        """Is told of every commit that is on the disk: a step, and a moment at which it may fall asleep."""
        if self.bot is not None and session.get_bind() is self.bot.database.engine:
            self.step()
            self.pause()

    def stop(self) -> None:
        """Ends it from outside."""
        if self.bot is not None:
            self.bot.database.close()
            self.bot = None
