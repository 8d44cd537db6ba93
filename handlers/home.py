"""App Home: publishing it when it is opened and after changes."""

from collections.abc import Sequence
from datetime import datetime

from bot import channels, ledger, members, months, posts, ties, when, working, workspaces
from handlers import asks, showing_calls, showing_introductions
from handlers.admins import corner
from handlers.channels import list_schedules
from handlers.posts import unsaid
from handlers.requests import Request
from handlers.routes import Routes
from handlers.showing_nudges import chosen_by
from handlers.views import home as views
from handlers.views import nudges as nudge_views
from handlers.views.home import HomeData
from handlers.views.introductions import NO_INTRODUCTIONS
from handlers.views.kit import Message
from storage import acts, contacts, outbox
from storage import members as people
from storage.acts import Entry
from storage.database import Session
from storage.tables import Member, Outgoing

MOST_WAITING = 99  # counted; the view shows the first few
MOST_RECENT = 8


def open_home(request: Request) -> None:
    """Hears that a member opened Home; the sender publishes it."""
    if request.event.get("tab") == "home":
        request.look_up()
        with request.transaction() as session:
            if request.claim(session):
                actor = request.actor(session)
                members.open_home(session, actor, request.now)
                channels.adopt(session, actor, request.now)
    request.done()


def follow_link(request: Request) -> None:
    """Hears that a button led to Home; Slack does the rest."""
    request.done()


def _render(session: Session, row: Outgoing, now: datetime) -> Message | None:
    member = people.by_id(session, row.team_id, [row.member_id]).get(row.member_id)
    if member is None:
        return None
    waiting = acts.waiting_for(session, row.team_id, member.id, views.MOST_SHOWN)
    schedules = ([], 0) if member.left_at else list_schedules(session, member, views.MOST_CHANNELS, now)
    recent = acts.recent(session, row.team_id, member.id, MOST_RECENT)
    workspace = workspaces.settings(session, row.team_id, now)
    unconfirmed = outbox.unconfirmed(session, row.team_id)
    paused = member.paused_until if member.paused_until and member.paused_until > now else None
    calls = [] if member.left_at else showing_calls.list_open(session, member, now)
    tomorrow = when.end_of_day(now, member.zone)
    data = HomeData(
        member=member,
        is_first=member.home_seen_at is None or row.created_at <= member.home_seen_at,
        waiting=waiting,
        waiting_count=_count_waiting(session, member, waiting),
        recent=recent,
        names=ledger.names_of(session, row.team_id, [entry.act for entry in (*waiting, *recent)]),
        month=months.of(session, member, now),
        paused_until=when.show(paused, member.zone) if paused else None,
        hours=working.in_words(working.of(member, workspace)),
        unsaid=[unsaid(session, post) for post in posts.asked_of(member, unconfirmed)],
        calls=calls,
        calls_due=sum(call.turn.due_at < tomorrow for call in calls),
        introductions=NO_INTRODUCTIONS if member.left_at else showing_introductions.list_mine(session, member, now),
        introductions_line=showing_introductions.settings_line(session, member, now),
        ties=ties.count(session, member, now),
        summaries=schedules,
        nudges_line=nudge_views.line(chosen_by(session, member, now)),
        asks=[] if member.left_at else asks.list_mine(session, member),
        has_contacts=contacts.has_any(session, row.team_id, member.id),
        corner=corner(session, member, len(unconfirmed), now),
    )
    return views.home(data)


def _count_waiting(session: Session, member: Member, first: Sequence[Entry]) -> int:
    has_more = len(first) == views.MOST_SHOWN
    return acts.count_waiting_for(session, member.team_id, member.id, MOST_WAITING) if has_more else len(first)


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.events["app_home_opened"] = open_home
    routes.buttons["home.open"] = follow_link
    routes.messages["home"] = _render
