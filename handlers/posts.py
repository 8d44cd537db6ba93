"""Posts that did not go out, or that nobody knows of whether they did: what their owners and the admins read, and answer."""

from datetime import datetime

from bot import ledger, members, posts
from handlers.requests import Request
from handlers.routes import Renderer, Routes
from handlers.views import posts as views
from handlers.views.kit import Message
from handlers.views.posts import Unsaid
from storage import members as people
from storage import outbox
from storage.database import Session
from storage.tables import Outgoing


def say_it_is_there(request: Request) -> None:
    """Hears *It is there*."""
    with request.transaction() as session:
        if request.claim(session):
            posts.answer(session, request.actor(session), request.about, request.now, is_there=True)
    request.answer(views.it_is_there())


def post_again(request: Request) -> None:
    """Hears *Post again*."""
    with request.transaction() as session:
        if request.claim(session):
            posts.answer(session, request.actor(session), request.about, request.now, is_there=False)
    request.answer(views.posted_again())


def look_at_posts(request: Request) -> None:
    """Hears *Look*, and shows an admin every post that waits for somebody's answer."""
    with request.transaction() as session:
        admin = request.actor(session)
        members.require("change settings", admin)
        waiting = [unsaid(session, post) for post in outbox.unconfirmed(session, request.team_id)]
    request.show(views.waiting(waiting, admin.zone))


def unsaid(session: Session, post: Outgoing) -> Unsaid:
    """Returns a post as those read of it who own it or look after it."""
    told = people.by_id(session, post.team_id, [post.member_id])
    name = ledger.name_of(told[post.member_id]) if post.member_id in told else ""
    return Unsaid(post, name)


def _notice(state: str) -> Renderer:
    def render(session: Session, row: Outgoing, _now: datetime) -> Message | None:
        post = outbox.find(session, row.team_id, row.subject)
        return None if post is None else views.notice_of(state, unsaid(session, post))

    return render


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.buttons |= {"posts.there": say_it_is_there, "posts.again": post_again, "posts.look": look_at_posts}
    routes.messages |= {f"notice.{state}": _notice(state) for state in posts.ENDS}
