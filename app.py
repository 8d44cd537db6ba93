"""Start here: settings -> database -> Bolt app -> schedule -> transport. Also the command line; with no word it runs."""

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn
from urllib.error import URLError

import structlog
import typer
from slack_bolt import App
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

import logs
from config import Settings, WrongSettings, read_settings
from handlers import acts, answers, home, network, schedule
from handlers.people import Directory
from handlers.requests import Clock, Desk
from handlers.routes import Routes
from handlers.sender import Sender
from handlers.transport import THREADS, Intake, Socket, http_app, serve
from storage import migrate
from storage.database import Database

log = structlog.get_logger(__name__)

# A listener's calls to Slack must leave room for the answer; the sender's may take their time.
LISTENER_SECONDS, SENDER_SECONDS = 2, 10
FEATURES = (acts, answers, home, network)


@dataclass(frozen=True)
class GoodTurn:
    """The whole bot, put together and not yet connected."""

    bolt: App
    database: Database
    routes: Routes
    sender: Sender
    desk: Desk


def assemble(settings: Settings, clock: Clock, errands: Executor, *, checks_token: bool = False) -> GoodTurn:
    """Introduces the parts to each other. Brings the database's tables up to date first.

    `checks_token` asks Slack at once whether the token is good; without it, the first request does.
    """
    database = Database(settings.database_url)
    migrate.upgrade(database)
    routes = Routes()
    for feature in FEATURES:
        feature.register(routes)
    desk = Desk(database, clock, Directory(errands), errands)
    bolt = App(
        name="Good Turn",
        process_before_response=True,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        client=client(settings, LISTENER_SECONDS),
        request_verification_enabled=settings.transport == "http",
        token_verification_enabled=checks_token,
    )
    routes.attach(bolt, desk)
    sender_client = client(settings, SENDER_SECONDS)
    return GoodTurn(bolt, database, routes, Sender(database, clock, routes.messages, lambda _: sender_client), desk)


def client(settings: Settings, seconds: int) -> WebClient:
    """Returns a client that sends each request once: the SDK's own retry posts a message twice when a connection drops."""
    token = settings.slack_bot_token.get_secret_value()
    return WebClient(token=token, base_url=settings.slack_api_url, timeout=seconds, retry_handlers=[])


def clock_from(file: Path | None) -> Clock:
    """Returns the clock: the time as it is, moved by as many seconds as the file says where there is one."""
    if file is None:
        return lambda: datetime.now(UTC)
    return lambda: datetime.now(UTC) + timedelta(seconds=_offset(file))


def _offset(file: Path) -> float:
    try:
        return float(file.read_text() or 0)
    except (FileNotFoundError, ValueError):
        return 0.0


@contextmanager
def sending(bot: GoodTurn) -> Iterator[Callable[[], None]]:
    """Sends what is due on a thread of its own, and gives what wakes it; at the end, what is being sent is finished."""
    woken, stopped = threading.Event(), threading.Event()

    def run() -> None:
        while not stopped.is_set():
            woken.wait()
            woken.clear()
            try:
                bot.sender.send_due()
            except Exception:
                log.exception("sending stopped short")

    thread = threading.Thread(target=run, name="sender")
    thread.start()
    bot.database.on_outgoing = woken.set
    try:
        yield woken.set
    finally:
        stopped.set()
        bot.sender.is_stopping = True
        woken.set()
        thread.join()


commands = typer.Typer(add_completion=False, no_args_is_help=False, help=__doc__)


@commands.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Runs the bot when no command is named."""
    if context.invoked_subcommand is None:
        run()


@commands.command()
def run() -> None:
    """Runs the bot until it is told to stop."""
    settings = _settings()
    clock = clock_from(settings.clock_file)
    with (
        _explained(settings),
        ThreadPoolExecutor(THREADS, "listener") as pool,
        ThreadPoolExecutor(THREADS, "errand") as errands,
    ):
        bot = assemble(settings, clock, errands, checks_token=True)
        with sending(bot) as wake:
            ticks = schedule.start(bot.database, clock, wake)
            wake()
            asyncio.run(_serve(settings, Intake(bot.bolt, clock, pool)))
            ticks.shutdown()
    bot.database.close()


@commands.command(name="migrate")
def migrate_only() -> None:
    """Brings the database's tables up to date, and does nothing else."""
    settings = _settings()
    with _explained(settings):
        database = Database(settings.database_url)
        migrate.upgrade(database)
        database.close()


async def _serve(settings: Settings, intake: Intake) -> None:
    if settings.transport == "http":
        await serve(http_app(intake), "0.0.0.0", settings.port, None)  # noqa: S104 - Slack calls from outside
    else:
        socket = Socket(intake, settings.slack_app_token.get_secret_value(), settings.slack_api_url)
        await serve(http_app(None), "127.0.0.1", settings.port, socket)


@contextmanager
def _explained(settings: Settings) -> Iterator[None]:
    """Ends the program with one line that says what to do, where it cannot go on and nobody but its operator can help."""
    try:
        yield
    except (BoltError, SlackApiError) as error:
        _give_up(f"Slack does not take the tokens. Look at SLACK_BOT_TOKEN and SLACK_APP_TOKEN. ({error})")
    except migrate.DatabaseIsNewer as error:
        _give_up(f"The database is newer than this program: {error}. Update the program, or restore an older backup.")
    except URLError as error:
        _give_up(f"Slack cannot be reached at {settings.slack_api_url} ({error.reason}).")


def _give_up(line: str) -> NoReturn:
    sys.stderr.write(f"{' '.join(line.split())}\n")
    raise SystemExit(2) from None


def _settings() -> Settings:
    try:
        settings = read_settings()
    except WrongSettings as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None
    logs.set_up(settings.log_level)
    return settings


if __name__ == "__main__":
    known = {command.name or command.callback.__name__ for command in commands.registered_commands if command.callback}
    # Slack's own command line starts this with words of its own; whatever it says, it means "run".
    words = sys.argv[1:]
    commands(words if words and (words[0] in known or words[0] == "--help") else ["run"])
