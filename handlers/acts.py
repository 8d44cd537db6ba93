"""Recording help: /give, /thanks, their form, the message menu, and Undo, Edit and the kind under the answer."""

from bot import acts
from bot.errors import NoPerson, NoWords, Stale, TooManyPeople
from bot.ledger import show_contact
from handlers import drafts, reading
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import act_forms as forms
from handlers.views import acts as views
from handlers.views import help as help_views
from storage import contacts, members
from storage import drafts as kept_drafts


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
    draft = drafts.start("gave", channel=drafts.channel_of(request.body), slack_ids=named, words=words, source="menu")
    request.show(drafts.form(draft, request.keep_draft(draft)))


def record_form(request: Request) -> None:
    """Hears the filled form."""
    draft = drafts.filled(request, drafts.found(request, request.about))
    _record(request, draft)


def open_form(request: Request) -> None:
    """Opens the form: with what was said and not recorded, or empty."""
    draft = drafts.found(request, request.about) if request.about else drafts.start("gave")
    request.show(drafts.form(draft, request.about or request.keep_draft(draft)))


def open_for_outsider(request: Request) -> None:
    """Opens the form with the name as somebody's outside Slack."""
    draft = drafts.found(request, request.about)
    name = str(draft.get("outside", ""))
    if name.startswith(("@", "#")):  # a handle, as it was typed
        name = name.lstrip("@#").replace(".", " ").title()
    draft["slack_ids"] = [one for one in draft["slack_ids"] if one != draft.get("left_out")]
    draft["outsiders"] = [*draft["outsiders"], [name, ""]] if name else draft["outsiders"]
    request.show(drafts.form(draft, request.about))


def thank_someone(request: Request) -> None:
    """Opens the form for help received, with the words kept and nobody named."""
    draft = drafts.found(request, request.about) if request.about else drafts.start("got")
    draft |= {"role": "got", "slack_ids": []}
    request.show(drafts.form(draft, request.keep_draft(draft)))


def record_again(request: Request) -> None:
    """Records what was recorded a moment ago, since the member says so."""
    _record(request, drafts.found(request, request.about), again=True)


def record_once(request: Request) -> None:
    """Leaves it at once."""
    request.answer(help_views.once_is_right())


def undo(request: Request) -> None:
    """Takes a statement back."""
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            acts.undo(session, actor, request.about, request.now)
        said = acts.recall(session, actor, request.about)
    request.answer(views.recorded(said))


def choose_kind(request: Request) -> None:
    """Corrects the kind of a statement."""
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            acts.change_kind(session, actor, request.about, request.picked, request.now)
        said = acts.recall(session, actor, request.about)
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
    form = forms.form(
        callback_id="acts.edited",
        keeps=said.said_id,
        role=said.role,
        slack_ids=[people[one].slack_id for one in other_ids if one],
        outsiders=", ".join(show_contact(one) for one in outside.values()),
        kind=None if first.act.is_guess else first.act.kind,
        words=first.act.words,
        channel=first.channel,
        is_private=first.is_stated_private,
    )
    request.show(form)


def save_edit(request: Request) -> None:
    """Hears the form of an edit."""
    draft = drafts.filled(request, drafts.start("gave"))
    request.look_up(draft["slack_ids"])
    with request.transaction() as session:
        actor, named = request.meet(session, draft["slack_ids"])
        if request.claim(session):
            acts.edit(session, actor, request.about, drafts.statement(draft, named), request.now)
        said = acts.recall(session, actor, request.about)
    request.answer(views.recorded(said))


def _record_typed(request: Request, role: str) -> None:
    if request.text.lower() in ("help", "?"):
        request.answer(help_views.command(str(request.body["command"])))
        return
    channel = drafts.channel_of(request.body)
    request.draft = draft = drafts.start(role, channel=channel, words=reading.plain_words(request.text))
    if not request.text:
        request.show(drafts.form(draft, request.keep_draft(draft)))
        return
    read = reading.read_statement(request.text)
    words = read.words_with(request.names_of(read.mentioned))
    draft |= {"slack_ids": read.slack_ids, "kind": read.kind, "words": words}
    draft["outsiders"] = [[one.name, one.company] for one in read.outsiders]
    if read.trouble is not None:
        raise read.trouble
    missing = NoPerson(role) if not (read.slack_ids or read.outsiders) else None if words else NoWords()
    if missing is not None:
        request.open(drafts.form(draft, request.keep_draft(draft)))
        raise missing
    _record(request, draft)


def _record(request: Request, draft: drafts.Draft, *, again: bool = False) -> None:
    """Records a draft and answers with what was recorded."""
    request.draft = draft
    if len(draft["slack_ids"]) > acts.MOST_PEOPLE:  # before as many people are asked about
        raise TooManyPeople(len(draft["slack_ids"]), acts.MOST_PEOPLE)
    request.look_up(draft["slack_ids"])
    with request.transaction() as session:
        actor, named = request.meet(session, draft["slack_ids"])
        is_open = not request.about or kept_drafts.drop(session, request.team_id, actor.id, request.about)
        if not is_open and not request.came_before(session):
            raise Stale  # it was recorded by another press of the same button
        said = acts.record(session, actor, drafts.statement(draft, named), request.now, request.key, again=again)
    request.answer(views.recorded(said, can_share=True))


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
