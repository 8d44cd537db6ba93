"""What those answer who are asked about an introduction: yes, not now, no; when to ask again; and what they want asked at all."""

from datetime import datetime, timedelta

from bot import introductions, openness, when, working
from bot.errors import NoTimePicked, Stale, TooFar, TooLate
from handlers import showing_introductions
from handlers.hearing import hearing
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import introduction_asks as views
from handlers.views import introduction_forms as forms
from storage import workspaces
from storage.database import Session
from storage.tables import Member


def look(request: Request) -> None:
    """Hears *Answer* on Home, and opens what somebody is asked."""
    with request.transaction() as session:
        shown = showing_introductions.for_side(session, request.actor(session), request.about, request.now)
    request.show(views.look_form(shown))


def choose_again(request: Request) -> None:
    """Hears when to ask once more, or opens the form for a day."""
    if request.picked == "pick":
        _pick_day(request)
        return
    if request.picked not in views.AGAIN:
        raise Stale
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            at = _morning(session, actor, request.now + timedelta(days=int(request.picked)))
            introductions.ask_again_at(session, actor, request.about, at, request.now)
    _show(request)


def ask_again_on(request: Request) -> None:
    """Hears the day on which to ask once more."""
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            day = showing_introductions.day_read(str(request.filled("day")), actor.zone)
            if day is None:
                raise NoTimePicked
            if day <= request.now:
                raise TooLate
            if day > request.now + openness.LONGEST_REST:
                raise TooFar
            at = _morning(session, actor, day)
            introductions.ask_again_at(session, actor, request.about, at, request.now)
    _show(request)


def do_more(request: Request) -> None:
    """Hears an entry of the menu under an ask: each of them is a no to this one, and more than that."""
    if request.picked == "rest":
        _pick_end_of_rest(request)
        return
    with request.transaction() as session:
        actor = request.actor(session)
        if request.picked in ("unwanted", "none") and request.claim(session):
            standing, _ = introductions.asked(session, actor, request.about, request.now)
            introductions.say_no(session, actor, request.about, request.now)
            if request.picked == "none":
                openness.want_none(session, actor, request.now)
            else:
                others = {side.member_id for side in standing.sides if side.member_id} - {actor.id}
                openness.want_none_with(session, actor, others, request.now)
    _show(request)


def rest(request: Request) -> None:
    """Hears until when somebody is at capacity."""
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            until = showing_introductions.day_read(str(request.filled("day")), actor.zone)
            if until is None:
                raise NoTimePicked
            introductions.say_no(session, actor, request.about, request.now)
            openness.rest(session, actor, until, request.now)
    _show(request)


def _pick_day(request: Request) -> None:
    with request.transaction() as session:
        actor = request.actor(session)
        standing, _ = introductions.asked(session, actor, request.about, request.now)
    zone = when.zone_named(actor.zone)
    assert standing.introduction.expires_at is not None
    first = request.now.astimezone(zone).date() + timedelta(days=1)
    request.show(forms.again_form(request.about, first, standing.introduction.expires_at.astimezone(zone).date()))


def _pick_end_of_rest(request: Request) -> None:
    with request.transaction() as session:
        actor = request.actor(session)
        introductions.asked(session, actor, request.about, request.now)
    first = request.now.astimezone(when.zone_named(actor.zone)).date() + timedelta(days=30)
    request.show(forms.rest_form(request.about, first))


def _morning(session: Session, member: Member, at: datetime) -> datetime:
    """Returns when a member begins to work on the day of a moment, or after it."""
    hours = working.of(member, workspaces.find(session, member.team_id))
    return working.morning_of(hours, at.astimezone(when.zone_named(member.zone)).date())


def _show(request: Request) -> None:
    """Answers with how things stand for whoever pressed."""
    with request.transaction() as session:
        shown = showing_introductions.for_side(session, request.actor(session), request.about, request.now)
    request.answer(views.ask(shown).ending())


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.forms |= {"introductions.again_on": ask_again_on, "introductions.resting": rest}
    routes.buttons |= {
        "introductions.yes": hearing(introductions.say_yes, _show),
        "introductions.not_now": hearing(introductions.say_not_now, _show),
        "introductions.no": hearing(introductions.say_no, _show),
        "introductions.change": hearing(introductions.take_answer_back, _show),
        "introductions.again_in": choose_again,
        "introductions.more": do_more,
        "introductions.look": look,
    }
