"""Offers for asks: *I can help* and *I know someone* under an ask, and what the asker answers."""

from datetime import datetime

from bot import asks, offers, working
from handlers import introduction_drafts
from handlers.asks import show
from handlers.hearing import hearing
from handlers.requests import Request
from handlers.routes import Later, Listener, Routes
from handlers.views import asks as views
from handlers.views.asks import Shown
from handlers.views.kit import Message
from storage import asks as stored
from storage import members as people
from storage import workspaces
from storage.database import Session
from storage.tables import Member, Outgoing


def offer(request: Request) -> None:
    """Hears *I can help*; whoever presses it may never have been named here before."""
    request.look_up()
    _offer(request)


def know_someone(request: Request) -> None:
    """Hears *I know someone*, and opens an introduction with the asker in it."""
    with request.transaction() as session:
        found = asks.read(session, request.actor(session), request.about)
        asker = people.by_id(session, request.team_id, [found.asker_id])[found.asker_id]
    draft = introduction_drafts.start(slack_ids=[asker.slack_id], channel=found.channel)
    draft["lines"] = ["", f"{asker.name} asks for {found.words}"]
    names = request.names_of(draft["slack_ids"])
    request.show(introduction_drafts.form(draft, request.keep_draft(draft), names))


def follow_link(request: Request) -> None:
    """Hears that a button led to a conversation; Slack does the rest."""
    request.done()


def _heard(*, is_offered: bool) -> Listener:
    def answer(request: Request) -> None:
        with request.transaction() as session:
            actor, found = request.actor(session), stored.find(session, request.team_id, request.about)
            shown = show(session, found, actor.zone) if found is not None else None
        if shown is not None:
            request.tell(views.heard(shown, is_offered=is_offered))

    return answer


def _answer_offer(request: Request) -> None:
    """Shows the asker how an offer stands now."""
    with request.transaction() as session:
        shown = _shown(session, request.team_id, request.about, request.actor(session))
    if shown is not None:
        request.answer(views.offered(*shown, request.about))


def _shown(session: Session, team_id: str, subject: str, asker: Member) -> tuple[Shown, str, str] | None:
    found = offers.of_offer(session, team_id, subject)
    if found is None:
        return None
    ask, given = found
    helper = people.by_id(session, team_id, [given.helper_id])[given.helper_id]
    return show(session, ask, asker.zone), helper.name, given.state


def _render_offer(session: Session, row: Outgoing, _now: datetime) -> Message | None:
    shown = _shown(session, row.team_id, row.subject, _reader(session, row))
    if shown is None or (row.slack_ts is None and (shown[0].ask.state != "open" or shown[2] == "taken back")):
        return None
    return views.offered(*shown, row.subject)


def _render_yes(session: Session, row: Outgoing, _now: datetime) -> Message | None:
    found = offers.of_offer(session, row.team_id, row.subject)
    if found is None or (row.slack_ts is None and (found[0].state != "open" or found[1].state != "accepted")):
        return None
    asker = people.by_id(session, row.team_id, [found[0].asker_id])[found[0].asker_id]
    url = f"slack://user?team={row.team_id}&id={asker.slack_id}"
    return views.accepted(show(session, found[0], _reader(session, row).zone), url)


def _render_closed(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    found = stored.find(session, row.team_id, row.subject.partition(":")[0])
    if found is None:
        return None
    reader = _reader(session, row)
    if row.slack_ts is None:
        free_at = working.free_at(reader, working.of(reader, workspaces.find(session, row.team_id)), now)
        if free_at > now:
            return Later(free_at)
    return views.closed(show(session, found, reader.zone))


def _reader(session: Session, row: Outgoing) -> Member:
    return people.by_id(session, row.team_id, [row.member_id])[row.member_id]


_offer = hearing(offers.offer, _heard(is_offered=True))


def register(routes: Routes) -> None:
    """Says what is heard and said here."""
    routes.buttons |= {
        "asks.offer": offer,
        "asks.take_back": hearing(offers.take_back, _heard(is_offered=False)),
        "asks.someone": know_someone,
        "asks.accept": hearing(offers.accept, _answer_offer),
        "asks.covered": hearing(offers.be_covered, _answer_offer),
        "asks.message": follow_link,
    }
    routes.messages |= {offers.OFFER: _render_offer, offers.YES: _render_yes, asks.CLOSED: _render_closed}
    routes.considerate.add(asks.CLOSED)
