"""What the playground holds: workspaces, tokens, triggers and traffic. No I/O, no asyncio, no clock of its own.

One thread at a time may touch it: the server's loop, or a simulation that calls it in-process.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from playground.clock import PlaygroundClock
from playground.deliveries import Deliveries
from playground.faults import Faults
from playground.grants import Grants
from playground.later import Later
from playground.manifest import Manifest, manifest_here
from playground.mishaps import Mishaps
from playground.traffic import Traffic
from playground.workspace import Conversation, Message, Person, Sight, Workspace

APP_ID = "A0PLAYGROUND"
TRIGGER_LIVES = timedelta(seconds=3)  # docs.slack.dev: a trigger_id works once, within 3 seconds
KEPT_TRIGGERS = 2000
KEPT_NOTICES = 10


class PlaygroundError(Exception):
    """Something a person asked for cannot be done; the text says why."""


@dataclass
class Trigger:
    """The right to open one form for one person."""

    team: str
    user: str
    issued_at: datetime
    view_id: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """The right to answer an interaction; `ts` and `whisper` say which message it began on."""

    team: str
    channel: str
    user: str
    issued_at: datetime
    ts: str | None = None
    whisper: bool = False
    uses: int = 0


class Wiring(Protocol):
    """The open sockets of a running server, as whoever breaks things takes hold of them."""

    def count(self) -> int:
        """Returns how many are open."""

    def announce(self, reason: str) -> None:
        """Sends `disconnect` over each; `refresh_requested` closes it as well."""

    def drop(self) -> None:
        """Breaks each without a word."""


@dataclass
class Slack:
    """A whole pretend Slack with one app in it.

    `base_url` is where its server listens; `deliver_to` the app's own address in HTTP mode, None for sockets.
    """

    manifest: Manifest = field(default_factory=manifest_here)
    clock: Callable[[], datetime] = field(default_factory=PlaygroundClock)
    base_url: str = "http://127.0.0.1"
    app_token: str = "xapp-playground"  # noqa: S105 - a pretend token
    signing_secret: str = "playground-secret"  # noqa: S105 - a pretend secret
    deliver_to: str | None = None
    workspaces: dict[str, Workspace] = field(default_factory=dict)
    traffic: Traffic = field(default_factory=Traffic)
    pace: bool = False
    tickets: set[str] = field(default_factory=set)
    last_posts: dict[tuple[str, str], datetime] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    grants: Grants = field(default_factory=Grants)
    version: int = 0
    watchers: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.deliveries = Deliveries(self.clock, self.traffic)
        self.faults = Faults(self.changed)
        self.later = Later()
        self.wiring: Wiring | None = None
        self._mishaps = Mishaps(self.deliveries, self.faults, self.do_later)
        self.deliveries.on_the_way = self._mishaps.meet
        self._numbers = itertools.count(1)

    @property
    def offset(self) -> float:
        """Returns by how many seconds the clock was moved; 0 for a clock that cannot be."""
        return self.clock.offset if isinstance(self.clock, PlaygroundClock) else 0.0

    def number(self) -> int:
        """Returns a number that no other thing in this Slack has."""
        return next(self._numbers)

    def changed(self) -> None:
        """Counts the version up and wakes whoever watches."""
        self.version += 1
        for watcher in list(self.watchers):
            watcher()

    def do_later(self, at: datetime, what: Callable[[], None]) -> None:
        """Has something done at a moment, by whoever calls `catch_up` then."""
        self.later.add(at, what)

    def catch_up(self) -> None:
        """Does all that is due by the clock, in order of time; each thing finds the clock at its own moment."""
        clock = self.clock
        now = clock()
        while (errand := self.later.take_due(now)) is not None:
            at, what = errand
            self.clock = partial(_standing_at, at)
            try:
                what()
            finally:
                self.clock = clock

    def start_afresh(self) -> None:
        """Drops all workspaces, everything on its way and every fault; the connections to the bot stay."""
        self.faults.clear()
        self.later.clear()
        self._mishaps.forget()
        self.deliveries.forget()
        self.workspaces.clear()
        self.traffic.exchanges.clear()
        self.triggers.clear()
        self.response_urls.clear()
        self.last_posts.clear()
        self.grants.forget()
        self.pace = False

    def workspace(self, team: str | None = None) -> Workspace:
        """Returns the workspace with this id, or the first one; raises PlaygroundError without one."""
        found = self.workspaces.get(team) if team else next(iter(self.workspaces.values()), None)
        if found is None:
            raise PlaygroundError(f"There is no workspace {team}." if team else "There is no workspace yet.")
        return found

    def workspace_of(self, token: str) -> Workspace | None:
        """Returns the workspace a bot token belongs to."""
        return next((one for one in self.workspaces.values() if one.bot_token == token), None)

    def new_trigger(self, workspace: Workspace, user: str, view_id: str | None = None) -> str:
        """Returns a fresh trigger id; `view_id` is the form it was born on."""
        _forget_oldest(self.triggers)
        trigger_id = f"{self.number()}.{workspace.id}.{self.version}"
        self.triggers[trigger_id] = Trigger(workspace.id, user, self.clock(), view_id)
        return trigger_id

    def new_ticket(self) -> str:
        """Returns a ticket that opens one socket, once; whoever opens it takes it out of `tickets`."""
        ticket = f"ticket-{self.number()}"
        self.tickets.add(ticket)
        return ticket

    def new_response_url(
        self, workspace: Workspace, channel: str, user: str, ts: str | None = None, whisper: bool = False
    ) -> str:
        """Returns a fresh response_url for an interaction in this channel."""
        _forget_oldest(self.response_urls)
        key = f"{workspace.id}-{self.number()}"
        self.response_urls[key] = ResponseUrl(workspace.id, channel, user, self.clock(), ts, whisper)
        return f"{self.base_url}/response/{key}"

    def see(self, workspace: Workspace, what: str, channel: Conversation, message: Message) -> None:
        """Records that something became visible to people."""
        workspace.seen.append(
            Sight(self.clock(), what, channel.id, message.ts, message.user, message.text, message.blocks, message.to)
        )
        self.changed()

    def notify(self, workspace: Workspace, user: str, text: str) -> None:
        """Shows somebody a line from Slack itself."""
        notices = workspace.notices.setdefault(user, [])
        notices.append({"id": self.number(), "text": text})
        del notices[:-KEPT_NOTICES]
        self.changed()


def person_in(workspace: Workspace, user: object) -> Person:
    """Returns a person by id; raises PlaygroundError for anybody unknown."""
    person = workspace.people.get(user) if isinstance(user, str) else None
    if person is None:
        raise PlaygroundError(f"There is nobody with the id {user}.")
    return person


def channel_in(workspace: Workspace, channel: object) -> Conversation:
    """Returns a conversation by id; raises PlaygroundError for an unknown one."""
    found = workspace.conversations.get(channel) if isinstance(channel, str) else None
    if found is None:
        raise PlaygroundError(f"There is no conversation {channel}.")
    return found


def _standing_at(moment: datetime) -> datetime:
    return moment


def _forget_oldest(kept: dict[str, Trigger] | dict[str, ResponseUrl]) -> None:
    if len(kept) >= KEPT_TRIGGERS:
        del kept[next(iter(kept))]
