"""Calls to return: `/callback`, its form, the message menu and the list. What is answered about one: `call_answers.py`."""

from bot import callbacks, when
from bot.errors import Stale, ZoneNotKnown
from bot.plans import Plan
from bot.when import WhyNone
from handlers import call_drafts as drafts
from handlers import reading, showing_calls
from handlers.call_drafts import CallDraft
from handlers.reading_calls import read_call, says_about
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import call_forms as forms
from handlers.views import callbacks as views
from handlers.views import help as help_views
from storage import drafts as kept_drafts
from storage.tables import Member


def hear_command(request: Request) -> None:
    """Hears `/callback`: alone it lists, with words it notes a call."""
    typed = request.text
    if typed.lower() in ("help", "?"):
        request.answer(help_views.command("/callback"))
        return
    if typed.lower() in ("", "list"):
        list_calls(request)
        return
    owner = _owner(request)
    read = read_call(typed, request.now, owner.zone, owner.locale)
    draft = drafts.of_text(read, request.names_of(reading.mentioned_in(read.about)))
    request.draft = draft
    if read.trouble is not None:
        request.open(drafts.form(draft, request.keep_draft(draft), drafts.suggested(request.now, owner.zone)))
        raise read.trouble
    if read.found is not None:
        _note(request, draft, drafts.plan_found(read.found, owner.zone), guessed=read.found.guessed)
    elif read.why is not None:
        _ask_time(request, owner, read.why, draft)


def open_form(request: Request) -> None:
    """Opens the form: with what was said and not noted, or empty."""
    owner = _owner(request)
    draft = drafts.found(request, request.about) if request.about else drafts.start()
    draft_id = request.about or request.keep_draft(draft)
    request.show(drafts.form(draft, draft_id, drafts.suggested(request.now, owner.zone)))


def open_for_message(request: Request) -> None:
    """Hears *Call back* in a message's menu, and opens the form with its author and its words."""
    message = request.body.get("message") or {}
    author = message.get("user")
    slack_id = author if author and author != request.slack_id and not message.get("bot_id") else None
    note = reading.plain_words(str(message.get("text") or ""))[: callbacks.MOST_NOTE]
    draft = drafts.start(slack_id=slack_id, note=note)
    request.show(drafts.form(draft, request.keep_draft(draft), drafts.suggested(request.now, _owner(request).zone)))


def note_form(request: Request) -> None:
    """Hears the filled form."""
    draft = drafts.filled(request)
    _note(request, draft, drafts.plan_picked(request, _owner(request).zone))


def note_picked(request: Request) -> None:
    """Hears *Save* under the day and the time that were asked for."""
    draft = drafts.found(request, request.about)
    _note(request, draft, drafts.plan_picked(request, _owner(request).zone))


def note_chosen(request: Request) -> None:
    """Hears one of the times that were offered."""
    draft = drafts.found(request, request.about)
    number = int(str(request.action.get("action_id")).rpartition(".")[2])
    plan = Plan(request.now) if not draft["choices"] else drafts.plan_chosen(draft, number, _owner(request).zone)
    _note(request, draft, plan)


def pick_time(request: Request) -> None:
    """Hears *Pick a time*, and opens the form."""
    open_form(request)


def list_calls(request: Request) -> None:
    """Lists what the member has to return."""
    with request.transaction() as session:
        owner = request.actor(session)
        shown = showing_calls.list_open(session, owner, request.now)
    request.tell(views.all_calls(shown))


def hear_field(request: Request) -> None:
    """Hears that a day or a time was picked in a message; *Save* says what to do with it."""
    request.done()


def _note(request: Request, draft: CallDraft, plan: Plan, guessed: frozenset[str] = frozenset()) -> None:
    """Notes a call and answers with it."""
    request.draft = draft
    request.look_up(drafts.slack_ids_of(draft))
    with request.transaction() as session:
        owner, named = request.meet(session, drafts.slack_ids_of(draft))
        is_open = not request.about or kept_drafts.drop(session, request.team_id, owner.id, request.about)
        if not is_open and not request.came_before(session):
            raise Stale  # it was noted by another press of the same button
        call = drafts.call_of(draft, named)
        standing = callbacks.note_down(session, owner, call, plan, request.now, request.key)
        shown = showing_calls.shown(session, owner, standing, request.now)
        is_new = standing.callback.noted_at == request.now  # what came again was read at another time
        remarks = showing_calls.remarks(session, owner, standing, plan, guessed) if is_new else []
    request.answer(views.noted(shown, remarks))


def _ask_time(request: Request, owner: Member, why: WhyNone, draft: CallDraft) -> None:
    """Asks when: with the times that may have been meant, or with a day and a time to pick."""
    draft_id = request.keep_draft({**draft, "choices": drafts.offered(why.choices)})
    wall = drafts.suggested(request.now, owner.zone)
    if why.choices and why.reason == "past":
        wall = why.choices[0].astimezone(when.zone_named(owner.zone)).replace(tzinfo=None)
    who = drafts.who_of(draft, request.names_of(drafts.slack_ids_of(draft)))
    choices = [when.show_short(one, owner.zone, request.now) for one in why.choices] if why.reason == "unclear" else []
    fields = forms.pickers(wall, draft_id)
    request.answer(
        views.ask_time(
            who, "" if says_about(request.text) else draft["about"], why.reason, why.words, choices, fields, draft_id
        )
    )


def _owner(request: Request) -> Member:
    """Returns the one who acts, whose zone every time here is read in. Raises ZoneNotKnown until Slack has told it once."""
    request.look_up()
    with request.transaction() as session:
        owner = request.actor(session)
    if owner.checked_at is None:
        raise ZoneNotKnown
    return owner


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.commands["/callback"] = hear_command
    routes.shortcuts["call_back"] = open_for_message
    routes.forms["callbacks.noted"] = note_form
    routes.buttons |= {
        "callbacks.open": open_form,
        "callbacks.list": list_calls,
        "callbacks.picked": note_picked,
        "callbacks.pick": pick_time,
        "callbacks.choose.0": note_chosen,
        "callbacks.choose.1": note_chosen,
        "callbacks.day": hear_field,
        "callbacks.time": hear_field,
    }
