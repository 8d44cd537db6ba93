"""Which listener hears what. Bolt gets one listener for each kind of request, and the rest is one look-up.

Bolt tries its listeners one after another, at 11 us each; this finds the last of many as fast as the first.
"""

import hashlib
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import App
from slack_bolt.context import BoltContext

from bot.errors import Mistake, Stale
from handlers.actors import is_of_here
from handlers.files import Files
from handlers.reading import plain_words
from handlers.requests import Desk, Request
from handlers.views import mistakes
from handlers.views.kit import Message
from storage import workspaces
from storage.database import Collided, NotSaved, Session, Unsure
from storage.tables import Outgoing

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Later:
    """What a renderer says of a message that is not to be said now, but then."""

    at: datetime


@dataclass(frozen=True)
class Composed:
    """What a renderer says of a message whose words take long to find: `make` reads for them outside of the transaction."""

    make: Callable[[Session], Message]


Listener = Callable[[Request], None]
Rendered = Message | Files | Composed | Later | None
Renderer = Callable[[Session, Outgoing, datetime], Rendered]
_ANY = re.compile("")
# What tells that the app was removed, in either order, or that an organization gives it access to a workspace or takes it away.
# An organization need name no workspace. It is heard also of a workspace that removed the app, of which all else is left.
OF_THE_APP = frozenset({"app_uninstalled", "tokens_revoked", "team_access_granted", "team_access_revoked"})
# What Slack tells without saying who did it.
_OF_NOBODY = OF_THE_APP | {"channel_shared", "channel_unshared"}


class Routes:
    """The table of listeners, by kind of request and by name; and of messages, by the outbox row's kind.

    A message's renderer reads what is true when it is sent; None says that there is nothing to say any more, Later that it is
    asked again at that moment. It is asked for changes of what was posted, too, which `row.slack_ts` tells. Of a row whose verb
    is `file` it gives Files; Composed where nobody who writes should wait for what it reads.
    `considerate` are the kinds of messages that wait, too, while their reader has do-not-disturb on.
    """

    def __init__(self) -> None:
        self.commands: dict[str, Listener] = {}
        self.buttons: dict[str, Listener] = {}
        self.forms: dict[str, Listener] = {}
        self.shortcuts: dict[str, Listener] = {}
        self.events: dict[str, Listener] = {}
        self.messages: dict[str, Renderer] = {}
        self.considerate: set[str] = set()

    def attach(self, app: App, desk: Desk) -> None:
        """Has a Bolt app bring every request here; commands first, since a command's sender waits."""
        app.command(_ANY)(self._hear(desk, self.commands, lambda body: body["command"]))
        app.action(_ANY)(self._hear(desk, self.buttons, lambda body: body["actions"][0]["action_id"]))
        app.view(_ANY)(self._hear(desk, self.forms, lambda body: body["view"]["callback_id"]))
        app.shortcut(_ANY)(self._hear(desk, self.shortcuts, lambda body: body["callback_id"]))
        app.event(_ANY)(self._hear(desk, self.events, lambda body: body["event"]["type"]))

    def _hear(
        self, desk: Desk, table: Mapping[str, Listener], name_of: Callable[[Mapping[str, Any]], str]
    ) -> Callable[..., None]:
        def hear(context: BoltContext, body: dict[str, Any], ack: Any) -> None:
            started = time.perf_counter()
            name = name_of(body)
            request = read_request(context, body, ack, desk)
            # It stays bound: each request has a context of its own, and Bolt may have something to say of it yet.
            structlog.contextvars.bind_contextvars(cause=request.key)
            listener = _hear_nothing if _comes_late(request) else table.get(name, _nobody)
            result = _run(listener, request)
            spent = round((time.perf_counter() - started) * 1000, 1)
            log.info("heard", what=name, team=request.team_id, result=result, ms=spent)

        return hear


def read_request(context: BoltContext, body: Mapping[str, Any], ack: Any, desk: Desk) -> Request:
    """Reads from a payload what every listener needs; the actor is the payload's user, and nobody else."""
    surface = _surface(body)
    return Request(
        surface=surface,
        body=body,
        team_id=str(context.team_id or ""),
        slack_id=str(context.user_id or ""),
        key=_key(surface, body),
        now=context.get("arrived_at") or desk.clock(),
        client=context.client,
        ack=ack,
        desk=desk,
        began=context.get("began") or time.monotonic(),
    )


def _run(listener: Listener, request: Request) -> str:
    """Runs a listener; what could not be saved is answered where the member stands, all else is left to Bolt as a 500."""
    try:
        return _listen(listener, request)
    except NotSaved as error:
        if request.surface == "event":
            raise  # not acknowledged, so that Slack delivers it again
        log.error("not saved", team=request.team_id, error=str(error))
        _object(request, error)
        return "not saved"


def _listen(listener: Listener, request: Request) -> str:
    """Runs a listener; a mistake is answered where the member stands. Raises NotSaved, and then nothing was written."""
    try:
        if not _says_where_and_who(request):
            raise Stale
        if not is_of_here(request):
            raise Stale
        try:
            listener(request)
        except Collided:
            listener(request)  # what another request wrote first is there now, and is answered from
        except Unsure as unsure:
            _find_out(listener, request, unsure)
    except Mistake as mistake:
        _object(request, mistake)
        return type(mistake).__name__
    return "done"


def _find_out(listener: Listener, request: Request, unsure: Unsure) -> None:
    """Runs a listener again, which is answered from what it wrote if it did. Raises Unsure where that cannot be told either."""
    try:
        listener(request)
    except NotSaved:
        raise unsure from None


def _object(request: Request, mistake: Exception) -> None:
    if request.surface == "event":
        request.done()
        return
    draft = request.draft or {}
    draft_id = ""
    if draft and isinstance(mistake, Mistake):
        outside = {
            "outside": getattr(mistake, "name", getattr(mistake, "typed", "")),
            "left_out": getattr(mistake, "slack_id", ""),
        }
        draft_id = request.keep_draft({**draft, **outside})
    said = str(draft.get("words") or "") or plain_words(request.text)
    shown = mistakes.message(mistake, draft_id, said, request.home_url, str(draft.get("form") or "acts.open"))
    request.object(shown, mistakes.under_fields(mistake, request.view))


def _hear_nothing(request: Request) -> None:
    """Takes an event of a workspace that has removed the app, and leaves it: to act on it could ask Slack, and write rows."""
    request.done()


def _says_where_and_who(request: Request) -> bool:
    """Says whether a request names its workspace and whoever acts, or is an event that names none."""
    kind = request.event.get("type") if request.surface == "event" else ""
    return (bool(request.team_id) or kind in OF_THE_APP) and (bool(request.slack_id) or kind in _OF_NOBODY)


def _comes_late(request: Request) -> bool:
    """Says whether it is an event of a workspace that has removed the app since."""
    if request.surface != "event" or request.event.get("type") in OF_THE_APP:
        return False
    with request.desk.database.reading() as session:
        return workspaces.is_silent(session, request.team_id)


def _nobody(request: Request) -> None:
    """Hears what nothing else does: an event is taken and left, a button of an older version is no longer open."""
    if request.surface != "event":
        raise Stale
    request.done()


def _surface(body: Mapping[str, Any]) -> str:
    if "command" in body:
        return "command"
    if body.get("type") == "view_submission":
        return "form"
    if body.get("type") == "block_actions":
        view = body.get("view")
        return str(view["type"]) if view else "message"
    return "event" if "event" in body else "shortcut"


def _key(surface: str, body: Mapping[str, Any]) -> str:
    """Names a request, so that it is acted on once however often Slack delivers it; nobody's id of Slack's is in it."""
    if surface == "event":
        event = body["event"]
        parts = (event.get("channel"), event.get("event_ts"), event.get("user"))
        return f"event:{body.get('event_id') or _short(*parts)}"
    if surface == "form":
        return f"form:{body['view'].get('id')}:{body['view'].get('hash')}"
    if body.get("trigger_id"):
        return f"trigger:{body['trigger_id']}"
    action = (body.get("actions") or [{}])[0]
    channel, user = body.get("channel") or {}, body.get("user") or {}
    return f"action:{_short(channel.get('id'), action.get('action_ts'), user.get('id'))}"


def _short(*parts: Any) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
