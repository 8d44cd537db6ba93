"""A workspace removes the bot: nothing is said to it from then on, and after some time its rows go, unless it comes back."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from handlers.requests import Clock, Request
from handlers.routes import Routes
from storage import erase_log, erasures, installations, purging, workspaces
from storage.database import Database, Session

log = structlog.get_logger(__name__)

# Removed by mistake, or to install it anew with other scopes, it goes on as it was.
GRACE = timedelta(days=30)


def hear_uninstalled(request: Request) -> None:
    """Hears that the app was removed."""
    _fall_silent(request)


def hear_revoked(request: Request) -> None:
    """Hears that tokens were revoked; it comes before or after the other, and counts where the bot's own is among them."""
    if (request.event.get("tokens") or {}).get("bot"):
        _fall_silent(request)
    else:
        request.done()


def note_installed(database: Database, team_id: str, now: datetime) -> None:
    """Notes that Slack takes the token for a workspace, so that it is served, whatever was noted before."""
    with database.transaction() as session:
        note_served(session, team_id, now)


def note_served(session: Session, team_id: str, at: datetime) -> None:
    """Notes the same in a transaction that does more, of a moment that may have passed."""
    if workspaces.note_installed(session, team_id, at):
        log.info("installed again", team=team_id)


def begin_access(session: Session, team_id: str, org_id: str, at: datetime) -> None:
    """Has a workspace served that had its organization's access at a moment, unless it lost it then or since."""
    installations.find(session, org_id, hold=True)  # that it ended may be heard at the same time
    if not workspaces.is_silent_since(session, team_id, at):
        installations.note_workspace(session, team_id, org_id, at)
        note_served(session, team_id, at)


def end_access(session: Session, team_id: str, org_id: str, at: datetime) -> None:
    """Has nothing said to a workspace that lost its organization's access at a moment, unless another installation serves it."""
    installations.find(session, org_id, hold=True)
    found = installations.find(session, team_id)
    if found is not None and found.sealed is None and found.org_id == org_id:
        installations.remove(session, team_id, at)
    if installations.resolve(session, team_id) is None:
        _note_uninstalled(session, team_id, at)


def moment_of(body: Mapping[str, Any], now: datetime) -> datetime:
    """Returns when what Slack tells of was so; a request that is no event is of now."""
    told = body.get("event_time")  # in whole seconds
    return datetime.fromtimestamp(told, UTC) if isinstance(told, int) else now


def organization_of(request: Request) -> str:
    """Returns the organization that an event is about, or "" where it is about none."""
    return str(_authorization(request).get("enterprise_id") or request.body.get("enterprise_id") or "")


def purge(database: Database, clock: Clock, log_file: Path | None = None) -> None:
    """Removes all rows of the workspaces whose time to come back is over."""
    moment = clock() - GRACE
    with database.reading() as session:
        over = workspaces.left_before(session, moment)
    for workspace in over:
        mark = erasures.mark_of(workspace, "workspace", workspace.team_id)
        if log_file is not None:  # before the last of it goes, so that no backup brings it back
            # Of the moment at which it was gone for certain: it may come back while others go, and is known by that then.
            erase_log.append(log_file, {mark: moment})
        removed = _purge(database, workspace.team_id)
        log.info("removed", team=workspace.team_id, rows=removed)


def _purge(database: Database, team_id: str) -> int:
    removed = some = 0
    while removed == 0 or some:
        with database.transaction() as session:
            if not workspaces.is_silent(session, team_id):  # it came back meanwhile, or the last row is gone
                break
            some = purging.remove_some(session, team_id)
        removed += some
    return removed


def _fall_silent(request: Request) -> None:
    """Removes the tokens at once, and has nothing said any more where no other installation serves the workspace."""
    at, org_id = moment_of(request.body, request.now), organization_of(request)
    is_org = bool(org_id) and (bool(_authorization(request).get("is_enterprise_install")) or not request.team_id)
    with request.transaction() as session:
        installations.remove(session, org_id if is_org else request.team_id, at)
        for team_id in installations.workspaces_of(session, org_id) if is_org else [request.team_id]:
            if installations.resolve(session, team_id, org_id) is None:
                _note_uninstalled(session, team_id, at)
            elif installations.find(session, team_id) is None:  # what it had of its own is gone
                installations.note_workspace(session, team_id, org_id, at)
    request.done()


def _note_uninstalled(session: Session, team_id: str, at: datetime) -> None:
    if workspaces.note_uninstalled(session, team_id, at):
        log.warning("the workspace removed the app: nothing is said to it, and its data goes", team=team_id,
                    after_days=GRACE.days)  # fmt: skip


def _authorization(request: Request) -> Mapping[str, Any]:
    return next(iter(request.body.get("authorizations") or ()), {})


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.events |= {"app_uninstalled": hear_uninstalled, "tokens_revoked": hear_revoked}
