"""Who will newly connect, and which ties will lapse: what `bot/network` foresees in a record of contacts, beside simpler ways.

`python -m benchmarks.network FILE...` takes files of rows `from,to,seconds`, as csv or csv.gz. None comes with the product:
see docs/network.md. A cut is an instant; what was before it is known, and what came in the days after it is to be foreseen.
"""

import csv
import gzip
import io
import itertools
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from benchmarks import workspaces
from benchmarks.measuring import head, show
from bot.network import Event, Nearby, drifting, fit_drift, suggest_all, suggest_introductions
from storage.history import MOST_OF_EACH

CUTS = (0.5, 0.6, 0.7, 0.8, 0.9)
LONG, DAYS_IF_LONG, DAYS_IF_SHORT = 400, 60, 14  # days
TOP, TIMED, OURS = 10, 20, "suggest_introductions"
LAPSES, RECENT, LEAST_DAYS = 60, 120, 3  # as in bot/network/drift.py
# What is claimed of two public records, by the beginning of a file's name.
GOALS = {"email_eu_dept1": 0.75, "collegemsg": 0.18}
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # where the seconds are counted from is of no account

# At each cut so many members are asked about at most; who is beyond so many places is nowhere.
ASKED, LISTED = 1_000, 200

# A member's list of people to meet, best first. Who is not in it comes after, in no order.
Lists = Callable[[str], list[str]]


class Cut(NamedTuple):
    """What is known at an instant, and who met whom for the first time in the days after it."""

    now: datetime
    known: list[Event]
    contacts: dict[str, set[str]]
    met: dict[str, set[str]]


class Foreseen(NamedTuple):
    """A tie's chance to lapse as it was said, whether there was an alert, and what became of it."""

    chance: float
    alert: bool
    lapsed: bool


def main(files: list[str]) -> None:
    """Measures and prints, one file after the other; `--days N` before the files sets how far is looked ahead.

    Without files it says how long a workspace takes, and one member of it.
    """
    if not files:
        workspaces.run()
    days = int(files[1]) if files[:1] == ["--days"] else 0
    for file in files[2 if days else 0 :]:
        events = read(Path(file))
        span = (events[-1].at - events[0].at).days
        ahead = days or (DAYS_IF_LONG if span > LONG else DAYS_IF_SHORT)
        people = len({one for event in events for one in event[:2]})
        head(
            f"{Path(file).name}: {len(events):,} contacts of {people:,} people in {span} days; who meets in the next {ahead}"
        )
        measure_meeting(
            events, ahead, next((goal for name, goal in GOALS.items() if Path(file).name.startswith(name)), 0)
        )
        measure_drift(events)


def read(file: Path) -> list[Event]:
    """Returns the events of a file, the earliest first."""
    text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    rows = [row for row in csv.reader(io.StringIO(text.decode())) if row[2].lstrip("-").replace(".", "", 1).isdigit()]
    events = [Event(row[0], row[1], "help", EPOCH + timedelta(seconds=float(row[2]))) for row in rows]
    return sorted((event for event in events if event.giver != event.receiver), key=lambda event: event.at)


def measure_meeting(events: list[Event], ahead: int, least: float) -> None:
    """Prints how often one of the first ten suggestions came true by itself, and how far up the first that did so stood."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    spent: list[float] = []
    for cut in _cuts(events, timedelta(days=ahead)):
        members = random.Random(1).sample(sorted(cut.met), min(ASKED, len(cut.met)))
        for method, lists in _methods(cut).items():
            scores = [_score(lists(member), cut, member) for member in members]
            found[method].append((fmean(hit for hit, _ in scores), fmean(rank for _, rank in scores)))
        spent += _time(cut)
    show("", "hit@10", "MRR", "hit@10 at each cut")
    for method, cuts in found.items():
        each = " ".join(f"{hit:.3f}" for hit, _ in cuts)
        goal = f"goal: at least {least:g}" if least and method == OURS else ""
        mean_hit, mean_rank = fmean(hit for hit, _ in cuts), fmean(rank for _, rank in cuts)
        show(method, f"{mean_hit:.3f}", f"{mean_rank:.3f}", f"   {each}", goal=goal)
    if spent:
        show("one member, from all events", f"{fmean(spent) * 1000:,.0f} ms", f"{max(spent) * 1000:,.0f} ms at most")


def measure_drift(events: list[Event]) -> None:
    """Prints how well the chances to lapse fit what became of the ties, beside one chance for all."""
    show("", "Brier", "one chance for all", "AUC", "lapsed", "alerts", "of which lapsed")
    everything: list[list[float]] = []
    for cut in _cuts(events, timedelta(days=LAPSES)):
        fit = fit_drift(cut.known, cut.now)
        ties = list(_foresee(events, cut))
        if not ties:
            continue
        alerts = [tie.lapsed for tie in ties if tie.alert]
        brier = fmean((tie.chance - tie.lapsed) ** 2 for tie in ties)
        constant = fmean((fit.lapse_rate - tie.lapsed) ** 2 for tie in ties)
        everything.append([brier, constant, _auc(ties), fmean(tie.lapsed for tie in ties), len(alerts), sum(alerts)])
        show(f"{len(ties):,} ties on day {(cut.now - events[0].at).days}", *_drift_line(everything[-1]))
    if everything:
        means = [fmean(column) for column in zip(*everything, strict=True)]
        totals = [column * len(everything) for column in means[4:]]
        show("mean; alerts in all", *_drift_line(means[:4] + totals), goal="goal: below one chance for all")


def _drift_line(figures: list[float]) -> list[str]:
    return [f"{figure:.3f}" for figure in figures[:4]] + [f"{figure:.0f}" for figure in figures[4:]]


def _cuts(events: list[Event], ahead: timedelta) -> Iterator[Cut]:
    """Gives the cuts after which the record still goes on for long enough."""
    for share in CUTS:
        now = events[int(len(events) * share)].at
        if now + ahead > events[-1].at:
            continue
        known = [event for event in events if event.at <= now]
        contacts: dict[str, set[str]] = defaultdict(set)
        met: dict[str, set[str]] = defaultdict(set)
        for event in known:
            contacts[event.giver].add(event.receiver)
            contacts[event.receiver].add(event.giver)
        for event in events[len(known) :]:
            one, other = event.giver, event.receiver
            if event.at <= now + ahead and one in contacts and other in contacts and other not in contacts[one]:
                met[one].add(other)
                met[other].add(one)
        yield Cut(now, known, dict(contacts), met)


def _methods(cut: Cut) -> dict[str, Lists]:
    contacts, chance, days = cut.contacts, random.Random(1), _Days(cut)
    walk = suggest_all(cut.known, cut.now, LISTED)
    two_steps = suggest_all(cut.known, cut.now, LISTED, gamma=0.0, power=0.0)
    people = chance.sample(sorted(contacts), len(contacts))
    popular = sorted(people, key=lambda one: -len(contacts[one]))
    turn = {one: at for at, one in enumerate(people)}

    def take(members: Iterable[str], member: str) -> list[str]:
        others = (one for one in members if one not in contacts[member] and one != member)
        return list(itertools.islice(others, LISTED))

    def rank_in_common(member: str) -> list[str]:
        common = Counter(one for other in contacts[member] for one in contacts[other])
        return take(sorted(common, key=lambda one: (-common[one], turn[one])), member)

    return {
        "chance": lambda member: take(chance.sample(people, len(people)), member),
        "most ties": lambda member: take(popular, member),
        "most people in common": rank_in_common,
        "two steps of the walk": lambda member: [one.member for one in two_steps[member]],
        OURS: lambda member: [one.member for one in walk[member]],
        "Nearby, which reads as it goes": lambda member: [
            one.member for one in Nearby(days, member, cut.now).suggest(TOP)
        ],
    }


class _Days:
    """On which days people were in contact, as storage hands them over: of each the latest."""

    def __init__(self, cut: Cut) -> None:
        met = {(*pair, event.at.date()) for event in cut.known for pair in (event[:2], event[1::-1])}
        self._of: dict[str, list[tuple[str, str, date]]] = defaultdict(list)
        for day in sorted(met, key=lambda one: one[2], reverse=True):
            self._of[day[0]].append(day)

    def __call__(self, people: Collection[str]) -> Iterator[tuple[str, str, date]]:
        return itertools.chain.from_iterable(self._of[one][:MOST_OF_EACH] for one in people)


def _score(listed: list[str], cut: Cut, member: str) -> tuple[float, float]:
    """Returns whether one of the first ten came true, and one over the rank of the first that did."""
    place = next((at for at, other in enumerate(listed, 1) if other in cut.met[member]), 0)
    others = len(cut.contacts) - len(cut.contacts[member]) - 1
    return float(0 < place <= TOP), 1 / (place or (len(listed) + others + 1) / 2)


def _time(cut: Cut) -> list[float]:
    """Returns the seconds that one member's list takes, for some members; it must be the list of all at once."""
    everybody = suggest_all(cut.known, cut.now)
    spent = []
    for member in random.Random(1).sample(sorted(cut.met), min(TIMED, len(cut.met))):
        before = time.perf_counter()
        alone = suggest_introductions(cut.known, member, cut.now)
        spent.append(time.perf_counter() - before)
        assert alone == everybody[member], member
    return spent


def _foresee(events: list[Event], cut: Cut) -> Iterator[Foreseen]:
    """Gives each tie that was alive at a cut once, from the side of the smaller id."""
    fit = fit_drift(cut.known, cut.now)
    own: dict[str, list[Event]] = defaultdict(list)
    last: dict[tuple[str, str], datetime] = {}
    later: set[tuple[str, str]] = set()
    for event in events:
        pair = (min(event[:2]), max(event[:2]))
        if event.at <= cut.now:
            own[pair[0]].append(event)
            last[pair] = event.at
        elif event.at <= cut.now + timedelta(days=LAPSES):
            later.add(pair)
    for member, acts in own.items():
        for drift in drifting(acts, member, cut.now, fit):
            pair = (min(member, drift.member), max(member, drift.member))
            if pair[0] == member and last[pair] >= cut.now - timedelta(days=RECENT):
                yield Foreseen(drift.probability, drift.alert, pair not in later)


def _auc(ties: list[Foreseen]) -> float:
    """Returns how likely a tie that lapsed was given the greater chance than one that did not."""
    ordered = sorted(ties)
    lapsed = sum(tie.lapsed for tie in ties)
    above = sum(at for at, tie in enumerate(ordered, 1) if tie.lapsed) - lapsed * (lapsed + 1) / 2
    return above / (lapsed * (len(ties) - lapsed)) if 0 < lapsed < len(ties) else 0.5


if __name__ == "__main__":
    main(sys.argv[1:])
