"""The whole bot as `app.py` puts it together, on a SQLite file that already holds people and acts. Nothing is connected."""

import contextlib
import logging
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

import app
import logs
from app import GoodTurn
from benchmarks import slack
from bot.kinds import guess_kind
from config import Settings
from handlers.serving.transport import THREADS
from storage import members, workspaces
from storage.database import new_id
from storage.tables import Act, InboxKey, Outgoing

PEOPLE = slack.people(200)
# Acts of two years, as a workspace would have them; the inbox keeps a week of them.
LEDGER_DAYS, INBOX_DAYS = 730, 7


@contextlib.contextmanager
def assembled(file: Path, acts: int) -> Iterator[GoodTurn]:
    """Gives the bot, with its log switched on and thrown away, and with this many acts in its ledger."""
    settings = Settings(
        slack_bot_token=slack.TOKEN,
        slack_signing_secret=slack.SECRET,
        slack_api_url=slack.NOWHERE,
        database_url=f"sqlite:///{file}",
        transport="http",
        _env_file=None,
    )
    with Path(os.devnull).open("w") as nowhere, ThreadPoolExecutor(THREADS) as errands:
        with contextlib.redirect_stderr(nowhere):
            logs.set_up(settings.log_level)
        bot = app.assemble(settings, lambda: datetime.now(UTC), errands)
        _fill(bot, acts)
        yield bot
        bot.database.close()
        logging.getLogger().handlers.clear()  # or what is measured next would write to a file that is closed


def _fill(bot: GoodTurn, acts: int) -> None:
    now = datetime.now(UTC)
    bot.desk.directory.remember(slack.TEAM, PEOPLE, now)
    with bot.database.transaction() as session:
        workspaces.meet(session, slack.TEAM, now)
        profiles = {one: {"name": f"Person {one}", "zone": "America/Chicago"} for one in PEOPLE}
        ids = [one.id for one in members.meet(session, slack.TEAM, PEOPLE, now, profiles=profiles)]
        chance = random.Random(1)
        days = sorted(chance.uniform(1, LEDGER_DAYS) for _ in range(acts))
        rows = [_act(now - timedelta(days=age), *chance.sample(ids, 2)) for age in reversed(days)]
        week = [row for row in rows if row["recorded_at"] > now - timedelta(days=INBOX_DAYS)]
        tables = {Act: rows, Outgoing: [_message(row) for row in rows], InboxKey: [_key(row) for row in week]}
        for table, added in tables.items():
            if added:
                session.connection().execute(insert(table), added)


def _act(at: datetime, helper_id: str, helped_id: str) -> dict[str, Any]:
    act_id, words = new_id(at), f"where to find a surveyor on day {at:%j} at {at:%H:%M:%S}"
    return {
        "team_id": slack.TEAM, "id": act_id, "said_id": act_id, "root_id": act_id, "helper_id": helper_id,
        "helped_id": helped_id, "contact_id": None, "kind": guess_kind(words), "is_guess": True, "words": words,
        "channel": "C1", "is_private": False, "source": "command", "about": None, "recorded_by": helper_id,
        "written_by": helper_id, "recorded_at": at, "reverses": None,
    }  # fmt: skip


def _message(act: dict[str, Any]) -> dict[str, Any]:
    at = act["recorded_at"]
    return {
        "team_id": slack.TEAM, "id": new_id(at), "key": f"act:{act['id']}:told", "verb": "post", "kind": "act",
        "subject": act["id"], "member_id": act["helped_id"], "target": None, "greets": False, "due_at": at,
        "not_after": None, "state": "sent", "tried": 1, "created_at": at, "sent_at": at,
        "slack_channel": "D1", "slack_ts": act["id"],
    }  # fmt: skip


def _key(act: dict[str, Any]) -> dict[str, Any]:
    return {"team_id": slack.TEAM, "key": f"trigger:{act['id']}", "result": act["said_id"], "at": act["recorded_at"]}
