"""Two workspaces in one database, the second with a canary in every word; and all that is said to Slack, written down."""

import hashlib
import json
import shutil
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from slack_sdk.web.base_client import BaseClient
from sqlalchemy import Connection, insert, text
from sqlmodel import SQLModel

from storage.database import Database
from tests.promises.deliveries import TEAM
from tests.storage.everything import CANARY, SLACK_ID, leave_traces

OTHER = "T2"
WORDS = f"{CANARY} "  # as it begins every word of theirs, and no id
PEOPLE = (SLACK_ID, "URAJ", "UMIRA", f"{SLACK_ID}1", "UNEW1", "UNEW2")
CHANNELS = ("C1", "C9PLAZA", "DCANARY")
_ANSWERS: dict[str, dict[str, Any]] = {
    "conversations.open": {"channel": {"id": "D1"}},
    "chat.postMessage": {"channel": "D1", "ts": "9.9"},
    "conversations.history": {"messages": []},
    "dnd.info": {"dnd_enabled": False},
    "files.getUploadURLExternal": {"upload_url": "http://127.0.0.1:9/file", "file_id": "F1"},
    "users.info": {"user": {"name": "somebody", "tz": "UTC"}},
    "views.open": {"view": {"id": "V1"}},
}


def move_in(database: Database, empty: Path) -> None:
    """Fills two workspaces: one member of theirs has the same rows in both, ids and all, and the second workspace has another."""
    scratch = Database(f"sqlite:///{shutil.copy(empty, empty.with_name('neighbours.db'))}")
    try:
        with scratch.transaction() as session:
            leave_traces(session)
        with scratch.engine.connect() as theirs, database.engine.begin() as ours:
            _copy(theirs, ours, TEAM, "Heron")
            _copy(theirs, ours, OTHER, CANARY)
        with scratch.transaction() as session:
            leave_traces(session, 1)
        with scratch.engine.connect() as theirs, database.engine.begin() as ours:
            _copy(theirs, ours, OTHER, CANARY)
            ours.execute(text("UPDATE outbox SET due_at = '2099-01-01' WHERE team_id = 'T2'"))
    finally:
        scratch.close()


def ids_of(database: Database, team: str) -> list[str]:
    """Returns every id that stands in a workspace's rows: ours, keys, channels and Slack's."""
    return sorted({one for _, one in ids_by_kind(database, team)})


def ids_by_kind(database: Database, team: str) -> Iterator[tuple[str, str]]:
    """Yields them beside table and column."""
    for table, row in _rows(database, team):
        for column, value in row.items():
            is_id = column in ("id", "subject", "about", "names", "key", "channel") or column.endswith("_id")
            if is_id and column != "team_id" and isinstance(value, str) and WORDS not in value:
                yield f"{table}.{column}", value


def hash_of(database: Database, team: str) -> str:
    """Returns a hash of all that stands in a workspace's rows."""
    told = hashlib.sha256()
    for table, row in _rows(database, team):
        told.update(repr((table, sorted(row.items()))).encode())
    return told.hexdigest()


@contextmanager
def overheard() -> Iterator[list[str]]:
    """Has Slack take whatever is said, and gives a list of it: method and fields, or what a file holds."""
    said: list[str] = []

    def perform(_client: BaseClient, url: str, request: urllib.request.Request) -> dict[str, Any]:
        method = url.rpartition("/api/")[2] or "a file"
        given: Any = request.data or b""
        body = given.read() if hasattr(given, "read") else given
        fields = urllib.parse.unquote_plus(body.decode(errors="replace"))
        said.append(f"{method} {fields}")
        return {"status": 200, "headers": {}, "body": json.dumps({"ok": True, **_ANSWERS.get(method, {})})}

    with patch.object(BaseClient, "_perform_urllib_http_request_internal", perform):
        yield said


def _copy(theirs: Connection, ours: Connection, team: str, word: str) -> None:
    """Copies what is not there yet; the words of one workspace are told from those of the other."""
    for table in SQLModel.metadata.sorted_tables:
        keys = [column.name for column in table.primary_key]
        there = {tuple(row[key] for key in keys) for row in _all(ours, table, team)}
        for row in _all(theirs, table, TEAM):
            made = {name: _renamed(value, word) for name, value in row.items()} | {"team_id": team}
            if tuple(made[key] for key in keys) not in there:
                ours.execute(insert(table).values(**made))


def _renamed(value: Any, word: str) -> Any:
    return value.replace(CANARY, word) if isinstance(value, str) else value


def _all(connection: Connection, table: Any, team: str) -> list[dict[str, Any]]:
    found = connection.execute(table.select().where(table.c.team_id == team).order_by(*table.primary_key))
    return [dict(row) for row in found.mappings()]


def _rows(database: Database, team: str) -> Iterator[tuple[str, dict[str, Any]]]:
    with database.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for row in _all(connection, table, team):
                yield table.name, row
