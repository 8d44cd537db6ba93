"""What a member has said and not yet recorded, as the command, the form and the buttons between them hand it on."""

from collections.abc import Callable, Mapping
from typing import Any, NotRequired, TypedDict, cast

from bot.acts import Statement
from bot.errors import Stale
from bot.ledger import Outsider, show_contact
from handlers import reading
from handlers.requests import Request
from handlers.views import act_forms as forms
from handlers.views.kit import Form
from storage import drafts
from storage.tables import Member


class Draft(TypedDict):
    """A statement in the making. `outsiders` are pairs of name and company, `source` is how it began.

    When it could not be recorded, `outside` is the name that stood in the way and `left_out` that person's Slack id.
    """

    role: str
    slack_ids: list[str]
    outsiders: list[list[str]]
    kind: str | None
    words: str
    channel: str | None
    is_private: bool
    source: str
    outside: NotRequired[str]
    left_out: NotRequired[str]


def start(
    role: str,
    *,
    channel: str | None = None,
    slack_ids: list[str] | None = None,
    words: str = "",
    source: str = "command",
) -> Draft:
    """Begins a draft: `role` is `gave` or `got`."""
    return {
        "role": role,
        "slack_ids": slack_ids or [],
        "outsiders": [],
        "kind": None,
        "words": words,
        "channel": channel,
        "is_private": False,
        "source": source,
    }


def found(request: Request, draft_id: str) -> Draft:
    """Returns one's own draft; one that another request recorded since, or that is older than a day, is no longer open."""
    draft = own(request, draft_id, lambda kept: "role" in kept)
    return cast(Draft, draft or start("gave"))  # what this very request recorded is answered from the ledger


def own(request: Request, draft_id: str, is_one: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any] | None:
    """Returns one's own draft, if it is one of its kind; None where this very request used it. Raises Stale for any other."""
    with request.transaction() as session:
        draft = drafts.find(session, request.team_id, request.actor(session).id, draft_id)
        was_ours = draft is None and request.came_before(session)
    if (draft is None and not was_ours) or (draft is not None and not is_one(draft)):
        raise Stale
    return draft


def filled(request: Request, draft: Draft) -> Draft:
    """Returns the draft as the form now says it."""
    kind = request.filled("kind")
    return {
        **draft,
        "role": request.filled("role") or draft["role"],
        "slack_ids": request.filled("people") or [],
        "outsiders": [[one.name, one.company] for one in reading.read_outsiders(request.filled("outsiders"))],
        "kind": None if kind == forms.GUESS else kind,
        "words": str(request.filled("words")).strip(),
        "is_private": request.filled("sees") == "private",
    }


def statement(draft: Draft, named: list[Member]) -> Statement:
    """Returns what the draft says, with its people as members."""
    outsiders = [Outsider(name, company) for name, company in draft["outsiders"]]
    return Statement(
        role=draft["role"],
        named=[*named, *outsiders],
        words=draft["words"],
        kind=draft["kind"],
        channel=draft["channel"],
        is_private=draft["is_private"],
        source=draft["source"],
    )


def form(draft: Draft, draft_id: str) -> Form:
    """Returns the form with the draft in it."""
    shown = [show_contact(Outsider(name, company)) for name, company in draft["outsiders"]]
    return forms.form(
        callback_id="acts.recorded",
        keeps=draft_id,
        role=draft["role"],
        slack_ids=draft["slack_ids"],
        outsiders=", ".join(shown),
        kind=draft["kind"],
        words=draft["words"],
        channel=draft["channel"],
        is_private=draft["is_private"],
        asks_role=draft["source"] == "menu",
    )


def channel_of(body: Mapping[str, Any]) -> str | None:
    """Returns the channel that an act belongs to: the one where it was typed, and none for a conversation of a few."""
    channel = body.get("channel") or {}
    channel_id = str(body.get("channel_id") or channel.get("id") or "")
    name = str(body.get("channel_name") or channel.get("name") or "")
    if not channel_id or channel_id.startswith("D") or name == "directmessage" or name.startswith("mpdm-"):
        return None
    return channel_id
