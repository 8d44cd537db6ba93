"""Alembic's own entry: runs migrations on the connection it is given, or compares the tables with one of its own."""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

from storage import tables
from storage.database import Database, migration_engine

assert tables.Act.__tablename__  # the tables are known to SQLModel once their module is there


def run() -> None:
    """Runs what was asked for."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _run_on(connection)
        return
    url = context.get_x_argument(as_dictionary=True).get("url", "sqlite:///data/good_turn.db")
    engine = migration_engine(Database(url).url)
    with engine.begin() as own:
        _run_on(own)


def _run_on(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


run()
