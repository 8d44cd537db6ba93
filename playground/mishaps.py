"""What faults do to a delivery on its way to the bot: doubled, held back, lost. Which one does, faults.py says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from playground.deliveries import ACK_WITHIN, COMMAND, EVENT, INTERACTION, RETRY_AFTER, Deliveries, Delivery
from playground.faults import Fault, Faults

KINDS = {EVENT: "event", COMMAND: "command", INTERACTION: "interaction"}


class Mishaps:
    """Stands between Slack and the carrier; `do_later` has something done at a moment."""

    def __init__(
        self, deliveries: Deliveries, faults: Faults, do_later: Callable[[datetime, Callable[[], None]], None]
    ) -> None:
        self._deliveries = deliveries
        self._faults = faults
        self._do_later = do_later
        self._held: list[Delivery] = []
        self._overtaken: list[Delivery] = []
        self._happening = {
            "twice": self._carry_twice,
            "again": self._carry_and_retry,
            "hold": self._hold,
            "overtaken": self._let_overtake,
            "ack_lost": self._lose_ack,
            "swallowed": self._swallow,
        }

    def meet(self, delivery: Delivery) -> None:
        """Carries a delivery, unless a fault has something else in mind."""
        if self._overtaken:
            self._deliveries.carry(delivery)
            self._let_go(self._overtaken)
            return
        fault = self._faults.for_delivery(KINDS[delivery.kind], delivery.payload, delivery.team)
        if fault is None:
            self._deliveries.carry(delivery)
            return
        delivery.fault = fault.what
        self._happening[fault.what](delivery, fault)

    def forget(self) -> None:
        """Drops what is held."""
        self._held, self._overtaken = [], []

    def _carry_twice(self, delivery: Delivery, _fault: Fault) -> None:
        self._deliveries.carry(delivery)
        self._deliveries.carry_copy(delivery)

    def _carry_and_retry(self, delivery: Delivery, fault: Fault) -> None:
        after = timedelta(seconds=fault.seconds)
        attempt = sum(1 for one in RETRY_AFTER if one <= after)  # the one that Slack makes about then
        again = self._deliveries.another(delivery, attempt, "timeout")
        self._do_later(self._deliveries.clock() + after, partial(self._deliveries.carry, again))
        self._deliveries.carry(delivery)

    def _hold(self, delivery: Delivery, fault: Fault) -> None:
        if not self._held:
            self._let_go_later(self._held, fault)
        self._wait(delivery, fault)
        self._held.append(delivery)
        if fault.times == 0:
            self._let_go(self._held)

    def _let_overtake(self, delivery: Delivery, fault: Fault) -> None:
        self._wait(delivery, fault)
        self._overtaken.append(delivery)
        self._let_go_later(self._overtaken, fault)

    def _lose_ack(self, delivery: Delivery, _fault: Fault) -> None:
        delivery.is_ack_lost = True
        self._deliveries.carry(delivery)

    def _swallow(self, delivery: Delivery, _fault: Fault) -> None:
        self._deliveries.begin(delivery)
        self._do_later(delivery.deadline, partial(self._deliveries.fail, delivery))

    def _wait(self, delivery: Delivery, fault: Fault) -> None:
        """Keeps a held delivery among those that wait, so that a fresh start finds it."""
        delivery.deadline = self._deliveries.clock() + timedelta(seconds=fault.seconds) + ACK_WITHIN
        self._deliveries.waiting[delivery.envelope_id] = delivery

    def _let_go_later(self, group: list[Delivery], fault: Fault) -> None:
        moment = self._deliveries.clock() + timedelta(seconds=fault.seconds)
        self._do_later(moment, partial(self._let_go, group))

    def _let_go(self, group: list[Delivery]) -> None:
        """Carries a group, the last one first; the next one held begins a new group, with a time of its own."""
        if group is self._held:
            self._held = []
        if group is self._overtaken:
            self._overtaken = []
        while group:
            delivery = group.pop()
            if not delivery.status:
                self._deliveries.carry(delivery)
