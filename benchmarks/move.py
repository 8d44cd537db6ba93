"""How long a move from SQLite to PostgreSQL takes, with a million acts and all that belongs to them."""

import resource
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.grown import LARGE, fill
from benchmarks.measuring import head, show
from benchmarks.workspace import Size
from storage import migrate, moving
from storage.database import Database
from tests import postgres

MOST_SECONDS = 180


def run(folder: Path, size: Size = LARGE) -> None:
    """Measures and prints. The server flushes as it comes, so that a commit is what it costs."""
    source = Database(f"sqlite:///{folder / 'moved.db'}")
    migrate.upgrade(source)
    fill([source], size)
    steps = dict[str, float]()
    with postgres.running() as server:
        postgres.run(server, "ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()", "CREATE DATABASE elsewhere")
        target = Database(server.url.set(database="elsewhere").render_as_string(hide_password=False))
        head(f"From SQLite to PostgreSQL: {size}")
        began = time.perf_counter()
        done = moving.move(
            source, target, datetime.now(UTC), lambda step, *_: steps.update({step: time.perf_counter()})
        )
        seconds = time.perf_counter() - began
        target.close()
    source.close()
    rows = sum(count for count, _ in done.tables.values())
    show("rows, of them acts", f"{rows:,}", f"{done.tables['acts'][0]:,}")
    show("counts and checksums", "equal")
    for step, at in steps.items():
        show(step, f"{at - began:.0f} s")
        began = at
    show("all of it", f"{seconds:.0f} s", goal=f"goal: under {MOST_SECONDS} s")
    show("memory at its most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    (folder / "moved.db").unlink()
