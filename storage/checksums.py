"""A table's checksum, the same of SQLite's rows and of PostgreSQL's: the sum of a hash of each row, in whatever order they come.

A row is its columns in order. NULL is "N"; anything else is a text behind its length in characters and a colon: instants as
`2026-03-02 15:00:00.000000` in UTC, days as `2026-03-02`, truth as 1 and 0, numbers in digits, bytes as hexadecimal
digits. Of its SHA-256 in UTF-8 the first eight bytes count, as a signed number.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, String, Table, TypeDecorator
from sqlalchemy.types import TypeEngine

Plain = Sequence[str | None]
_AS_KEPT = len("2026-03-02 15:00:00.000000")
_NULL = "N"


def plain_of(table: Table) -> Callable[[Sequence[Any]], list[str | None]]:
    """Returns what makes texts of a row as SQLite keeps it; PostgreSQL reads them, too. It raises ValueError for what is none."""
    moments = [number for number, column in enumerate(table.columns) if isinstance(_kind(column), DateTime)]
    others = [number for number, column in enumerate(table.columns) if isinstance(_kind(column), LargeBinary)]

    def plain(row: Sequence[Any]) -> list[str | None]:
        made = [one if one is None or one.__class__ is str else str(one) for one in row]
        for number in moments:
            if (found := made[number]) is not None and len(found) != _AS_KEPT:
                made[number] = _moment(found)
        for number in others:
            if row[number] is not None:
                made[number] = f"\\x{bytes(row[number]).hex()}"
        return made

    return plain


def canonical(row: Plain) -> str:
    """Returns a row in the one form that both sides hash."""
    return "".join([_NULL if one is None else f"{len(one)}:{one}" for one in row])


def checksum(row: str) -> int:
    """Returns the number that a row in its canonical form adds to the sum."""
    return int.from_bytes(hashlib.sha256(row.encode()).digest()[:8], "big", signed=True)


def question(table: Table) -> str:
    """Returns PostgreSQL's question for the number of rows and for their sum."""
    row = " || ".join(f"coalesce(length({one}) || ':' || {one}, '{_NULL}')" for one in map(_plain, table.columns))
    hashed = f"substring(sha256(convert_to({row}, 'UTF8')) FROM 1 FOR 8)"
    number = f"('x' || encode({hashed}, 'hex'))::bit(64)::bigint"
    return f'SELECT count(*), coalesce(sum({number}), 0) FROM "{table.name}"'  # noqa: S608 - ours


def _plain(column: Column[Any]) -> str:
    """Returns PostgreSQL's words for a column as a text."""
    named, kind = f'"{column.name}"', _kind(column)
    if isinstance(kind, String):  # Text is one, too
        return named
    if isinstance(kind, Boolean):
        return f"{named}::int::text"
    if isinstance(kind, Integer):
        return f"{named}::text"
    if isinstance(kind, DateTime):
        return f"to_char({named} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    if isinstance(kind, Date):
        return f"to_char({named}, 'YYYY-MM-DD')"
    if isinstance(kind, LargeBinary):
        return f"'\\x' || encode({named}, 'hex')"
    raise TypeError(f"{column.table.name}.{column.name}: nobody has said how a {kind!r} is written")


def _kind(column: Column[Any]) -> TypeEngine[Any]:
    """Returns a column's type without what SQLModel wraps around it."""
    kind = column.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def _moment(found: str) -> str:
    """Returns an instant as it is kept; without a zone it is UTC."""
    moment = datetime.fromisoformat(found)
    return f"{moment.astimezone(UTC) if moment.tzinfo else moment:%Y-%m-%d %H:%M:%S.%f}"
