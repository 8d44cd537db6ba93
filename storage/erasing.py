"""What of a member's rows goes, and what stays in the place of the rest: a row without a name, and acts without words.

A member's row becomes nameless at once, so that nothing leads from it to the person any more. Their other rows follow, a few
in a transaction. What counts for others stays: the acts, between whom and when. What is left out here has neither words nor
names, and stands as it was; a test goes through all tables.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, delete, inspect, or_, select, tuple_, update
from sqlmodel import Session, SQLModel, col

from storage import wiping
from storage.tables import (
    Act,
    Ask,
    Callback,
    Contact,
    Draft,
    Going,
    Introduction,
    LeftOut,
    Mark,
    Member,
    Nudge,
    Nudging,
    Outgoing,
    Reporting,
    Side,
    Suggested,
    Turn,
    Unwanted,
)
from storage.tables.people import NAMELESS

AT_ONCE = 200  # rows in one transaction, so that nobody waits for them
# What goes whole, the rows that point to others before those they point to.
_GOES: tuple[tuple[type[SQLModel], str], ...] = (
    (Draft, "member_id"),
    (Suggested, "member_id"),
    (Nudge, "member_id"),
    (Nudging, "member_id"),
    (Reporting, "member_id"),
    (LeftOut, "member_id"),
    (Unwanted, "member_id"),
    (Unwanted, "other_id"),
    (Going, "member_id"),
    (Turn, "owner_id"),
    (Callback, "owner_id"),
)
_KEPT_OF_A_MEMBER = frozenset({"team_id", "id", "slack_id", "created_at", "is_bot", "is_stranger"})
Step = Callable[[Session, str, str, int], int]


def make_nameless(session: Session, member: Member) -> None:
    """Takes all that tells who somebody is out of their row, which stays so that what counts for others has two sides."""
    plain = Member(team_id=member.team_id, id=member.id, slack_id="", created_at=member.created_at).model_dump()
    values = {name: value for name, value in plain.items() if name not in _KEPT_OF_A_MEMBER}
    was_here = (
        member.left_at is None and not member.is_gone
    )  # others' ties with them are counted on, or not, as they were
    left_at = None if was_here else member.created_at
    values |= {"slack_id": f"{NAMELESS}{member.id}", "is_gone": True, "is_unnamed": True, "left_at": left_at}
    this = (col(Member.team_id) == member.team_id, col(Member.id) == member.id)
    session.connection().execute(update(Member).where(*this).values(**values))
    _forget_drafts_about(session, member)
    wiping.ask(session)
    session.expire_all()


def is_nameless(member: Member) -> bool:
    """Says whether a row is what is left of somebody whose data was removed."""
    return member.slack_id.startswith(NAMELESS)


def empty_some(session: Session, team_id: str, member_id: str, most: int = AT_ONCE) -> int:
    """Empties or removes some more of a nameless member's rows, so many at the most, and returns how many; 0 once it is done."""
    for step in _STEPS:
        if done := step(session, team_id, member_id, most):
            wiping.ask(session)
            return done
    return 0


def empty_contact(session: Session, contact: Contact) -> None:
    """Takes a contact's name, and what was written about them, out of all rows; what was done with them still counts."""
    team_id, contact_id, owner_id = contact.team_id, contact.id, contact.owner_id
    of_calls = select(col(Callback.id)).where(col(Callback.team_id) == team_id, col(Callback.contact_id) == contact_id)
    of_acts = select(col(Act.id)).where(col(Act.team_id) == team_id, col(Act.contact_id) == contact_id)
    for table, which, values in (
        (Mark, col(Mark.act_id).in_(of_acts), {"words": None}),
        (Act, col(Act.contact_id) == contact_id, {"words": ""}),
        (Side, col(Side.contact_id) == contact_id, {"line": "", "words": None}),
        (Callback, col(Callback.id).in_(of_calls), {"about": "", "note": ""}),
        (Contact, col(Contact.id) == contact_id, _no_contact(contact_id)),
    ):
        session.connection().execute(update(table).where(col(table.team_id) == team_id, which).values(**values))
    # What its owner began to write can name it, in whatever way JSON writes the name; it would be gone within a day.
    drafts = (col(Draft.team_id) == team_id, col(Draft.member_id) == owner_id)
    session.connection().execute(delete(Draft).where(*drafts))
    wiping.ask(session)
    session.expire_all()


def is_being_told(session: Session, team_id: str, member_id: str) -> bool:
    """Says whether a message to a member is being said at this moment, which is removed once it is known what became of it."""
    sending = (col(Outgoing.member_id) == member_id, col(Outgoing.channel).is_(None), col(Outgoing.state) == "sending")
    found = select(col(Outgoing.id)).where(col(Outgoing.team_id) == team_id, *sending).limit(1)
    return session.connection().execute(found).first() is not None


def _no_contact(contact_id: Any) -> dict[str, Any]:
    """Returns what stands in the place of a contact's name: nothing, and where it has to be another than the next, our own id."""
    return {"name": "", "company": contact_id}


def _forget_drafts_about(session: Session, member: Member) -> None:
    """Removes what others began to write that names somebody by Slack's id; it would be gone within a day."""
    names_them = col(Draft.body).contains(member.slack_id, autoescape=True)
    session.connection().execute(delete(Draft).where(col(Draft.team_id) == member.team_id, names_them))


_SIDES_OF_ACT = (col(Act.helper_id), col(Act.helped_id), col(Act.recorded_by))


def _going(table: type[SQLModel], owner: str) -> Step:
    def step(session: Session, team_id: str, member_id: str, most: int) -> int:
        return _remove(session, table, team_id, _named(table, owner) == member_id, most)

    return step


def _emptied(table: type[SQLModel], which: Callable[[str, str], Any], **values: Any) -> Step:
    """Returns the step that writes these values to the rows that are meant, those that do not have them yet."""

    def step(session: Session, team_id: str, member_id: str, most: int) -> int:
        differs = or_(*(_named(table, name).is_distinct_from(value) for name, value in values.items()))
        these = _some(table, team_id, and_(which(team_id, member_id), differs), most)
        changed = update(table).where(_named(table, "team_id") == team_id, these).values(**values)
        return session.connection().execute(changed).rowcount

    return step


def _is(column: Any) -> Callable[[str, str], Any]:
    return lambda _team_id, member_id: column == member_id


def _of_acts(team_id: str, member_id: str) -> Iterator[Any]:
    for who in _SIDES_OF_ACT:
        yield select(col(Act.id)).where(col(Act.team_id) == team_id, who == member_id)


def _said_of_acts(team_id: str, member_id: str) -> Any:
    return or_(*(col(Mark.act_id).in_(one) for one in _of_acts(team_id, member_id)))


def _their_introductions(team_id: str, member_id: str) -> Any:
    made = select(col(Introduction.id)).where(
        col(Introduction.team_id) == team_id, col(Introduction.connector_id) == member_id
    )
    asked = select(col(Side.introduction_id)).where(col(Side.team_id) == team_id, col(Side.member_id) == member_id)
    return or_(col(Side.introduction_id).in_(made), col(Side.introduction_id).in_(asked))


def _unsaid(_team_id: str, member_id: str) -> Any:
    """Returns which messages go: those to themselves alone, but for one that is being said at this moment."""
    return and_(col(Outgoing.member_id) == member_id, col(Outgoing.channel).is_(None), col(Outgoing.state) != "sending")


def _remove_messages(session: Session, team_id: str, member_id: str, most: int) -> int:
    """Removes what was said to a member alone: changes of messages first, and then the messages."""
    which = _unsaid(team_id, member_id)
    changes = _remove(session, Outgoing, team_id, and_(which, col(Outgoing.target).is_not(None)), most)
    return changes or _remove(session, Outgoing, team_id, which, most)


def _empty_contacts(session: Session, team_id: str, member_id: str, most: int) -> int:
    which = and_(col(Contact.owner_id) == member_id, col(Contact.name) != "")
    these = _some(Contact, team_id, which, most)
    emptied = update(Contact).where(col(Contact.team_id) == team_id, these).values(**_no_contact(col(Contact.id)))
    return session.connection().execute(emptied).rowcount


def _remove(session: Session, table: type[SQLModel], team_id: str, which: ColumnElement[bool], most: int) -> int:
    these = _some(table, team_id, which, most)
    return session.connection().execute(delete(table).where(_named(table, "team_id") == team_id, these)).rowcount


def _some(table: type[SQLModel], team_id: str, which: ColumnElement[bool], most: int) -> ColumnElement[bool]:
    """Returns the condition that a row is one of the first so many of which this is true."""
    key: Sequence[Column[Any]] = inspect(table).primary_key
    found = select(*key).where(_named(table, "team_id") == team_id, which).order_by(*key).limit(most)
    return tuple_(*key).in_(found)


def _named(table: type[SQLModel], name: str) -> Any:
    return getattr(table, name)


_STEPS: tuple[Step, ...] = (
    *(_going(table, owner) for table, owner in _GOES),
    _emptied(Mark, _said_of_acts, words=None),
    *(_emptied(Act, _is(who), words="", about=None) for who in _SIDES_OF_ACT),
    _emptied(Side, _their_introductions, line="", words=None),
    _emptied(Ask, _is(col(Ask.asker_id)), words="", topics=""),
    _empty_contacts,
    _remove_messages,
)
