"""The rehearsal of a restore: a backup is made, put back in a place of its own, and worked with there, step by step.

The database that is in use is only read, and nothing is said to anybody.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from handlers.metrics import Metrics
from handlers.outbound.sender import Sender
from handlers.requests import Clock
from handlers.routes import Rendered, Renderer
from handlers.serving.checks import run_checks
from storage import backup, migrate
from storage.condition import asking
from storage.database import Database, Session
from storage.restore import restore
from storage.tables import Outgoing


class DrillFailed(Exception):
    """A step of the rehearsal did not come out as it must."""


@dataclass(frozen=True)
class Step:
    """A step that was done: how long it took in seconds, and what came of it."""

    name: str
    seconds: float
    says: str


class Nobody(WebClient):
    """A client that reaches nobody: it answers by itself, that all was done, and that nothing was there before."""

    def __init__(self) -> None:
        super().__init__("", retry_handlers=[])
        self.calls: list[str] = []

    def api_call(self, api_method: str, **_: Any) -> SlackResponse:
        """Notes the call and answers it."""
        self.calls.append(api_method)
        answer = {
            "ok": True,
            "ts": f"{len(self.calls)}.0",
            "channel": "D0",
            "messages": [],
            "upload_url": "http://x/",
            "file_id": "F0",
        }
        if api_method == "conversations.open":
            answer["channel"] = {"id": "D0"}
        return SlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=answer, headers={}, status_code=200
        )

    def _perform_urllib_http_request_internal(self, *_: Any) -> dict[str, Any]:
        """Takes a file's bytes."""
        return {"status": 200, "headers": {}, "body": ""}


@dataclass
class _Time:
    """A clock that is moved on where the sender keeps a pace: nobody has to wait for what nobody reads."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Drill:
    """A rehearsal, in a folder that is gone afterwards. `messages` are the words for each kind of message."""

    database: Database
    clock: Clock
    messages: Mapping[str, Renderer]
    folder: Path
    client: Nobody = field(default_factory=Nobody)
    speechless: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.restored = Database(f"sqlite:///{self.folder}/restored.db")

    @property
    def copy(self) -> Path:
        """The backup that is made."""
        return self.folder / "backup.db"

    def steps(self) -> Iterator[Step]:
        """Does one step after the other and yields each that came out as it must; raises what ends it."""
        try:
            yield _timed("backup", self._back_up)
            yield _timed("restore", self._restore)
            yield _timed("counts", self._compare)
            yield _timed("checks", self._check)
            yield _timed("sender", self._send)
        finally:
            self.restored.close()

    def _back_up(self) -> str:
        backup.write(self.database, self.copy)
        return f"{self.copy.stat().st_size / 1e6:.1f} MB, looked through"

    def _restore(self) -> str:
        done = restore(self.copy, self.restored, self.clock())
        return f"the tables are at version {done.version}; rows: {sum(done.rows.values())}"

    def _compare(self) -> str:
        found, before = _look_into(self.copy)
        if found != migrate.newest():
            return "compared while the tables were brought up to date"
        _, after = _look_into(self.folder / "restored.db")
        lost = [
            f"{table} {rows}, now {after.get(table, 0)}" for table, rows in before.items() if after.get(table) != rows
        ]
        if lost:
            raise DrillFailed(f"other numbers of rows than in the backup: {', '.join(lost)}")
        return f"each of {len(before)} tables has as many rows as in the backup"

    def _check(self) -> str:
        failing = [check.says for check in run_checks(self.restored, self.clock()) if not check.ok]
        if failing:
            raise DrillFailed(" ".join(failing))
        return "what readiness asks of a database holds"

    def _send(self) -> str:
        now = _Time(self.clock())
        messages = {kind: self._noticing(render) for kind, render in self.messages.items()}
        sender = Sender(self.restored, now, messages, lambda _: self.client, Metrics())
        taken = sender.send_due()
        while sender.free_at is not None:
            now.now = max(now.now, sender.free_at)
            taken += sender.send_due()
        if self.speechless:
            raise DrillFailed(f"words could not be made for {len(self.speechless)} rows ({', '.join(self.speechless)})")
        said = self.client.calls.count("chat.postMessage")
        looked = self.client.calls.count("conversations.history")
        return f"{taken} rows taken: {looked} looked for, {said} messages made, for nobody"

    def _noticing(self, render: Renderer) -> Renderer:
        """Returns what makes words as before, and notices where it cannot."""

        def noticed(session: Session, row: Outgoing, now: datetime) -> Rendered:
            try:
                return render(session, row, now)
            except Exception as error:
                self.speechless.append(type(error).__name__)
                raise

        return noticed


def rehearse(
    database: Database, clock: Clock, messages: Mapping[str, Renderer], beside: Path, say: Callable[[Step], None]
) -> float:
    """Rehearses a restore in a folder beside the backups, says each step, and returns how long all took in seconds.

    Raises DrillFailed, and whatever a backup and a restore raise.
    """
    beside.mkdir(parents=True, exist_ok=True)
    total = 0.0
    said_to_nobody = structlog.contextvars.bound_contextvars(drill=True)  # its lines are none of the running program's
    with backup.room(beside, ".drill-", clock()) as folder, said_to_nobody:
        for step in Drill(database, clock, messages, folder).steps():
            say(step)
            total += step.seconds
    return total


def _timed(name: str, do: Callable[[], str]) -> Step:
    began = time.perf_counter()
    says = do()
    return Step(name, time.perf_counter() - began, says)


def _look_into(file: Path) -> tuple[str | None, dict[str, int]]:
    """Returns the version of a file's tables, and how many rows each has."""
    database = Database(f"sqlite:///{file}")
    try:
        with asking(database) as session:
            return migrate.version(session.connection()), migrate.counts(session.connection())
    finally:
        database.close()
