"""Asks, for the asker: `/ask`, its form, and how an ask ends. What others offer: `offers.py`."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot import asks, offers, when, working
from bot import workspaces as list_of_topics
from bot.ask_errors import NotByThen
from bot.asks import Wanted
from handlers import reading
from handlers.drafts import channel_of, own
from handlers.hearing import hearing
from handlers.requests import Request
from handlers.routes import Later, Routes
from handlers.topics import topics_in
from handlers.views import ask_forms as forms
from handlers.views import asks as views
from handlers.views import help as help_views
from handlers.views.asks import Shown
from handlers.views.kit import Message
from storage import asks as stored
from storage import members as people
from storage import workspaces
from storage.database import Session
from storage.tables import Ask, Member, Outgoing

OPENS = "asks.open"  # what opens a draft again, and tells it from other drafts
USUAL = timedelta(days=14)  # for which an ask is open unless its asker says otherwise


def hear_command(request: Request) -> None:
    """Hears `/ask`, and opens the form with the words in it."""
    if request.text.lower() in ("help", "?"):
        request.answer(help_views.command("/ask"))
        return
    words = reading.plain_words(request.text, request.names_of(reading.mentioned_in(request.text)))
    _open(request, _draft(words=words, channel=channel_of(request.body)))


def open_form(request: Request) -> None:
    """Opens the form: with what was said and not asked, or empty."""
    kept = own(request, request.about, lambda one: one.get("form") == OPENS) if request.about else None
    _open(request, kept or _draft())


def ask(request: Request) -> None:
    """Hears the filled form."""
    words, topics = " ".join(str(request.filled("words")).split()), topics_in(request)
    until, channel = str(request.filled("until") or ""), str(request.filled("channel") or "") or None
    request.draft = _draft(words=words, topics=topics, until=until, channel=channel)
    request.look_up()
    with request.transaction() as session:
        actor = request.actor(session)
        wanted = Wanted(words, _day(until), topics, channel)
        found = asks.ask(session, actor, wanted, request.now, request.key)
        shown = show(session, found, actor.zone)
    request.answer(views.asked(shown).ending())


def open_solved(request: Request) -> None:
    """Hears *It is solved*, and asks who helped."""
    with request.transaction() as session:
        found = asks.mine(session, request.actor(session), request.about)
        helpers = [one.slack_id for one in offers.helpers_of(session, found)]
        is_open, shown = found.state == "open", show(session, found, request.actor(session).zone)
    if is_open:
        request.show(forms.solved_form(found.id, found.words, helpers))
    else:
        request.tell(views.asked(shown))


def thank(request: Request) -> None:
    """Hears who helped."""
    slack_ids = request.filled("helpers") or []
    request.look_up(slack_ids)
    with request.transaction() as session:
        actor, helpers = request.meet(session, slack_ids)
        if request.claim(session):
            if helpers:
                asks.solve(session, actor, request.about, helpers, request.now, f"{request.key}:thanks")
            else:
                asks.close(session, actor, request.about, request.now)
        shown = show(session, asks.mine(session, actor, request.about), actor.zone)
    request.answer(views.asked(shown).ending())


def show(session: Session, found: Ask, zone: str) -> Shown:
    """Returns an ask as somebody in a zone reads it."""
    asker = people.by_id(session, found.team_id, [found.asker_id])[found.asker_id]
    return Shown(found, asker.name, show_day(found.until, zone))


def show_day(day: date, zone: str) -> str:
    """Returns a day in words: `Fri 12 Mar`."""
    return when.show_day(when.at(day, working.EVENING, zone), zone)


def list_mine(session: Session, member: Member) -> list[Shown]:
    """Returns a member's open asks, each with the names of those who offered."""
    found = stored.open_of(session, member.team_id, member.id)
    return [
        Shown(one, member.name, show_day(one.until, member.zone), [h.name for h in offers.helpers_of(session, one)])
        for one in found
    ]


def _answer_with_mine(request: Request) -> None:
    with request.transaction() as session:
        actor = request.actor(session)
        shown = show(session, asks.mine(session, actor, request.about), actor.zone)
    request.answer(views.asked(shown))


def _draft(*, words: str = "", topics: str = "", until: str = "", channel: str | None = None) -> Mapping[str, Any]:
    return {"form": OPENS, "words": words, "topics": topics, "until": until, "channel": channel}


def _open(request: Request, draft: Mapping[str, Any]) -> None:
    request.draft = draft
    with request.transaction() as session:
        zone, listed = request.actor(session).zone, list_of_topics.topics_of(session, request.team_id)
    today = request.now.astimezone(when.zone_named(zone)).date()
    until = date.fromisoformat(draft["until"]) if draft["until"] else today + USUAL
    shown = {one: draft[one] for one in ("words", "topics", "channel")}
    request.show(forms.ask_form("", **shown, until=until, listed=listed))


def _day(picked: str) -> date:
    try:
        return date.fromisoformat(picked)
    except ValueError:
        raise NotByThen from None


def _render(session: Session, row: Outgoing, _now: datetime) -> Message | None:
    found = stored.find(session, row.team_id, row.subject)
    if found is None or (row.slack_ts is None and found.state != "open"):
        return None
    asker = people.by_id(session, row.team_id, [found.asker_id])[found.asker_id]
    return views.posted(show(session, found, asker.zone))


def _remind(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    found = stored.find(session, row.team_id, row.subject)
    if found is None:
        return None
    asker = people.by_id(session, row.team_id, [found.asker_id])[found.asker_id]
    is_of_today = row.key.endswith(f":{found.until}")
    if row.slack_ts is None:
        if found.state != "open" or not is_of_today:
            return None
        free_at = working.free_at(asker, working.of(asker, workspaces.find(session, row.team_id)), now)
        if free_at > now:
            return Later(free_at)
    shown = show(session, found, asker.zone)
    return views.reminder(shown) if is_of_today else views.asked(shown)


def _ring(session: Session, row: Outgoing, now: datetime) -> Later | None:
    rings_again_at = asks.ring(session, row.team_id, row.subject, now)
    return Later(rings_again_at) if rings_again_at else None


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.commands["/ask"] = hear_command
    routes.forms |= {"asks.asked": ask, "asks.thanked": thank}
    routes.buttons |= {
        OPENS: open_form,
        "asks.solved": open_solved,
        "asks.close": hearing(asks.close, _answer_with_mine),
        "asks.keep": hearing(asks.keep_open, _answer_with_mine),
    }
    routes.messages |= {asks.POST: _render, asks.REMINDER: _remind, asks.CLOCK: _ring}
    routes.considerate.add(asks.REMINDER)
