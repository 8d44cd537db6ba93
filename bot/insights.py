"""What a member's network says to them: their measures with how sure they are, whom they might meet, whom they could introduce.

Nothing of it is kept, shown to others or summed into one score. What others may learn of comes from acts alone that both sides
agreed on and neither made private.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot import members, network
from bot.errors import Stale
from bot.introduction_errors import AskedThisMonth
from storage import history, introductions, nudges, outbox
from storage import members as people
from storage.database import Session
from storage.tables import Member

MEET, INTRODUCE, ASKED = "meet", "introduce", "network.asked"
SEEN = timedelta(days=730)  # ties of which nothing was heard for longer weigh next to nothing: 2^-4
MOST_SHOWN = 2  # of each kind
LOOKED_AT = 10  # suggestions from which those are taken who are here and may be found
_NAMES = {MEET: 1, INTRODUCE: 2}  # how many people each kind of suggestion is about
STRONGEST = 10  # of a member's ties, among whom there may be two who should meet


@dataclass(frozen=True)
class ToMeet:
    """Somebody a member might meet, whom a third could introduce; how many both know."""

    member: Member
    introducer: Member
    in_common: int

    @property
    def about(self) -> str:
        """By what it is left out."""
        return self.member.id


@dataclass(frozen=True)
class ToIntroduce:
    """Two whom a member knows, and who might meet; how many both know."""

    one: Member
    other: Member
    in_common: int

    @property
    def about(self) -> str:
        """By what it is left out."""
        return ":".join(sorted((self.one.id, self.other.id)))


@dataclass(frozen=True)
class Insights:
    """What a member is told of their network."""

    helped: int
    helped_by: int
    reach: int
    velocity: network.Velocity
    to_meet: tuple[ToMeet, ...] = ()
    to_introduce: tuple[ToIntroduce, ...] = ()


def of(session: Session, member: Member, now: datetime) -> Insights:
    """Returns what a member's network says to them."""
    own = history.agreed_with(session, member.team_id, member.id)
    has_none = not members.may("introduce", members.standing(member))
    counts = network.given_and_received(own, member.id, now)
    helped = {receiver for giver, receiver, _, _ in own if giver == member.id}
    near = nearby(session, member, now)
    to_meet, to_introduce = whom_to_meet(session, near, member), whom_to_introduce(session, near, member)
    return Insights(
        counts.helped,
        counts.helped_by,
        network.reach([*own, *history.given_by(session, member.team_id, helped, since(now))], member.id, now),
        network.velocity(own, member.id, now),
        () if has_none else tuple(to_meet[:MOST_SHOWN]),
        () if has_none else tuple(to_introduce[:MOST_SHOWN]),
    )


def nearby(session: Session, member: Member, now: datetime) -> network.Nearby:
    """Returns the people around a member, for as many steps as are asked for."""
    return network.Nearby(lambda ids: history.contacts(session, member.team_id, ids, since(now)), member.id, now)


def since(now: datetime) -> date:
    """Returns the day from which on ties are looked at."""
    return (now - SEEN).astimezone(UTC).date()


def whom_to_meet(session: Session, near: network.Nearby, member: Member) -> list[ToMeet]:
    """Returns whom a member might meet, best first, each with somebody who knows both and could introduce them."""
    found = near.suggest(LOOKED_AT)
    if near.is_too_little:
        return []
    pairs = [
        (str(one.member), str(one.reasons.introducer), one.reasons.in_common) for one in found if one.reasons.introducer
    ]
    known = findable(session, member.team_id, [one for pair in pairs for one in pair[:2]])
    unwanted = {about for source, about in nudges.unwanted(session, member.team_id, member.id) if source == MEET}
    unwanted |= {one.id for one in introductions.unwanted_by(session, member.team_id, member.id)}
    return [
        ToMeet(known[other], known[introducer], count)
        for other, introducer, count in pairs
        if other in known and introducer in known and other not in unwanted
    ]


def whom_to_introduce(session: Session, near: network.Nearby, member: Member) -> list[ToIntroduce]:
    """Returns two and two of a member's strongest ties who have none with each other, and whom nobody knows better.

    Those first who have most people in common.
    """
    pairs = near.to_introduce(STRONGEST)
    if near.is_too_little:
        return []
    known = findable(session, member.team_id, {str(one) for pair in pairs for one in pair[:2]})
    unwanted = nudges.unwanted(session, member.team_id, member.id)
    offered = [ToIntroduce(known[a], known[b], count) for a, b, count in pairs if a in known and b in known]
    return [one for one in offered if (INTRODUCE, one.about) not in unwanted]


def findable(session: Session, team_id: str, ids: Collection[str]) -> dict[str, Member]:
    """Returns those of some members who are here, and may be suggested to others: guests cannot be asked, nor introduce."""
    known = people.by_id(session, team_id, ids)
    hidden = nudges.hidden_among(session, team_id, list(known))
    return {
        one.id: one
        for one in known.values()
        if members.is_here(one) and members.may("introduce", members.standing(one)) and one.id not in hidden
    }


def leave_out(session: Session, actor: Member, what: str, now: datetime) -> None:
    """Keeps that something is not to be suggested to a member again; `what` is a kind and the ids of the people.

    Raises Stale for what is no suggestion.
    """
    members.require("choose nudges", actor)
    source, _, about = what.partition(":")
    ids = about.split(":")
    if len(ids) != _NAMES.get(source) or len(people.by_id(session, actor.team_id, ids)) != len(ids):
        raise Stale
    nudges.leave_out(session, actor.team_id, actor.id, source, about, now)


def find_introducer(session: Session, actor: Member, introducer_id: str, other_id: str, now: datetime) -> ToMeet:
    """Returns the suggestion that somebody introduces a member to another.

    Raises Stale unless the three stand so, and AskedThisMonth where the one who could introduce them was asked by the member.
    """
    members.require("introduce", actor)
    near = nearby(session, actor, now)
    found = [one for one in whom_to_meet(session, near, actor) if one.member.id == other_id]
    if not found or found[0].introducer.id != introducer_id:
        raise Stale
    if outbox.state_of(session, actor.team_id, _request_to(introducer_id, actor, now)) is not None:
        raise AskedThisMonth(found[0].introducer.name)
    return found[0]


def ask_introducer(session: Session, actor: Member, introducer_id: str, other_id: str, now: datetime) -> None:
    """Asks somebody who knows both whether they would introduce a member to another; each is asked by them once a month.

    Raises what `find_introducer` does.
    """
    find_introducer(session, actor, introducer_id, other_id, now)
    outbox.plan(session, actor.team_id, key=_request_to(introducer_id, actor, now), kind=ASKED, subject=f"{actor.id}:{other_id}",
                member_id=introducer_id, owner_id=actor.id, now=now)  # fmt: skip


def _request_to(introducer_id: str, actor: Member, now: datetime) -> str:
    return f"network:{actor.id}:asks:{introducer_id}:{now:%Y-%m}"
