"""What is said once all have said yes: that one has written, and what came of it."""

from bot import meetings
from handlers import showing_introductions
from handlers.hearing import Answer, hearing
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import meetings as views
from handlers.views.kit import Message, section


def note_written(request: Request) -> None:
    """Hears *I have written*, in the group chat or under the prompt."""
    with request.transaction() as session:
        if request.claim(session):
            meetings.note_written(session, request.actor(session), request.about, request.now)
    request.answer(Message("Thank you.", [section("*Thank you.*")]))


def saying(met: str | None) -> Answer:
    """Returns what says that this came of it, or, with None, takes back what was said."""
    return lambda session, actor, side_id, now: meetings.say_whether_met(session, actor, side_id, met, now)


def ask_for_words(request: Request) -> None:
    """Hears *Add a word*, and opens the form for it."""
    with request.transaction() as session:
        shown = showing_introductions.for_teller(session, request.actor(session), request.about)
    request.show(views.words_form(shown))


def add_words(request: Request) -> None:
    """Hears what it led to."""
    words = str(request.filled("words")).strip()
    with request.transaction() as session:
        if request.claim(session):
            meetings.add_words(session, request.actor(session), request.about, words, request.now)
    _show(request)


def look(request: Request) -> None:
    """Hears *Answer* on Home, and opens the question."""
    with request.transaction() as session:
        shown = showing_introductions.for_teller(session, request.actor(session), request.about)
    request.show(views.look_form(shown))


def _show(request: Request) -> None:
    with request.transaction() as session:
        shown = showing_introductions.for_teller(session, request.actor(session), request.about)
    request.answer(views.did_you_meet(shown).ending())


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.forms["meetings.words"] = add_words
    routes.buttons |= {
        "introductions.written": note_written,
        "meetings.change": hearing(saying(None), _show),
        "meetings.word": ask_for_words,
        "meetings.look": look,
        **{f"meetings.said.{number}": hearing(saying(met), _show) for number, met in enumerate(views.ANSWERS)},
    }
