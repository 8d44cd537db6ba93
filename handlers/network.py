"""`/network`: one's month, help, pausing, leaving and coming back; and help for whoever asks, wherever they ask."""

import re
from datetime import UTC, datetime, timedelta

from bot import absences, members, nudges, offers, profiles, replanning, when, working
from bot.errors import NoSuchTime, TooFar, TooLate
from handlers import erasing, showing_introductions, summaries
from handlers.exports import export_mine
from handlers.hours import hours_of
from handlers.insights import show_network
from handlers.people import profile_of
from handlers.requests import Request
from handlers.routes import Routes
from handlers.showing_nudges import chosen_by
from handlers.views import help as help_views
from handlers.views import network as views
from handlers.views import nudges as nudge_views
from handlers.views.kit import Message
from storage import members as people
from storage.database import Session
from storage.tables import Member, Outgoing

LONGEST_PAUSE = timedelta(days=366)  # every pause has an end


def ask_network(request: Request) -> None:
    """Hears `/network` and the word behind it."""
    word, _, rest = request.text.partition(" ")
    listener = _WORDS.get(word.lower())
    if listener is None:
        request.answer(help_views.unknown(word))
    else:
        listener(request, rest.strip())


def show_settings(request: Request, _rest: str = "") -> None:
    """Shows what one can choose, each with its button."""
    request.look_up()
    with request.transaction() as session:
        actor, hours = request.actor(session), hours_of(session, request)
        asks = showing_introductions.settings_line(session, actor, request.now)
        nudged = nudge_views.line(chosen_by(session, actor, request.now))
    paused = actor.paused_until if actor.paused_until and actor.paused_until > request.now else None
    until = when.show(paused, actor.zone) if paused else None
    request.answer(views.settings(working.in_words(hours), until, [asks, nudged], request.home_url))


def show_help(request: Request, _rest: str = "") -> None:
    """Shows what `/network` understands."""
    request.answer(help_views.command("/network"))


def pause(request: Request, rest: str = "") -> None:
    """Pauses until a day that was typed; without one, asks for it."""
    rest = re.sub(r"^until\b\s*", "", rest, flags=re.IGNORECASE)
    if not rest:
        request.show(views.pause_form())
        return
    request.look_up()
    _pause(request, rest)


def pause_from_form(request: Request) -> None:
    """Pauses until the day that was picked."""
    _pause(request, str(request.filled("day")))


def ask_for_day(request: Request) -> None:
    """Opens the form that asks for the day."""
    request.show(views.pause_form())


def resume(request: Request) -> None:
    """Ends a pause."""
    with request.transaction() as session:
        if request.claim(session):
            members.pause(session, request.actor(session), None, request.now)
        shown = _pausing(session, request)
    request.answer(shown)


def leave(request: Request, _rest: str = "") -> None:
    """Takes the member out: *Don't write to me* and `/network leave` are the same."""
    with request.transaction() as session:
        if request.claim(session):
            actor = request.actor(session)
            members.leave(session, actor, request.now)
            absences.let_go(session, actor, request.now)
            offers.let_go(session, actor, request.now)
            nudges.let_go(session, actor, request.now)
        shown = _taking_part(session, request)
    request.object(shown)


def come_back(request: Request, _rest: str = "") -> None:
    """Lets the member take part again."""
    with request.transaction() as session:
        if request.claim(session):
            actor = request.actor(session)
            was_away = actor.left_at is not None
            members.come_back(session, actor, request.now)
            if was_away:
                back = _as_it_stands(session, request)
                replanning.resume(session, back, request.now)
                absences.resume(session, back, request.now)
                nudges.resume(session, back, request.now)
        shown = _taking_part(session, request)
    request.answer(shown)


def show_all_help(request: Request) -> None:
    """Hears *All commands*."""
    request.object(help_views.everything())


def show_how(request: Request) -> None:
    """Hears *How it works*."""
    request.object(help_views.how_it_works())


def hear_message(request: Request) -> None:
    """Hears what is written to the bot itself: it answers each message with help, once, and reads nothing else."""
    event = request.event
    if event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id"):
        request.look_up()
        with request.transaction() as session:
            members.ask_for_help(session, request.actor(session), request.now, request.key)
    request.done()


def note_user(request: Request) -> None:
    """Hears that somebody's profile changed: name, zone, or that they are gone."""
    user = request.event.get("user") or {}
    slack_id, profile = str(user.get("id")), profile_of(user, request.team_id)
    updated = user.get("updated")  # in whole seconds
    updated_at = datetime.fromtimestamp(updated, UTC) if isinstance(updated, int) and updated else request.now
    with request.desk.database.reading() as session:
        is_known = bool(people.known(session, request.team_id, [slack_id]))
    if is_known:
        with request.transaction() as session:
            profiles.hear(session, request.team_id, slack_id, profile, updated_at, request.now)
    request.done()


def _pause(request: Request, day: str) -> None:
    with request.transaction() as session:
        if request.claim(session):
            actor = request.actor(session)
            members.pause(session, actor, _end_of_pause(day, actor.zone, request.now), request.now)
        shown = _pausing(session, request)
    request.answer(shown)


def _end_of_pause(day: str, zone: str, now: datetime) -> datetime:
    until = when.find_day(day, now, zone)
    if until is None:
        raise NoSuchTime(day)
    if until <= now:
        raise TooLate
    if until > now + LONGEST_PAUSE:
        raise TooFar
    return until


def _pausing(session: Session, request: Request) -> Message:
    """Says whether the one who asked is paused, as it stands."""
    actor = _as_it_stands(session, request)
    return views.paused(when.show(actor.paused_until, actor.zone)) if actor.paused_until else views.resumed()


def _taking_part(session: Session, request: Request) -> Message:
    """Says whether the one who asked takes part, as it stands."""
    return views.left() if _as_it_stands(session, request).left_at else views.back()


def _as_it_stands(session: Session, request: Request) -> Member:
    session.expire_all()  # it was changed by a statement, of which the objects in the session know nothing
    return request.actor(session)


def _render_help(_session: Session, _row: Outgoing, _now: datetime) -> Message:
    return help_views.everything()


_WORDS = {
    "": show_network,
    "help": show_help,
    "?": show_help,
    "settings": show_settings,
    "pause": pause,
    "preview": summaries.preview,
    "export": export_mine,
    "delete": erasing.ask,
    "leave": leave,
    "back": come_back,
}


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.commands["/network"] = ask_network
    routes.buttons |= {
        "network.pause": ask_for_day,
        "network.resume": resume,
        "network.leave": leave,
        "network.come_back": come_back,
        "help.all": show_all_help,
        "help.how": show_how,
    }
    routes.forms["network.paused"] = pause_from_form
    routes.events |= {"message": hear_message, "user_change": note_user}
    routes.messages["help"] = _render_help
