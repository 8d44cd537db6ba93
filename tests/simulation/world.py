"""A whole small world in virtual time: a pretend Slack with weather, and processes of the bot on one database."""

import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from slack_sdk.web.base_client import BaseClient
from sqlalchemy import event
from sqlalchemy.orm import Session as AnySession

from app import GoodTurn
from handlers.outbound.sender import Sender
from handlers.requests import Clock
from handlers.routes import Renderer
from playground import actions, manage, seed
from playground.deliveries import Delivery
from playground.slack import Slack
from storage import database
from tests.cast import cast
from tests.simulation.clockwork import Clockwork
from tests.simulation.process import Dangers, Process, acting
from tests.simulation.wire import Weather, ask, hand_over, opened_by

SenderOf = Callable[[GoodTurn, Clock], Sender]
MOST_AWAY = timedelta(hours=30)  # between a process's end and its next start


@contextmanager
def ids_by(chance: Random) -> Iterator[None]:
    """Has ids made anew from the first on, and by this chance: how long is waited and what is held back depends on them."""
    with (
        patch.object(database, "_last_id", [0]),
        patch("secrets.token_hex", lambda count: chance.randbytes(count).hex()),
    ):
        yield


def production(bot: GoodTurn, clock: Clock) -> Sender:
    """Makes the sender that the product has."""
    return Sender(bot.database, clock, bot.routes.messages, bot.sender._client_for, bot.metrics, bot.routes.considerate)


class World:
    """Slack, the bot's processes, and all that happens to them. It is Slack's carrier as well."""

    def __init__(
        self,
        database_url: str,
        number: int,
        start: datetime,
        *,
        processes: int = 2,
        sender_of: SenderOf = production,
        dangers: Dangers | None = None,
        messages: dict[str, Renderer] | None = None,
        before_sending: Callable[[Process], None] = lambda _: None,
    ) -> None:
        self.number = number
        self.chance = Random(number)
        self.clockwork = Clockwork(start)
        self.slack = Slack(clock=self.clockwork)
        self.slack.deliveries.carrier = self
        self.weather = Weather(self.chance)
        self.slack.faults.choose = self.weather.of_call
        self.slack.faults.choose_delivery = self.weather.of_delivery
        self.dangers = dangers or Dangers()
        seed.reset(self.slack, cast())
        self.processes = [
            Process(
                self.slack, self.clockwork, database_url, self.chance, self.dangers, sender_of, messages or {},
                before_sending, self._start_again_later, self._ring,
            )
            for _ in range(processes)
        ]  # fmt: skip

    @contextmanager
    def running(self) -> Iterator[None]:
        """Has the processes run, and start again after each end; stops them at last."""

        def has_committed(session: AnySession) -> None:
            if process := acting.get(None):
                process.has_committed(session)

        event.listen(AnySession, "after_commit", has_committed)
        with opened_by(self.slack, self._open), ids_by(Random(f"ids {self.number}")):
            for process in self.processes:
                process.start()
            try:
                yield
            finally:
                event.remove(AnySession, "after_commit", has_committed)
                for process in self.processes:
                    process.stop()

    def run_until(self, moment: datetime) -> None:
        """Lets time pass."""
        self.clockwork.run(moment, self._catch_up)

    def is_connected(self) -> bool:
        """Whether somebody hears."""
        return any(process.is_awake for process in self.processes)

    def carry(self, delivery: Delivery) -> bool:
        """Takes an envelope to one of the processes that hear."""
        awake = [process for process in self.processes if process.is_awake]
        if not awake:
            return False
        self.chance.choice(awake).hear(delivery)
        if delivery.envelope_id in self.slack.deliveries.waiting:
            self.clockwork.at(delivery.deadline, self.slack.deliveries.expire)
        return True

    def act(self, who: str, do: str, **what: Any) -> dict[str, Any]:
        """Has a member do something; `status` says whether the bot took it."""
        return actions.act(self.slack, {"as": who, "do": do, **what}).answer()

    def manage(self, do: str, **what: Any) -> dict[str, Any]:
        """Does something that stands above the members."""
        return manage.manage(self.slack, {"do": do, **what})

    def does(self, what: Callable[[Any, datetime], Any]) -> tuple[bool, Any]:
        """Has one of the processes do something in a transaction; says whether it came to its end."""
        awake = [process for process in self.processes if process.is_awake]
        if not awake:
            return False, None
        return self.chance.choice(awake).does(what)

    def _ring(self) -> None:
        """Wakes every sender, as their ticks of five seconds would."""
        for process in self.processes:
            process.ring()

    def _start_again_later(self, process: Process) -> None:
        """Does what a supervisor does, at once or after somebody has looked."""
        away = MOST_AWAY * self.chance.random() ** 8  # mostly seconds or minutes, now and then a day
        self.clockwork.at(self.clockwork.now + away, process.start)
        self._ring()

    def _open(self, client: BaseClient, request: urllib.request.Request) -> dict[str, Any]:
        return hand_over(acting.get().calls(lambda: ask(self.slack, request), client.timeout))

    def _catch_up(self) -> None:
        self.slack.catch_up()
        self.slack.deliveries.resend_due()
