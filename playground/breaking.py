"""Breaking things on purpose: faults on and off, sockets dropped or refused, a token revoked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playground import events
from playground.faults import (
    ANY,
    CALLS,
    DELIVERIES,
    HISTORY_METHODS,
    HOMES,
    SOCKETS,
    USUAL_ERRORS,
    USUAL_SECONDS,
    WHATS,
    Fault,
)
from playground.mishaps import KINDS
from playground.slack import PlaygroundError, Slack
from playground.web_api import TABLE, UPLOAD
from playground.workspace import Json, Workspace


def faults_now(slack: Slack, workspace: Workspace) -> Json:
    """Returns what is switched on in a workspace and beyond it, for the page."""
    return {
        "active": [one.as_json() for one in slack.faults.active if one.team in (workspace.id, "")],
        "revoked": workspace.revoked,
        "sockets": slack.wiring.count() if slack.wiring else 0,
    }


def places(what: str) -> list[str]:
    """Returns what a fault can happen to, the usual first."""
    if what in CALLS:
        return [*sorted(TABLE, key=lambda method: (method != "chat.postMessage", method)), UPLOAD, ANY]
    if what in DELIVERIES:
        return [ANY, *KINDS.values()]
    return [HOMES[what]] if what in SOCKETS else [*HISTORY_METHODS, ANY]


def _group(what: str) -> str:
    if what in CALLS:
        return "calls"
    if what in DELIVERIES:
        return "deliveries"
    return "sockets" if what in SOCKETS else "history"


def _faults(_slack: Slack, _request: Json) -> Json:
    """Says what can go wrong, in groups, what a group can happen to, and where seconds and an error have a meaning."""
    kinds = [
        {
            "what": what,
            "words": words,
            "group": _group(what),
            "seconds": what in USUAL_SECONDS,
            "error": what in USUAL_ERRORS,
        }
        for what, words in WHATS.items()
    ]
    return {"kinds": kinds, "places": {_group(what): places(what) for what in WHATS}}


def _fault(slack: Slack, request: Json) -> Json:
    fault = _asked(request)
    slack.faults.add(fault)
    return {"fault": fault.as_json()}


def _asked(request: Json) -> Fault:
    given = {name: value for name, value in request.items() if name in Fault.__annotations__}
    times = given.get("times", 1)
    if times is not None and (not isinstance(times, int) or times < 1):
        raise PlaygroundError("It happens once or more often: “times” is a number from 1, or null for no end.")
    _check_seconds(request)
    try:
        fault = Fault(**{"what": "", **given})
    except ValueError as error:
        raise PlaygroundError(str(error)) from error
    if fault.on not in places(fault.what):
        raise PlaygroundError(f"“{fault.what}” does not happen to “{fault.on}”.")
    return fault


def _check_seconds(request: Json) -> None:
    seconds = request.get("seconds", 0)
    if not isinstance(seconds, (int, float)) or seconds < 0:
        raise PlaygroundError("“seconds” is a number from 0.")


def _clear_faults(slack: Slack, request: Json) -> Json:
    """Switches off one kind of fault, or everything: then a revoked token is good again, too."""
    what = request.get("what")
    slack.faults.clear(what)
    if what is None:
        for workspace in slack.workspaces.values():
            workspace.revoked = False
    return {}


def _sockets(slack: Slack, request: Json) -> Json:
    """Drops the open sockets, refuses new ones (for `seconds`, or until that is switched off), or has them refreshed."""
    if slack.wiring is None:
        raise PlaygroundError("There are no sockets here.")
    _check_seconds(request)
    if "refuse" in request:
        _refuse_sockets(slack, bool(request["refuse"]), request.get("seconds", 0))
    if request.get("warning"):
        slack.wiring.announce("warning")
    if request.get("refresh"):
        slack.wiring.announce("refresh_requested")
    if request.get("drop"):
        slack.wiring.drop()
    return {"sockets": slack.wiring.count()}


def _refuse_sockets(slack: Slack, refuse: bool, seconds: float) -> None:
    slack.faults.clear("socket_refused")
    if not refuse:
        return
    fault = Fault("socket_refused", times=None, seconds=seconds)
    slack.faults.add(fault)
    if seconds:
        slack.do_later(slack.clock() + timedelta(seconds=seconds), lambda: slack.faults.remove(fault))


def _revoke(slack: Slack, request: Json) -> Json:
    """Makes a workspace's token worth nothing; with `quietly` the app is not told of it."""
    workspace = slack.workspace(request.get("team"))
    if not workspace.revoked:
        workspace.revoked = True
        if not request.get("quietly"):
            events.tokens_revoked(slack, workspace)
    return {}


BREAKING: dict[str, Callable[[Slack, Json], Json]] = {
    "faults": _faults,
    "fault": _fault,
    "clear_faults": _clear_faults,
    "sockets": _sockets,
    "revoke": _revoke,
}
