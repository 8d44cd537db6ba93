"""The tables as the migrations make them could be spread over machines by workspace, as Citus does it."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from storage.database import Database

pytestmark = pytest.mark.postgres
Asked = dict[str, list[tuple[Any, ...]]]
DOCS = (Path(__file__).parent.parent.parent / "docs" / "scale.md").read_text()
KEYS = """
SELECT conrelid::regclass::text, conname, contype, confrelid::regclass::text,
  (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]),
  (SELECT attname FROM pg_attribute WHERE attrelid = confrelid AND attnum = confkey[1])
FROM pg_constraint WHERE contype IN ('p', 'u', 'f') AND connamespace = 'public'::regnamespace
AND conrelid <> 'alembic_version'::regclass"""
INDEXES = """
SELECT indexrelid::regclass::text, (SELECT attname FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[0])
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
WHERE relnamespace = 'public'::regnamespace AND indrelid <> 'alembic_version'::regclass"""
COLUMN = """
SELECT table_name, data_type, is_nullable, column_default FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = 'team_id'"""


@pytest.fixture(scope="module")
def asked(postgres: Database) -> Asked:
    with postgres.engine.connect() as connection:
        questions = {"keys": KEYS, "indexes": INDEXES, "column": COLUMN}
        return {name: [tuple(row) for row in connection.execute(text(one))] for name, one in questions.items()}


def test_each_key_begins_with_the_workspace(asked: Asked) -> None:
    assert {kind for _, _, kind, *_ in asked["keys"]} == {"p", "u", "f"}
    assert [row for row in asked["keys"] if row[4] != "team_id"] == []
    assert {row[0] for row in asked["keys"] if row[2] == "p"} == set(SQLModel.metadata.tables)


def test_each_row_points_only_into_its_own_workspace(asked: Asked) -> None:
    assert [row for row in asked["keys"] if row[2] == "f" and row[5] != "team_id"] == []


def test_each_index_begins_with_the_workspace(asked: Asked) -> None:
    assert len(asked["indexes"]) > len(SQLModel.metadata.tables)
    assert [row for row in asked["indexes"] if row[1] != "team_id"] == []


def test_the_workspace_is_written_alike_everywhere_and_always_there(asked: Asked) -> None:
    assert {row[0] for row in asked["column"]} == set(SQLModel.metadata.tables)
    assert {row[1:] for row in asked["column"]} == {("character varying", "NO", None)}


def test_no_table_counts_by_itself(postgres: Database) -> None:
    with postgres.engine.connect() as connection:
        sequences = text("SELECT count(*) FROM pg_sequences WHERE schemaname = 'public'")
        assert connection.execute(sequences).scalar_one() == 0


def test_the_docs_spread_every_table_those_first_to_which_others_point() -> None:
    named = re.findall(r"create_distributed_table\('(\w+)', 'team_id'", DOCS)
    assert sorted(named) == sorted(SQLModel.metadata.tables)
    for table in SQLModel.metadata.sorted_tables:
        for key in table.foreign_keys:
            other = key.column.table.name
            assert other == table.name or named.index(other) < named.index(table.name), (other, table.name)
