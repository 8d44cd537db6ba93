"""Introductions, for the connector: `/intro`, its form, reading it all first, asking, and taking it back.

What those answer who are asked: `introduction_answers.py`. Whether they met: `meetings.py`.
"""

from bot import introductions, openness, proposals
from bot.errors import Stale
from handlers import introduction_drafts as drafts
from handlers import reading, showing_introductions
from handlers.drafts import channel_of
from handlers.introduction_drafts import IntroductionDraft
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import help as help_views
from handlers.views import introduction_forms as forms
from handlers.views import introductions as views
from handlers.views.kit import Message
from storage import contacts
from storage import drafts as kept_drafts
from storage import introductions as stored
from storage import members as people
from storage.tables import Member


def hear_command(request: Request) -> None:
    """Hears `/intro`: alone it opens the form, with names and a reason it shows what everybody would read."""
    if request.text.lower() in ("help", "?"):
        request.answer(help_views.command("/intro"))
        return
    slack_ids, outsiders, rest, trouble = reading.take_people(request.text)
    ids, channel = list(dict.fromkeys(slack_ids)), channel_of(request.body)
    names = request.names_of([*ids, *reading.mentioned_in(rest)])
    words = reading.plain_words(rest, names)
    draft = drafts.start(slack_ids=ids, outsiders=outsiders, words=words, channel=channel)
    request.draft = draft
    if trouble is not None:
        raise trouble
    count = len(ids) + len(outsiders)
    if (proposals.FEWEST <= count <= proposals.MOST and not words) or count < proposals.FEWEST:
        _open(request, draft)
        return
    named = _check(request, draft)
    request.answer(_to_read(draft, named, request.keep_draft(draft)))


def open_form(request: Request) -> None:
    """Opens the form: with what was said and not asked, or empty."""
    _open(request, drafts.found(request, request.about) if request.about else drafts.start(channel=None))


def read_first(request: Request) -> None:
    """Hears the filled form, and shows what everybody would read."""
    draft = drafts.filled(request, drafts.found(request, request.about))
    request.draft = draft
    named = _check(request, draft)
    draft_id = request.keep_draft(draft)
    if draft["is_outside"]:
        request.answer(_to_read(draft, named, draft_id))
    else:
        names = drafts.names_of(draft, {one.slack_id: one.name for one in named})
        request.push(forms.approval_form(names, draft["lines"], draft_id))


def ask(request: Request) -> None:
    """Hears that the connector approves the words."""
    _ask(request)


def ask_again(request: Request) -> None:
    """Hears that the same people are to be asked once more."""
    _ask(request, again=True)


def show_text(request: Request) -> None:
    """Hears that the connector would rather send a text, and shows it."""
    draft: IntroductionDraft = {**drafts.found(request, request.about), "is_outside": True}
    request.draft = draft
    named = _check(request, draft)
    request.answer(_to_read(draft, named, request.keep_draft(draft)))


def leave(request: Request) -> None:
    """Hears that nobody is to be asked."""
    request.answer(views.left_alone())


def keep(request: Request) -> None:
    """Hears *Remind me then*, and keeps the draft until the one who is at capacity has room."""
    draft = drafts.found(request, request.about)
    with request.transaction() as session:
        actor, named = request.meet(session, draft["slack_ids"])
        if kept_drafts.drop(session, request.team_id, actor.id, request.about):
            rooms = [openness.has_room_at(session, one, request.now) for one in named]
            until = max((at for at in rooms if at is not None), default=None)
            if until is None or None in rooms:
                raise Stale
            proposals.keep(session, actor, drafts.proposal(draft, named), until, request.now, request.key)
        else:
            until = proposals.kept_until(session, actor, request.key)
    request.answer(views.kept_until(until, actor.zone))


def reopen(request: Request) -> None:
    """Hears *Read it first* under a reminder, and opens the form with the draft that was kept."""
    with request.transaction() as session:
        standing = introductions.mine(session, request.actor(session), request.about)
        known = people.by_id(session, request.team_id, [side.member_id for side in standing.sides])
        outside = contacts.by_id(session, request.team_id, [side.contact_id for side in standing.sides])
        draft = drafts.of_standing(standing, known, outside)
    _open(request, draft)


def withdraw(request: Request) -> None:
    """Hears *Take it back*."""
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            introductions.withdraw(session, actor, request.about, request.now)
        standing = introductions.mine(session, actor, request.about)
        shown = showing_introductions.for_connector(session, standing)
    request.answer(views.being_asked(shown).ending())


def open_settings(request: Request) -> None:
    """Opens the form of what one wants to be asked."""
    with request.transaction() as session:
        actor = request.actor(session)
        a_month = openness.a_month(session, actor)
        unwanted = [one.slack_id for one in stored.unwanted_by(session, actor.team_id, actor.id)]
        rests = showing_introductions.rests_until(actor, request.now)
    request.show(forms.settings_form(a_month, rests, unwanted))


def choose(request: Request) -> None:
    """Hears what one wants to be asked."""
    slack_ids = list(request.filled("unwanted") or [])
    request.look_up(slack_ids)
    with request.transaction() as session:
        actor, unwanted = request.meet(session, slack_ids)
        if request.claim(session):
            until = showing_introductions.day_read(str(request.filled("day")), actor.zone)
            a_month = str(request.filled("a_month")).strip()
            openness.choose(session, actor, a_month=a_month, rest_until=until, unwanted=unwanted, now=request.now)
    request.answer(views.chosen())


def _open(request: Request, draft: IntroductionDraft) -> None:
    with request.transaction() as session:
        proposals.require_connector(request.actor(session))  # before they have filled it in for nothing
    names = request.names_of(draft["slack_ids"])
    request.show(drafts.form(draft, request.keep_draft(draft), names))


def _check(request: Request, draft: IntroductionDraft) -> list[Member]:
    """Raises the mistake that keeps a draft from being asked about, before it is read; returns the members it names."""
    request.look_up(draft["slack_ids"])
    with request.transaction() as session:
        actor, named = request.meet(session, draft["slack_ids"])
        proposals.check(session, actor, drafts.proposal(draft, named), request.now, again=True)
    return named


def _to_read(draft: IntroductionDraft, named: list[Member], draft_id: str) -> Message:
    names = drafts.names_of(draft, {one.slack_id: one.name for one in named})
    if not draft["is_outside"]:
        return views.to_approve(names, draft["lines"], draft_id)
    is_sent = [one.is_guest or one.is_stranger for one in named] + [True] * len(draft["outsiders"])
    texts = [
        (who, views.text_for(who, [one for one in names if one != who], line))
        for who, line, is_to in zip(names, draft["lines"], is_sent, strict=True)
        if is_to or not any(is_sent)
    ]
    return views.texts_to_send(texts, draft_id, is_outside=bool(draft["outsiders"]))


def _ask(request: Request, *, again: bool = False) -> None:
    draft = drafts.found(request, request.about)
    request.draft = draft
    request.look_up(draft["slack_ids"])
    with request.transaction() as session:
        actor, named = request.meet(session, draft["slack_ids"])
        is_open = kept_drafts.drop(session, request.team_id, actor.id, request.about)
        if not is_open and not request.came_before(session):
            raise Stale  # it was asked by another press of the same button
        standing = proposals.ask(session, actor, drafts.proposal(draft, named), request.now, request.key, again=again)
        shown = showing_introductions.for_connector(session, standing)
    request.answer(views.being_asked(shown).ending())


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.commands["/intro"] = hear_command
    routes.forms |= {
        "introductions.drafted": read_first,
        "introductions.approved": ask,
        "introductions.chosen": choose,
    }
    routes.buttons |= {
        "introductions.open": open_form,
        "introductions.ask": ask,
        "introductions.again": ask_again,
        "introductions.text": show_text,
        "introductions.leave": leave,
        "introductions.keep": keep,
        "introductions.reopen": reopen,
        "introductions.withdraw": withdraw,
        "introductions.settings": open_settings,
    }
