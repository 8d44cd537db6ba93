"""Before anybody is asked: who can be introduced to whom, how often one is asked about introductions, and by whom.

Only what a connector may know keeps an introduction from being asked about: that somebody is asked often enough this month or
wants no asks until a day, in one sentence for both; and their own earlier ask. Whom somebody does not want to be introduced to
changes nothing that can be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import members, openness, when
from bot.consequences import GOOD_FOR, REMIND
from bot.errors import IsFromElsewhere, Stale, TooLong
from bot.introduction_errors import (
    AskedBefore,
    AtCapacity,
    CannotBeAsked,
    NoLine,
    NotForGuests,
    NotLookedUp,
    NotTwoPeople,
)
from bot.introductions import CONNECTOR, take
from bot.ledger import Outsider, name_of
from storage import contacts, inbox, introductions, outbox
from storage import members as people
from storage.database import Session, new_id
from storage.introductions import Standing
from storage.tables import Member
from storage.tables.introductions import OPEN

MOST_LINE = 300
FEWEST, MOST = 2, 3
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Proposal:
    """Whom a connector would like to introduce, in order, and the line that each of them reads.

    `is_outside` says that the connector sends a text instead of having people asked.
    """

    named: Sequence[Member | Outsider]
    lines: Sequence[str]
    is_business: bool = False
    channel: str | None = None
    is_outside: bool = False


def check(session: Session, actor: Member, proposal: Proposal, now: datetime, *, again: bool = False) -> None:
    """Raises the mistake that keeps a proposal from being asked about, if there is one. `again` repeats what was asked before."""
    require_connector(actor)
    _check_people(actor, proposal)
    _check_lines(proposal)
    if proposal.is_outside:
        return
    named = [one for one in proposal.named if isinstance(one, Member)]
    for member in named:
        room_at = openness.has_room_at(session, member, now)
        if not _has_come(room_at, now) and not _is_asking(session, actor, member, now):
            raise AtCapacity(member.name, room_at and room_at.astimezone(when.zone_named(actor.zone)))
    _check_asked_before(session, actor, named, now, again=again)


def ask(
    session: Session, actor: Member, proposal: Proposal, now: datetime, key: str, *, again: bool = False
) -> Standing:
    """Asks all of them, or hands the connector's text over; the same request, known by its `key`, does so once.

    Raises a Mistake, and then nothing is written.
    """
    introduction_id = new_id(now)
    earlier = inbox.claim(session, actor.team_id, key, introduction_id, now)
    if earlier is not None:
        return _found(session, actor, earlier)
    for member_id in sorted({actor.id, *(one.id for one in proposal.named if isinstance(one, Member))}):
        people.hold(session, actor.team_id, member_id)
    check(session, actor, proposal, now, again=again)
    _draft(session, actor, proposal, introduction_id, now)
    drafted = _found(session, actor, introduction_id)
    return take(session, drafted, "the text is sent" if proposal.is_outside else "all are asked", CONNECTOR, now)


def keep(session: Session, actor: Member, proposal: Proposal, until: datetime, now: datetime, key: str) -> None:
    """Keeps a proposal, and reminds its connector of it when the one has room again who is at capacity."""
    require_connector(actor)
    _check_people(actor, proposal)
    introduction_id = new_id(now)
    inbox.add(session, actor.team_id, key, introduction_id, now)
    _draft(session, actor, proposal, introduction_id, now, kept_until=until)
    outbox.add(session, actor.team_id, key=f"intro:{introduction_id}:remind:1:{actor.id}", kind=REMIND,
               subject=f"{introduction_id}:connector", member_id=actor.id, now=now, due_at=max(until, now))  # fmt: skip


def kept_until(session: Session, actor: Member, key: str) -> datetime:
    """Returns until when a request that came before kept a proposal. Raises Stale where it kept none."""
    introduction_id = inbox.result_of(session, actor.team_id, key)
    kept = introductions.find(session, actor.team_id, introduction_id) if introduction_id else None
    if kept is None or kept.introduction.expires_at is None:
        raise Stale
    return kept.introduction.expires_at


def require_connector(actor: Member) -> None:
    """Raises the mistake that keeps somebody from introducing anybody, if there is one."""
    if actor.is_guest:
        raise NotForGuests
    members.require("introduce", actor)


def _check_people(actor: Member, proposal: Proposal) -> None:
    named = proposal.named
    if any(isinstance(one, Member) and one.id == actor.id for one in named):
        raise NotTwoPeople("oneself")
    if not FEWEST <= len(set(map(_identity, named))) <= MOST:
        raise NotTwoPeople("many" if len(named) > MOST else "few")
    for one in (actor, *named):
        if isinstance(one, Member) and one.checked_at is None:
            raise NotLookedUp(one.name, is_oneself=one is actor)
    for one in named:
        if isinstance(one, Member):
            _check_person(one, is_asked=not proposal.is_outside)
        elif not proposal.is_outside:
            raise CannotBeAsked(name_of(one), "outside")


def _check_person(member: Member, *, is_asked: bool) -> None:
    """Raises the mistake that keeps somebody from being introduced, or only from being asked by the bot."""
    try:
        members.welcome(member)
    except IsFromElsewhere:
        if is_asked:
            raise CannotBeAsked(member.name, "elsewhere") from None
    if member.is_guest and is_asked:
        raise CannotBeAsked(member.name, "guest")


def _check_lines(proposal: Proposal) -> None:
    for number, line in enumerate(proposal.lines, 1):
        if not line:
            raise NoLine(number)
        if len(line) > MOST_LINE:
            raise TooLong(len(line), MOST_LINE, f"line_{number}")


def _check_asked_before(session: Session, actor: Member, named: list[Member], now: datetime, *, again: bool) -> None:
    """Raises AskedBefore where this connector has asked two of these people within a year, also if that was taken back."""
    known = {one.id: one.name for one in named}
    for earlier in introductions.made_by(session, actor.team_id, actor.id, now - YEAR):
        both = [side.member_id for side in earlier.sides if side.asked_at is not None and side.member_id in known]
        is_open = earlier.introduction.state in (*OPEN, "opening")
        if len(both) >= FEWEST and (is_open or not again):
            at = _asked_at(earlier).astimezone(when.zone_named(actor.zone))
            until = (_asked_at(earlier) + GOOD_FOR).astimezone(when.zone_named(actor.zone))
            raise AskedBefore([known[one] for one in known if one in both], at, until, is_open=is_open)


def _is_asking(session: Session, actor: Member, member: Member, now: datetime) -> bool:
    """Says whether a connector waits for a member's answer, of which no other proposal of theirs is to tell them anything.

    The member was open to introductions when they were asked. That they are not by now would say what they answered.
    """
    made = introductions.made_by(session, actor.team_id, actor.id, now - GOOD_FOR)
    is_open = (one for one in made if one.introduction.state in OPEN)
    return not openness.is_full(session, member, now) and any(
        side.member_id == member.id for one in is_open for side in one.sides
    )


def _has_come(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now


def _draft(
    session: Session,
    actor: Member,
    proposal: Proposal,
    introduction_id: str,
    now: datetime,
    *,
    kept_until: datetime | None = None,
) -> None:
    """Writes an introduction down. Who does not want to be introduced to another of them, or at all, is not asked."""
    ids = [one.id for one in proposal.named if isinstance(one, Member)]
    unwilling = {one for one, _ in introductions.unwanted_among(session, actor.team_id, ids)}
    keys = {"team_id": actor.team_id, "introduction_id": introduction_id}
    asked_at, sides = None if kept_until or proposal.is_outside else now, []
    for number, (one, line) in enumerate(zip(proposal.named, proposal.lines, strict=True), 1):
        side = {**keys, "id": new_id(now), "number": number, "line": line}
        if isinstance(one, Member):
            is_spared = one.id in unwilling or not _has_come(openness.has_room_at(session, one, now), now)
            side |= {"member_id": one.id, "asked_at": asked_at, "is_spared": asked_at is not None and is_spared}
        else:
            side["contact_id"] = contacts.meet(session, actor.team_id, actor.id, one.name, one.company, now).id
        sides.append(side)
    introduction = {
        "team_id": actor.team_id, "id": introduction_id, "connector_id": actor.id, "state": "drafted",
        "is_business": proposal.is_business, "is_outside": proposal.is_outside, "channel": proposal.channel, "created_at": now,
        "asked_at": asked_at, "expires_at": kept_until or now + GOOD_FOR,
    }  # fmt: skip
    introductions.add(session, introduction, sides)


def _found(session: Session, actor: Member, introduction_id: str) -> Standing:
    found = introductions.find(session, actor.team_id, introduction_id)
    assert found is not None
    return found


def _asked_at(earlier: Standing) -> datetime:
    return earlier.introduction.asked_at or earlier.introduction.created_at


def _identity(one: Member | Outsider) -> str | Outsider:
    return one.id if isinstance(one, Member) else one


def of_standing(session: Session, standing: Standing) -> Proposal:
    """Returns what a draft proposes that was kept."""
    introduction, sides = standing.introduction, standing.sides
    known = people.by_id(session, introduction.team_id, [side.member_id for side in sides])
    outside = contacts.by_id(session, introduction.team_id, [side.contact_id for side in sides])
    outsiders = {one: Outsider(contact.name, contact.company) for one, contact in outside.items()}
    named = [known[one.member_id] if one.member_id else outsiders[str(one.contact_id)] for one in sides]
    lines = [side.line for side in sides]
    return Proposal(named, lines, introduction.is_business, introduction.channel, introduction.is_outside)
