"""Connections to PostgreSQL that come to an end, whatever becomes of the server or of the network on the way to it.

By itself it waits without end: for a lock, for a statement, and for an answer of a machine that is there no more.
"""

import time
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL

if TYPE_CHECKING:  # installed only where PostgreSQL is used
    from psycopg import Connection
    from psycopg.abc import RV, PQGen

# Longer than a lock is waited for. No statement of a request takes a tenth of it, and of those for which nobody waits, figures
# and forgetting, none that is as it should be. Migrations have an engine of their own, which knows no such limit.
STATEMENT_MS = 3_000
# Longer than that, so that a server which lives speaks first. What is silent then is given up by us: a machine that stands
# still, or a proxy whose other end is gone, acknowledges every packet, so that neither the server's limit nor TCP's is met.
SILENT_SECONDS = 4.0
# We ask for few rows by their keys, and these are in memory or on a disk without arms. As it comes, PostgreSQL takes a look at
# one row for so dear that it read every act that was ever taken back rather than look for a few hundred; and it compiled
# statements, for longer than they take.
_PLANS = "-c random_page_cost=1.1 -c jit=off"
NAME = "good-turn"  # by which the server knows the connections of programs
# For connections that lie idle: one whose other end is gone is found out before somebody takes it and waits.
_KEEPALIVES = {"keepalives": 1, "keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}


def make_engine(url: URL, busy_ms: int) -> Engine:
    """Returns an engine whose connections wait for others, and for a connection, no longer than `busy_ms`."""
    limits = f"-c lock_timeout={busy_ms} -c statement_timeout={STATEMENT_MS} {_PLANS}"
    ends = {"connect_timeout": max(busy_ms // 1000, 1), "tcp_user_timeout": int(SILENT_SECONDS * 1000), **_KEEPALIVES}
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=busy_ms / 1000,
        hide_parameters=True,
        connect_args={"options": limits, "application_name": NAME, **ends},
    )
    event.listen(engine, "do_connect", _connect)
    return engine


def _connect(_dialect: Any, _record: Any, words: Any, named: Any) -> "Connection[Any]":
    return _impatient().connect(*words, **named)


@cache
def _impatient() -> "type[Connection[Any]]":
    from psycopg import Connection, OperationalError

    class Impatient(Connection[Any]):
        """A connection that gives a silent server up, and is closed then."""

        def wait(self, gen: "PQGen[RV]", interval: float = 0.1, timeout: float | None = None) -> "RV":
            """Waits for what the server says, for so long at the most."""
            began, longest = time.monotonic(), SILENT_SECONDS if timeout is None else timeout
            try:
                return super().wait(gen, interval, longest)
            except OperationalError:
                if time.monotonic() - began < longest:
                    raise  # it was the server that said so
            self.close()
            raise OperationalError("the server is silent")

    return Impatient
