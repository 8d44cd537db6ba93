"""The admins' corner of Home: what they choose for the workspace, and what they are shown of it."""

from datetime import datetime, timedelta

from bot import members, when, workspaces
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import admins as views
from handlers.views.admins import Corner
from storage import feeds, outbox_figures, reports
from storage import members as people
from storage.database import Session
from storage.tables import Member

# What came due less than this ago is on its way.
WAITS_LONG = timedelta(minutes=5)


def corner(session: Session, member: Member, posts_to_look_at: int, now: datetime) -> Corner | None:
    """Returns what an admin's corner shows, or None to whoever is no admin."""
    if not members.may("change settings", members.standing(member)):
        return None
    since = outbox_figures.waits_since(session, member.team_id, now)
    return Corner(
        workspaces.settings(session, member.team_id, now),
        [one.name for one in people.named_admins(session, member.team_id)],
        posts_to_look_at,
        when.show(since, member.zone) if since is not None and now - since > WAITS_LONG else None,
        feeds.all_of(session, member.team_id),
        reports.is_on(session, member.team_id, member.id),
    )


def open_form(request: Request) -> None:
    """Opens the form of what admins choose."""
    with request.transaction() as session:
        actor = request.actor(session)
        members.require("change settings", actor)
        chosen = workspaces.settings(session, request.team_id, request.now)
        named = [one.slack_id for one in people.named_admins(session, request.team_id)]
    request.show(views.form(chosen, named))


def choose(request: Request) -> None:
    """Hears what an admin chose."""
    slack_ids = request.filled("admins") or []
    request.look_up(slack_ids)
    with request.transaction() as session:
        actor, named = request.meet(session, slack_ids)
        emoji, cap = str(request.filled("emoji")), str(request.filled("acts_a_day")).strip()
        asks, country = str(request.filled("introductions_a_month")).strip(), str(request.filled("country"))
        if request.claim(session):
            members.name_admins(session, actor, named, request.now)
            workspaces.choose(
                session,
                actor,
                emoji=emoji,
                acts_a_day=cap,
                introductions_a_month=asks,
                country=country,
                words=str(request.filled("words") or "0"),
                now=request.now,
            )
    request.answer(views.saved())


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.buttons["home.workspace"] = open_form
    routes.forms["home.workspace_chosen"] = choose
