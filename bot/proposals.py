"""Before anybody is asked: who can be introduced to whom, how often one is asked about introductions, and by whom.

Only what a connector may know keeps an introduction from being asked about: that somebody is asked often enough this month or
wants no asks until a day, in one sentence for both; and their own earlier ask. Whom somebody does not want to be introduced to
changes nothing that can be seen.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import members, when
from bot.consequences import GOOD_FOR, REMIND
from bot.errors import (
    AskedBefore,
    AtCapacity,
    CannotBeAsked,
    IsFromElsewhere,
    NoLine,
    NotANumber,
    NotLookedUp,
    NotTwoPeople,
    TooFar,
    TooLate,
    TooLong,
)
from bot.introductions import take
from bot.ledger import Outsider, name_of
from storage import contacts, inbox, introductions, outbox, workspaces
from storage import members as people
from storage.database import Session, new_id
from storage.introductions import Standing
from storage.tables import INTRODUCTIONS_A_MONTH, Member

MOST_LINE = 300
FEWEST, MOST = 2, 3
MONTH, YEAR = timedelta(days=30), timedelta(days=365)
MOST_A_MONTH = 30
LONGEST_REST = timedelta(days=366)  # at capacity: as every pause, it has an end


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
    members.require("introduce", actor)
    _check_people(actor, proposal)
    _check_lines(proposal)
    if proposal.is_outside:
        return
    named = [one for one in proposal.named if isinstance(one, Member)]
    for member in named:
        room_at = has_room_at(session, member, now)
        if room_at is None or room_at > now:
            raise AtCapacity(member.name, room_at and room_at.astimezone(when.zone_named(actor.zone)))
    earlier = _asked_before(session, actor, {one.id for one in named}, now)
    if earlier is not None:
        is_open = earlier.introduction.state in ("asked", "waiting for one", "declined")
        if is_open or not again:
            at = _asked_at(earlier).astimezone(when.zone_named(actor.zone))
            raise AskedBefore([one.name for one in named], at, earlier.introduction.id, is_open=is_open)


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
    return take(session, drafted, "the text is sent" if proposal.is_outside else "all are asked", now)


def keep(session: Session, actor: Member, proposal: Proposal, until: datetime, now: datetime, key: str) -> None:
    """Keeps a proposal, and reminds its connector of it when the one has room again who is at capacity."""
    introduction_id = new_id(now)
    if inbox.claim(session, actor.team_id, key, introduction_id, now) is None:
        members.require("introduce", actor)
        _check_people(actor, proposal)
        _draft(session, actor, proposal, introduction_id, now)
        outbox.add(session, actor.team_id, key=f"intro:{introduction_id}:remind:1:{actor.id}", kind=REMIND,
                   subject=f"{introduction_id}:connector", member_id=actor.id, now=now, due_at=max(until, now))  # fmt: skip


def has_room_at(session: Session, member: Member, now: datetime) -> datetime | None:
    """Returns from when a member can be asked once more, which is a moment that has come if they can be; None for never."""
    cap = a_month(session, member)
    if cap == 0:
        return None
    asked = introductions.asked_since(session, member.team_id, member.id, now - MONTH)
    by_cap = asked[-cap] + MONTH if len(asked) >= cap else now
    return max(by_cap, member.introductions_from or now)


def a_month(session: Session, member: Member) -> int:
    """Returns how often a member is asked in 30 days at the most: what they chose, else what an admin did."""
    if member.introductions_a_month is not None:
        return member.introductions_a_month
    workspace = workspaces.find(session, member.team_id)
    return workspace.introductions_a_month if workspace else INTRODUCTIONS_A_MONTH


def choose(
    session: Session,
    actor: Member,
    *,
    a_month: str,
    rest_until: datetime | None,
    unwanted: Collection[Member],
    now: datetime,
) -> None:
    """Keeps how often a member is asked, from when, and whom they do not want to be introduced to."""
    members.require("choose introductions", actor)
    number = int(a_month) if a_month.isascii() and a_month.isdigit() and len(a_month) < 3 else -1
    if not 0 <= number <= MOST_A_MONTH:
        raise NotANumber(a_month, 0, MOST_A_MONTH, "a_month")
    rest(session, actor, rest_until, now)
    people.change(session, actor.team_id, actor.id, introductions_a_month=number)
    others = {one.id for one in unwanted} - {actor.id}
    introductions.want_none_of(session, actor.team_id, actor.id, others)
    members.refresh_home(session, [actor], now)


def rest(session: Session, actor: Member, until: datetime | None, now: datetime) -> None:
    """Has a member asked about no introduction until a day, or from now on again with None."""
    members.require("choose introductions", actor)
    if until is not None and until <= now:
        raise TooLate
    if until is not None and until > now + LONGEST_REST:
        raise TooFar
    people.change(session, actor.team_id, actor.id, introductions_from=until)
    members.refresh_home(session, [actor], now)


def want_none(session: Session, actor: Member, now: datetime) -> None:
    """Has a member asked about no introductions, until they choose otherwise."""
    members.require("choose introductions", actor)
    people.change(session, actor.team_id, actor.id, introductions_a_month=0)
    members.refresh_home(session, [actor], now)


def want_none_with(session: Session, actor: Member, other_ids: Collection[str], now: datetime) -> None:
    """Keeps in confidence that a member does not want to be introduced to these."""
    members.require("choose introductions", actor)
    for other_id in sorted(other_ids):
        introductions.add_unwanted(session, actor.team_id, actor.id, other_id)
    members.refresh_home(session, [actor], now)


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


def _asked_before(session: Session, actor: Member, ids: set[str], now: datetime) -> Standing | None:
    """Returns what this connector has asked these people within a year; what was taken back is not counted."""
    for earlier in introductions.made_by(session, actor.team_id, actor.id, now - YEAR):
        is_asked = earlier.introduction.state not in ("drafted", "withdrawn", "passed on")
        if is_asked and {side.member_id for side in earlier.sides} == ids:
            return earlier
    return None


def _draft(session: Session, actor: Member, proposal: Proposal, introduction_id: str, now: datetime) -> None:
    """Writes an introduction down. Who does not want to be introduced to another of them is not asked."""
    ids = [one.id for one in proposal.named if isinstance(one, Member)]
    unwilling = {one for one, _ in introductions.unwanted_among(session, actor.team_id, ids)}
    keys = {"team_id": actor.team_id, "introduction_id": introduction_id}
    sides = []
    for number, (one, line) in enumerate(zip(proposal.named, proposal.lines, strict=True), 1):
        side = {**keys, "id": new_id(now), "number": number, "line": line}
        if isinstance(one, Member):
            is_asked = not proposal.is_outside and one.id not in unwilling
            side |= {"member_id": one.id, "asked_at": now if is_asked else None}
        else:
            side["contact_id"] = contacts.meet(session, actor.team_id, actor.id, one.name, one.company, now).id
        sides.append(side)
    introduction = {
        "team_id": actor.team_id, "id": introduction_id, "connector_id": actor.id, "state": "drafted",
        "is_business": proposal.is_business, "is_outside": proposal.is_outside, "channel": proposal.channel, "created_at": now,
        "asked_at": now, "expires_at": now + GOOD_FOR,
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
