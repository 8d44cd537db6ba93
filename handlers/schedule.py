"""What runs when, as one table. APScheduler only ticks; what is due is a question to the database."""

from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot import replanning
from handlers import erasing, retention, uninstalling
from handlers.fetching.feed_reading import FeedReader
from handlers.requests import Clock
from storage import backup, drafts, erase_log, inbox, outbox, workspaces
from storage.backup import NotBackedUp
from storage.database import Database

log = structlog.get_logger(__name__)

SEND_EVERY = timedelta(seconds=5)
# Slack delivers a request again for at most a day (its Delayed Events); keys are kept for a week.
KEEP_INBOX = timedelta(days=7)
KEEP_DRAFTS = timedelta(days=1)
FORGET_AT_ONCE = 500  # rows in one transaction, so that nobody waits for them
# The day's backup is made within an hour of midnight (UTC), or of the next start; one that fails is tried again as soon.
LOOK_FOR_BACKUP = timedelta(hours=1)
LOOK_FOR_TOKENS = timedelta(minutes=5)  # two hours before one ends, so that there are 24 tries
REMOVE_WITHIN = timedelta(minutes=1)
LOOK_FOR_FEEDS = timedelta(minutes=1)  # each is read once an hour; one that was added now is not kept waiting for that


def start(
    database: Database,
    clock: Clock,
    wake_sender: Callable[[], None],
    backups: Path | None,
    refresh_tokens: Callable[[], None],
) -> BackgroundScheduler:
    """Starts the ticks. `backups` is the folder for them, None for a database that is backed up by other tools."""
    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    log_file = erase_log.beside(backups)
    reader = FeedReader(database, clock, is_stopping=lambda: not scheduler.running)
    every: dict[str, tuple[timedelta, Callable[[], object]]] = {
        "send what is due": (SEND_EVERY, wake_sender),
        "replace tokens that end soon": (LOOK_FOR_TOKENS, refresh_tokens),
        "forget what is long over": (timedelta(hours=1), lambda: forget(database, clock)),
        "plan reminders that nothing plans": (timedelta(hours=1), lambda: plan_missing(database, clock)),
        "forget words that are too old": (timedelta(hours=1), lambda: retention.forget_words(database, clock)),
        "remove workspaces that left": (timedelta(hours=1), lambda: uninstalling.purge(database, clock, log_file)),
        "read feeds that are due": (LOOK_FOR_FEEDS, reader.read_due),
        "remove what members had deleted": (REMOVE_WITHIN, lambda: erasing.finish(database, clock, log_file)),
        "make the day's backup": (LOOK_FOR_BACKUP, lambda: back_up(database, backups, clock)),
    }
    for name, (period, job) in every.items():
        scheduler.add_job(job, "interval", seconds=period.total_seconds(), name=name)
    scheduler.start()
    return scheduler


def forget(database: Database, clock: Clock) -> None:
    """Removes keys, drafts and messages that nobody can need any more."""
    now = clock()
    with database.transaction() as session:
        all_teams = workspaces.all_teams(session)
        for team_id in all_teams:
            inbox.forget(session, team_id, now - KEEP_INBOX)
            drafts.forget(session, team_id, now - KEEP_DRAFTS)
    for team_id in all_teams:
        removed = FORGET_AT_ONCE
        while removed == FORGET_AT_ONCE:
            with database.transaction() as session:
                removed = outbox.forget(session, team_id, now - outbox.KEEP, FORGET_AT_ONCE)


def plan_missing(database: Database, clock: Clock) -> None:
    """Plans what comes next of calls to return where that was lost, as it can be by a restore."""
    with database.transaction() as session:
        for team_id in workspaces.served(session):
            replanning.plan_missing(session, team_id, clock())


def back_up(database: Database, backups: Path | None, clock: Clock) -> None:
    """Makes the day's backup, unless the day has one."""
    if backups is None:
        return
    try:
        made = backup.add_daily(database, backups, clock())
    except NotBackedUp as error:  # backup_age_seconds wakes somebody when it stays so
        log.error("no backup was made", why=str(error))
    else:
        if made is not None:
            log.info("backed up", file=made.name, size=made.stat().st_size)
