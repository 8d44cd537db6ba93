"""Feeds and calendars, for admins: adding one, pausing, resuming and removing it, and what they read of one that broke."""

from datetime import datetime

from bot import feeds, members, when, working
from handlers.hearing import hearing
from handlers.requests import Request
from handlers.routes import Later, Routes
from handlers.views import feeds as views
from handlers.views.feeds import Shown
from handlers.views.kit import Message
from storage import feeds as stored
from storage import members as people
from storage import workspaces
from storage.database import Session
from storage.tables import Feed, Outgoing


def open_form(request: Request) -> None:
    """Opens the form of a feed."""
    with request.transaction() as session:
        members.require("manage feeds", request.actor(session))
    request.show(views.form())


def add(request: Request) -> None:
    """Hears the filled form."""
    typed, topics = (" ".join(str(request.filled(one)).split()) for one in ("address", "topics"))
    with request.transaction() as session:
        actor = request.actor(session)
        members.require("manage feeds", actor)
        if request.claim(session):
            feeds.add(session, actor, typed, topics, request.now)
    request.answer(views.added().ending())


def look(request: Request) -> None:
    """Shows an admin all feeds, each with what can be done about it."""
    with request.transaction() as session:
        actor = request.actor(session)
        members.require("manage feeds", actor)
        shown = [show(one, actor.zone) for one in stored.all_of(session, request.team_id)]
    request.tell(views.listed(shown))


def show(feed: Feed, zone: str) -> Shown:
    """Returns a feed as an admin in a zone reads it."""
    return Shown(feed, when.show(feed.read_at, zone) if feed.read_at else None)


def _render(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    found = stored.find(session, row.team_id, row.subject)
    told = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    if found is None or (row.slack_ts is None and (found.state != "broken" or not feeds.may_hear(told))):
        return None
    if row.slack_ts is None and found.failures > 1:  # whoever added it a moment ago waits for it
        free_at = working.free_at(told, working.of(told, workspaces.find(session, row.team_id)), now)
        if free_at > now:
            return Later(free_at)
    return views.broken(found)


def _show_after(request: Request) -> None:
    """Shows all feeds after a change; a message in the conversation is brought up to date by the sender instead."""
    if request.surface == "message" and not (request.body.get("container") or {}).get("is_ephemeral"):
        request.done()
    else:
        look(request)


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.buttons |= {
        "feeds.open": open_form,
        "feeds.look": look,
        "feeds.pause": hearing(feeds.pause, _show_after),
        "feeds.resume": hearing(feeds.resume, _show_after),
        "feeds.remove": hearing(feeds.remove, _show_after),
    }
    routes.forms["feeds.added"] = add
    routes.messages[feeds.BROKEN] = _render
    routes.considerate.add(feeds.BROKEN)
