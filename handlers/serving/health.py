"""Whether this program is alive, whether it can do its work, and its figures, for whatever watches over it.

Alive depends on nothing and may be asked by anybody; the rest is for this machine alone.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from handlers.metrics import Metrics
from handlers.requests import Clock
from handlers.serving.checks import run_checks
from handlers.serving.pulse import Pulse
from storage import backup, outbox_figures, workspaces
from storage.condition import asking
from storage.database import Database, NotSaved
from storage.tables import STATES

TEXT_FORM = "text/plain; version=0.0.4"  # Prometheus's own name for it


@dataclass(frozen=True)
class Watch:
    """What is looked at when somebody asks how the program does. `backups` is the folder that was chosen for them, if any."""

    database: Database
    clock: Clock
    pulse: Pulse
    metrics: Metrics
    backups: Path | None = None

    def answer_ready(self, _request: Request) -> JSONResponse:
        """Answers `/readyz`: every check by its name, and 503 when one of them does not hold."""
        checks = run_checks(self.database, self.clock(), self.pulse)
        failing = [check.name for check in checks if not check.ok]
        found = {check.name: {"ok": check.ok, "figure": check.figure, "says": check.says} for check in checks}
        body = {"status": "not ready" if failing else "ready", "failing": failing, "checks": found}
        return JSONResponse(body, status_code=503 if failing else 200)

    def answer_metrics(self, _request: Request) -> PlainTextResponse:
        """Answers `/metrics`: what was counted, and what stands in the database now, where that can be asked."""
        now = self.clock()
        self._look_at_outbox(now)
        self.metrics.gauge("socket_pong_age_seconds", self.pulse.age("pong"))
        self.metrics.gauge("socket_num_connections", self.pulse.connections if self.pulse.sockets is not None else None)
        self.metrics.gauge("backup_age_seconds", backup_age(self.database, self.backups, now))
        return PlainTextResponse(self.metrics.text(), media_type=TEXT_FORM)

    def _look_at_outbox(self, now: datetime) -> None:
        try:
            counts, since = _outbox(self.database, now)
        except NotSaved:  # a figure of a moment ago would hide it; /readyz says what is wrong
            figures: dict[str, int | None] = dict.fromkeys(STATES)
            waited = None
        else:
            figures = {state: counts.get(state, 0) for state in STATES}
            waited = 0.0 if since is None else (now - since).total_seconds()
        for state, figure in figures.items():
            self.metrics.gauge("outbox_state", figure, state=state)
        self.metrics.gauge("outbox_oldest_due_seconds", waited)


async def answer_health(_request: Request) -> JSONResponse:
    """Answers `/healthz`: the process is alive. It depends on nothing else."""
    return JSONResponse({"status": "alive"})


def routes(watch: Watch | None = None) -> list[Route]:
    """Returns what is served for watchers: without a watch, only that the process is alive."""
    served = [Route("/healthz", answer_health)]
    if watch is not None:
        served += [Route("/readyz", watch.answer_ready), Route("/metrics", watch.answer_metrics)]
    return served


def _outbox(database: Database, now: datetime) -> tuple[dict[str, int], datetime | None]:
    """Returns the rows of all workspaces by state, and since when the longest due one waits."""
    counts: dict[str, int] = {}
    oldest: datetime | None = None
    with asking(database) as session:
        for team_id in workspaces.served(session):
            for state, count in outbox_figures.counts_by_state(session, team_id).items():
                counts[state] = counts.get(state, 0) + count
            due = outbox_figures.oldest_due(session, team_id, now)
            oldest = min(filter(None, (oldest, due)), default=None)
    return counts, oldest


def backup_age(database: Database, chosen: Path | None, now: datetime) -> float | None:
    """Returns how old the newest backup is, in seconds, or None where there is none."""
    folder = backup.folder_of(database, chosen)
    made = backup.newest(folder, now) if folder is not None else None
    return (now - made).total_seconds() if made is not None else None
