"""Working hours: the form in which a member chooses them."""

from bot import members, working
from bot.working import WorkingTime
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import hours as views
from storage import workspaces
from storage.database import Session


def open_hours(request: Request) -> None:
    """Opens the form of one's working hours."""
    request.look_up()
    with request.transaction() as session:
        members.require("choose hours", request.actor(session))
        hours = hours_of(session, request)
    request.show(views.form(hours))


def choose_hours(request: Request) -> None:
    """Hears when somebody works."""
    picked = request.filled("days")
    with request.transaction() as session:
        if request.claim(session):
            working.choose(
                session,
                request.actor(session),
                starts=str(request.filled("starts")),
                ends=str(request.filled("ends")),
                days=[str(day) for day in picked] if isinstance(picked, list) else [],
                country=str(request.filled("country")),
                now=request.now,
            )
            session.expire_all()
        hours = hours_of(session, request)
    request.answer(views.chosen(hours))


def hours_of(session: Session, request: Request) -> WorkingTime:
    """Returns when the one who acts works, as it stands."""
    return working.of(request.actor(session), workspaces.find(session, request.team_id))


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.buttons["hours.open"] = open_hours
    routes.forms["hours.chosen"] = choose_hours
