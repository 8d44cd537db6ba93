"""Recording help: /give, /thanks, their form, the message menu, and Undo, Edit and the kind under the answer."""

from collections.abc import Mapping
from typing import Any

from bot import acts
from bot.acts import Statement
from bot.errors import Mistake, NoPerson, NoWords, Stale
from bot.ledger import Outsider, show_contact
from handlers import reading
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import acts as views
from handlers.views import help as help_views
from handlers.views.kit import Form
from storage import contacts, drafts, members

Draft = dict[str, Any]


def record_given(request: Request) -> None:
    """Hears `/give`."""
    _record_typed(request, "gave")


def record_thanks(request: Request) -> None:
    """Hears `/thanks`."""
    _record_typed(request, "got")


def record_message(request: Request) -> None:
    """Hears *Record a good turn* in a message's menu, and opens the form with that message's words in it."""
    message = request.body.get("message") or {}
    author = message.get("user")
    named = [author] if author and author != request.slack_id and not message.get("bot_id") else []
    words = reading.plain_words(str(message.get("text") or ""))[: acts.MOST_CHARACTERS]
    draft = _draft("gave", channel=_channel_of(request.body), slack_ids=named, words=words, source="menu")
    request.open(_form(draft, request.keep_draft(draft)))
    request.done()


def record_form(request: Request) -> None:
    """Hears the filled form."""
    draft = _filled(request, _found(request, request.about))
    _record(request, draft)


def open_form(request: Request) -> None:
    """Opens the form: with what was said and not recorded, or empty."""
    draft = _found(request, request.about) if request.about else _draft("gave")
    request.open(_form(draft, request.about or request.keep_draft(draft)))
    request.done()


def open_for_outsider(request: Request) -> None:
    """Opens the form with the name as somebody's outside Slack."""
    draft = _found(request, request.about)
    name = str(draft.get("outside", "")).lstrip("@#").replace(".", " ").title()
    draft["slack_ids"] = [one for one in draft["slack_ids"] if one != draft.get("not")]
    draft["outsiders"] = [*draft["outsiders"], [name, ""]] if name else draft["outsiders"]
    request.open(_form(draft, request.about))
    request.done()


def thank_someone(request: Request) -> None:
    """Opens the form for help received, with the words kept and nobody named."""
    draft = _found(request, request.about) if request.about else _draft("got")
    draft |= {"role": "got", "slack_ids": []}
    request.open(_form(draft, request.keep_draft(draft)))
    request.done()


def record_again(request: Request) -> None:
    """Records what was recorded a moment ago, since the member says so."""
    _record(request, _found(request, request.about), again=True)


def record_once(request: Request) -> None:
    """Leaves it at once."""
    request.answer(help_views.once_is_right())


def undo(request: Request) -> None:
    """Takes a statement back."""
    with request.transaction() as session:
        said = acts.undo(session, request.actor(session), request.about, request.now)
    request.answer(views.recorded(said))


def choose_kind(request: Request) -> None:
    """Corrects the kind of a statement."""
    with request.transaction() as session:
        said = acts.change_kind(session, request.actor(session), request.about, request.picked, request.now)
    request.answer(views.recorded(said))


def edit(request: Request) -> None:
    """Opens a statement in the form."""
    with request.transaction() as session:
        actor = request.actor(session)
        said = acts.recall(session, actor, request.about)
        standing = [entry.act for entry in said.entries if entry.stands]
        if not standing:
            raise Stale
        other_ids = [act.helped_id if said.role == "gave" else act.helper_id for act in standing]
        people = members.by_id(session, actor.team_id, other_ids)
        outside = contacts.by_id(session, actor.team_id, [act.contact_id for act in standing])
        first = next(entry for entry in said.entries if entry.stands)
    form = views.form(
        callback_id="acts.edited",
        keeps=said.said_id,
        role=said.role,
        slack_ids=[people[one].slack_id for one in other_ids if one],
        outsiders=", ".join(show_contact(one) for one in outside.values()),
        kind=None if first.act.is_guess else first.act.kind,
        words=first.act.words,
        channel=first.channel,
        is_private=first.is_private,
    )
    request.open(form)
    request.done()


def save_edit(request: Request) -> None:
    """Hears the form of an edit."""
    draft = _filled(request, _draft("gave"))
    request.look_up(draft["slack_ids"])
    with request.transaction() as session:
        actor, named = request.meet(session, draft["slack_ids"])
        said = acts.edit(session, actor, request.about, _statement(draft, named), request.now, request.key)
    request.answer(views.recorded(said))


def _record_typed(request: Request, role: str) -> None:
    if request.text.lower() in ("help", "?"):
        request.answer(help_views.command(str(request.body["command"])))
        return
    channel = _channel_of(request.body)
    request.draft = draft = _draft(role, channel=channel, words=reading.plain_words(request.text))
    if not request.text:
        request.open(_form(draft, request.keep_draft(draft)))
        request.done()
        return
    read = reading.read_statement(request.text)
    draft |= {"slack_ids": read.slack_ids, "kind": read.kind, "words": read.words_with({})}
    draft["outsiders"] = [[one.name, one.company] for one in read.outsiders]
    missing: Mistake | None = (
        NoPerson() if not (read.slack_ids or read.outsiders) else None if read.words else NoWords()
    )
    if missing is not None:
        request.open(_form(draft, request.keep_draft(draft)))
        raise missing
    _record(request, draft)


def _record(request: Request, draft: Draft, *, again: bool = False) -> None:
    """Records a draft and answers with what was recorded."""
    request.draft = draft
    request.look_up(draft["slack_ids"])
    with request.transaction() as session:
        actor, named = request.meet(session, draft["slack_ids"])
        said = acts.record(session, actor, _statement(draft, named), request.now, request.key, again=again)
        if request.about:
            drafts.drop(session, request.team_id, request.about)
    request.answer(views.recorded(said, can_share=draft["channel"] is None))


def _statement(draft: Draft, named: list[Any]) -> Statement:
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


def _draft(
    role: str,
    *,
    channel: str | None = None,
    slack_ids: list[str] | None = None,
    words: str = "",
    source: str = "command",
) -> Draft:
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


def _found(request: Request, draft_id: str) -> Draft:
    """Returns one's own draft; one that was recorded since, or is older than a day, is no longer open."""
    with request.transaction() as session:
        draft = drafts.find(session, request.team_id, request.actor(session).id, draft_id)
    if draft is None:
        raise Stale
    return draft


def _filled(request: Request, draft: Draft) -> Draft:
    """Returns the draft as the form now says it."""
    kind = request.filled("kind")
    return draft | {
        "role": request.filled("role") or draft["role"],
        "slack_ids": request.filled("people") or [],
        "outsiders": [[one.name, one.company] for one in reading.read_outsiders(request.filled("outsiders"))],
        "kind": None if kind == views.GUESS else kind,
        "words": str(request.filled("words")).strip(),
        "is_private": request.filled("sees") == "private",
    }


def _form(draft: Draft, draft_id: str) -> Form:
    shown = [show_contact(Outsider(name, company)) for name, company in draft["outsiders"]]
    return views.form(
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


def _channel_of(body: Mapping[str, Any]) -> str | None:
    """Returns the channel that an act belongs to: the one where it was typed, and none for a conversation of a few."""
    channel = body.get("channel") or {}
    channel_id = str(body.get("channel_id") or channel.get("id") or "")
    name = str(body.get("channel_name") or channel.get("name") or "")
    if not channel_id or channel_id.startswith("D") or name == "directmessage" or name.startswith("mpdm-"):
        return None
    return channel_id


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.commands |= {"/give": record_given, "/thanks": record_thanks}
    routes.shortcuts["record_good_turn"] = record_message
    routes.forms |= {"acts.recorded": record_form, "acts.edited": save_edit}
    routes.buttons |= {
        "acts.open": open_form,
        "acts.outside": open_for_outsider,
        "acts.thank_someone": thank_someone,
        "acts.again": record_again,
        "acts.once": record_once,
        "acts.undo": undo,
        "acts.kind": choose_kind,
        "acts.edit": edit,
    }
