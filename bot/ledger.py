"""The ledger's own rules: how an act is entered, corrected and taken back, whoever does it. Rows are only ever added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot import kinds, members
from storage import acts, contacts, outbox
from storage import members as people
from storage.acts import Entry
from storage.database import Session, new_id
from storage.tables import Act, Contact, Member, Side


@dataclass(frozen=True)
class Outsider:
    """Somebody outside the workspace, as a member wrote the name."""

    name: str
    company: str = ""


@dataclass(frozen=True)
class Recorded:
    """One statement as it stands, for the one who made it: an entry and a name for each person.

    `has_summary` says that its channel has a weekly one.
    """

    said_id: str
    role: str
    entries: Sequence[Entry]
    names: Sequence[str]
    was_told: bool = False
    is_long_ago: bool = False
    has_summary: bool = False


def enter(session: Session, actor: Member, act: dict[str, Any], now: datetime) -> Entry:
    """Writes a new act and, where the other side is a member, the quiet message about it."""
    acts.add(session, [act], thanks_by(actor, act, now))
    told = act["helped_id"] if act["helper_id"] == actor.id else act["helper_id"]
    if told is not None:
        key = f"act:{act['id']}:told"
        outbox.add(
            session, actor.team_id, key=key, kind="act", subject=act["id"], member_id=told, owner_id=actor.id, now=now
        )
    return Entry(Act.model_construct(**act), None, None, act["is_private"], act["channel"])


def enter_introduction(
    session: Session, helper: Member, introduced: Side, said_id: str, words: str, channel: str | None, now: datetime
) -> None:
    """Writes an introduction as an act for one who was introduced, without a message. A member's is confirmed: they said yes."""
    act_id, helped_id = new_id(now), introduced.member_id
    act = {
        "team_id": helper.team_id, "id": act_id, "said_id": said_id, "root_id": act_id, "helper_id": helper.id,
        "helped_id": helped_id, "contact_id": introduced.contact_id, "kind": "introduction", "is_guess": False, "words": words,
        "channel": channel, "is_private": channel is None, "source": "introduction", "about": None,
        "recorded_by": helper.id, "written_by": helper.id, "recorded_at": now, "reverses": None,
    }  # fmt: skip
    thanks = {"team_id": helper.team_id, "act_id": act_id, "mark": "thanks", "member_id": helped_id}
    is_confirmed = helped_id is not None and introduced.answer == "yes"
    acts.add(session, [act], [{**thanks, "words": None, "channel": None, "at": now}] if is_confirmed else [])


def correct(
    session: Session,
    writer: Member,
    entry: Entry,
    now: datetime,
    *,
    kind: str | None,
    words: str,
    is_private: bool,
) -> None:
    """Replaces an act by a corrected one. It is confirmed when the person helped wrote it, and by nobody else's hand.

    `kind` None asks for a guess. Each side can make it private, and only who did so can change that.
    """
    act, is_recorder = entry.act, writer.id == entry.act.recorded_by
    corrected = {
        **act.model_dump(),
        "id": new_id(now),
        "kind": kind or kinds.guess_kind(words),
        "is_guess": kind is None,
        "words": words,
        "channel": entry.channel,
        "is_private": (is_private if is_recorder else entry.is_stated_private) or entry.channel is None,
        "written_by": writer.id,
    }
    marks = thanks_by(writer, corrected, now)
    if is_recorder and entry.private is not None:
        marks.append({**entry.private.model_dump(), "act_id": corrected["id"]})
    if not is_recorder and is_private:
        keys = {"team_id": act.team_id, "act_id": corrected["id"], "mark": "private", "member_id": writer.id}
        marks.append({**keys, "words": None, "channel": None, "at": now})
    acts.add(session, [_reversal(act, writer, "corrected", now)])
    acts.add(session, [corrected], marks)
    outbox.change(session, act.team_id, act.root_id, now)


def take_back(session: Session, writer: Member, entry: Entry, why: str, now: datetime) -> None:
    """Reverses an act; who has not been told of it is not told. `why` is `undone` or `removed`."""
    act = entry.act
    acts.add(session, [_reversal(act, writer, why, now)])
    outbox.cancel(session, act.team_id, act.root_id, now)
    outbox.change(session, act.team_id, act.root_id, now)
    both = people.by_id(session, act.team_id, [act.helper_id, act.helped_id])
    members.refresh_home(session, both.values(), now)


def other_side(act: Act, member_id: str) -> str:
    """Returns the id of the other side of an act, a member or a contact, as one of its members sees it."""
    sides = {act.helper_id, act.helped_id, act.contact_id} - {member_id, None}
    return str(min(filter(None, sides)))


def names_of(session: Session, team_id: str, shown: Sequence[Act]) -> dict[str, str]:
    """Returns the names of all members and contacts in these acts, by id."""
    member_ids = {one for act in shown for one in (act.helper_id, act.helped_id, act.recorded_by)}
    found: dict[str, Any] = {**people.by_id(session, team_id, member_ids)}
    found |= contacts.by_id(session, team_id, {act.contact_id for act in shown})
    return {one: show_contact(who) if isinstance(who, Contact) else who.name for one, who in found.items()}


def name_of(one: Member | Outsider) -> str:
    """Returns the name of a member, or of somebody outside Slack with the company."""
    return one.name if isinstance(one, Member) else show_contact(one)


def show_contact(contact: Contact | Outsider) -> str:
    """Returns a contact as members write it: `Jane Doe (Acme)`; nothing of one who was removed."""
    return f"{contact.name} ({contact.company})" if contact.name and contact.company else contact.name


def thanks_by(writer: Member, act: dict[str, Any], now: datetime) -> list[dict[str, Any]]:
    """Confirms an act whose words are those of the person helped."""
    if act["helped_id"] != writer.id:
        return []
    keys = {"team_id": act["team_id"], "act_id": act["id"], "mark": "thanks", "member_id": writer.id}
    return [{**keys, "words": None, "channel": None, "at": now}]


def _reversal(act: Act, writer: Member, why: str, now: datetime) -> dict[str, Any]:
    row = act.model_dump()
    return row | {
        "id": new_id(now),
        "reverses": act.id,
        "source": why,
        "written_by": writer.id,
        "recorded_at": now,
    }
