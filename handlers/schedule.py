"""What runs when, as one table. APScheduler only ticks; what is due is a question to the database."""

from collections.abc import Callable
from datetime import UTC, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from handlers.requests import Clock
from storage import drafts, inbox, workspaces
from storage.database import Database

SEND_EVERY = timedelta(seconds=5)
# Slack delivers a request again for at most a day (its Delayed Events); keys are kept for a week.
KEEP_INBOX = timedelta(days=7)
KEEP_DRAFTS = timedelta(days=1)


def start(database: Database, clock: Clock, wake_sender: Callable[[], None]) -> BackgroundScheduler:
    """Starts the ticks."""
    every = {
        "send what is due": (SEND_EVERY, wake_sender),
        "forget old keys and drafts": (timedelta(hours=1), lambda: forget(database, clock)),
    }
    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for name, (period, job) in every.items():
        scheduler.add_job(job, "interval", seconds=period.total_seconds(), name=name)
    scheduler.start()
    return scheduler


def forget(database: Database, clock: Clock) -> None:
    """Removes keys and drafts that nobody can need any more."""
    now = clock()
    with database.transaction() as session:
        for team_id in workspaces.all_teams(session):
            inbox.forget(session, team_id, now - KEEP_INBOX)
            drafts.forget(session, team_id, now - KEEP_DRAFTS)
