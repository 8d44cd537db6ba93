"""Three months of nudges, and weeks of asks: what a careless design of them does wrong is found, each of its harms by name.

`make simulate` runs many more seeds.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from handlers.outbound import parcels
from storage import outbox
from tests.simulation import naive, runs
from tests.simulation.careless import CARELESS
from tests.simulation.shapes import ASKS_ALONE, NUDGED

SEEDS = 4
CARELESS_SEEDS = (0, 2)


@pytest.fixture(scope="module")
def fresh() -> Iterator[runs.Fresh]:
    with runs.on_sqlite() as given:
        yield given


def test_in_three_months_nobody_is_nudged_who_is_not_to_be(fresh: runs.Fresh, figure: Callable[[str], None]) -> None:
    totals = runs.run_all(range(SEEDS), fresh, shape=NUDGED)
    figure(f"three months of nudges: {totals}")
    assert totals.bad == []
    assert totals.seen > 30 * SEEDS


def test_careless_nudges_do_not_get_away_with_it(
    fresh: runs.Fresh, figure: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "_end_of", lambda *_: None)  # whoever has left gets everything still
    shape = replace(NUDGED, calls=0, introductions=0)
    totals = runs.run_all(CARELESS_SEEDS, fresh, shape=shape, messages=CARELESS)
    harms = (
        "too often",
        "outside hours",
        "while paused",
        "after stop",
        "names who is away",
        "after leaving",
        "doubled",
    )
    figure(f"careless nudges: {', '.join(f'{totals.faults[one]} {one}' for one in harms)}")
    assert all(totals.faults[one] for one in harms)


def test_careless_asks_do_not_get_away_with_it(fresh: runs.Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "cancel", lambda *_, **__: False)  # nothing that was planned is cancelled
    totals = runs.run_all(range(8), fresh, shape=ASKS_ALONE, messages=CARELESS)
    found = {what.split(" of ")[0] for _, faults in totals.bad for name, what in faults if name == "after cancel"}
    assert "a reminder" in found
    assert totals.faults["outside hours"]


def test_a_sender_that_says_things_twice_doubles_posts_and_offers(fresh: runs.Fresh) -> None:
    totals = runs.run_all(range(4), fresh, naive.sends_then_marks, shape=ASKS_ALONE)
    found = {what.split(" of ")[0] for _, faults in totals.bad for name, what in faults if name == "doubled"}
    assert {"the post", "the offer"} <= found
