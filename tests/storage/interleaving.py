"""One transaction in the middle of another: at each gap between two statements of the first, the second one runs.

A second that the database has wait for the first runs on once the first is over. SQLite lets no writer in between, so there
each second one runs before the first or after it.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from functools import partial
from typing import Any

from sqlalchemy import event

from storage.database import Database, Session

HELD_UP = 0.05  # s, after which a second transaction that has not ended is taken to wait for the first
Do = Callable[[Session], Any]


def each_gap(database: Database, arrange: Callable[[int], tuple[Do, Do]]) -> Iterator[tuple[Any, Any]]:
    """Yields what came of a first and a second transaction, the second begun at each gap of the first in turn.

    `arrange` makes rows of their own for the gap of this number, and returns the two.
    """
    gap, was_reached = 0, True
    url = database.url.render_as_string(hide_password=False)
    with closing(Database(url)) as other, ThreadPoolExecutor(1) as pool:
        while was_reached:
            gap += 1
            first, second = arrange(gap)
            begin = partial(pool.submit, _run, other, second)
            with _in_between(database, gap, begin) as begun:
                answer = _run(database, first)
            was_reached = bool(begun)
            if was_reached:
                yield answer, begun[0].result()
    assert gap > 2, "the first has no gap"


def _run(database: Database, do: Do) -> Any:
    with database.transaction() as session:
        return do(session)


@contextmanager
def _in_between(database: Database, gap: int, begin: Callable[[], Future[Any]]) -> Iterator[list[Future[Any]]]:
    """Has something begun at one gap: before a statement or, last, before the commit. Gives what was begun."""
    count, begun = 0, list[Future[Any]]()

    def pass_by(*_: object) -> None:
        nonlocal count
        count += 1
        if count == gap:
            begun.append(begin())
            wait(begun, HELD_UP)

    moments = ("before_cursor_execute", "commit")
    for moment in moments:
        event.listen(database.engine, moment, pass_by)
    yield begun
    for moment in moments:
        event.remove(database.engine, moment, pass_by)
