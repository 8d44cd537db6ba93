"""PRIVACY.md says of every table and every column what it is; of what stands there, everything is a table or a column."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from handlers import uninstalling
from storage import backup, outbox, tables, wiping

ROOT = Path(__file__).parent.parent
PRIVACY = (ROOT / "PRIVACY.md").read_text()
ROWS = {row[1]: row[2] for row in re.finditer(r"^\| `(\w+)` \| (.+) \|$", PRIVACY, re.MULTILINE)}
# What holds what somebody wrote, wherever it stands.
WORDS = {
    ("acts", "words"), ("marks", "words"), ("asks", "words"), ("asks", "topics"), ("introduction_sides", "line"),
    ("introduction_sides", "words"), ("callbacks", "about"), ("callbacks", "note"),
}  # fmt: skip


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_and_every_column_is_named(table: Any) -> None:
    named = set(re.findall(r"`(\w+)`", ROWS[table.name]))
    assert {column.name for column in table.columns} - {"team_id"} <= named


@pytest.mark.parametrize("name", ROWS)
def test_nothing_is_named_that_is_not_there(name: str) -> None:
    table = SQLModel.metadata.tables[name]
    holds = ROWS[name].split(" | ")[0]
    assert set(re.findall(r"`(\w+)`", holds)) <= {column.name for column in table.columns}


@pytest.mark.parametrize("name", ROWS)
def test_each_says_what_why_and_for_how_long(name: str) -> None:
    assert len([part for part in ROWS[name].split(" | ") if part.strip()]) == 3


def test_what_goes_with_time_is_marked_as_words() -> None:
    from storage.retention import BLANK

    assert {(str(table.__tablename__), name) for table, blanks in BLANK.items() for name in blanks} == WORDS
    for table in {table for table, _ in WORDS}:
        assert "*words*" in ROWS[table], table
    assert {name for name, row in ROWS.items() if "*words*" in row} == {table for table, _ in WORDS}


def test_the_times_are_those_of_the_program() -> None:
    assert f"{uninstalling.GRACE.days} days" in ROWS["workspaces"]
    assert f"{outbox.KEEP.days} days" in ROWS["outbox"]
    assert f"{wiping.AT_ONCE_UP_TO // 1_000_000} MB" in PRIVACY
    assert (backup.DAYS, backup.WEEKS) == (7, 4)
    assert len(ROWS) == len(SQLModel.metadata.tables)
    assert tables.Erasure.__tablename__ in ROWS
