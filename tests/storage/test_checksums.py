"""A table's checksum is the same on both sides, whatever stands in its rows."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_of
from sqlmodel import SQLModel

from storage import checksums
from storage.database import Database


@pytest.fixture(scope="module")
def looking(postgres: Database) -> Iterator[Any]:
    """A connection in which each row of a table is there alone."""
    with postgres.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE looked (LIKE members INCLUDING DEFAULTS)")
        yield connection.connection.driver_connection
        connection.rollback()


members = SQLModel.metadata.tables["members"]
anything = any_of.text(any_of.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=anything, zone=anything, country=any_of.none() | anything, is_bot=any_of.booleans(), at=any_of.datetimes())
def test_both_sides_come_to_the_same_sum_whatever_stands_in_a_row(
    looking: Any, name: str, zone: str, country: str | None, is_bot: bool, at: Any
) -> None:
    columns: dict[str, Any] = dict.fromkeys(members.columns.keys())
    columns |= {one.name: 0 for one in members.columns if one.name.startswith("is_")}
    columns |= {
        "team_id": "T1",
        "id": zone,
        "slack_id": name,
        "name": name,
        "zone": zone,
        "locale": "",
        "country": country,
    }
    columns |= {"is_bot": int(is_bot), "created_at": f"{at:%Y-%m-%d %H:%M:%S.%f}".zfill(26), "works_from": 540}
    row = checksums.plain_of(members)(list(columns.values()))
    looking.execute("TRUNCATE looked")
    with looking.cursor() as cursor, cursor.copy(f"COPY looked ({', '.join(columns)}) FROM STDIN") as copy:
        copy.write_row(row)
    asked = checksums.question(members).replace('"members"', "looked")
    assert looking.execute(asked).fetchone() == (1, checksums.checksum(checksums.canonical(row)))


def test_two_rows_that_would_read_alike_without_their_lengths_differ() -> None:
    one, other = ["a", "1:b", None], ["a1:", "b", None]
    assert checksums.canonical(one) != checksums.canonical(other)
    assert checksums.canonical([None]) != checksums.canonical(["N"])
    assert checksums.canonical([""]) != checksums.canonical([None])


@pytest.mark.parametrize("table", SQLModel.metadata.sorted_tables, ids=lambda table: table.name)
def test_of_every_column_it_is_known_how_it_is_written(table: Any) -> None:
    assert checksums.question(table).count("coalesce(length") == len(table.columns)
