"""What somebody takes along of asks, nudges and events, page by page; and a workspace's asks in channels."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_
from sqlmodel import Session, col, select

from storage.tables import Ask, Going, Item, Member, Nudge, Nudging, Offer, Suggested

PAGE = 500


def asks_of(session: Session, team_id: str, member_id: str, behind: str) -> Sequence[Ask]:
    """Returns a page of a member's asks, by id."""
    mine = (Ask.team_id == team_id, Ask.asker_id == member_id, col(Ask.id) > behind)
    return session.exec(select(Ask).where(*mine).order_by(col(Ask.id)).limit(PAGE)).all()


def offers_for(session: Session, team_id: str, ask_ids: Collection[str]) -> Sequence[Offer]:
    """Returns what was offered for some asks, the oldest first."""
    found = select(Offer).where(Offer.team_id == team_id, col(Offer.ask_id).in_(ask_ids))
    return session.exec(found.order_by(col(Offer.at), col(Offer.helper_id))).all()


def offers_of(session: Session, team_id: str, member_id: str, behind: str) -> Sequence[tuple[Offer, Ask]]:
    """Returns a page of what a member offered, each with its ask, by the ask's id."""
    of_ask = and_(col(Ask.team_id) == col(Offer.team_id), col(Ask.id) == col(Offer.ask_id))
    mine = (Offer.team_id == team_id, Offer.helper_id == member_id, col(Offer.ask_id) > behind)
    found = select(Offer, Ask).join(Ask, of_ask).where(*mine).order_by(col(Offer.ask_id)).limit(PAGE)
    return session.exec(found).all()


def nudging_of(session: Session, team_id: str, member_id: str) -> Nudging | None:
    """Returns what a member chose about nudges, if they chose anything."""
    return session.exec(select(Nudging).where(Nudging.team_id == team_id, Nudging.member_id == member_id)).first()


def nudges_of(session: Session, team_id: str, member_id: str, behind: str) -> Sequence[Nudge]:
    """Returns a page of the nudges that a member got, by id, and not those that were held back."""
    mine = (Nudge.team_id == team_id, Nudge.member_id == member_id, col(Nudge.id) > behind)
    found = select(Nudge).where(*mine, col(Nudge.is_held).is_(False))
    return session.exec(found.order_by(col(Nudge.id)).limit(PAGE)).all()


def suggested_in(session: Session, team_id: str, nudge_ids: Collection[str]) -> Sequence[Suggested]:
    """Returns what some nudges suggested, in their order."""
    found = select(Suggested).where(Suggested.team_id == team_id, col(Suggested.nudge_id).in_(nudge_ids))
    return session.exec(found.order_by(col(Suggested.nudge_id), col(Suggested.number))).all()


def words_of_asks(session: Session, team_id: str, suggested: Sequence[Suggested]) -> dict[str, str]:
    """Returns the words of the asks among some suggestions, by id."""
    ids = {one.about for one in suggested if one.source == "ask"}
    return dict(session.exec(select(Ask.id, Ask.words).where(Ask.team_id == team_id, col(Ask.id).in_(ids))).all())


def goings_of(session: Session, team_id: str, member_id: str, behind: str) -> Sequence[tuple[Going, Item]]:
    """Returns a page of the events to which a member goes or went, by the event's id."""
    of_item = and_(col(Item.team_id) == col(Going.team_id), col(Item.id) == col(Going.item_id))
    mine = (Going.team_id == team_id, Going.member_id == member_id, col(Going.item_id) > behind)
    found = select(Going, Item).join(Item, of_item).where(*mine).order_by(col(Going.item_id)).limit(PAGE)
    return session.exec(found).all()


def asks_in_channels(session: Session, team_id: str, behind: str) -> Sequence[tuple[Ask, Member]]:
    """Returns a page of the asks that were posted in channels, each with its asker, by id."""
    of_asker = and_(col(Member.team_id) == col(Ask.team_id), col(Member.id) == col(Ask.asker_id))
    public = (Ask.team_id == team_id, col(Ask.channel).is_not(None), col(Ask.id) > behind)
    found = select(Ask, Member).join(Member, of_asker).where(*public).order_by(col(Ask.id)).limit(PAGE)
    return session.exec(found).all()
