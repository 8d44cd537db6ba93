"""Start here: settings -> database -> Bolt app -> schedule -> transport. Also the command line; with no word it runs."""

import asyncio
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import structlog
import typer
from slack_bolt import App
from slack_sdk import WebClient

import logs
from config import Settings, WrongSettings, read_settings
from handlers import schedule, uninstalling
from handlers.features import listening, warm
from handlers.metrics import Metrics
from handlers.operating import backups, console, erasing_by_hand, keys_by_hand, moving, starting
from handlers.outbound.sender import Sender
from handlers.people import Directory
from handlers.requests import Clock, Desk
from handlers.routes import Routes
from handlers.serving.health import Watch
from handlers.serving.pulse import Pulse
from handlers.serving.running import end_in_time, sending, serve
from handlers.serving.sockets import Sockets
from handlers.serving.transport import EVENT_THREADS, THREADS, Intake, Pages, Server, Threads, http_app
from handlers.workspaces.access import GONE, Access, OneToken
from storage import backup, migrate
from storage.database import Database, file_of
from storage.locks import in_use

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
    access: Access
    pages: Pages = ()


def assemble(settings: Settings, clock: Clock, errands: Executor, *, checks_token: bool = False) -> GoodTurn:
    """Introduces the parts to each other, with the database's tables up to date.

    `checks_token` asks Slack whether the token in the settings is good. Raises SlackApiError if it is not, and WrongKeys.
    """
    checks_token = checks_token and not settings.slack_client_id
    team_id = str(client(settings, SENDER_SECONDS).auth_test()["team_id"]) if checks_token else None
    database, metrics = Database(settings.database_url), Metrics()
    metrics.watch(database)
    backups.bring_up_to_date(database, settings.backup_folder, clock)
    if team_id:
        uninstalling.note_installed(database, team_id, clock())
    access, pages = _access(settings, database, clock)
    routes = listening()
    desk = Desk(database, clock, Directory(errands), errands)
    bolt = App(
        name="Good Turn",
        process_before_response=True,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        client=_client(settings, LISTENER_SECONDS, None),
        # Left to Bolt, the first request would ask Slack who we are, and end unheard where that has no answer.
        authorize=lambda enterprise_id, team_id, user_id: access.authorize(enterprise_id, team_id, user_id),  # type: ignore[arg-type, return-value]
        user_facing_authorize_error_message=GONE,
        request_verification_enabled=settings.transport == "http",
    )
    access.attach(bolt)
    routes.attach(bolt, desk)
    sender = Sender(database, clock, routes.messages, access.client_for, metrics, routes.considerate)
    return GoodTurn(bolt, database, routes, sender, desk, Pulse(), metrics, access, pages)


def _access(settings: Settings, database: Database, clock: Clock) -> tuple[Access, Pages]:
    """Returns what has the tokens, and the pages of installing the app where many can."""
    if not settings.slack_client_id:
        return OneToken(client(settings, SENDER_SECONDS)), ()
    from handlers.workspaces.opening import OurApp, open_to_many  # what it loads, one workspace needs not

    secret = settings.slack_client_secret.get_secret_value()
    ours = OurApp(settings.slack_client_id, secret, settings.public_url, settings.keys(), settings.allowed())
    return open_to_many(database, clock, ours, _client(settings, SENDER_SECONDS, None))


def client(settings: Settings, seconds: int) -> WebClient:
    """Returns a client with the token in the settings."""
    return _client(settings, seconds, settings.slack_bot_token.get_secret_value())


def _client(settings: Settings, seconds: int, token: str | None) -> WebClient:
    """Returns a client that sends each request once: the SDK's own retry posts a message twice when a connection drops."""
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
    with (
        _explained(settings),
        in_use(file_of(settings.database_url)),
        Threads(THREADS, "listener") as pool,
        Threads(EVENT_THREADS, "event") as events,
        Threads(THREADS, "errand") as errands,
    ):
        bot = assemble(settings, clock, errands, checks_token=True)
        errands.submit(warm)
        errands.submit(bot.access.refresh_due)  # tokens may have ended while nothing ran
        with sending(bot.sender, bot.database, clock, bot.pulse) as wake:

            def tick() -> None:
                bot.pulse.beat("tick")
                wake()

            folder = backup.folder_of(bot.database, settings.backup_folder)
            ticks = schedule.start(bot.database, clock, tick, folder, bot.access.refresh_due)
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
        database, clock = Database(settings.database_url), clock_from(settings.clock_file)
        migrate.upgrade(database, backups.before_upgrade(database, settings.backup_folder, clock))
        database.close()


def _opened() -> tuple[Settings, Database]:
    settings = _settings()
    with _explained(settings):
        return settings, Database(settings.database_url)


def _place() -> console.Place:
    settings, database = _opened()
    slack, app_token = client(settings, SENDER_SECONDS), settings.slack_app_token.get_secret_value()
    clock = clock_from(settings.clock_file)
    return console.Place(database, slack, app_token, clock, settings.backup_folder, settings.keys())


def _keeping() -> backups.Keeping:
    settings, database = _opened()
    clock, messages = clock_from(settings.clock_file), listening().messages
    return backups.Keeping(database, clock, settings.backup_folder, messages)


def _cabinet() -> keys_by_hand.Cabinet:
    settings, database = _opened()
    return keys_by_hand.Cabinet(database, settings.keys())


console.register(commands, _place)
for by_hand in (backups, erasing_by_hand, moving):
    by_hand.register(commands, _keeping)
keys_by_hand.register(commands, _cabinet)


async def _serve(settings: Settings, bot: GoodTurn, intake: Intake) -> None:
    def on_stop(code: int) -> None:
        bot.sender.is_stopping = True
        end_in_time(code)

    watch = Watch(bot.database, bot.desk.clock, bot.pulse, bot.metrics, settings.backup_folder)
    if settings.transport == "http":
        public = Server(http_app(intake, pages=bot.pages), "0.0.0.0", settings.port)  # noqa: S104 - Slack calls from outside
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
    except starting.HOPELESS as error:
        _give_up(starting.why(error, settings.slack_api_url), starting.code_of(error))


def _give_up(line: str, code: int) -> NoReturn:
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
