"""Equal programs on one PostgreSQL, for many workspaces that installed the app, and a pretend Slack beside them."""

import multiprocessing
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.pouring import Template, pouring
from handlers.workspaces.keys import Keys, Tokens
from playground import seed, web_api
from playground.server import serve_in_thread
from playground.slack import Slack
from storage.database import Database
from storage.tables import Callback, Installation, Member, Outgoing, Turn, Workspace
from tests import postgres

ROOT = Path(__file__).parent.parent
WORKSPACES, MEMBERS = 100, 60
TEAMS = [f"T{number:03}" for number in range(WORKSPACES)]
KEY, SECRET = "b" * 43 + "=", "playground-secret"
READY_WITHIN = 30
_TRANSACTIONS = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
_TICKS = os.sysconf("SC_CLK_TCK")

# The conversations with members, by workspace and by Slack id.
Direct = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Pretend:
    """The pretend Slack: its address and process, and the conversations with members, which were opened before."""

    url: str
    pid: int
    direct: Direct


@dataclass(frozen=True)
class Program:
    """One of the equal programs, and where Slack's requests reach it."""

    pid: int
    port: int


@contextmanager
def pretending() -> Iterator[Pretend]:
    """Gives a pretend Slack that has a processor to itself, if there is one."""
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe()
    child = processes.Process(target=_pretend, args=(theirs,))
    child.start()
    try:
        url, direct = ours.recv()
        yield Pretend(url, int(child.pid or 0), direct)
    finally:
        ours.send("stop")
        child.join(10)
        child.kill()


def fill(database: Database, direct: Direct, *, are_due: bool) -> None:
    """Has every workspace be as at the start: the app is installed, and each member has a call to return, now or tomorrow."""
    postgres.empty(database)
    now = datetime.now(UTC)
    at, due = _text(now - timedelta(days=1)), _text(now - timedelta(seconds=1) if are_due else now + timedelta(days=1))
    keys = Keys([KEY])
    workspace, installed = Template(Workspace, created_at=at, key="k"), Template(Installation, installed_at=at)
    member = Template(Member, created_at=at, checked_at=at, greeted_at=at)
    call, turn = Template(Callback, about="the survey", note="", noted_at=at), Template(Turn, number=1, due_at=due)
    row = Template(Outgoing, verb="post", kind="callback", due_at=due, planned_for=due, created_at=at)
    people = [(team, slack_id, f"m{slack_id}", dm) for (team, slack_id), dm in direct.items()]
    with pouring([database]) as funnel:
        funnel.pour(Workspace, [workspace.row(team_id=one) for one in TEAMS])
        sealed = {one: keys.close(one, Tokens(f"xoxb-{one}")) for one in TEAMS}
        funnel.pour(Installation, [installed.row(team_id=one, sealed=sealed[one]) for one in TEAMS])
        funnel.pour(Member, [
            member.row(team_id=team, id=one, slack_id=slack_id, name=slack_id.title(), dm=dm)
            for team, slack_id, one, dm in people
        ])  # fmt: skip
        other = {one: f"m{_slack_id(0)}" for _, _, one, _ in people} | {f"m{_slack_id(0)}": f"m{_slack_id(1)}"}
        funnel.pour(Callback, [
            call.row(team_id=team, id=one, owner_id=one, member_id=other[one]) for team, _, one, _ in people
        ])  # fmt: skip
        funnel.pour(Turn, [turn.row(team_id=team, id=one, callback_id=one, owner_id=one) for team, _, one, _ in people])
        funnel.pour(Outgoing, [
            row.row(team_id=team, id=one, key=f"rem:{one}:1:1", subject=one, member_id=one) for team, _, one, _ in people
        ])  # fmt: skip


@contextmanager
def programs(count: int, url: str, database: Database) -> Iterator[list[Program]]:
    """Gives so many programs, all of them ready."""
    given = os.environ | {
        "ENV_FILE": "", "SLACK_API_URL": f"{url}/api/", "SLACK_BOT_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET,
        "DATABASE_URL": database.url.render_as_string(hide_password=False), "BACKUP_FOLDER": "", "TRANSPORT": "http",
        "CLOCK_FILE": "", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "none", "PUBLIC_URL": "https://none.test",
        "TOKEN_KEYS": KEY, "LOG_LEVEL": "INFO",
    }  # fmt: skip
    started, all_of_them = list[subprocess.Popen[bytes]](), list[Program]()
    try:
        for _ in range(count):
            port, health = _free_port(), _free_port()
            own = given | {"PORT": str(port), "HEALTH_PORT": str(health)}
            # Each in a session of its own, as services are: Linux shares the processors out among sessions.
            started.append(
                subprocess.Popen(
                    [sys.executable, "app.py", "run"],
                    cwd=ROOT,
                    env=own,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )
            all_of_them.append(Program(started[-1].pid, port))
        for one in all_of_them:
            _wait_for(one.port)
        yield all_of_them
    finally:
        for program in started:
            program.terminate()
        for program in started:
            program.wait(20)


def spent(pids: Sequence[int]) -> float:
    """Returns the processor time of these processes so far, in seconds."""
    return sum(sum(map(int, _stat(pid)[11:13])) for pid in pids) / _TICKS


def spent_by_server(database: Database) -> float:
    """Returns the processor time of PostgreSQL so far, of connections that are closed by now as well, in seconds."""
    with database.engine.connect() as connection:
        backend = int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
    first = _stat(backend)[1]
    everybody = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]
    children = [one for one in everybody if _parent(one) == first]
    return spent(children) + sum(map(int, _stat(int(first))[11:15])) / _TICKS


def spent_by_all() -> float:
    """Returns the processor time of everything on this machine so far, in seconds."""
    user, nice, system, _idle, _waits, *rest = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:8])
    return (user + nice + system + sum(rest)) / _TICKS


def transactions(database: Database) -> int:
    """Returns how many transactions PostgreSQL has ended so far, of those that read as well; it counts a second late."""
    with database.engine.connect() as connection:
        return int(connection.exec_driver_sql(_TRANSACTIONS).scalar_one())


def _pretend(pipe: Connection) -> None:
    slack = Slack(clock=lambda: datetime.now(UTC))
    people: list[dict[str, Any]] = [{"id": _slack_id(one), "name": f"person{one}"} for one in range(MEMBERS)]
    teams = [
        {"team": {"id": one, "name": one, "domain": one.lower()}, "people": people, "tokens": {"bot": f"xoxb-{one}"},
         "channels": [{"id": "C1", "name": "chapter", "members": "all", "bot": True}]}
        for one in TEAMS
    ]  # fmt: skip
    seed.reset(slack, {"teams": teams})
    direct = {(team, str(one["id"])): _opened(slack, team, str(one["id"])) for team in TEAMS for one in people}
    running = serve_in_thread(slack)
    pipe.send((running.url, direct))
    pipe.recv()
    running.stop()


def _opened(slack: Slack, team: str, slack_id: str) -> str:
    answer = web_api.call(slack, "conversations.open", {"users": slack_id}, f"xoxb-{team}")
    return str(answer.body["channel"]["id"])


def _slack_id(number: int) -> str:
    return f"U{number:03}"


def _stat(pid: int) -> list[str]:
    """Returns what Linux says of a process, from its state on: the name before that may hold blanks."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _parent(pid: int) -> str:
    try:
        return _stat(pid)[1]
    except OSError:  # it ended meanwhile
        return ""


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError("a program was not ready in time")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _text(moment: datetime) -> str:
    return moment.isoformat(" ", "microseconds")[:26]
