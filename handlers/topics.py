"""Topics: the workspace's list, which admins keep, and what was ticked and typed in a form."""

from bot import members, topics, workspaces
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import topics as views


def topics_in(request: Request) -> str:
    """Returns the topics that were ticked and typed in a form, with commas between them."""
    ticked = request.filled(views.TICKED)
    chosen = [str(one).replace("\0", "") for one in ticked] if isinstance(ticked, list) else []
    return topics.join(chosen, str(request.filled("topics")))


def open_form(request: Request) -> None:
    """Opens the form of the list."""
    with request.transaction() as session:
        members.require("change settings", request.actor(session))
        listed = workspaces.topics_of(session, request.team_id)
    request.show(views.form(", ".join(listed)))


def choose(request: Request) -> None:
    """Hears which topics are on the list."""
    with request.transaction() as session:
        actor = request.actor(session)
        members.require("change settings", actor)
        if request.claim(session):
            workspaces.list_topics(session, actor, str(request.filled("topics")), request.now)
            session.expire_all()
        count = len(workspaces.topics_of(session, request.team_id))
    request.answer(views.kept(count))


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.buttons["topics.open"] = open_form
    routes.forms["topics.listed"] = choose
