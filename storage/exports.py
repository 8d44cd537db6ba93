"""What somebody takes along, page by page: their acts, introductions, calls and contacts; and a workspace's public acts.

Each page is a question of its own, so that nothing is held open for long and no more than a page is in memory. A page begins
behind the place of the last row before it; rows that are added meanwhile are in it or not.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlmodel import Session, col

from storage import introductions
from storage.acts import CHANNEL, IN_COLUMNS, IS_PRIVATE
from storage.introductions import Standing
from storage.tables import Act, Callback, Contact, Introduction, Outgoing, Side, Turn

PAGE = 500
Place = tuple[datetime, str]  # a row's moment and its id
FIRST: Place = (datetime(1970, 1, 1, tzinfo=UTC), "")
_TEAM, _MEMBER, _ID = (bindparam(name, type_=Act.__table__.c.id.type) for name in ("team", "member", "id"))  # type: ignore[attr-defined]
_AT = bindparam("at", type_=Act.__table__.c.recorded_at.type)  # type: ignore[attr-defined]


def _behind(moment: Any, row_id: Any) -> ColumnElement[bool]:
    return and_(moment >= _AT, or_(moment > _AT, row_id > _ID))


# In these parts, each answered from an index of its own: one question for all had the whole of it sorted for each page.
_ACTS = {
    part: IN_COLUMNS.where(col(Act.team_id) == _TEAM, which, _behind(col(Act.recorded_at), col(Act.id)))
    .order_by(col(Act.recorded_at), col(Act.id))
    .limit(PAGE)
    for part, which in (
        ("gave", col(Act.helper_id) == _MEMBER),
        ("got", col(Act.helped_id) == _MEMBER),
        (
            "noted",
            and_(
                col(Act.recorded_by) == _MEMBER,
                col(Act.helper_id).is_distinct_from(_MEMBER),
                col(Act.helped_id).is_distinct_from(_MEMBER),
            ),
        ),
    )
}
PARTS = tuple(_ACTS)
_MADE = (
    select(Introduction)
    .where(col(Introduction.team_id) == _TEAM, col(Introduction.connector_id) == _MEMBER)
    .where(_behind(col(Introduction.created_at), col(Introduction.id)))
    .order_by(col(Introduction.created_at), col(Introduction.id))
    .limit(PAGE)
)
_ASKED = (
    select(Side)
    .where(col(Side.team_id) == _TEAM, col(Side.member_id) == _MEMBER, col(Side.is_spared).is_(False))
    .where(_behind(col(Side.asked_at), col(Side.id)))
    .order_by(col(Side.asked_at), col(Side.id))
    .limit(PAGE)
)
_CALLBACKS, _CONTACTS = (
    select(table)
    .where(col(table.team_id) == _TEAM, col(table.owner_id) == _MEMBER, col(table.id) > _ID, *also)
    .order_by(col(table.id))
    .limit(PAGE)
    for table, also in ((Callback, ()), (Contact, (col(Contact.name) != "",)))
)
_PUBLIC = (
    IN_COLUMNS.where(col(Act.team_id) == _TEAM, col(Act.id) > _ID, IN_COLUMNS.selected_columns.stands)
    .where(CHANNEL.is_not(None), ~IS_PRIVATE)
    .order_by(col(Act.id))
    .limit(PAGE)
)


def is_under_way(session: Session, team_id: str, member_id: str, kind: str) -> bool:
    """Says whether files of this kind wait to be sent to a member, or are being sent."""
    mine = (col(Outgoing.subject) == member_id, col(Outgoing.kind) == kind, col(Outgoing.verb) == "file")
    going = (*mine, col(Outgoing.state).in_(("pending", "sending")))
    found = select(func.count()).select_from(Outgoing).where(col(Outgoing.team_id) == team_id, *going)
    return bool(session.execute(found).scalar_one())


def acts_of(session: Session, team_id: str, member_id: str, part: str, behind: Place) -> Sequence[Any]:
    """Returns a page of the acts a member `gave`, `got` or only `noted`, as they stand, by the time they were recorded."""
    return session.execute(_ACTS[part], _values(team_id, member_id, behind)).all()


def made_by(session: Session, team_id: str, member_id: str, behind: Place) -> list[Standing]:
    """Returns a page of the introductions a member made, by the time they were made."""
    found = session.execute(_MADE, _values(team_id, member_id, behind)).scalars().all()
    return introductions.with_sides(session, team_id, found)


def asked_of(session: Session, team_id: str, member_id: str, behind: Place) -> list[tuple[Side, Standing]]:
    """Returns a page of the introductions a member was asked about, with their own side, by the time of the asking.

    Those about which the member was spared, and of which they do not know, are left out.
    """
    mine = session.execute(_ASKED, _values(team_id, member_id, behind)).scalars().all()
    ids = [side.introduction_id for side in mine]
    these = select(Introduction).where(col(Introduction.team_id) == team_id, col(Introduction.id).in_(ids))
    standings = introductions.with_sides(session, team_id, session.execute(these).scalars().all()) if ids else []
    by_id = {standing.introduction.id: standing for standing in standings}
    return [(side, by_id[side.introduction_id]) for side in mine]


def callbacks_of(session: Session, team_id: str, member_id: str, behind: str) -> list[tuple[Callback, list[Turn]]]:
    """Returns a page of a member's calls to return, each with all its plans, by id."""
    found = session.execute(_CALLBACKS, {"team": team_id, "member": member_id, "id": behind}).scalars().all()
    plans: dict[str, list[Turn]] = {callback.id: [] for callback in found}
    these = select(Turn).where(col(Turn.team_id) == team_id, col(Turn.callback_id).in_(list(plans)))
    for turn in session.execute(these.order_by(col(Turn.callback_id), col(Turn.number))).scalars():
        plans[turn.callback_id].append(turn)
    return [(callback, plans[callback.id]) for callback in found]


def contacts_of(session: Session, team_id: str, member_id: str, behind: str) -> Sequence[Contact]:
    """Returns a page of the people outside Slack whom a member named, by id."""
    return session.execute(_CONTACTS, {"team": team_id, "member": member_id, "id": behind}).scalars().all()


def public_acts(session: Session, team_id: str, behind: str) -> Sequence[Any]:
    """Returns a page of the acts that stand, belong to a channel and were made private by nobody, by id."""
    return session.execute(_PUBLIC, {"team": team_id, "id": behind}).all()


def not_told_since(session: Session, team_id: str, root_ids: Collection[str], before: datetime) -> set[str]:
    """Returns those of the acts whose quiet message was not said before a moment, as far as the outbox remembers it."""
    said = and_(col(Outgoing.state) == "sent", col(Outgoing.sent_at) < before)
    told = (col(Outgoing.subject).in_(root_ids), col(Outgoing.kind) == "act", col(Outgoing.verb) == "post")
    found = select(col(Outgoing.subject)).where(col(Outgoing.team_id) == team_id, *told, ~said)
    return set(session.execute(found).scalars())


def _values(team_id: str, member_id: str, behind: Place) -> dict[str, Any]:
    return {"team": team_id, "member": member_id, "at": behind[0], "id": behind[1]}
