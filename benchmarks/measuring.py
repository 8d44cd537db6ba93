"""How a cost is measured: several rounds of each case, and the best round counts."""

import gc
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from slack_bolt import App, BoltRequest, BoltResponse

from benchmarks.slack import Signed

ROUNDS = 5

# Makes the requests of one round; signing them is Slack's work, and is not measured.
Requests = Callable[[], Sequence[Signed]]
Case = tuple[App, Requests]


class Spent(NamedTuple):
    """What something took, in milliseconds: of this program's processor time, and by the wall clock."""

    processor: float
    wall: float


def microseconds_each(cases: Mapping[str, Case]) -> dict[str, float]:
    """Returns the processor time of one request of each case, in microseconds: the best round of five.

    All threads count, and so does what the system does for them, such as the commit. A round of each case before the first
    warms up.
    """
    rounds = [{name: _round(*case) for name, case in cases.items()} for _ in range(1 + ROUNDS)]
    return {name: min(each[name] for each in rounds[1:]) for name in cases}


def milliseconds_each(
    cases: Mapping[str, Callable[[Any], object]], given: Callable[[], AbstractContextManager[Any]]
) -> dict[str, Spent]:
    """Returns what one run of each case took, the best of five; each is given something made for it alone, which is not measured.

    Those of a case follow one another, after one that warms up, as the program does one thing for many. The best of each clock by
    itself: on a server's part the processor time says nothing, and the wall clock does.
    """
    rounds = {}
    for name, case in cases.items():
        gc.collect()
        rounds[name] = [_once(case, given) for _ in range(1 + ROUNDS)][1:]
    return {name: Spent(*(min(each) for each in zip(*ones, strict=True))) for name, ones in rounds.items()}


def show(what: str, *figures: str, goal: str = "") -> None:
    """Prints one line of a table."""
    line = f"  {what:<38}" + "".join(f"{figure:>21}" for figure in figures)
    sys.stdout.write(f"{line}   {goal}".rstrip() + "\n")
    sys.stdout.flush()


def head(line: str) -> None:
    """Prints a heading."""
    sys.stdout.write(f"\n{line}\n")


def _round(app: App, requests: Requests) -> float:
    made = requests()
    gc.collect()
    before = time.process_time()
    answers = [app.dispatch(BoltRequest(body=body, headers=headers)) for body, headers in made]  # type: ignore[arg-type]
    spent = time.process_time() - before
    _check(answers)
    return spent / len(made) * 1_000_000


def _once(case: Callable[[Any], object], given: Callable[[], AbstractContextManager[Any]]) -> Spent:
    with given() as one:
        wall, processor = time.perf_counter(), time.process_time()
        case(one)
        return Spent((time.process_time() - processor) * 1000, (time.perf_counter() - wall) * 1000)


def _check(answers: Sequence[BoltResponse]) -> None:
    wrong = [one for one in answers if one.status != 200]
    if wrong:
        raise RuntimeError(f"{len(wrong)} of {len(answers)} requests failed: {wrong[0].status} {wrong[0].body}")
