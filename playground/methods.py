"""The table of Web API methods, and the few that belong to no family."""

from __future__ import annotations

from collections.abc import Callable

from playground import oauth
from playground.methods_chat import CHAT
from playground.methods_conversations import CONVERSATIONS
from playground.methods_files import FILES
from playground.methods_reading import READING
from playground.methods_users import USERS
from playground.methods_views import VIEWS
from playground.slack import APP_ID, Slack
from playground.workspace import Json, Workspace

Method = Callable[[Slack, Workspace, Json], Json]


def _api_test(_slack: Slack, _workspace: Workspace, given: Json) -> Json:
    if given.get("error"):
        return {"ok": False, "error": given["error"], "args": given}
    return {"ok": True, "args": given}


def _auth_test(_slack: Slack, workspace: Workspace, _given: Json) -> Json:
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.people[workspace.bot_user].name,
        "team_id": workspace.id,
        "user_id": workspace.bot_user,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": workspace.by_org,
    }


def _connections_open(slack: Slack, _workspace: Workspace, _given: Json) -> Json:
    ticket = slack.new_ticket()
    return {"url": f"{slack.base_url.replace('http', 'ws', 1)}/socket/{ticket}?app_id={APP_ID}"}


def _team_info(_slack: Slack, workspace: Workspace, _given: Json) -> Json:
    return {"team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain, "email_domain": ""}}


METHODS: dict[str, Method] = {
    "api.test": _api_test,
    "auth.revoke": oauth.revoke,
    "auth.test": _auth_test,
    "oauth.v2.access": oauth.access,
    "apps.connections.open": _connections_open,
    "team.info": _team_info,
    **CHAT,
    **CONVERSATIONS,
    **READING,
    **USERS,
    **VIEWS,
    **FILES,
}
