"""The two pictures in a program of their own: the first one with matplotlib's loading, the next ones, and what they weigh."""

import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import head, show

ROOT = Path(__file__).parent.parent
MOST_MILLISECONDS, MOST_KILOBYTES = 1_000, 150
PROGRAM = """
import resource, time
from datetime import date, timedelta
from handlers.views.network_picture import Tie, my_network
from handlers.views.pictures import COLORS, Week, help_by_week

def most():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000

weeks = [Week(date(2026, 1, 5) + timedelta(weeks=at), {kind: 1 + at * 7 % 11 for kind in COLORS}) for at in range(12)]
ties = [Tie(f"Alexandra Papadopoulou {at}", at % 5 == 0, at % 3, (at + 1) % 3) for at in range(300)]
draws = {"help": lambda: help_by_week(weeks, "austin-chapter"), "network": lambda: my_network(ties)}
before = most()
for what, draw in draws.items():
    for name, rounds in ((f"{what}_first", 1), (what, 5)):
        spent = []
        for _ in range(rounds):
            began = time.perf_counter()
            size = len(draw() or b"")
            spent.append(time.perf_counter() - began)
        print(name, min(spent) * 1000, size / 1000)
print("memory", before, most())
"""
SHOWN = {
    "help_first": "twelve weeks, the first picture of all",
    "help": "twelve weeks, best of 5",
    "network_first": "a network of 300, the first",
    "network": "a network of 300, best of 5",
}


def run(_folder: Path) -> None:
    """Measures and prints."""
    head("Pictures, drawn by a program of their own")
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    figures = {line.split()[0]: [float(figure) for figure in line.split()[1:]] for line in done.stdout.splitlines()}
    for name, what in SHOWN.items():
        spent, size = figures[name]
        goal = f"goal: under {MOST_MILLISECONDS:,} ms and {MOST_KILOBYTES} KB" if not name.endswith("first") else ""
        show(what, f"{spent:,.0f} ms", f"{size:,.0f} KB", goal=goal)
    before, most = figures["memory"]
    show("memory at its most, more than before", f"{most - before:,.0f} MB")
