"""Whether whoever acts belongs to the workspace, as far as a payload tells. Slack Connect brings people of other companies."""

from collections.abc import Mapping
from typing import Any

from bot.members import SHUT_OUT, standing
from handlers.requests import Request
from storage import members

# What somebody does. All other events tell what is so, whoever caused it.
_DONE_BY_SOMEBODY = frozenset({"reaction_added", "reaction_removed", "message", "app_home_opened"})


def is_of_here(request: Request) -> bool:
    """Says whether whoever acts belongs to the workspace: as the payload has it, or else as Slack says of them.

    Slack is asked where it was not today; whoever it says nothing about is not heard.
    """
    if _is_surely_of_here(request.team_id, request.body):
        return True
    request.look_up()
    with request.desk.database.reading() as session:
        member = members.known(session, request.team_id, [request.slack_id]).get(request.slack_id)
        return member is not None and member.checked_at is not None and not SHUT_OUT & standing(member)


def _is_surely_of_here(team_id: str, body: Mapping[str, Any]) -> bool:
    """Says whether nothing in a payload speaks for whoever acts being of another workspace, or of one that is not said.

    In a channel that is shared with others Slack often leaves out whose somebody is, so that of them nobody is sure.
    """
    event, user = _mapping(body.get("event")), _mapping(body.get("user"))
    if not event:
        return user.get("team_id") in (None, "", team_id)
    if event.get("type") not in _DONE_BY_SOMEBODY:
        return True
    said = event.get("user_team") or (event.get("team") if body.get("is_ext_shared_channel") else None)
    return said == team_id if said or body.get("is_ext_shared_channel") else True


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
