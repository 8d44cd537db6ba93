"""The program ended at each of its steps in turn, in stories that go well without it."""

from tests.simulation import runs
from tests.simulation.runs import Fresh, Totals
from tests.simulation.shapes import ASKED, INTRODUCED, SHORT, SUGGESTED, Shape

STORIES: dict[str, tuple[int, Shape]] = {
    "acts, calls and notices": (7, SHORT),
    "an introduction that led to something": (32, INTRODUCED),
    "an introduction that was taken back": (28, INTRODUCED),
    "an ask with an offer, given twice and thanked for": (9, ASKED),
    "an ask that was kept open": (10, ASKED),
    "nudges of two that were answered": (8, SUGGESTED),
}


def end_at_steps(what: str, fresh: Fresh, every: int = 1) -> tuple[int, Totals]:
    """Ends the program at each step of a story, or at every so many, in a run of its own; returns how often, and the totals."""
    number, shape = STORIES[what]
    totals = Totals()
    verdict, world = runs.run(number, fresh(), shape)
    assert verdict.is_good
    steps = range(1, world.dangers.steps + 1, every)
    for step in steps:
        database = fresh()
        totals.add(step, *runs.run(number, database, shape, kill_at=step))
        database.close()
    return len(steps), totals
