"""Migrations bring any older database to what the code expects, and touch none that is newer."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect
from sqlmodel import SQLModel

from storage import migrate
from storage.database import Database, migration_engine
from tests.storage.rows import a_member

ROOT = Path(__file__).parent.parent.parent


def _set_version(database: Database, version: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")


def test_a_fresh_database_gets_every_table_and_is_then_left_alone(bare: Database) -> None:
    with bare.engine.connect() as connection:
        assert migrate.version(connection) is None
    migrate.upgrade(bare)
    with bare.transaction() as session:
        ana = a_member(session).id
    migrate.upgrade(bare)
    with bare.engine.connect() as connection:
        assert migrate.version(connection) == migrate.newest()
        assert set(SQLModel.metadata.tables) | {"alembic_version"} == set(inspect(connection).get_table_names())
    with bare.transaction() as session:
        assert a_member(session).id == ana


def test_the_migrations_end_at_the_tables_of_the_code(bare: Database) -> None:
    migrate.upgrade(bare)
    with bare.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        tables = inspect(connection)
        for name, table in SQLModel.metadata.tables.items():
            found = {str(one["name"]): one["sqltext"] for one in tables.get_check_constraints(name)}
            ours = {str(one.name): str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)}
            assert set(found) == set(ours)
            assert found == ours or bare.url.get_backend_name() == "postgresql", "PostgreSQL says it in its own words"


def test_a_database_of_a_newer_program_is_refused_and_stays_as_it_is(bare: Database) -> None:
    migrate.upgrade(bare)
    _set_version(bare, "9999")
    with pytest.raises(migrate.DatabaseIsNewer, match=f"version 9999, and this program knows {migrate.newest()}"):
        migrate.upgrade(bare)
    with bare.engine.connect() as connection:
        assert migrate.version(connection) == "9999"


def test_a_migration_that_fails_leaves_nothing_behind(bare: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_connection: Any) -> None:
        raise RuntimeError("rows point nowhere")

    monkeypatch.setattr(migrate, "_check_foreign_keys", fail)
    with pytest.raises(migrate.NotMigrated, match=r"^RuntimeError$") as failed:
        migrate.upgrade(bare)
    assert str(failed.value.__cause__) == "rows point nowhere"
    with bare.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []


def test_rows_that_point_nowhere_are_noticed_after_a_migration(sqlite_file: Any) -> None:
    database = Database(f"sqlite:///{sqlite_file}")
    engine = migration_engine(database.url)
    with engine.begin() as connection:
        migrate._check_foreign_keys(connection)
        connection.exec_driver_sql(
            "INSERT INTO drafts (team_id, id, member_id, body, created_at) VALUES ('T1', 'd', 'nobody', '', '')"
        )
        with pytest.raises(migrate.NotMigrated, match="1 rows would point nowhere"):
            migrate._check_foreign_keys(connection)
    engine.dispose()
    database.close()


def test_contributors_can_ask_alembic_whether_a_migration_is_missing_and_go_all_the_way_back(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/own.db"
    config = Config(toml_file=ROOT / "pyproject.toml", cmd_opts=Namespace(x=[f"url={url}"]))
    command.upgrade(config, "head")
    command.check(config)
    command.downgrade(config, "base")
    database = Database(url)
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    database.close()
