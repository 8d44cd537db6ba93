"""Start here: settings -> database -> Bolt app -> schedule -> transport. Also the command line; with no word it runs."""

import asyncio
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NoReturn
from urllib.error import URLError

import structlog
import typer
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

import logs
from config import Settings, WrongSettings, read_settings
from handlers import backups, console, erasing_by_hand, moving, schedule, uninstalling
from handlers.features import listening, warm
from handlers.health import Watch
from handlers.metrics import Metrics
from handlers.people import Directory
from handlers.pulse import Pulse
from handlers.requests import Clock, Desk
from handlers.routes import Routes
from handlers.running import end_in_time, sending, serve
from handlers.sender import Sender
from handlers.sockets import Deaf, Sockets
from handlers.transport import EVENT_THREADS, THREADS, Intake, NoPort, Server, Threads, http_app
from handlers.views.backups import why_not_started
from storage import backup, migrate
from storage.backup import NotBackedUp
from storage.database import Database, file_of
from storage.locks import InUse, NoFolder, in_use

log = structlog.get_logger(__name__)

# A listener's calls to Slack must leave room for the answer; the sender's may take their time.
LISTENER_SECONDS, SENDER_SECONDS = 2, 10


@dataclass(frozen=True)
class GoodTurn:
    """The whole bot, put together and not yet connected."""

    bolt: App
    database: Database
    routes: Routes
    sender: Sender
    desk: Desk
    pulse: Pulse
    metrics: Metrics


def assemble(settings: Settings, clock: Clock, errands: Executor, *, checks_token: bool = False) -> GoodTurn:
    """Introduces the parts to each other, with the database's tables up to date.

    `checks_token` asks Slack whether the token is good, and raises SlackApiError if it is not.
    """
    team_id = str(client(settings, SENDER_SECONDS).auth_test()["team_id"]) if checks_token else None
    database, metrics = Database(settings.database_url), Metrics()
    database.on_commit = lambda seconds: metrics.observe("db_commit_seconds", seconds)
    database.on_busy = lambda: metrics.count("db_busy_total")
    database.on_duplicate = lambda: metrics.count("inbox_duplicates_total")
    backups.bring_up_to_date(database, settings.backup_folder, clock)
    if team_id:
        uninstalling.note_installed(database, team_id, clock())
    routes = listening()
    desk = Desk(database, clock, Directory(errands), errands)
    bolt = App(
        name="Good Turn",
        process_before_response=True,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        client=WebClient(None, settings.slack_api_url, LISTENER_SECONDS, retry_handlers=[]),
        # Left to Bolt, the first request would ask Slack who we are, and end unheard where that has no answer.
        authorize=partial(_authorize, settings.slack_bot_token.get_secret_value()),
        request_verification_enabled=settings.transport == "http",
    )
    routes.attach(bolt, desk)
    sender_client = client(settings, SENDER_SECONDS)
    sender = Sender(database, clock, routes.messages, lambda _: sender_client, metrics, routes.considerate)
    return GoodTurn(bolt, database, routes, sender, desk, Pulse(), metrics)


def _authorize(token: str, enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult:
    """Returns the right to act in a workspace; there is one, which the settings name."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id, bot_token=token)


def client(settings: Settings, seconds: int) -> WebClient:
    """Returns a client that sends each request once: the SDK's own retry posts a message twice when a connection drops."""
    token = settings.slack_bot_token.get_secret_value()
    return WebClient(token, settings.slack_api_url, seconds, retry_handlers=[])


def clock_from(file: Path | None) -> Clock:
    """Returns the clock: the time as it is, moved by as many seconds as the file says where there is one."""
    return lambda: datetime.now(UTC) + timedelta(seconds=_offset(file) if file else 0)


def _offset(file: Path) -> float:
    try:
        return float(file.read_text() or 0)
    except (FileNotFoundError, ValueError):
        return 0.0


# Typer's own way to show an error prints every variable, tokens among them.
commands = typer.Typer(add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False, help=__doc__)


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
    alive = in_use(file_of(settings.database_url))
    with (
        _explained(settings),
        alive,
        Threads(THREADS, "listener") as pool,
        Threads(EVENT_THREADS, "event") as events,
        Threads(THREADS, "errand") as errands,
    ):
        bot = assemble(settings, clock, errands, checks_token=True)
        errands.submit(warm)
        with sending(bot.sender, bot.database, clock, bot.pulse) as wake:

            def tick() -> None:
                bot.pulse.beat("tick")
                wake()

            ticks = schedule.start(bot.database, clock, tick, backup.folder_of(bot.database, settings.backup_folder))
            tick()
            try:
                asyncio.run(_serve(settings, bot, Intake(bot.bolt, clock, pool, events, bot.metrics)))
            finally:
                events.shutdown(wait=False, cancel_futures=True)  # what is not acknowledged comes again
                ticks.shutdown()
    bot.database.close()


@commands.command(name="migrate")
def migrate_only() -> None:
    """Brings the database's tables up to date, and does nothing else."""
    settings = _settings()
    with _explained(settings):
        database = Database(settings.database_url)
        clock = clock_from(settings.clock_file)
        migrate.upgrade(database, backups.before_upgrade(database, settings.backup_folder, clock))
        database.close()


def _place() -> console.Place:
    settings = _settings()
    app_token, clock = settings.slack_app_token.get_secret_value(), clock_from(settings.clock_file)
    slack = client(settings, SENDER_SECONDS)
    return console.Place(_opened(settings), slack, app_token, clock, settings.backup_folder)


def _opened(settings: Settings) -> Database:
    with _explained(settings):
        return Database(settings.database_url)


console.register(commands, _place)


def _keeping() -> backups.Keeping:
    settings, messages = _settings(), listening().messages
    return backups.Keeping(_opened(settings), clock_from(settings.clock_file), settings.backup_folder, messages)


for by_hand in (backups, erasing_by_hand, moving):
    by_hand.register(commands, _keeping)


async def _serve(settings: Settings, bot: GoodTurn, intake: Intake) -> None:
    def on_stop(code: int) -> None:
        bot.sender.is_stopping = True
        end_in_time(code)

    watch = Watch(bot.database, bot.desk.clock, bot.pulse, bot.metrics, settings.backup_folder)
    if settings.transport == "http":
        public = Server(http_app(intake), "0.0.0.0", settings.port)  # noqa: S104 - Slack calls from outside
        await serve([public, Server(http_app(None, watch), "127.0.0.1", settings.health_port)], None, on_stop)
    else:
        app_token = settings.slack_app_token.get_secret_value()
        sockets = Sockets(intake, client(settings, SENDER_SECONDS), app_token, bot.pulse)
        await serve([Server(http_app(None, watch), "127.0.0.1", settings.port)], sockets, on_stop)


@contextmanager
def _explained(settings: Settings) -> Iterator[None]:
    """Ends the program with one line that says what to do, where it cannot go on and nobody but its operator can help."""
    try:
        yield
    except (BoltError, SlackApiError) as error:
        _give_up(f"Slack does not take the tokens. Look at SLACK_BOT_TOKEN and SLACK_APP_TOKEN. ({error})")
    except (migrate.Moved, migrate.NotMigrated, NotBackedUp, InUse) as error:
        _give_up(why_not_started(error))
    except migrate.DatabaseIsNewer as error:
        _give_up(f"The database is newer than this program: {error}. Update the program, or restore an older backup.")
    except NoFolder as error:
        _give_up(f"The database has no place ({error}). Look at DATABASE_URL, and at who may write there.")
    except NoPort as error:
        _give_up(
            f"Nothing can be served at port {error}. Stop what has it, or choose others with PORT and HEALTH_PORT."
        )
    except URLError as error:
        _give_up(f"Slack cannot be reached at {settings.slack_api_url} ({error.reason}).")
    except Deaf as error:
        _give_up(f"Slack was not heard for five minutes ({error}). Start the program anew; its network may be down.", 1)


def _give_up(line: str, code: int = 2) -> NoReturn:
    sys.stderr.write(f"{' '.join(line.split())}\n")
    raise SystemExit(code) from None


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
    known |= {str(group.name) for group in commands.registered_groups}
    # Slack's own command line starts this with words of its own; whatever it says, it means "run".
    words = sys.argv[1:]
    commands(words if words and (words[0] in known or words[0] == "--help") else ["run"])
