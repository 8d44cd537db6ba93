"""Asks for help: what is asked, by whom, who offered, and what is open."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.database import add_if_new
from storage.tables import Ask, Offer

_FRESH = {"populate_existing": True}


def add(session: Session, ask: Ask) -> bool:
    """Adds an ask; says whether it is new."""
    return add_if_new(session, Ask, ask.model_dump())


def find(session: Session, team_id: str, ask_id: str, *, hold: bool = False) -> Ask | None:
    """Returns an ask; with `hold`, others who would change it wait until this transaction ends."""
    found = select(Ask).where(Ask.team_id == team_id, Ask.id == ask_id)
    if hold:
        found = found.with_for_update(key_share=True)
    return session.execute(found, execution_options=_FRESH).scalars().first()


def change(session: Session, team_id: str, ask_id: str, **columns: Any) -> None:
    """Sets columns of an ask."""
    session.connection().execute(
        update(Ask).where(col(Ask.team_id) == team_id, col(Ask.id) == ask_id).values(**columns)
    )
    session.expire_all()


def open_of(session: Session, team_id: str, asker_id: str) -> list[Ask]:
    """Returns a member's open asks, the oldest first."""
    mine = (Ask.team_id == team_id, Ask.asker_id == asker_id, Ask.state == "open")
    return list(session.exec(select(Ask).where(*mine).order_by(col(Ask.id))))


def open_in(session: Session, team_id: str, channel: str | None, now: datetime, most: int) -> list[Ask]:
    """Returns the open asks of a channel, or with None those of all channels and of none; what closes first comes first."""
    here = (Ask.team_id == team_id, Ask.state == "open", col(Ask.closes_at) > now)
    of_channel = () if channel is None else (Ask.channel == channel,)
    found = select(Ask).where(*here, *of_channel).order_by(col(Ask.closes_at), col(Ask.id)).limit(most)
    return list(session.exec(found))


def asked_since(session: Session, team_id: str, asker_id: str, since: datetime) -> int:
    """Counts what a member has asked since a moment."""
    mine = (Ask.team_id == team_id, Ask.asker_id == asker_id, col(Ask.asked_at) > since)
    return len(session.exec(select(Ask.id).where(*mine)).all())


def offer(session: Session, team_id: str, ask_id: str, helper_id: str) -> Offer | None:
    """Returns what somebody offered for an ask."""
    mine = (Offer.team_id == team_id, Offer.ask_id == ask_id, Offer.helper_id == helper_id)
    return session.execute(select(Offer).where(*mine), execution_options=_FRESH).scalars().first()


def offers(session: Session, team_id: str, ask_ids: Collection[str], states: Collection[str]) -> list[Offer]:
    """Returns what was offered for some asks and stands so, the oldest first."""
    found = select(Offer).where(Offer.team_id == team_id, col(Offer.ask_id).in_(ask_ids), col(Offer.state).in_(states))
    return list(
        session.execute(found.order_by(col(Offer.at), col(Offer.helper_id)), execution_options=_FRESH).scalars()
    )


def offered_by(session: Session, team_id: str, helper_id: str) -> list[Offer]:
    """Returns a member's offers for asks that are open."""
    of_ask = (col(Ask.team_id) == col(Offer.team_id)) & (col(Ask.id) == col(Offer.ask_id))
    mine = (Offer.team_id == team_id, Offer.helper_id == helper_id, Ask.state == "open")
    return list(session.exec(select(Offer).join(Ask, of_ask).where(*mine)))


def put_offer(session: Session, row: Offer) -> None:
    """Keeps an offer as it stands now."""
    this = (col(Offer.team_id) == row.team_id, col(Offer.ask_id) == row.ask_id, col(Offer.helper_id) == row.helper_id)
    if not add_if_new(session, Offer, row.model_dump()):
        session.connection().execute(update(Offer).where(*this).values(state=row.state, at=row.at))
        session.expire_all()
