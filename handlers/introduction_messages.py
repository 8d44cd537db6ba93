"""The messages about introductions that the outbox asks for: whether they are still to be said, and what is true then."""

from datetime import datetime

from bot import consequences, introductions, members, openness, proposals, working
from bot.errors import Mistake
from bot.introduction_errors import AtCapacity
from handlers import showing_introductions
from handlers.routes import Later, Rendered, Renderer, Routes
from handlers.views import introduction_asks
from handlers.views import introductions as views
from handlers.views import meetings as meeting_views
from handlers.views.introductions import Shown
from handlers.views.kit import Message
from storage import introductions as stored
from storage import members as people
from storage import workspaces
from storage.database import Session
from storage.introductions import Standing
from storage.tables import Member, Outgoing
from storage.tables.introductions import OPEN


def _of_row(session: Session, row: Outgoing, now: datetime) -> Shown | None:
    """Returns the introduction a row is about as its reader reads it: the subject is a side, or the introduction itself."""
    reader = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    side = stored.of_side(session, row.team_id, row.subject)
    introduction_id = side.introduction_id if side is not None else row.subject.partition(":")[0]
    standing = stored.find(session, row.team_id, introduction_id)
    if standing is None:
        return None
    side = next((one for one in standing.sides if side is not None and one.id == side.id), None)
    return showing_introductions.shown(session, standing, reader, side, now)


def _render_ask(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    shown = _of_row(session, row, now)
    if shown is None or shown.side is None:
        return None
    if row.slack_ts is not None:
        # What it says of the chat waits until it is known what became of it.
        return Later(now + consequences.SOON) if _is_opening(shown) else introduction_asks.ask(shown)
    if shown.introduction.state not in OPEN or not shown.waits:
        return None
    reader = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    others = [side.member_id for side in shown.sides if side.member_id]
    unwanted = {one for one, _ in stored.unwanted_among(session, row.team_id, others)}
    is_resting = (reader.introductions_from or now) > now
    if reader.id in unwanted or openness.a_month(session, reader) == 0 or is_resting:
        return None
    free = _free_at(session, reader, now)
    return Later(free) if free > now else introduction_asks.ask(shown)


def _in_hours(render: Renderer) -> Renderer:
    """Has a message wait until its reader works, and is not paused."""

    def in_hours(session: Session, row: Outgoing, now: datetime) -> Rendered:
        reader = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
        free = now if row.slack_ts is not None else _free_at(session, reader, now)
        return Later(free) if free > now else render(session, row, now)

    return in_hours


def _render_closed(session: Session, row: Outgoing, now: datetime) -> Message | None:
    shown = _of_row(session, row, now)
    if shown is None or shown.introduction.state != "expired":
        return None
    return views.closed_for_connector(shown) if shown.side is None else introduction_asks.closed_for_side(shown)


def _render_taken_back(session: Session, row: Outgoing, now: datetime) -> Message | None:
    shown = _of_row(session, row, now)
    return None if shown is None else introduction_asks.taken_back_from(shown)


def _render_hello(session: Session, row: Outgoing, now: datetime) -> Message | None:
    """Makes the first words in the chat, unless one of those who said yes is not here any more."""
    shown = _of_row(session, row, now)
    if shown is None:
        return None
    known = people.by_id(session, row.team_id, [side.member_id for side in shown.sides])
    are_here = all(members.is_here(one) for one in known.values())
    return meeting_views.hello(shown) if are_here or row.slack_ts is not None else None


def _render_opened(session: Session, row: Outgoing, now: datetime) -> Message | None:
    shown = _of_row(session, row, now)
    return None if shown is None else meeting_views.opened(shown)


def _render_prompt(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    shown = _of_row(session, row, now)
    if shown is None:
        return None
    if row.slack_ts is None:
        if shown.introduction.written_at is not None or shown.introduction.state != "connected":
            return None
        if not shown.is_chat_open:
            return None
    return meeting_views.prompt(shown)


def _render_met(session: Session, row: Outgoing, now: datetime) -> Message | None:
    shown = _of_row(session, row, now)
    if shown is None or shown.side is None:
        return None
    number = int(consequences.occasion(row))
    if row.slack_ts is None and (
        shown.side.met in ("met", "led to something") or shown.introduction.state == "withdrawn"
    ):
        return None
    return meeting_views.did_you_meet(shown, number)


def _render_news(session: Session, row: Outgoing, now: datetime) -> Message | None:
    shown = _of_row(session, row, now)
    what = consequences.occasion(row)
    if shown is None or (row.slack_ts is None and not meeting_views.is_news(shown, what)):
        return None
    return meeting_views.news(shown, what)


def _render_reminder(session: Session, row: Outgoing, now: datetime) -> Message | Later | None:
    """Reminds of a draft if it can be asked about by now; until there is room, it waits on."""
    shown = _of_row(session, row, now)
    if shown is None or shown.introduction.state != "drafted":
        return None
    connector = people.by_id(session, row.team_id, [row.member_id])[row.member_id]
    standing = Standing(shown.introduction, tuple(shown.sides))
    if row.slack_ts is None:
        try:
            proposals.check(session, connector, proposals.of_standing(session, standing), now)
        except AtCapacity as full:
            return Later(full.until) if full.until is not None else None
        except Mistake:
            return None
    return views.remind(shown.all_names, shown.introduction.id)


def _ring(session: Session, row: Outgoing, now: datetime) -> Later | None:
    again_at = introductions.ring(session, row, now)
    return Later(again_at) if again_at else None


def _is_opening(shown: Shown) -> bool:
    return shown.introduction.state == "opening" and shown.chat in ("pending", "sending")


def _free_at(session: Session, reader: Member, now: datetime) -> datetime:
    return working.free_at(reader, working.of(reader, workspaces.find(session, reader.team_id)), now)


def register(routes: Routes) -> None:
    """Says what is said here."""
    routes.messages |= {
        consequences.ASK: _render_ask,
        consequences.HELLO: _render_hello,
        consequences.OPENED: _render_opened,
        consequences.CLOCK: _ring,
        consequences.CLOSED: _in_hours(_render_closed),
        consequences.TAKEN_BACK: _in_hours(_render_taken_back),
        consequences.PROMPT: _in_hours(_render_prompt),
        consequences.DID_YOU_MEET: _in_hours(_render_met),
        consequences.NEWS: _in_hours(_render_news),
        consequences.REMIND: _in_hours(_render_reminder),
    }
    routes.considerate |= {
        consequences.ASK, consequences.CLOSED, consequences.TAKEN_BACK, consequences.PROMPT, consequences.DID_YOU_MEET,
        consequences.NEWS, consequences.REMIND,
    }  # fmt: skip
