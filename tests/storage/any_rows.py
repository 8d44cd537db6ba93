"""Rows of every table, with any text that there is in them, and nothing of what their meaning would allow."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, DateTime, Integer, Table, insert
from sqlmodel import SQLModel

from storage.checksums import _kind
from storage.database import Database

# Of these each table takes one row at a time; what a condition asks for beyond one list of words is said here.
ASKED: dict[str, dict[str, Any]] = {
    "acts": {"helped_id": None, "reverses": None},
    "callbacks": {"contact_id": None, "every": None, "starts": None},
    "callback_turns": {"ended": None, "ended_at": None},
    "introduction_sides": {"contact_id": None},
    "items": {"kind": "news"},
    "outbox": {"target": None},
}
NASTY = ["", "\\", "\\N", "\t", "\n", "\r\n", "'", '"', "N", "1:N", "\x01\x1f\x7f\x85", "\u2028", "\ufeff", "\uffff", "%s",
         "\U0010ffff", "e\u0301", "\u00e9", "\u202e", "\U0001f469\u200d\U0001f467", "NULL", "{}", "\\x00", "\\."]  # fmt: skip


def any_text(chance: Random, most: int = 12) -> str:
    """Returns a text of any characters, of which there is no NUL and no half of a pair."""
    if chance.random() < 0.3:
        return chance.choice(NASTY)
    top = chance.choice((0x7F, 0x24F, 0xFFFF, 0x10FFFF))
    points = (chance.randrange(1, top + 1) for _ in range(chance.randrange(most)))
    return "".join(chr(one) for one in points if not 0xD800 <= one < 0xE000)


def fill(database: Database, rounds: int, seed: int = 1, text: Callable[[Random], str] = any_text) -> dict[str, int]:
    """Adds so many rows to each table, each of another workspace, and returns how many each has."""
    chance = Random(seed)
    with database.transaction() as session:
        for number in range(rounds):
            made: dict[str, dict[str, Any]] = {}
            for table in SQLModel.metadata.sorted_tables:
                made[table.name] = _row(
                    table, f"T{number + seed * 1_000_000}", number + seed * 1_000_000, chance, made, text
                )
                session.connection().execute(insert(table), made[table.name])
    return dict.fromkeys(SQLModel.metadata.tables, rounds)


def _row(
    table: Table, team: str, number: int, chance: Random, made: dict[str, Any], text: Callable[[Random], str]
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        row[column.name] = _value(column, number, chance, text)
    for name, words in _words(table).items():
        if row[name] is not None:
            row[name] = chance.choice(words)
    for key in table.foreign_key_constraints:
        for column, one in zip(key.columns, key.elements, strict=True):
            parent = made.get(one.column.table.name)  # not there yet where a table points to itself
            if parent is not None:
                row[column.name] = parent[one.column.name]
    return row | ASKED.get(table.name, {}) | {"team_id": team}


def _words(table: Table) -> dict[str, list[str]]:
    checks = [str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)]
    found = [re.search(r"(\w+) IN \((.+)\)", one) for one in checks]
    return {one[1]: re.findall(r"'(.*?)'", one[2]) for one in found if one}


def _value(column: Column[Any], number: int, chance: Random, text: Callable[[Random], str]) -> Any:
    kind = _kind(column)
    if column.nullable and not column.foreign_keys and chance.random() < 0.3:
        return None
    if isinstance(kind, DateTime):
        return datetime(1999, 1, 1, tzinfo=UTC) + timedelta(microseconds=chance.randrange(2**50))
    if isinstance(kind, Date):
        return date(2020, 1, 1) + timedelta(days=chance.randrange(5_000))
    if isinstance(kind, Integer):
        return number if column.primary_key else chance.randrange(7)
    if kind.python_type is bool:
        return chance.random() < 0.5
    return (
        f"{number}:{text(chance)}" if column.primary_key or column.name in ("key", "slack_id", "url") else text(chance)
    )


def all_of(database: Database) -> dict[str, list[Any]]:
    """Returns all rows of all tables, as the program reads them."""
    with database.engine.connect() as connection:
        everywhere = connection.execution_options(across_workspaces=True)
        return {
            table.name: sorted((tuple(row) for row in everywhere.execute(table.select())), key=repr)
            for table in SQLModel.metadata.sorted_tables
        }
