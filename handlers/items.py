"""Events of calendars: who goes, and who wants to meet others there."""

from datetime import datetime, time

from bot import items, when
from handlers.hearing import hearing
from handlers.requests import Request
from handlers.routes import Routes
from handlers.views import items as views
from handlers.views.items import Shown
from storage import items as stored
from storage.database import Session
from storage.tables import Item, Member


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


def register(routes: Routes) -> None:
    """Says what is heard here."""
    routes.buttons |= {
        "items.going": hearing(items.going, _answer),
        "items.meet": hearing(items.meet, _answer),
        "items.stay": hearing(items.stay, _answer),
        "items.read": follow_link,
    }
