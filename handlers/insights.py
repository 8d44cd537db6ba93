"""One's network as `/network` tells of it: measures, people to meet and to introduce, and why giving pays here."""

from datetime import datetime

from bot import insights, members, months, paying, ties, working
from bot.errors import Stale
from handlers import introduction_drafts as drafts
from handlers.requests import Request
from handlers.routes import Later, Routes
from handlers.views import insights as views
from handlers.views.kit import Message
from storage import members as people
from storage import workspaces
from storage.database import Session
from storage.tables import Member, Outgoing


def show_network(request: Request, _rest: str = "") -> None:
    """Shows one's month and network."""
    request.look_up()
    with request.transaction() as session:
        actor, now = request.actor(session), request.now
        mine, count, told = (
            months.of(session, actor, now),
            ties.count(session, actor, now),
            insights.of(session, actor, now),
        )
    request.answer(views.network(mine, count, told, request.home_url))


def show_why(request: Request) -> None:
    """Hears *Why giving pays here*."""
    with request.transaction() as session:
        members.require("open home", request.actor(session))
    with request.desk.database.reading() as session:
        found = paying.of(session, request.team_id, request.now)
    request.tell(views.why(found))


def show_request(request: Request) -> None:
    """Hears *Ask* somebody to introduce two, and shows first what they would read."""
    introducer_id, _, other_id = request.about.partition(":")
    with request.transaction() as session:
        actor = request.actor(session)
        found = insights.find_introducer(session, actor, introducer_id, other_id, request.now)
    request.show(views.ask_form(found.introducer.name, actor.name, found.member.name, request.about))


def send_request(request: Request) -> None:
    """Hears that it is to be sent."""
    introducer_id, _, other_id = request.about.partition(":")
    with request.transaction() as session:
        actor = request.actor(session)
        if request.claim(session):
            insights.ask_introducer(session, actor, introducer_id, other_id, request.now)
        introducer, _ = _both(session, request.team_id, introducer_id, other_id)
    request.answer(views.sent(introducer.name).ending())


def introduce(request: Request) -> None:
    """Hears *Introduce them*, and opens an introduction with both in it."""
    one_id, _, other_id = request.about.partition(":")
    with request.transaction() as session:
        members.require("introduce", request.actor(session))
        one, other = _both(session, request.team_id, one_id, other_id)
    draft = drafts.start(slack_ids=[one.slack_id, other.slack_id])
    request.show(drafts.form(draft, request.keep_draft(draft), request.names_of(draft["slack_ids"])))


def leave_out(request: Request) -> None:
    """Hears *Not this*."""
    with request.transaction() as session:
        if request.claim(session):
            insights.leave_out(session, request.actor(session), request.about, request.now)
    request.tell(views.left_out())


def _both(session: Session, team_id: str, one_id: str, other_id: str) -> tuple[Member, Member]:
    known = people.by_id(session, team_id, [one_id, other_id])
    if len(known) != 2:
        raise Stale
    return known[one_id], known[other_id]


def _render_request(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    asker_id, _, other_id = row.subject.partition(":")
    known = people.by_id(session, row.team_id, [asker_id, other_id, row.member_id])
    if len(known) != 3 or any(known[one].is_gone or known[one].left_at for one in (asker_id, other_id)):
        return None
    reader = known[row.member_id]
    if row.slack_ts is None:
        free_at = working.free_at(reader, working.of(reader, workspaces.find(session, row.team_id)), now)
        if free_at > now:
            return Later(free_at)
    return views.asked(known[asker_id].name, known[other_id].name, row.subject)


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.forms["network.asked"] = send_request
    routes.buttons |= {
        "network.why": show_why,
        "network.ask": show_request,
        "network.introduce": introduce,
        "network.not_this": leave_out,
    }
    routes.messages[insights.ASKED] = _render_request
    routes.considerate.add(insights.ASKED)
