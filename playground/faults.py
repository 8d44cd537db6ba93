"""What can go wrong between the bot and Slack, and what is switched on now. Who asks, makes it happen.

Faults towards the bot's calls happen in web_api.call, those towards the bot in mishaps.py, those of sockets in
http_slack.py. What people saw and what the bot was told are recorded apart, so both stay true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from playground.workspace import Json

CALLS = {
    "limited": "Slack says it is too much, and to wait (429). Nothing is done.",
    "http_500": "Slack answers 500. Nothing is done.",
    "http_500_delivered": "Slack answers 500, and it is done all the same.",
    "timeout": "No answer comes. Nothing is done.",
    "timeout_delivered": "No answer comes, and it is done all the same.",
    "timeout_late": "No answer comes, and it is done some seconds later.",
    "reset": "The connection breaks. Nothing is done.",
    "reset_delivered": "The connection breaks, and it is done all the same.",
    "refused": "Slack cannot be reached. Nothing is sent.",
    "error": "Slack refuses with this error. Nothing is done.",
    "error_delivered": "Slack answers with this error, and it is done all the same.",
    "nonsense": "A page of HTML comes as an answer. Nothing is done.",
    "nonsense_delivered": "A page of HTML comes as an answer, and it is done all the same.",
}
HISTORY = {
    "history_lag": "The history does not show the newest messages yet.",
    "history_refused": "The history cannot be read.",
}
DELIVERIES = {
    "twice": "It arrives twice at once, in the same envelope.",
    "again": "It is acknowledged, and comes again as a retry.",
    "hold": "The next few are held, and arrive in reverse.",
    "overtaken": "It is held until the next one has arrived.",
    "ack_lost": "It arrives, and its acknowledgement is lost.",
    "swallowed": "It never arrives.",
}
SOCKETS = {"socket_refused": "No new socket can be opened."}
WHATS = CALLS | HISTORY | DELIVERIES | SOCKETS

ANY = "*"
HISTORY_METHODS = ("conversations.history", "conversations.replies")
HOMES = {
    **dict.fromkeys(CALLS, "chat.postMessage"),
    **dict.fromkeys(HISTORY, "conversations.history"),
    **dict.fromkeys(DELIVERIES, ANY),
    **dict.fromkeys(SOCKETS, "socket"),
}
USUAL_SECONDS: dict[str, float] = {
    "limited": 30,  # what slack_sdk waits when no Retry-After is given
    "timeout_late": 20,
    "history_lag": 3,
    "again": 60,  # the second of the Events API's retries
    "hold": 5,
    "overtaken": 5,
}
USUAL_ERRORS = {"error": "internal_error", "error_delivered": "internal_error", "history_refused": "missing_scope"}


@dataclass
class Fault:
    """One thing that goes wrong, some times or until it is switched off. Raises ValueError for one that cannot be.

    `on` is a Web API method, "upload", "event", "command" or "interaction", or "*" for any; `times` counts down to 0, None is
    without end. `seconds` is a Retry-After, or how late something lands, how far the history lags, how long something
    is held, after how long it comes again. `error` is Slack's code. `team` and `channel` (a call's argument of that
    name) narrow it. What is left empty becomes what is usual for this fault.
    """

    what: str
    on: str = ""
    times: int | None = 1
    seconds: float = 0
    error: str = ""
    team: str = ""
    channel: str = ""

    def __post_init__(self) -> None:
        if self.what not in WHATS:
            raise ValueError(f"There is no fault called “{self.what}”.")
        if self.channel and self.what not in CALLS | HISTORY:
            raise ValueError("Only a call is about a conversation.")
        self.on = self.on or HOMES[self.what]
        self.seconds = self.seconds or USUAL_SECONDS.get(self.what, 0)
        self.error = self.error or USUAL_ERRORS.get(self.what, "")

    def as_json(self) -> dict[str, Any]:
        """Returns it as JSON data."""
        return asdict(self)


Choice = Callable[[str, Json, str], Fault | None]


class Faults:
    """What is switched on. `choose` and `choose_delivery`, when set, are asked before the list is."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self.active: list[Fault] = []
        self.choose: Choice | None = None
        self.choose_delivery: Choice | None = None
        self._changed = changed

    def add(self, fault: Fault) -> None:
        """Switches a fault on."""
        self.active.append(fault)
        self._changed()

    def clear(self, what: str | None = None) -> None:
        """Switches off the faults of this kind, or all of them."""
        self.active = [one for one in self.active if what not in (None, one.what)]
        self._changed()

    def remove(self, fault: Fault) -> None:
        """Switches off this one, if it is still on."""
        self.active = [one for one in self.active if one is not fault]
        self._changed()

    def for_call(self, method: str, given: Json, team: str) -> Fault | None:
        """Returns what goes wrong with this call, counted down, or None."""
        if self.choose is not None and (chosen := self.choose(method, given, team)) is not None:
            return chosen
        return self._take(lambda one: _is_for_call(one, method, given, team))

    def for_delivery(self, kind: str, payload: Json, team: str) -> Fault | None:
        """Returns what goes wrong on the way of an "event", a "command" or an "interaction", counted down, or None."""
        if self.choose_delivery is not None and (chosen := self.choose_delivery(kind, payload, team)) is not None:
            return chosen
        return self._take(lambda one: one.what in DELIVERIES and one.on in (kind, ANY) and one.team in (team, ""))

    def for_socket(self) -> Fault | None:
        """Returns why a socket cannot be opened, counted down, or None."""
        return self._take(lambda one: one.what in SOCKETS)

    def _take(self, fits: Callable[[Fault], bool]) -> Fault | None:
        fault = next((one for one in self.active if fits(one)), None)
        if fault is None or fault.times is None:
            return fault
        fault.times -= 1
        if fault.times <= 0:
            self.remove(fault)
        self._changed()
        return fault


def _is_for_call(fault: Fault, method: str, given: Json, team: str) -> bool:
    can_happen = fault.what in CALLS or (fault.what in HISTORY and method in HISTORY_METHODS)
    here = fault.team in (team, "") and fault.channel in (given.get("channel"), "")
    return can_happen and here and fault.on in (method, ANY)
