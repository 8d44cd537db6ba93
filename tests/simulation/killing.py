"""The real program under load, ended by SIGKILL at random moments, started again each time; what was acknowledged must stand.

`kill -9` leaves the operating system alive, so this says nothing of a power cut: for that we lean on SQLite's own tests and on
synchronous=FULL.
"""

import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlmodel import col, or_, select, update

from playground.clock import PlaygroundClock
from playground.server import serve_in_thread
from playground.slack import Slack
from storage import migrate, workspaces
from storage.database import Database
from storage.tables import Act, Ask, Callback, Outgoing, Workspace
from tests.cast import AUSTIN, CAST, cast
from tests.conftest import NoSender
from tests.conversation import World
from tests.lookout import look_through
from tests.test_program import ROOT, environment, until

PEOPLE = ("alice", "bob", "carol", "dan", "eve")
CALLS, ASKS = 0.3, 0.2  # of what is recorded are calls to return, and asks
LONGEST_LIFE = 1.2  # seconds from its first breath to the end; it takes about one to start
SETTLED = 130  # seconds after which what was under way is looked for
_WORD = re.compile(r"\bK\d+k\b")


Start = Callable[..., "subprocess.Popen[bytes]"]


@dataclass
class Killed:
    """What many kills came to; `said` is when those were said that were said twice."""

    kills: int = 0
    acknowledged: int = 0
    recorded: int = 0
    seen: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    said_twice: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    unconfirmed: int = 0

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost, and nothing is there twice."""
        return not (self.lost or self.doubled or self.untold or self.said_twice)

    def __str__(self) -> str:
        return (
            f"{self.kills} kill -9, {self.acknowledged} acts, calls and asks acknowledged, {self.recorded} on disk:"
            f" {len(self.lost)} acknowledged ones lost, {len(self.doubled)} doubled; {self.seen} messages seen,"
            f" {len(self.said_twice)} twice, {len(self.untold)} not at all ({self.unconfirmed} unconfirmed)"
        )


def kill_often(database: Database, folder: Path, kills: int, number: int = 0) -> Killed:
    """Kills the program so often, while people record, and compares what they were told and saw with what is on disk."""
    chance = Random(number)

    def kill(world: World, start: Start) -> int:
        for _ in range(kills):
            with start() as program:
                until(lambda: is_connected(world), 30)
                threading.Event().wait(chance.uniform(0, LONGEST_LIFE))
                program.send_signal(signal.SIGKILL)
            until(lambda: not is_connected(world), 30)
        return kills

    return try_under_load(database, folder, kill)


def try_under_load(
    database: Database, folder: Path, ordeal: Callable[[World, Start], int], words: Sequence[str] = ("app.py",)
) -> Killed:
    """Has something happen to programs while people record, and compares what they were told and saw with what is on disk.

    `ordeal` gets what starts a program, and returns how many it killed. At the end one more says what is left to be said.
    `words` are what Python is given to run.
    """
    clock = PlaygroundClock(folder / "clock")
    slack = Slack(clock=clock)
    running = serve_in_thread(slack)
    world = World(running.url, "", NoSender(), clock)  # type: ignore[arg-type]
    world.ask("manage", {"do": "reset", "cast": cast()})
    _lift_the_cap(database)
    url = database.url.render_as_string(hide_password=False)
    settings = environment(world, folder, DATABASE_URL=url, CLOCK_FILE=str(folder / "clock"), LOG_LEVEL="ERROR")
    acknowledged: set[str] = set()

    started: list[subprocess.Popen[bytes]] = []
    written = folder / "log"

    def start(**changes: str) -> subprocess.Popen[bytes]:
        with written.open("ab") as file:
            started.append(subprocess.Popen([sys.executable, *words], cwd=ROOT, env=settings | changes, stderr=file))
        return started[-1]

    try:
        with _people_recording(world, acknowledged):
            kills = ordeal(world, start)
        with start() as program:
            _let_it_settle(world, database)
            program.send_signal(signal.SIGTERM)
            program.wait(20)
        look_through(written.read_text())
        return _compared(kills, slack, database, acknowledged)
    finally:
        for program in started:
            program.kill()  # where something was found to be wrong
        running.stop()


@contextmanager
def _people_recording(world: World, acknowledged: set[str]) -> Iterator[None]:
    """Has three people record good turns, each after the last was answered or given up."""
    ended = threading.Event()

    def record(first: int) -> None:
        chance, number = Random(first), first
        while not ended.is_set():
            who, whom = chance.sample(PEOPLE, 2)
            if _record(world, chance, str(CAST[who]["id"]), f"<@{CAST[whom]['id']}>", f"K{number}k"):
                acknowledged.add(f"K{number}k")
            number += 3
            ended.wait(0.15)

    threads = [threading.Thread(target=record, args=(first,)) for first in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _record(world: World, chance: Random, user: str, person: str, word: str) -> bool:
    """Has somebody note a call, ask for help or record a good turn; says whether they were told that it is done."""
    drawn = chance.random()
    if drawn < ASKS:
        world.ask("act", {"as": user, "do": "say", "channel": AUSTIN, "text": f"/ask {word}"})
        forms = [one for one in world.ask(f"state?as={user}")["modals"] if word in str(one)]
        if not forms:
            return False
        answer = world.ask("act", {"as": user, "do": "submit", "view": forms[-1]["id"], "values": {}})
    else:
        text = f"/callback {person} tomorrow 3pm about {word}" if drawn < ASKS + CALLS else f"/give {person} {word}"
        answer = world.ask("act", {"as": user, "do": "say", "channel": AUSTIN, "text": text})
    # Where another of the three closed the form meanwhile, the pretend Slack refuses it without a status.
    return answer.get("status") == "acked" and any(
        one in str(answer["answer"]) for one in ("Recorded", "*Call ", "*Asked, ")
    )


def _let_it_settle(world: World, database: Database) -> None:
    """Waits until nothing is due any more; the time in which an unknown outcome settles is skipped."""
    until(lambda: is_connected(world), 30)
    left, since = -1, time.monotonic()
    while states := _open_rows(database):
        if states.total() != left:
            left, since = states.total(), time.monotonic()
        elif time.monotonic() - since > 3:
            world.ask("clock", {"add": SETTLED})
            since = time.monotonic()
        threading.Event().wait(0.2)


def _compared(kills: int, slack: Slack, database: Database, acknowledged: set[str]) -> Killed:
    found = Killed(kills, len(acknowledged))
    with database.reading() as session:
        acts = Counter(session.exec(select(Act.words).where(Act.team_id == "T1")))
        calls = Counter(session.exec(select(Callback.about).where(Callback.team_id == "T1")))
        asks = {one.id: one.words for one in session.exec(select(Ask).where(Ask.team_id == "T1"))}
        posts = (Outgoing.team_id == "T1", Outgoing.verb == "post", Outgoing.state == "unconfirmed")
        unconfirmed = session.exec(select(Outgoing.subject).where(*posts)).all()
        found.unconfirmed = len(unconfirmed)
    seen = [one for one in slack.workspace("T1").seen if one.what == "posted"]
    posted = [one for one in seen if "recorded a good turn" in one.text or " asks for " in one.text]
    told = Counter(word for one in posted for word in _WORD.findall(one.text))
    all_of_them = acts + calls + Counter(asks.values())
    found.recorded, found.seen = all_of_them.total(), told.total()
    found.lost = sorted(acknowledged - set(all_of_them))
    found.doubled = [word for word, count in all_of_them.items() if count > 1]
    found.said_twice = [word for word, count in told.items() if count > 1]
    found.said = [f"{one.at}: {one.text}" for one in posted if {*_WORD.findall(one.text)} & {*found.said_twice}]
    sure = {
        words for ask_id, words in asks.items() if ask_id not in unconfirmed
    }  # of a post in a channel its asker is asked
    found.untold = sorted((set(acts) | sure) - set(told))
    return found


def _open_rows(database: Database) -> Counter[str]:
    with database.reading() as session:
        later = [col(Outgoing.kind).startswith(one) for one in ("callback", "alarm", "ask.reminder")]  # for tomorrow
        states = session.exec(select(Outgoing.state).where(Outgoing.team_id == "T1", ~or_(*later)))
        return Counter(state for state in states if state in ("pending", "sending"))


def _lift_the_cap(database: Database) -> None:
    migrate.upgrade(database)
    with database.transaction() as session:
        workspaces.meet(session, "T1", datetime.now(UTC))
        here = col(Workspace.team_id) == "T1"
        session.connection().execute(update(Workspace).where(here).values(acts_a_day=1_000_000))


def is_connected(world: World) -> bool:
    """Says whether a program hears Slack."""
    return bool(world.ask(f"state?as={CAST['alice']['id']}")["app"]["connected"])
