"""users.*: who is there; dnd.*: who wants to be left alone."""

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


def _dnd_info(slack: Slack, workspace: Workspace, given: Json) -> Json:
    person = workspace.people.get(str(given.get("user")))
    if person is None:
        raise SlackError("user_not_found")
    is_set = person.dnd_end > slack.clock().timestamp()
    start, end = (person.dnd_start, person.dnd_end) if is_set else (1, 1)  # as Slack has it for who set no hours
    return {"dnd_enabled": is_set, "next_dnd_start_ts": start, "next_dnd_end_ts": end, "snooze_enabled": False}


USERS = {"users.info": _info, "users.list": _list, "dnd.info": _dnd_info}
