"""Words that are older than a workspace's admins want to keep go, a few at a time; what they counted for still counts."""

from datetime import datetime

import structlog

from bot import workspaces
from handlers.requests import Clock
from storage import retention
from storage import workspaces as stored
from storage.database import Database, NotSaved

log = structlog.get_logger(__name__)


def forget_words(database: Database, clock: Clock) -> None:
    """Takes out of all workspaces the words that are too old; of each once a day."""
    with database.reading() as session:
        due = workspaces.with_old_words(session, clock())
    for team_id, before in due:
        try:
            _forget(database, team_id, before)
        except NotSaved as error:  # it goes on the next time
            log.warning("words not removed yet", team=team_id, error=str(error))


def _forget(database: Database, team_id: str, before: datetime) -> None:
    for table in retention.BLANK:
        behind = None
        while True:
            with database.reading() as session:
                keys = retention.find(session, team_id, table, before, behind)
            if not keys:
                break
            with database.transaction() as session:
                retention.blank(session, team_id, table, keys)
            behind = keys[-1]
    with database.transaction() as session:
        stored.change(session, team_id, words_gone_until=before)
