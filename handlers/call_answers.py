"""What a member answers about a call to return: called back, tomorrow, another time, drop it, change it; and Undo."""

from bot import callbacks, reminders
from handlers import call_drafts as drafts
from handlers import showing_calls
from handlers.call_drafts import CallDraft
from handlers.hearing import hearing
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import call_forms as forms
from handlers.views import callbacks as views


def ask_another_time(request: Request) -> None:
    """Hears *Another time*, and opens the form that asks for it."""
    with request.transaction() as session:
        owner = request.actor(session)
        standing = callbacks.newest_open(session, owner, request.about)
        wall = callbacks.tomorrow(session, owner, standing, request.now).wall
    assert wall is not None
    request.show(forms.another_time_form(standing.turn.id, wall))


def move(request: Request) -> None:
    """Hears another time."""
    with request.transaction() as session:
        owner = request.actor(session)
        if request.claim(session):
            callbacks.move(session, owner, request.about, drafts.plan_picked(request, owner.zone), request.now)
    _show(request)


def open_change(request: Request) -> None:
    """Hears *Change*, and opens the form with the call in it."""
    with request.transaction() as session:
        owner = request.actor(session)
        standing = callbacks.newest_open(session, owner, request.about)
        draft = drafts.of_standing(session, request.team_id, standing)
    wall = reminders.wall_of(standing.turn, owner.zone)
    request.show(drafts.change_form(draft, standing.turn.id, wall, standing.callback.every))


def change(request: Request) -> None:
    """Hears the changed form."""
    draft = drafts.filled(request)
    request.look_up(drafts.slack_ids_of(draft))
    with request.transaction() as session:
        owner, named = request.meet(session, drafts.slack_ids_of(draft))
        if request.claim(session):
            standing = callbacks.recall(session, owner, request.about)
            plan = drafts.plan_picked(request, owner.zone, standing.callback.every)
            callbacks.change(session, owner, request.about, drafts.call_of(draft, named), plan, request.now)
        shown = showing_calls.answered(session, owner, request.about, request.now)
    request.answer(views.noted(shown))


def plan_next(request: Request) -> None:
    """Hears *Plan the next one*, and opens the form with the same person in it."""
    with request.transaction() as session:
        owner = request.actor(session)
        standing = callbacks.recall(session, owner, request.about)
        draft = drafts.of_standing(session, request.team_id, standing)
    fresh: CallDraft = {**draft, "about": "", "note": ""}
    request.show(drafts.form(fresh, request.keep_draft(fresh), drafts.suggested(request.now, owner.zone)))


def do_more(request: Request) -> None:
    """Hears an entry of a call's menu."""
    _MENU[request.picked](request) if request.picked in _MENU else request.done()


def _show(request: Request) -> None:
    """Answers with what has become of the call that a button was about."""
    with request.transaction() as session:
        owner = request.actor(session)
        shown = showing_calls.answered(session, owner, request.about, request.now)
    request.answer(views.noted(shown))


called_back = hearing(callbacks.call_back, _show)
_MENU = {
    "done": called_back,
    "tomorrow": hearing(callbacks.move_to_tomorrow, _show),
    "another": ask_another_time,
    "change": open_change,
    "drop": hearing(callbacks.drop, _show),
}


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.forms |= {"callbacks.changed": change, "callbacks.moved": move}
    routes.buttons |= {
        "callbacks.called_back": called_back,
        "callbacks.tomorrow": hearing(callbacks.move_to_tomorrow, _show),
        "callbacks.another_time": ask_another_time,
        "callbacks.drop": hearing(callbacks.drop, _show),
        "callbacks.undo": hearing(callbacks.undo, _show),
        "callbacks.take_back": hearing(callbacks.take_back, _show),
        "callbacks.change": open_change,
        "callbacks.next": plan_next,
        "callbacks.more": do_more,
    }
