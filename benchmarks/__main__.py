"""`make bench`: everything that is measured, in one run."""

import platform
import sqlite3
import tempfile
from pathlib import Path

from benchmarks import buttons, give, pictures, starting
from benchmarks.measuring import head, show
from storage.database import Database


def main() -> None:
    """Says what it runs on, and measures."""
    with tempfile.TemporaryDirectory(prefix="good-turn-") as made:
        folder = Path(made)
        head("This machine")
        _show_machine(folder)
        for measured in (give, buttons, pictures, starting):
            measured.run(folder)


def _show_machine(folder: Path) -> None:
    database = Database(f"sqlite:///{folder / 'machine.db'}")
    with database.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
        }
    database.close()
    show("Python", platform.python_version())
    show("SQLite", sqlite3.sqlite_version)
    show("journal mode", str(pragmas["journal_mode"]).upper())
    show("synchronous", {2: "FULL", 3: "EXTRA"}.get(int(pragmas["synchronous"] or 0), "less than FULL"))


main()
