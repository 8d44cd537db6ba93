"""An organization that has the app decides for each of its workspaces whether they have it, too; Slack tells of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers import uninstalling
from handlers.requests import Request
from handlers.routes import Routes
from storage import installations


def hear_granted(request: Request) -> None:
    """Hears that workspaces have the app by their organization from now on: they can be spoken to at once."""
    org_id, at = uninstalling.organization_of(request), uninstalling.moment_of(request.body, request.now)
    with request.transaction() as session:
        organization = installations.find(session, org_id) if org_id else None
        is_ours = organization is not None and organization.sealed is not None
        for team_id in _teams(request) if is_ours else ():
            uninstalling.begin_access(session, team_id, org_id, at)
    request.done()


def hear_revoked(request: Request) -> None:
    """Hears that workspaces do not have it by their organization any more: nothing is said there but by tokens of their own."""
    org_id, at = uninstalling.organization_of(request), uninstalling.moment_of(request.body, request.now)
    with request.transaction() as session:
        for team_id in _teams(request) if org_id else ():
            uninstalling.end_access(session, team_id, org_id, at)
    request.done()


def workspace_in(body: Mapping[str, Any]) -> str | None:
    """Returns the workspace of a request in which it stands only beside the authorization, or with whoever acts."""
    for holder in (body, body.get("user"), body.get("view")):
        if isinstance(holder, dict) and holder.get("team_id"):
            return str(holder["team_id"])
    return None


def _teams(request: Request) -> Sequence[str]:
    return [one for one in request.event.get("team_ids") or () if one]


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.events |= {"team_access_granted": hear_granted, "team_access_revoked": hear_revoked}
