"""One pretend workspace: its people, conversations, messages, forms and files. Plain data; rules live elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]

BOT_PREFIX = "B0"


@dataclass
class Person:
    """Somebody in a workspace, or a bot; `team_id` only for a person of another workspace.

    They want to be left alone from `dnd_start` until `dnd_end`, in seconds since 1970; 0 is no such time.
    """

    id: str
    name: str
    real_name: str = ""
    display_name: str = ""
    tz: str = "America/Chicago"
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    team_id: str = ""
    deleted: bool = False
    updated: int = 0
    dnd_start: int = 0
    dnd_end: int = 0


@dataclass
class Message:
    """A message in a conversation; `to` is set for an ephemeral one, which only that person sees."""

    ts: str
    user: str
    text: str = ""
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    thread_ts: str | None = None
    by_app: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    metadata: Json | None = None
    client_msg_id: str | None = None
    subtype: str | None = None
    edited_ts: str | None = None
    to: str | None = None
    failed_for: dict[str, str] = field(default_factory=dict)


@dataclass
class Conversation:
    """A channel, private channel, DM or group DM. `messages` is in the order of their ts."""

    id: str
    kind: str
    name: str = ""
    members: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    whispers: dict[str, Message] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)
    opened_by: list[str] = field(default_factory=list)
    read_until: dict[str, str] = field(default_factory=dict)
    creator: str = ""
    created: int = 0
    topic: str = ""
    archived: bool = False
    shared: bool = False
    last_ts: str = ""

    def next_ts(self, now: datetime) -> str:
        """Returns a message ts that is unique here and greater than every earlier one."""
        micros = int(now.timestamp()) * 1_000_000 + now.microsecond
        if self.last_ts:
            seconds, _, fraction = self.last_ts.partition(".")
            micros = max(micros, int(seconds) * 1_000_000 + int(fraction) + 1)
        self.last_ts = f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
        return self.last_ts

    def replies_to(self, ts: str) -> list[Message]:
        """Returns the replies in a thread, oldest first, without the message it hangs under."""
        return [self.messages[one] for one in self.threads.get(ts, ()) if one in self.messages]


@dataclass
class View:
    """A form or a Home tab as one person has it; `content` is what the bot sent, with ids filled in."""

    id: str
    user: str
    content: Json
    hash: str
    root_id: str = ""
    previous_id: str | None = None
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """Returns the blocks the person sees."""
        blocks: list[Json] = self.content["blocks"]
        return blocks


@dataclass
class File:
    """An uploaded file; it belongs to nobody but the app until the upload is completed."""

    id: str
    name: str
    mimetype: str
    length: int
    alt: str = ""
    title: str = ""
    content: bytes | None = None
    complete: bool = False
    created: int = 0
    channels: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sight:
    """One thing that became visible: a message `posted`, `edited`, `deleted` or `whispered` (ephemeral, to one)."""

    at: datetime
    what: str
    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] | None
    to: str | None


@dataclass
class Workspace:
    """A workspace with the app in it. `seen` is what people saw, apart from what the bot was told.

    `org` is the organization it is in, "" for none; `by_org` says that the organization installed the app.
    """

    id: str
    name: str
    domain: str
    bot_user: str
    bot_token: str
    scopes: tuple[str, ...] = ()
    installed: bool = True
    revoked: bool = False
    org: str = ""
    by_org: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    notices: dict[str, list[Json]] = field(default_factory=dict)
    seen: list[Sight] = field(default_factory=list)
    counter: int = 0

    @property
    def bot_id(self) -> str:
        """Returns the B... id under which the app's posts appear."""
        return BOT_PREFIX + self.bot_user[1:]

    def new_id(self, prefix: str) -> str:
        """Returns an id that is new in this workspace; another workspace may have the same one."""
        self.counter += 1
        return f"{prefix}{self.counter:08d}"

    def view(self, view_id: str) -> View | None:
        """Returns an open form or a Home tab by its id."""
        open_views = [*self.homes.values(), *(one for stack in self.modals.values() for one in stack)]
        return next((one for one in open_views if one.id == view_id), None)

    def named(self, name: str) -> Conversation | None:
        """Returns the channel with this name."""
        found = (one for one in self.conversations.values() if one.kind in ("channel", "private"))
        return next((one for one in found if one.name == name), None)

    def direct(self, kind: str, members: list[str]) -> Conversation | None:
        """Returns the DM (`im`) or group DM (`mpim`) of exactly these people."""
        wanted = set(members)
        found = (one for one in self.conversations.values() if one.kind == kind)
        return next((one for one in found if set(one.members) == wanted), None)
