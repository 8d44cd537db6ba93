"""The pretend Slack and the bot in it, real over HTTP, made anew for each test; time stands until it is moved."""

import asyncio
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import SQLModel

import app
from app import GoodTurn
from bot import when
from config import Settings
from handlers.serving.transport import Intake, Server, http_app
from playground.server import serve_in_thread
from playground.slack import Slack
from storage import migrate
from storage.database import Database
from tests.cast import cast
from tests.conversation import Person, World, person_of
from tests.lookout import SIGNING_SECRET, nothing_secret_is_logged, read_along

__all__ = ["nothing_secret_is_logged"]  # a fixture around every test

FIGURE = "figure"  # what a test measured, as pytest carries it from the process that ran it
MONDAY_MORNING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # nine in Chicago


class MovableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class AtOnce(Executor):
    """Runs each errand where it is handed in, so that nothing is left to happen later."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - a future keeps it
            future.set_exception(error)
        return future


class Door:
    """Where the pretend Slack delivers: whichever bot the running test has put behind it."""

    def __init__(self) -> None:
        self.intake: Intake | None = None
        self.url = ""

    async def take(self, *args: Any, **kwargs: Any) -> Any:
        assert self.intake is not None
        return await self.intake.take(*args, **kwargs)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="ten thousand requests where a thousand or two are the rule")


def pytest_configure() -> None:
    """Has the whole suite logged at DEBUG, and read along."""
    read_along()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with what takes longest, so that one processor does not wait minutes for the other at the end."""
    items.sort(key=lambda item: "tests/simulation/test_seeds" not in item.nodeid)


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Says whether the run may take its time."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Has a line printed at the end of the run: what a test measured."""
    return lambda line: record_property(FIGURE, line)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Prints the figures."""
    reports = [one for group in terminalreporter.stats.values() for one in group if hasattr(one, "user_properties")]
    lines = sorted({str(text) for one in reports for name, text in one.user_properties if name == FIGURE})
    if lines:
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session", autouse=True)
def ready_to_read() -> None:
    """Gets ready what the program gets ready beside its start: no test's request is the first to pay for it."""
    when.warm()


@pytest.fixture(scope="session")
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture(scope="session")
def slack_url(clock: MovableClock) -> Iterator[str]:
    running = serve_in_thread(Slack(clock=clock))
    yield running.url
    running.stop()


class NoSender:
    """Stands where the conversations' sender is: a program of its own sends by itself."""

    free_at = None

    def send_due(self) -> int:
        return 0


@pytest.fixture
def slack() -> Iterator[World]:
    """A pretend Slack alone, in the time as it is, for a program that is started beside it."""
    running = serve_in_thread(Slack(clock=lambda: datetime.now(UTC)))
    world = World(running.url, "", NoSender(), None)  # type: ignore[arg-type]
    world.ask("manage", {"do": "reset", "cast": cast()})
    yield world
    running.stop()


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    behind = Door()
    server = Server(http_app(behind), "127.0.0.1", 0)  # type: ignore[arg-type]
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started:
        threading.Event().wait(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    behind.url = f"http://127.0.0.1:{port}/slack/events"
    yield behind
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no row, to be copied."""
    file = tmp_path_factory.mktemp("database") / "empty.db"
    database = Database(f"sqlite:///{file}")
    migrate.upgrade(database)
    database.close()
    return file


@pytest.fixture
def settings(slack_url: str, empty_database: Path, tmp_path: Path) -> Settings:
    """The settings of the bot in the world, and a database of its own."""
    file = tmp_path / "good_turn.db"
    shutil.copy(empty_database, file)
    return Settings(
        slack_bot_token="xoxb-playground",
        slack_signing_secret=SIGNING_SECRET,
        slack_api_url=f"{slack_url}/api/",
        database_url=f"sqlite:///{file}",
        transport="http",
    )


@pytest.fixture
def bot(settings: Settings, clock: MovableClock) -> Iterator[GoodTurn]:
    clock.now = MONDAY_MORNING
    good_turn = app.assemble(settings, clock, AtOnce())
    yield good_turn
    good_turn.database.close()


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has neither Slack nor the bot give up on a request: a machine that is busy elsewhere changes no test's end."""
    monkeypatch.setattr("playground.wires.ACK_WITHIN", timedelta(seconds=60))
    monkeypatch.setattr("handlers.requests.ANSWER_WITHIN", timedelta(seconds=60))


@pytest.fixture
def world(bot: GoodTurn, slack_url: str, clock: MovableClock, door: Door, patience: None) -> Iterator[World]:
    door.intake = Intake(bot.bolt, clock, _default_pool(), _default_pool(), bot.metrics)
    world = World(slack_url, door.url, bot.sender, clock)
    world.ask("manage", {"do": "reset", "cast": cast()})
    world.ask("manage", {"do": "deliver", "url": door.url})
    yield world
    door.intake = None


def _default_pool() -> Any:
    return None  # the event loop's own threads


def _person(name: str) -> Any:
    @pytest.fixture(name=name)
    def person(world: World) -> Person:
        return person_of(world, name)

    return person


alice, bob, carol, dan, eve, kim = (_person(name) for name in ("alice", "bob", "carol", "dan", "eve", "kim"))

# Every statement of the suite binds the workspace of each table it touches. The one question across workspaces says so.
_TABLES = "|".join(SQLModel.metadata.tables)
_NAMED = re.compile(rf"\b(?:FROM|JOIN|UPDATE|INTO)\s+({_TABLES})\b(?:\s+AS\s+(\w+))?", re.IGNORECASE)

_unbound: list[str] = []


def _check_statement(_conn: Any, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool) -> None:
    if context is not None and context.execution_options.get("across_workspaces"):
        return
    for table, alias in _NAMED.findall(statement):
        name = alias or table
        inserts = statement.lstrip().upper().startswith("INSERT") and "(team_id" in statement
        binds = re.search(rf"\b(?:{name}\.)?team_id = |= {name}\.team_id\b", statement)
        if not inserts and not binds:
            _unbound.append(f"{table} is used without its workspace:\n{statement}")


@pytest.fixture(autouse=True)
def every_statement_binds_its_workspace() -> Iterator[None]:
    """Fails a test in which a statement did not, also where a listener would have turned that into an answer."""
    _unbound.clear()
    event.listen(Engine, "before_cursor_execute", _check_statement)
    yield
    event.remove(Engine, "before_cursor_execute", _check_statement)
    assert _unbound == []
