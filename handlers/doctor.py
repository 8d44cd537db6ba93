"""What the command line looks at beside the checks of a running program: Slack, the tokens and their scopes, the backups.

Nothing here is changed but a row that is written and taken back, so it may be asked while the program runs. No token is shown.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from handlers import outcomes
from handlers.checks import Check, run_checks
from handlers.health import backup_age
from handlers.outcomes import Outcome
from storage.database import Database

# A day, as often as backups are made, and two hours for one that came late.
BACKUP_WITHIN = 26 * 3600
HOUR = 3600
NO_DATABASE = "There is no database yet. The first start makes it, or: python app.py migrate"
# The scopes the app asks for, as docs/admins.md explains them; a test keeps both equal to manifest.json.
WHAT_FOR = {
    "commands": "its commands and the message menu",
    "chat:write": "the quiet messages, and reminders of calls",
    "im:write": "opening the conversation in which it says them",
    "mpim:write": "opening the chat of people who are introduced, once all have said yes",
    "im:history": "hearing what is written to the bot itself, nothing else",
    "files:write": "sending you your data as files, into your own conversation with it",
    "users:read": "names, time zones, who is a guest, an app or gone",
    "reactions:read": "the one emoji",
    "channels:read": "hearing that it was invited to a channel, and by whom, or taken out, or that others share it; no message",
    "groups:read": "the same of private channels",
    "dnd:read": "letting what can wait wait while somebody has do-not-disturb on; you may leave it out",
}
OPTIONAL = frozenset({"dnd:read"})


def check_database(database: Database, backups: Path | None, now: datetime) -> list[Check]:
    """Returns what is found of the database and its newest backup; of a SQLite file that is not there, only that."""
    if is_missing(database):
        return [Check("database", ok=False, says=NO_DATABASE)]
    backup = check_backup(backup_age(database, backups, now))
    return run_checks(database, now) + ([backup] if backup else [])


def is_missing(database: Database) -> bool:
    """Says whether a SQLite file is not there: to look into it would make one."""
    return database.is_sqlite and bool(database.url.database) and not Path(str(database.url.database)).exists()


def check_backup(age: float | None) -> Check | None:
    """Says whether the newest backup is of today, by its age in seconds. None where there is no backup to look at."""
    if age is None:
        return None
    is_fresh = age <= BACKUP_WITHIN
    what_next = "" if is_fresh else " Look at what should make one every day."
    return Check("backup", is_fresh, f"The newest backup is {age / HOUR:.0f} h old.{what_next}", round(age, 1))


def check_slack(client: WebClient) -> Iterator[Check]:
    """Says whether Slack can be reached and takes the bot's token, and then whether that token has the scopes it needs."""
    outcome, found = outcomes.of_call(lambda: _whose_token(client))
    if outcome.became != outcomes.DELIVERED:
        put = "Put there the Bot User OAuth Token, from the app's page OAuth & Permissions."
        yield _not_taken("slack", f"SLACK_BOT_TOKEN ({outcome.error}). {put}", outcome, client)
        return
    yield Check("slack", ok=True, says=f"Slack answers, and takes SLACK_BOT_TOKEN for the workspace {found['team']}.")
    yield from check_scopes(found["scopes"])


def check_scopes(granted: frozenset[str]) -> list[Check]:
    """Names each scope that is missing, with what it is for; one that may be left out is not missed."""
    install = "Add it under OAuth & Permissions, and install the app anew."
    missing = [
        Check("scopes", ok=False, says=f"{scope} is missing: {what_for}. {install}")
        for scope, what_for in WHAT_FOR.items()
        if scope not in granted | OPTIONAL
    ]
    left_out = "".join(f" {scope} was left out, as it may be." for scope in sorted(OPTIONAL - granted))
    return missing or [Check("scopes", ok=True, says=f"The token has every scope it needs.{left_out}")]


def check_app_token(client: WebClient, app_token: str) -> Check:
    """Says whether Slack would open a socket for the app-level token. It is asked for one, and none is opened."""
    if not app_token:
        return Check("sockets", ok=True, says="There is no SLACK_APP_TOKEN, and with TRANSPORT=http none is needed.")
    outcome, _ = outcomes.of_call(lambda: {"ok": client.apps_connections_open(app_token=app_token)["ok"]})
    if outcome.became == outcomes.DELIVERED:
        return Check("sockets", ok=True, says="Slack takes SLACK_APP_TOKEN, and would open a socket.")
    put = "Put there an App-Level Token with connections:write, from Basic Information."
    return _not_taken("sockets", f"SLACK_APP_TOKEN ({outcome.error}). {put}", outcome, client)


def _whose_token(client: WebClient) -> dict[str, Any]:
    answer = client.auth_test()
    headers = {name.lower(): value for name, value in answer.headers.items()}
    granted = headers.get("x-oauth-scopes", "").split(",")
    return {"team": str(answer["team_id"]), "scopes": frozenset(scope.strip() for scope in granted)}


def _not_taken(name: str, token: str, outcome: Outcome, client: WebClient) -> Check:
    """Tells a token that Slack refuses from a Slack that cannot be asked."""
    if outcome.became == outcomes.FINAL:
        return Check(name, ok=False, says=f"Slack does not take {token}")
    if outcome.error == outcomes.LIMITED:
        return Check(name, ok=False, says="Slack was asked too often. Ask again in a minute.")
    where = f"Slack cannot be asked at {client.base_url} ({outcome.error})."
    return Check(name, ok=False, says=f"{where} Look at the network, at SLACK_API_URL and at https://slack-status.com.")
