"""What every table shares: how a condition is written for both engines."""

from typing import Any

from sqlalchemy import text

# SQLite keeps a row in its primary key's own tree: a page less to write for each row, and our ids are in order of time anyway.
CLUSTERED = {"sqlite_with_rowid": False}


def one_of(column: str, words: tuple[str, ...]) -> str:
    """Returns the condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def where(condition: str) -> dict[str, Any]:
    """Keeps an index to the rows of which this is true."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
