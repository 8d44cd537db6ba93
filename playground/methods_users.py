"""users.*: who is there."""

from __future__ import annotations

from playground.access import page_of
from playground.errors import SlackError
from playground.objects import user_object
from playground.slack import Slack
from playground.workspace import Json, Workspace


def _info(slack: Slack, workspace: Workspace, given: Json) -> Json:
    person = workspace.people.get(str(given["user"]))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": user_object(workspace, person, slack.clock(), bool(given.get("include_locale")))}


def _list(slack: Slack, workspace: Workspace, given: Json) -> Json:
    now = slack.clock()
    with_locale = bool(given.get("include_locale"))
    found = [user_object(workspace, one, now, with_locale) for one in workspace.people.values()]
    page, metadata = page_of(found, given)
    return {"members": page, "cache_ts": int(now.timestamp()), "response_metadata": metadata}


USERS = {"users.info": _info, "users.list": _list}
