"""Which messages may name a member, or quote them: what these are about, so that they can be brought up to date."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlmodel import Session, col

from storage.tables import Act, Ask, Callback, Introduction, Offer, Outgoing, Side, Suggested, Summary, Turn


def subjects(session: Session, team_id: str, member_id: str, since: datetime) -> list[str]:
    """Returns the subjects of all that may have been said of a member since a moment, each once."""
    found: dict[str, None] = {}
    for part in (_acts, _summaries, _introductions, _asks, _requests, _nudges):
        found |= dict.fromkeys(part(session, team_id, member_id, since))
    return list(found)


def contact(session: Session, team_id: str, contact_id: str) -> list[str]:
    """Returns the subjects of what may have been said of a contact, to their member alone."""
    calls = select(col(Turn.id), col(Turn.callback_id)).join(
        Callback, and_(col(Callback.team_id) == col(Turn.team_id), col(Callback.id) == col(Turn.callback_id))
    )
    of_calls = calls.where(col(Turn.team_id) == team_id, col(Callback.contact_id) == contact_id)
    found = [one for row in session.connection().execute(of_calls) for one in row]
    sides = select(col(Side.introduction_id), col(Side.id)).where(
        col(Side.team_id) == team_id, col(Side.contact_id) == contact_id
    )
    for introduction_id, side_id in session.connection().execute(sides):
        found += [introduction_id, f"{introduction_id}:connector", side_id]
    return found


def _acts(session: Session, team_id: str, member_id: str, since: datetime) -> Iterator[str]:
    for who in (col(Act.helper_id), col(Act.helped_id), col(Act.recorded_by)):
        mine = (col(Act.team_id) == team_id, who == member_id, col(Act.recorded_at) >= since)
        yield from session.connection().execute(select(col(Act.root_id)).where(*mine)).scalars()


def _summaries(session: Session, team_id: str, member_id: str, since: datetime) -> Iterator[str]:
    """Yields the weeks of channels in which something was recorded of a member."""
    in_week = and_(
        col(Summary.team_id) == col(Act.team_id),
        col(Summary.channel) == col(Act.channel),
        col(Act.recorded_at) >= col(Summary.since),
        col(Act.recorded_at) < col(Summary.until),
    )
    for who in (col(Act.helper_id), col(Act.helped_id)):
        mine = (col(Act.team_id) == team_id, who == member_id, col(Act.recorded_at) >= since)
        weeks = select(col(Summary.channel), col(Summary.week)).join(Act, in_week)
        its = weeks.where(col(Summary.team_id) == team_id, *mine).distinct()
        for channel, week in session.connection().execute(its):
            yield f"{channel}:{week}"


def _introductions(session: Session, team_id: str, member_id: str, since: datetime) -> Iterator[str]:
    asked = select(col(Side.introduction_id)).where(col(Side.team_id) == team_id, col(Side.member_id) == member_id)
    mine = or_(col(Introduction.connector_id) == member_id, col(Introduction.id).in_(asked))
    ids = select(col(Introduction.id)).where(
        col(Introduction.team_id) == team_id, mine, col(Introduction.created_at) >= since
    )
    for introduction_id in session.connection().execute(ids).scalars().all():
        yield introduction_id
        yield from _parts_of(session, team_id, introduction_id)
        sides = select(col(Side.id)).where(col(Side.team_id) == team_id, col(Side.introduction_id) == introduction_id)
        yield from session.connection().execute(sides).scalars()


def _asks(session: Session, team_id: str, member_id: str, since: datetime) -> Iterator[str]:
    asked = (col(Ask.team_id) == team_id, col(Ask.asker_id) == member_id, col(Ask.asked_at) >= since)
    ids = session.connection().execute(select(col(Ask.id)).where(*asked)).scalars().all()
    offered = (col(Offer.team_id) == team_id, col(Offer.helper_id) == member_id, col(Offer.at) >= since)
    others = session.connection().execute(select(col(Offer.ask_id)).where(*offered)).scalars().all()
    yield from ids
    for ask_id in (*ids, *others):
        yield from _parts_of(session, team_id, ask_id)


def _requests(session: Session, team_id: str, member_id: str, _since: datetime) -> Iterator[str]:
    """Yields what a third one was asked: to introduce a member and another, whichever of the two asked."""
    yield from _parts_of(session, team_id, member_id)
    theirs = (col(Outgoing.team_id) == team_id, col(Outgoing.subject).endswith(f":{member_id}"))
    yield from session.connection().execute(select(col(Outgoing.subject)).where(*theirs).distinct()).scalars()


def _parts_of(session: Session, team_id: str, subject: str) -> list[str]:
    """Returns the subjects that begin with another one and a colon."""
    its = (col(Outgoing.team_id) == team_id, col(Outgoing.subject).startswith(f"{subject}:", autoescape=True))
    return list(session.connection().execute(select(col(Outgoing.subject)).where(*its).distinct()).scalars())


def _nudges(session: Session, team_id: str, member_id: str, since: datetime) -> Iterator[str]:
    named = (
        col(Suggested.team_id) == team_id,
        col(Suggested.names).contains(member_id, autoescape=True),
        col(Suggested.at) >= since,
    )
    yield from session.connection().execute(select(col(Suggested.nudge_id)).where(*named)).scalars()
