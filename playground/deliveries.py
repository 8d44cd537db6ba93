"""What Slack sends a bot: envelopes, their acks and their retries. Knows no transport; a carrier takes it there.

Every delivery leaves through `Deliveries.on_the_way`: the one place where faults towards the bot are put in (mishaps.py).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from playground.traffic import TO_BOT, Exchange, Traffic
from playground.workspace import Json

ACK_WITHIN = timedelta(seconds=3)  # commands, interactions and events alike: docs.slack.dev
RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))  # events only: Events API

EVENT, COMMAND, INTERACTION = "events_api", "slash_commands", "interactive"

ACKED, TIMEOUT, UNREACHABLE = "acked", "timeout", "unreachable"


@dataclass
class Delivery:
    """One envelope on its way. `status` is empty until the bot acked it or Slack gave it up."""

    envelope_id: str
    kind: str
    team: str
    name: str
    payload: Json
    deadline: datetime
    on_ack: Callable[[object], None] | None = None
    on_failure: Callable[[str], None] | None = None
    attempt: int = 0
    reason: str = ""
    status: str = ""
    answer: object = None
    whenever_settled: list[Callable[[], None]] = field(default_factory=list)
    exchange: Exchange | None = None
    fault: str = ""
    is_ack_lost: bool = False

    def envelope(self) -> Json:
        """Returns the Socket Mode envelope."""
        envelope: Json = {
            "envelope_id": self.envelope_id,
            "type": self.kind,
            "payload": self.payload,
            "accepts_response_payload": self.kind != EVENT,
        }
        if self.kind == EVENT:
            envelope |= {"retry_attempt": self.attempt, "retry_reason": self.reason}
        return envelope


class Carrier(Protocol):
    """A way to the bot: sockets, signed HTTP, or a call in the same process."""

    def is_connected(self) -> bool:
        """Returns whether somebody listens at the other end."""

    def carry(self, delivery: Delivery) -> bool:
        """Starts carrying; returns False if nobody is there. `Deliveries.ack` or `.fail` follows, at once or later."""


class Deliveries:
    """Everything sent to the bot that still waits for something: an ack, or its next attempt."""

    def __init__(self, clock: Callable[[], datetime], traffic: Traffic) -> None:
        self.clock = clock
        self.traffic = traffic
        self.carrier: Carrier | None = None
        self.on_the_way: Callable[[Delivery], None] = self.carry
        self.waiting: dict[str, Delivery] = {}
        self.retries: list[tuple[datetime, Delivery]] = []
        self.log: list[Delivery] | None = None
        self._numbers = itertools.count(1)

    def send(
        self,
        kind: str,
        team: str,
        name: str,
        payload: Json,
        on_ack: Callable[[object], None] | None = None,
        on_failure: Callable[[str], None] | None = None,
    ) -> Delivery:
        """Sends something to the bot and returns it; only an event is ever sent again."""
        delivery = Delivery(self._new_id(), kind, team, name, payload, self.clock() + ACK_WITHIN, on_ack, on_failure)
        if self.log is not None:
            self.log.append(delivery)
        self.on_the_way(delivery)
        return delivery

    def carry(self, delivery: Delivery) -> None:
        """Hands a delivery to the carrier, and gives it up at once if nobody is there."""
        self.begin(delivery)
        if self.carrier is None or not self.carrier.carry(delivery):
            self.fail(delivery, UNREACHABLE, "connection_failed")

    def carry_copy(self, delivery: Delivery) -> None:
        """Hands over once more what was handed over already, in the same envelope; only its first ack counts."""
        if self.carrier is None or not self.carrier.is_connected():
            return
        now = self.clock()
        copy = self.traffic.record(now, TO_BOT, delivery.name, delivery.payload, delivery.team)
        copy.fault = delivery.fault
        self.traffic.finish(copy, now, None, "sent again")
        self.carrier.carry(delivery)

    def begin(self, delivery: Delivery) -> None:
        """Records that a delivery is on its way, and starts the time in which its ack must come."""
        now = self.clock()
        delivery.deadline = now + ACK_WITHIN
        delivery.exchange = self.traffic.record(now, TO_BOT, delivery.name, delivery.payload, delivery.team)
        delivery.exchange.fault = delivery.fault
        self.waiting[delivery.envelope_id] = delivery

    def another(self, delivery: Delivery, attempt: int, reason: str) -> Delivery:
        """Returns the same in a new envelope, as a later attempt; nobody waits for its ack."""
        return Delivery(
            self._new_id(),
            delivery.kind,
            delivery.team,
            delivery.name,
            delivery.payload,
            delivery.deadline,
            attempt=attempt,
            reason=reason,
        )

    def ack(self, envelope_id: str, answer: object = None) -> None:
        """Records the bot's ack with its body; one that comes too late, or twice, changes nothing."""
        delivery = self.waiting.get(envelope_id)
        if delivery is None:
            return
        delivery.answer = answer
        if delivery.is_ack_lost:
            return
        self._settle(delivery, ACKED)
        if delivery.on_ack is not None:
            delivery.on_ack(answer)
        self._tell(delivery)

    def fail(
        self, delivery: Delivery, status: str = TIMEOUT, reason: str = "timeout", wants_retry: bool = True
    ) -> None:
        """Gives an attempt up: an event is tried again, the person who waited for anything else is told."""
        if delivery.status:
            return
        self._settle(delivery, status)
        if delivery.kind == EVENT and wants_retry:
            self._plan_retry(delivery, reason)
        if delivery.on_failure is not None:
            delivery.on_failure(status)
        self._tell(delivery)

    def expire(self) -> None:
        """Gives up every attempt whose ack is overdue; for a clock that does not run by itself."""
        now = self.clock()
        for delivery in [one for one in self.waiting.values() if one.deadline <= now]:
            self.fail(delivery)

    def resend_due(self) -> None:
        """Sends every event again whose next attempt is due."""
        now = self.clock()
        due = [one for at, one in self.retries if at <= now]
        self.retries = [(at, one) for at, one in self.retries if at > now]
        for delivery in due:
            self.on_the_way(delivery)

    def forget(self) -> None:
        """Drops what waits, without telling anybody; for a fresh start."""
        self.retries.clear()
        for delivery in list(self.waiting.values()):
            self._settle(delivery, UNREACHABLE)
            self._tell(delivery)

    def _settle(self, delivery: Delivery, status: str) -> None:
        self.waiting.pop(delivery.envelope_id, None)
        delivery.status = status
        if delivery.exchange is not None:
            self.traffic.finish(delivery.exchange, self.clock(), delivery.answer, status)

    def _tell(self, delivery: Delivery) -> None:
        for settled in delivery.whenever_settled:
            settled()

    def _plan_retry(self, delivery: Delivery, reason: str) -> None:
        if delivery.attempt >= len(RETRY_AFTER):
            return
        again = self.another(delivery, delivery.attempt + 1, reason)
        self.retries.append((self.clock() + RETRY_AFTER[delivery.attempt], again))

    def _new_id(self) -> str:
        return f"envelope-{next(self._numbers):06d}"
