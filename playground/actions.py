"""What people do on the page. Each act changes the workspace, tells the bot, and waits for nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playground import conversing, events, pressing
from playground.deliveries import Delivery
from playground.slack import PlaygroundError, Slack, person_in
from playground.workspace import Json, Person, Workspace

NONE = "none"


@dataclass
class Act:
    """What an act led to: what it says itself, and the deliveries whose acks complete it."""

    result: Json = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)

    def answer(self) -> Json:
        """Returns the page's answer; `status` and `answer` are those of the first delivery."""
        first = self.deliveries[0] if self.deliveries else None
        status = (first.status or "timeout") if first else NONE
        return {"ok": True, "answer": first.answer if first else None, "status": status} | self.result


def act(slack: Slack, request: Json) -> Act:
    """Does what somebody asks for; raises PlaygroundError with a sentence when it cannot be done."""
    workspace = slack.workspace(request.get("team"))
    person = person_in(workspace, request.get("as"))
    if person.deleted:
        raise PlaygroundError(f"{person.real_name or person.name} is deactivated.")
    doing = ACTS.get(str(request.get("do")))
    if doing is None:
        raise PlaygroundError(f"Nobody can do “{request.get('do')}” here.")
    log: list[Delivery] = []
    outer, slack.deliveries.log = slack.deliveries.log, log
    try:
        result = doing(slack, workspace, person, request)
    finally:
        slack.deliveries.log = outer
    return Act(result, log)


def _open_home(slack: Slack, workspace: Workspace, person: Person, _request: Json) -> Json:
    direct = conversing.direct_with(slack, workspace, person, workspace.bot_user)
    events.home_opened(slack, workspace, person.id, direct.id, "home")
    return {}


def _do_not_disturb(slack: Slack, _workspace: Workspace, person: Person, request: Json) -> Json:
    """Wants to be left alone for `minutes` from now; 0 ends it."""
    minutes = request.get("minutes", 0)
    if not isinstance(minutes, (int, float)) or minutes < 0:
        raise PlaygroundError("“minutes” is a number from 0.")
    person.dnd_start = int(slack.clock().timestamp()) if minutes else 0
    person.dnd_end = person.dnd_start + int(minutes * 60)
    slack.changed()
    return {"until": person.dnd_end}


ACTS: dict[str, Callable[[Slack, Workspace, Person, Json], Json]] = {
    "say": conversing.say,
    "delete": conversing.delete,
    "react": conversing.react,
    "unreact": conversing.unreact,
    "open": conversing.open_conversation,
    "dm": conversing.open_dm,
    "group": conversing.open_group,
    "invite": conversing.invite,
    "leave": conversing.leave,
    "open_home": _open_home,
    "dnd": _do_not_disturb,
    "press": pressing.press,
    "submit": pressing.submit,
    "close": pressing.close,
    "shortcut": pressing.use_shortcut,
}
