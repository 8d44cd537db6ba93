"""Acts: recording help, correcting it and taking it back. What the other side may say about an act is in `answers.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import kinds, ledger, members, when
from bot.errors import DayIsFull, NoPerson, NoWords, Oneself, SaidBefore, Stale, TooLong, TooManyPeople
from bot.ledger import Outsider
from storage import acts, channels, contacts, heard, inbox, workspaces
from storage import members as people
from storage.acts import Entry
from storage.database import Session, new_id
from storage.tables import Member

MOST_PEOPLE = 10
MOST_CHARACTERS = 500
AGAIN_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Statement:
    """What a member says happened. `role` is what the member did: `gave` help, or `got` it.

    `kind` None asks for a guess. `channel` is Slack's id of the channel it belongs to, None for none. `about` is the message an
    emoji was put on.
    """

    role: str
    named: Sequence[Member | Outsider]
    words: str
    kind: str | None = None
    channel: str | None = None
    is_private: bool = False
    source: str = "command"
    about: str | None = None


def record(
    session: Session, actor: Member, said: Statement, now: datetime, key: str, *, again: bool = False
) -> ledger.Recorded:
    """Records an act for each person named, and sends each one quiet message.

    The same request, known by its `key`, is answered from what stands and writes nothing. `again` records what was recorded a
    moment ago. Raises a Mistake, and then nothing is written.
    """
    said_id = new_id(now)
    earlier = inbox.claim(session, actor.team_id, key, said_id, now)
    if earlier is not None:
        return recall(session, actor, earlier)
    people.hold(session, actor.team_id, actor.id)
    members.require("record", actor)
    _check(said, actor)
    named = _identities(session, actor, said, now)
    _check_day(session, actor, said, named, now, again=again)
    entries = [_enter(session, actor, said, other_id, one, said_id, now) for other_id, one in named.items()]
    members.refresh_home(session, [actor, *_members_of(said)], now)
    names, has_summary = (
        [ledger.name_of(one) for one in named.values()],
        channels.has_summary(session, actor.team_id, said.channel),
    )
    return ledger.Recorded(said_id, said.role, entries, names, has_summary=has_summary)


def edit(session: Session, actor: Member, said_id: str, said: Statement, now: datetime) -> None:
    """Corrects a statement: who is still named is corrected, who is new is told, who is no longer named reads that.

    What it belongs to, and whether help was given or got, stays as it was.
    """
    people.hold(session, actor.team_id, actor.id)
    standing = [entry for entry in _mine(session, actor, said_id, "edit") if entry.stands]
    if not standing:
        raise Stale
    said = replace(said, channel=standing[0].channel, role=_role(actor, standing[0]))
    _check(said, actor)
    named = _identities(session, actor, said, now)
    known = {ledger.other_side(entry.act, actor.id) for entry in standing}
    new = {other_id: one for other_id, one in named.items() if other_id not in known}
    _check_day(session, actor, said, new, now, again=True)
    for entry in standing:
        one = named.pop(ledger.other_side(entry.act, actor.id), None)
        if one is None:
            ledger.take_back(session, actor, entry, "undone", now)
        else:
            ledger.correct(session, actor, entry, now, kind=said.kind, words=said.words, is_private=said.is_private)
    for other_id, one in named.items():
        _enter(session, actor, said, other_id, one, said_id, now)
    members.refresh_home(session, [actor, *_members_of(said)], now)


def change_kind(session: Session, actor: Member, said_id: str, kind: str, now: datetime) -> None:
    """Corrects the kind alone."""
    standing = [entry for entry in _mine(session, actor, said_id, "edit") if entry.stands]
    if kind not in kinds.NAMES or not standing:
        raise Stale
    for entry in standing:
        if entry.act.kind != kind or entry.act.is_guess:
            words, is_private = entry.act.words, entry.is_stated_private
            ledger.correct(session, actor, entry, now, kind=kind, words=words, is_private=is_private)


def undo(session: Session, actor: Member, said_id: str, now: datetime) -> None:
    """Takes a whole statement back. Who has not been told is not told; who has reads that it was taken back."""
    standing = [entry for entry in _mine(session, actor, said_id, "undo") if entry.stands]
    if not standing:
        raise Stale
    for entry in standing:
        ledger.take_back(session, actor, entry, "undone", now)


def recall(session: Session, actor: Member, said_id: str, action: str = "undo") -> ledger.Recorded:
    """Returns one's own statement as it stands now: the acts that stand; where none does, those one took back oneself.

    Raises Stale unless the actor may do the action with it.
    `was_told` says that people have read of what was taken back; then they are the ones who are named.
    `is_long_ago` says that what they may have read can no longer be changed.
    """
    found = _mine(session, actor, said_id, action)
    standing = [entry for entry in found if entry.stands]
    taken_back = [entry for entry in found if entry.reversal is not None and entry.reversal.written_by == actor.id]
    entries = standing or taken_back or found
    names = ledger.names_of(session, actor.team_id, [entry.act for entry in entries])
    heard_of = heard.heard_of(
        session, actor.team_id, actor.id, [] if standing else [one.act.root_id for one in entries]
    )
    told = [entry for entry in entries if entry.act.root_id in heard_of]
    named = [names[ledger.other_side(entry.act, actor.id)] for entry in told or entries]
    told_of = [] if standing else [one for one in entries if one.act.source != "introduction"]
    with_members = [one.act.root_id for one in told_of if one.act.contact_id is None]
    is_long_ago = bool(heard.forgotten(session, actor.team_id, with_members))
    has_summary = channels.has_summary(session, actor.team_id, entries[0].channel)
    return ledger.Recorded(
        said_id,
        _role(actor, entries[0]),
        entries,
        named,
        was_told=bool(told),
        is_long_ago=is_long_ago,
        has_summary=has_summary,
    )


def _check(said: Statement, actor: Member) -> None:
    if not said.named:
        raise NoPerson(said.role)
    if len(said.named) > MOST_PEOPLE:
        raise TooManyPeople(len(said.named), MOST_PEOPLE)
    for one in said.named:
        if isinstance(one, Member):
            if one.id == actor.id:
                raise Oneself
            members.welcome(one)
    if not said.words and said.about is None:
        raise NoWords
    if len(said.words) > MOST_CHARACTERS:
        raise TooLong(len(said.words), MOST_CHARACTERS)


def _check_day(
    session: Session,
    actor: Member,
    said: Statement,
    new: Mapping[str, Member | Outsider],
    now: datetime,
    *,
    again: bool,
) -> None:
    """Keeps the daily cap for the people newly named, and asks before recording the same thing twice within ten minutes."""
    day = when.start_of_day(now, actor.zone)
    lately = acts.said_since(session, actor.team_id, actor.id, min(day, now - AGAIN_WITHIN))
    limit = workspaces.acts_a_day(session, actor.team_id)
    today = sum(row.recorded_at >= day for row in lately)
    if new and today + len(new) > limit:
        raise DayIsFull(limit, max(0, limit - today))
    if again:
        return
    for row in reversed(lately):
        other = (row.helped_id if said.role == "gave" else row.helper_id) or row.contact_id
        if other in new and row.words == said.words and row.stands and row.recorded_at >= now - AGAIN_WITHIN:
            raise SaidBefore(ledger.name_of(new[other]), max(1, round((now - row.recorded_at) / timedelta(minutes=1))))


def _enter(
    session: Session,
    actor: Member,
    said: Statement,
    other_id: str,
    one: Member | Outsider,
    said_id: str,
    now: datetime,
) -> Entry:
    member_id = other_id if isinstance(one, Member) else None
    act_id = new_id(now)
    act = {
        "team_id": actor.team_id,
        "id": act_id,
        "said_id": said_id,
        "root_id": act_id,
        "helper_id": actor.id if said.role == "gave" else member_id,
        "helped_id": member_id if said.role == "gave" else actor.id,
        "contact_id": None if member_id else other_id,
        "kind": said.kind or kinds.guess_kind(said.words),
        "is_guess": said.kind is None,
        "words": said.words,
        "channel": said.channel,
        "is_private": said.is_private or said.channel is None,
        "source": said.source,
        "about": said.about,
        "recorded_by": actor.id,
        "written_by": actor.id,
        "recorded_at": now,
        "reverses": None,
    }
    return ledger.enter(session, actor, act, now)


def _mine(session: Session, actor: Member, said_id: str, action: str) -> list[Entry]:
    """Returns the acts of one's own statement, and holds them; somebody else's is answered like one that is not there."""
    acts.hold_statement(session, actor.team_id, said_id)
    entries = acts.of_statement(session, actor.team_id, said_id)
    if not entries:
        raise Stale
    members.require(action, actor, {"recorder"} if entries[0].act.recorded_by == actor.id else {"other"})
    return entries


def _role(actor: Member, entry: Entry) -> str:
    return "gave" if entry.act.helper_id == actor.id else "got"


def _identities(session: Session, actor: Member, said: Statement, now: datetime) -> dict[str, Member | Outsider]:
    """Returns the people named by id; a name outside Slack becomes one of the actor's contacts."""
    found: dict[str, Member | Outsider] = {}
    for one in said.named:
        if isinstance(one, Member):
            found[one.id] = one
        else:
            found[contacts.meet(session, actor.team_id, actor.id, one.name, one.company, now).id] = one
    return found


def _members_of(said: Statement) -> list[Member]:
    return [one for one in said.named if isinstance(one, Member)]
