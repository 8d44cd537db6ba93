"""`make bench`: everything that is measured, in one run.

`make bench ONLY="give grown"` measures these alone, and `make bench QUICK=1` the small workspace without the large one.
"""

import argparse
import platform
import sqlite3
import tempfile
from pathlib import Path

from benchmarks import buttons, give, grown, move, pictures, processes, scale, starting
from benchmarks.measuring import head, show
from storage.database import Database

MEASURED = {
    "give": give.run,
    "buttons": buttons.run,
    "pictures": pictures.run,
    "starting": starting.run,
    "grown": grown.run,
    "move": move.run,
    "scale": scale.run,
    "processes": processes.run,
}


def main() -> None:
    """Says what it runs on, and measures."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures what things cost.")
    asked.add_argument("only", nargs="*", metavar="NAME", help=f"of {', '.join(MEASURED)}; everything if none is named")
    asked.add_argument("--quick", action="store_true", help="leave the workspace of a million acts out")
    options = asked.parse_args()
    if unknown := [name for name in options.only if name not in MEASURED]:
        asked.error(f"nothing is called {unknown[0]}")
    if options.quick:
        MEASURED["grown"] = lambda folder: grown.run(folder, (grown.SMALL,))
        MEASURED["move"] = lambda folder: move.run(folder, grown.SMALL)
        MEASURED["scale"] = lambda folder: scale.run(folder, (16,))
    with tempfile.TemporaryDirectory(prefix="good-turn-") as made:
        folder = Path(made)
        head("This machine")
        _show_machine(folder)
        for name in options.only or MEASURED:
            MEASURED[name](folder)


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


if __name__ == "__main__":
    main()
