"""The weekly report, for admins: whether it comes, sent at once, and said on its day."""

from datetime import datetime, timedelta

from bot import members, reports, when, working
from bot.errors import Stale
from handlers.requests import Request
from handlers.routes import Composed, Later, Routes
from handlers.views import reports as views
from storage import members as people
from storage import reports as stored
from storage import workspaces
from storage.database import Session
from storage.tables import Outgoing


def choose(request: Request) -> None:
    """Hears *Turn it on* or *Turn it off*."""
    if request.about not in (views.ON, views.OFF):
        raise Stale
    with request.transaction() as session:
        actor = request.actor(session)
        members.require("see the report", actor)
        if request.claim(session):
            reports.choose(session, actor, request.now, is_on=request.about == views.ON)
        is_on = stored.is_on(session, request.team_id, actor.id)
        next_at = when.show(reports.next_at(session, actor, request.now), actor.zone) if is_on else None
    request.answer(views.chosen(next_at))


def send(request: Request) -> None:
    """Hears *Send it now*. It is no answer in a form, as its sums can take longer than Slack waits for one."""
    with request.transaction() as session:
        reports.send(session, request.actor(session), request.now, request.key)
    request.answer(views.on_its_way())


def _render(session: Session, row: Outgoing, now: datetime) -> Composed | Later | None:
    member = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    if not reports.is_wanted(session, member):
        return None
    free_at = working.free_at(member, working.of(member, workspaces.find(session, row.team_id)), now)
    if free_at > now:
        return Later(free_at)
    since, until = reports.week_of(row, member.zone)
    days = [when.show_day(at, member.zone) for at in (since, until - timedelta(microseconds=1))]
    team_id, week = row.team_id, " to ".join(days)
    return Composed(lambda reading: views.report(reports.of(reading, team_id, since, until), week))


def _render_at_once(session: Session, row: Outgoing, _now: datetime) -> Composed | None:
    member = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    if not members.may("see the report", members.standing(member)):
        return None
    team_id, until = row.team_id, row.created_at
    return Composed(lambda reading: views.report(reports.of(reading, team_id, until - reports.WEEK, until)))


def _ring(session: Session, row: Outgoing, now: datetime) -> Later | None:
    rings_again_at = reports.ring(session, row, now)
    return Later(rings_again_at) if rings_again_at else None


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.buttons |= {"reports.choose": choose, "reports.send": send}
    routes.messages |= {reports.REPORT: _render, reports.AT_ONCE: _render_at_once, reports.CLOCK: _ring}
    routes.considerate.add(reports.REPORT)
