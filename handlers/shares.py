"""Sharing news with somebody: the form that shows what they will read, and what is heard of it."""

from bot import shares
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import shares as views


def open_form(request: Request) -> None:
    """Hears *Share with* somebody, and shows first what they will read."""
    with request.transaction() as session:
        actor = request.actor(session)
        item, other = shares.find(session, actor, request.about)
    request.show(views.form(actor.name, other.name, shares.words(item, ""), item.url, request.about))


def send(request: Request) -> None:
    """Hears that it is to be sent."""
    line = str(request.filled("line") or "").strip()
    with request.transaction() as session:
        actor = request.actor(session)
        said = shares.send(session, actor, request.about, line, request.now, request.key)
    request.answer(views.sent(said.names[0], said.said_id).ending())


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.forms["shares.sent"] = send
