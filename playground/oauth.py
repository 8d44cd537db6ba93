"""OAuth, as far as installing an app goes: who may let it in, oauth.v2.access, and which workspace a token acts in."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from playground import events
from playground.errors import SlackError
from playground.grants import CODE_LIVES
from playground.slack import APP_ID, PlaygroundError, Slack
from playground.workspace import Json, Workspace


def organizations(slack: Slack) -> list[str]:
    """Returns the organizations that workspaces are in."""
    return sorted({one.org for one in slack.workspaces.values() if one.org})


def workspaces_of(slack: Slack, owner: str) -> list[Workspace]:
    """Returns the workspace with this id, or those of the organization with this id."""
    return [one for one in slack.workspaces.values() if owner in (one.id, one.org)]


def decide(slack: Slack, asked: Json, owner: str, *, allows: bool) -> str:
    """Returns the address that somebody is sent back to, who let the app in or did not; raises PlaygroundError."""
    back = {"state": asked.get("state", "")}
    if not allows:
        return f"{asked['redirect_uri']}?{urlencode(back | {'error': 'access_denied'})}"
    theirs = workspaces_of(slack, owner)
    if not theirs:
        raise PlaygroundError(f"There is no workspace {owner}.")
    admin = next((one.id for one in theirs[0].people.values() if one.is_admin), "")
    code = slack.grants.new_code(owner, asked["redirect_uri"], admin, slack.clock())
    return f"{asked['redirect_uri']}?{urlencode(back | {'code': code})}"


def access(slack: Slack, _workspace: Workspace, given: Json) -> Json:
    """Answers oauth.v2.access: a code for a token, or a token that ends for the next."""
    if given.get("client_id") != slack.grants.client_id:
        raise SlackError("invalid_client_id")
    if given.get("client_secret") != slack.grants.client_secret:
        raise SlackError("bad_client_secret")
    if given.get("grant_type") == "refresh_token":
        return _next(slack, str(given.get("refresh_token")))
    code = slack.grants.codes.pop(str(given.get("code")), None)
    if code is None or slack.clock() - code.issued_at > CODE_LIVES:
        raise SlackError("invalid_code")
    if given.get("redirect_uri", code.redirect_uri) != code.redirect_uri:
        raise SlackError("bad_redirect_uri")
    for workspace in workspaces_of(slack, code.owner):
        workspace.by_org = workspace.id != code.owner
        if not workspace.installed or workspace.revoked:
            slack.grants.revoke(code.owner)
        workspace.installed, workspace.revoked = True, False
    slack.changed()
    return _granted(slack, code.owner) | {"authed_user": {"id": code.user}}


def _next(slack: Slack, refresh: str) -> Json:
    owner = slack.grants.refreshing.pop(refresh, None)
    if owner is None:
        raise SlackError("invalid_refresh_token")
    return _granted(slack, owner)


def _granted(slack: Slack, owner: str) -> Json:
    workspace = workspaces_of(slack, owner)[0]
    is_org = workspace.id != owner
    return {
        "ok": True,
        **slack.grants.new_token(owner, slack.clock()),
        "token_type": "bot",
        "scope": ",".join(workspace.scopes),
        "bot_user_id": workspace.bot_user,
        "app_id": APP_ID,
        "team": None if is_org else {"id": workspace.id, "name": workspace.name},
        "enterprise": {"id": workspace.org, "name": f"Organization {workspace.org}"} if workspace.org else None,
        "is_enterprise_install": is_org,
    }


def revoke(slack: Slack, workspace: Workspace, given: Json) -> Json:
    """Answers auth.revoke: with its last token the app is out of the workspace, or of the organization."""
    if not given.get("test"):
        _remove(slack, {"owner": workspace.org if workspace.by_org else workspace.id})
    return {"revoked": not given.get("test")}


def workspace_for(slack: Slack, token: str, given: Json) -> Workspace | None:
    """Returns the workspace in which a call acts: the token's, or of an organization's the one that the call is about."""
    held = slack.grants.tokens.get(token)
    if held is None:
        return slack.workspace_of(token)
    theirs = workspaces_of(slack, held.owner)
    if given.get("team_id"):
        return next((one for one in theirs if one.id == given["team_id"]), None)
    return next((one for one in theirs if given.get("channel") in one.conversations), theirs[0] if theirs else None)


def is_of_org(slack: Slack, token: str) -> bool:
    """Says whether a token is an organization's."""
    held = slack.grants.tokens.get(token)
    return held is not None and held.owner in organizations(slack)


def check(slack: Slack, token: str) -> None:
    """Raises SlackError for a token that ended or is worth nothing."""
    held = slack.grants.tokens.get(token)
    if held is not None and held.is_revoked:
        raise SlackError("token_revoked")
    if held is not None and held.ends_at is not None and held.ends_at <= slack.clock():
        raise SlackError("token_expired")


def _rotate(slack: Slack, request: Json) -> Json:
    """Has the tokens that are given from now on end after twelve hours, or not."""
    slack.grants.rotates = bool(request.get("on"))
    return {"on": slack.grants.rotates}


def _org(slack: Slack, request: Json) -> Json:
    """Puts workspaces into an organization."""
    for team in request.get("teams", []):
        slack.workspace(team).org = str(request["id"])
    return {"orgs": organizations(slack)}


def _access(slack: Slack, request: Json) -> Json:
    """Has an organization give its app access to a workspace, or take it away; `quietly` is before the event tells of it."""
    workspace, is_granted = slack.workspace(request.get("team")), bool(request.get("on"))
    workspace.installed = workspace.by_org = is_granted
    if not request.get("quietly"):
        events.access_changed(slack, workspace, is_granted=is_granted)
    return {}


def _remove(slack: Slack, request: Json) -> Json:
    """Removes the app from a workspace or an organization; `first` says which of the two events comes first."""
    owner = str(request.get("owner"))
    theirs = workspaces_of(slack, owner)
    slack.grants.revoke(owner)
    for workspace in theirs:
        workspace.installed = False
    kinds = ["tokens_revoked", "app_uninstalled"]
    for kind in sorted(kinds, key=lambda one: one != request.get("first", kinds[0])):
        events.ended(slack, theirs[0], kind, is_org=theirs[0].id != owner)
    return {}


OAUTH: dict[str, Callable[[Slack, Json], Json]] = {"rotate": _rotate, "org": _org, "access": _access, "remove": _remove}
