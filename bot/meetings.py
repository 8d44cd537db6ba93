"""Whether those who were introduced have met: that one has written, and what each says came of it. All answers are kept."""

from datetime import datetime

from bot import follow_up, introductions, members
from bot.errors import Stale
from bot.introductions import ASKED, CONNECTOR, LED, MET, NOT_MET
from storage import introductions as stored
from storage import outbox
from storage.database import Session
from storage.introductions import Standing
from storage.tables import Member, Side

MOST_WORDS = 500


def note_written(session: Session, actor: Member, introduction_id: str, now: datetime) -> None:
    """Notes that somebody has written in the group chat."""
    standing = introductions.held(session, actor, introduction_id)
    members.require("say it is written", actor, {_role(actor, standing)})
    if standing.introduction.written_at is None:
        introductions.take(session, standing, "one has written", ASKED, now)


def say_whether_met(session: Session, actor: Member, side_id: str, met: str | None, now: datetime) -> None:
    """Says what came of an introduction. All answers are kept, also where they differ."""
    standing, side = reported(session, actor, side_id)
    if side.met == met:
        return
    columns = {"met": met} | ({} if met == "led to something" else {"words": None})
    stored.change_side(session, actor.team_id, side.id, **columns)
    standing = introductions.again(session, standing)
    outbox.change(session, actor.team_id, side.id, now)
    introductions.take(session, standing, _together(standing), ASKED, now)
    members.refresh_home(session, [actor], now)


def add_words(session: Session, actor: Member, side_id: str, words: str, now: datetime) -> None:
    """Adds what it led to, in one's own words, for the connector to read."""
    standing, side = reported(session, actor, side_id)
    if side.met != "led to something":
        raise Stale
    stored.change_side(session, actor.team_id, side.id, words=words[:MOST_WORDS])
    outbox.change(session, actor.team_id, side.id, now)
    follow_up.tell_words(session, introductions.again(session, standing), side, now)


def reported(session: Session, actor: Member, side_id: str) -> tuple[Standing, Side]:
    """Returns an introduction of which one can say what came of it, and the side for which one says it, and holds it."""
    side = stored.of_side(session, actor.team_id, side_id)
    if side is None:
        raise Stale
    standing = introductions.held(session, actor, side.introduction_id)
    teller = standing.introduction.connector_id if standing.introduction.is_outside else side.member_id
    members.require("say whether they met", actor, {ASKED if teller == actor.id else "other"})
    return standing, next(one for one in standing.sides if one.id == side_id)


def _together(standing: Standing) -> str:
    said = {side.met for side in standing.sides}
    return LED if "led to something" in said else MET if "met" in said else NOT_MET


def _role(actor: Member, standing: Standing) -> str:
    if actor.id == standing.introduction.connector_id:
        return CONNECTOR
    return ASKED if actor.id in {side.member_id for side in standing.sides} else "other"
