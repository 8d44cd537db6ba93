"""Events of calendars: who goes, and who wants to meet others there."""

from datetime import datetime, time

from bot import items, when, working
from handlers.hearing import hearing
from handlers.requests import Request
from handlers.routes import Later, Routes
from handlers.views import items as views
from handlers.views.items import Shown
from handlers.views.kit import Message
from storage import items as stored
from storage import members as people
from storage import workspaces
from storage.database import Session
from storage.tables import Item, Member, Outgoing


def show(item: Item, zone: str, now: datetime) -> Shown:
    """Returns an event as somebody in a zone reads it now."""
    day = items.day_of(item, zone)
    assert item.starts_at is not None
    noon = when.at(day, time(12), zone)
    then = None if item.is_all_day else when.show(item.starts_at, zone)
    return Shown(item, when.show_day(noon, zone), then, (day - now.astimezone(when.zone_named(zone)).date()).days)


def _answer(request: Request) -> None:
    with request.transaction() as session:
        actor = request.actor(session)
        item = items.read(session, actor, request.about)
        shown, is_going, wants = show(item, actor.zone, request.now), *_standing(session, actor, item)
    request.tell(views.heard(shown, is_going=is_going, wants_to_meet=wants))


def _standing(session: Session, actor: Member, item: Item) -> tuple[bool, bool]:
    row = stored.going(session, actor.team_id, item.id, actor.id)
    return row is not None, row is not None and row.wants_to_meet


def follow_link(request: Request) -> None:
    """Hears that a button led to an event's own page."""
    request.done()


go = hearing(items.going, _answer)


def _render_change(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    item = stored.find(session, row.team_id, row.subject)
    member = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    if item is None or stored.going(session, row.team_id, row.subject, row.member_id) is None:
        return None
    free_at = working.free_at(member, working.of(member, workspaces.find(session, row.team_id)), now)
    if item.starts_at is not None and now < free_at < item.starts_at:
        return Later(free_at)
    return views.changed(show(item, member.zone, now), is_back=items.is_back(row))


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.buttons |= {
        "items.going": go,
        "items.meet": hearing(items.meet, _answer),
        "items.stay": hearing(items.stay, _answer),
        "items.read": follow_link,
    }
    routes.messages[items.CHANGED] = _render_change
    routes.considerate.add(items.CHANGED)
