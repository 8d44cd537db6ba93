"""`make simulate`: many seeds and many kills on both databases, and what came of them. Ends with 1 when there is a fault."""

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import structlog

from storage.database import Database
from tests import postgres
from tests.simulation.killing import Killed, kill_often, try_under_load
from tests.simulation.rolling import Shift
from tests.simulation.runs import BOTH, Totals, run_all
from tests.simulation.shapes import NUDGED, USUAL, Shape
from tests.simulation.stepping import STORIES, end_at_steps

SHAPES = {"three weeks": USUAL, "three months of nudges": NUDGED}
AT_ONCE = 25  # seeds for one worker at a time


def main() -> int:
    """Runs the seeds and the kills, and prints the totals."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=50, help="how many, from --first on")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--kills", type=int, default=0, help="how often the real program is killed")
    parser.add_argument(
        "--together", type=float, default=0, metavar="MINUTES", help="of virtual time for three programs at once"
    )
    parser.add_argument("--steps", action="store_true", help="end the program at each step of some stories")
    parser.add_argument("--database", choices=list(BOTH), action="append", help="one of them; both without it")
    given = parser.parse_args()
    is_good = True
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for name in given.database or BOTH:
            for what, shape in SHAPES.items() if given.seeds else ():
                totals = _run_seeds(pool, name, range(given.first, given.first + given.seeds), shape)
                _say(f"{name}, {what}: {totals}")
                is_good = is_good and not totals.bad
    if given.steps:
        for what in STORIES:
            ends, totals = _end(what)
            _say(f"{what}, ended at each of {ends} steps: {totals}")
            is_good = is_good and not totals.bad
    for name in given.database or BOTH if given.kills else ():
        killed = _kill(name, given.kills)
        _say(f"{name}: {killed}")
        is_good = is_good and killed.is_good
    if given.together:
        shift = Shift(given.together, given.first)
        killed = _work(shift)
        _say(f"{shift}, PostgreSQL: {killed}")
        is_good = is_good and killed.is_good
    return 0 if is_good else 1


def _run_seeds(pool: ProcessPoolExecutor, name: str, numbers: range, shape: Shape) -> Totals:
    totals = Totals()
    parts = [numbers[first : first + AT_ONCE] for first in range(0, len(numbers), AT_ONCE)]
    for part in pool.map(_run_part, [name] * len(parts), parts, [shape] * len(parts)):
        totals.join(part)
        for number, faults in part.bad:
            _say(f"seed {number} on {name}: {faults}")
    return totals


def _end(what: str) -> tuple[int, Totals]:
    _be_quiet()
    with BOTH["SQLite"]() as fresh:
        return end_at_steps(what, fresh)


def _be_quiet() -> None:
    logging.disable(logging.CRITICAL)  # what goes wrong here goes wrong on purpose, thousands of times
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def _run_part(name: str, numbers: range, shape: Shape) -> Totals:
    _be_quiet()
    with BOTH[name]() as fresh:
        return run_all(numbers, fresh, shape=shape)


def _kill(name: str, kills: int) -> Killed:
    with tempfile.TemporaryDirectory() as folder, _on_disk(name, Path(folder)) as database:
        return kill_often(database, Path(folder), kills)


def _work(shift: Shift) -> Killed:
    with tempfile.TemporaryDirectory() as folder, postgres.running() as database:
        return try_under_load(database, Path(folder), shift)


@contextmanager
def _on_disk(name: str, folder: Path) -> Iterator[Database]:
    if name == "PostgreSQL":
        with postgres.running() as database:
            yield database
        return
    file = Database(f"sqlite:///{folder}/good_turn.db")
    yield file
    file.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
