"""Nudges: the form in which members choose them, and the buttons in them. What one says: `showing_nudges.py`."""

from dataclasses import replace
from datetime import datetime, time

from bot import nudges
from bot.errors import Stale
from handlers import acts, call_drafts, insights, introduction_answers, items, offers, shares
from handlers.call_answers import called_back
from handlers.hearing import hearing
from handlers.requests import Request
from handlers.routes import Listener, Routes
from handlers.showing_nudges import chosen_by
from handlers.topics import topics_in
from handlers.views import nudges as views
from handlers.views.schedules import DAYS
from storage import members as people
from storage.database import Session
from storage.tables import Member, Suggested


def open_form(request: Request) -> None:
    """Opens the form of nudges and topics."""
    request.look_up()
    with request.transaction() as session:
        shown = chosen_by(session, request.actor(session), request.now)
    request.show(views.form(shown))


def choose(request: Request) -> None:
    """Hears what somebody chose about nudges."""
    every, weekday, wall, news = (str(request.filled(one) or "") for one in ("every", "weekday", "wall", "news"))
    if every not in views.EVERY or weekday not in DAYS or news not in views.NEWS:
        raise Stale
    try:
        at = time.fromisoformat(wall)
    except ValueError:
        raise Stale from None
    followed, reach = topics_in(request), request.filled("reach") or []
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            nudges.choose(session, actor, every=every, weekday=int(weekday), wall=at.replace(tzinfo=None), topics_typed=followed,
                          takes_asks=views.ASKS in reach, is_hidden=views.FOUND not in reach,
                          news_from=news, is_on=request.filled("whether") != "off", now=request.now)  # fmt: skip
        shown = chosen_by(session, actor, request.now)
    request.answer(views.chosen(shown))


def do(request: Request) -> None:
    """Hears the button that does what was suggested."""
    found = _pressed(request, "done")
    _DOES[found.source](_as_about(request, found.about))


def leave_out(request: Request) -> None:
    """Hears *Not this*."""
    _pressed(request, "not this")
    request.done()


def _pressed(request: Request, outcome: str) -> Suggested:
    nudge_id, _, number = request.about.partition(":")
    if not number.isascii() or not number.isdecimal() or len(number) > 1:
        raise Stale
    with request.transaction() as session:
        return nudges.press(session, request.actor(session), nudge_id, int(number), outcome, request.now)


def _as_about(request: Request, about: str) -> Request:
    """Returns the same request as if its button were about something else: what it leads to is heard as anywhere."""
    actions = [{**request.action, "value": about}]
    return replace(request, body={**request.body, "actions": actions})


def _record(request: Request) -> None:
    acts.open_form(_as_about(request, ""))


def _plan_call(request: Request) -> None:
    with request.transaction() as session:
        owner = request.actor(session)
        other = people.by_id(session, request.team_id, [request.about]).get(request.about)
    if other is None:
        raise Stale
    draft = call_drafts.start(slack_id=other.slack_id)
    request.show(call_drafts.form(draft, request.keep_draft(draft), call_drafts.suggested(request.now, owner.zone)))


_DOES: dict[str, Listener] = {
    "stuck": introduction_answers.look,
    "ask": offers.offer,
    "call": called_back,
    "there": items.follow_link,
    "item": shares.open_form,
    "event": items.go,
    "pass on": _record,
    "quiet": _plan_call,
    "introduce": insights.introduce,
}


def _keep(session: Session, actor: Member, _about: str, now: datetime) -> None:
    nudges.go_on(session, actor, now)


def _later(session: Session, actor: Member, _about: str, now: datetime) -> None:
    nudges.go_on_later(session, actor, now)


def _stop(session: Session, actor: Member, _about: str, now: datetime) -> None:
    nudges.stop(session, actor, now)


def _answer_with_state(request: Request) -> None:
    with request.transaction() as session:
        shown = chosen_by(session, request.actor(session), request.now)
    request.answer(views.paused(shown.state, shown.next_at))


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.forms["nudges.chosen"] = choose
    routes.buttons |= {
        "nudges.open": open_form,
        "nudges.do": do,
        "nudges.not_this": leave_out,
        "nudges.keep": hearing(_keep, _answer_with_state),
        "nudges.later": hearing(_later, _answer_with_state),
        "nudges.stop": hearing(_stop, _answer_with_state),
    }
