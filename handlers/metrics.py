"""What is counted and measured while the program runs, in the text form that Prometheus reads.

Ours, since it is a page of code: the usual library adds 27 ms to the start and a dependency, and most of what is told here is
asked of the database at the moment. No label holds a person or a workspace.
https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

import threading
from collections.abc import Iterator
from typing import Literal

from storage.database import Database

Counter = Literal[
    "send_total", "unknown_outcomes_total", "lookup_total", "inbox_duplicates_total", "slack_429_total", "db_busy_total"
]
Histogram = Literal["ack_seconds", "db_commit_seconds", "send_late_seconds"]
Gauge = Literal[
    "outbox_oldest_due_seconds",
    "outbox_state",
    "socket_num_connections",
    "socket_pong_age_seconds",
    "backup_age_seconds",
]

HELP: dict[str, str] = {
    "send_total": "Rows of the outbox that were tried, by kind and by what became of them.",
    "send_late_seconds": "How long after its time a message was said.",
    "unknown_outcomes_total": "Posts of which Slack did not say whether they were made.",
    "lookup_total": "Looks for a post that may have been made, by what they found.",
    "inbox_duplicates_total": "Requests that Slack delivered again and that were answered from what stood.",
    "ack_seconds": "From a request's arrival to its acknowledgement.",
    "slack_429_total": "Calls of the sender that Slack put off because there were too many.",
    "db_commit_seconds": "How long commits took.",
    "db_busy_total": "Transactions that the database had no room for: busy, full or away.",
    "outbox_oldest_due_seconds": "For how long the longest due row has waited; 0 when nothing is due.",
    "outbox_state": "Rows of the outbox, by state.",
    "socket_num_connections": "Sockets that Slack counts for this app.",
    "socket_pong_age_seconds": "How long ago a socket last answered.",
    "backup_age_seconds": "How old the newest backup is.",
}
# Upper bounds in seconds. Slack gives a request 3 s, and we aim at 1; a commit takes milliseconds; a message is late after 2 min.
BOUNDS: dict[str, tuple[float, ...]] = {
    "ack_seconds": (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
    "db_commit_seconds": (0.001, 0.005, 0.01, 0.05, 0.25, 1, 2),
    "send_late_seconds": (1, 5, 15, 60, 120, 300, 3600),
}
_Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counters, gauges and histograms, for any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: dict[str, dict[_Labels, float]] = {name: {} for name in HELP if name not in BOUNDS}
        self._observed: dict[str, list[int]] = {name: [0] * len(bounds) for name, bounds in BOUNDS.items()}
        self._sums: dict[str, tuple[int, float]] = dict.fromkeys(BOUNDS, (0, 0.0))

    def watch(self, database: Database) -> None:
        """Has a database tell what is measured of it."""
        database.on_commit = lambda seconds: self.observe("db_commit_seconds", seconds)
        database.on_busy = lambda: self.count("db_busy_total")
        database.on_duplicate = lambda: self.count("inbox_duplicates_total")

    def count(self, name: Counter, **labels: str) -> None:
        """Counts one more."""
        key = tuple(sorted(labels.items()))
        with self._lock:
            self._values[name][key] = self._values[name].get(key, 0) + 1

    def gauge(self, name: Gauge, value: float | None, **labels: str) -> None:
        """Notes what something stands at now; None takes it out."""
        key = tuple(sorted(labels.items()))
        with self._lock:
            if value is None:
                self._values[name].pop(key, None)
            else:
                self._values[name][key] = value

    def observe(self, name: Histogram, seconds: float) -> None:
        """Notes how long something took."""
        with self._lock:
            count, total = self._sums[name]
            self._sums[name] = count + 1, total + seconds
            for place, bound in enumerate(BOUNDS[name]):
                self._observed[name][place] += seconds <= bound

    def text(self) -> str:
        """Returns all of it, as Prometheus reads it."""
        with self._lock:
            return "".join(f"{line}\n" for name in HELP for line in self._lines(name))

    def _lines(self, name: str) -> Iterator[str]:
        kind = "histogram" if name in BOUNDS else "counter" if name.endswith("_total") else "gauge"
        yield f"# HELP {name} {HELP[name]}"
        yield f"# TYPE {name} {kind}"
        for labels, value in sorted(self._values.get(name, {}).items()):
            shown = ",".join(f'{label}="{_escaped(said)}"' for label, said in labels)
            yield f"{name}{{{shown}}} {value:g}" if shown else f"{name} {value:.10g}"
        if name in BOUNDS:
            count, total = self._sums[name]
            for bound, below in zip(BOUNDS[name], self._observed[name], strict=True):
                yield f'{name}_bucket{{le="{bound:g}"}} {below}'
            yield f'{name}_bucket{{le="+Inf"}} {count}'
            yield f"{name}_sum {total:.10g}"
            yield f"{name}_count {count}"


def _escaped(said: str) -> str:
    return said.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
