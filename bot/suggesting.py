"""What can be suggested to a member, each with a person and a reason; and the choice of three.

The order is that of SOURCES, one of each at first: what somebody waits for comes before what only might be good. Nobody is named
twice in 30 days, what a member said *not this* to never comes again, and no sentence comes twice running.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot import members, network, topics, when
from storage import asks as stored_asks
from storage import callbacks, history, introductions, nudges
from storage import members as people
from storage.database import Session
from storage.tables import Member, Nudging

MOST = 3
NOBODY_TWICE, NO_WORDING_TWICE = timedelta(days=30), timedelta(days=400)
ASKED_LONG_AGO = timedelta(days=3)
DUE_LONG_AGO = timedelta(days=7)
HELPED = (timedelta(days=3), timedelta(days=1))  # ago, the longest and the shortest
MOST_ASKS = 200  # that are looked at for one that fits
MOST_OWN_WORDS = 50  # of a member's own good turns and asks
WORDINGS = 2  # of each suggestion
# What those who are named did not bring up themselves: who chose not to be found is named in none of it.
OF_OTHERS = frozenset({"quiet", "meet", "event"})
LOAD_SEEN = timedelta(days=90)  # what was given longer ago than this weighs less than a hundredth
LEAST_LOAD = 3.0  # nobody is spared asks for less; the workspace is read only for those who have more


@dataclass(frozen=True)
class Candidate:
    """Something that can be suggested: where it comes from, the id of what it is about, and the member or contact it names."""

    source: str
    about: str
    names: str
    facts: dict[str, Any] = field(default_factory=dict)


Source = Callable[[Session, Member, Nudging, datetime], list[Candidate]]


def choose(session: Session, member: Member, chosen: Nudging, now: datetime) -> list[tuple[Candidate, int]]:
    """Returns what to suggest to a member now, three at the most, each with the wording it has."""
    earlier = nudges.suggested_since(session, member.team_id, member.id, now - NO_WORDING_TWICE)
    unwanted = nudges.unwanted(session, member.team_id, member.id)
    named = {one.names for one in earlier if one.at > now - NOBODY_TWICE}
    last_wording = {one.source: one.wording for one in reversed(earlier)}
    found = [
        [one for one in source(session, member, chosen, now) if (one.source, one.about) not in unwanted]
        for source in SOURCES
    ]
    hidden = hidden_among(session, member.team_id, [one for each in found for one in each])
    picked: list[Candidate] = []
    for candidate in _in_turns(found):
        if candidate.names not in named and candidate not in hidden and len(picked) < MOST:
            picked.append(candidate)
            named.add(candidate.names)
    return [(one, (last_wording.get(one.source, WORDINGS - 1) + 1) % WORDINGS) for one in picked]


def hidden_among(session: Session, team_id: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Returns those that name somebody who chose not to be found, and did not bring it up."""
    of_others = [one for one in found if one.source in OF_OTHERS]
    hidden = nudges.hidden_among(session, team_id, {one.names for one in of_others}) if of_others else set()
    return [one for one in of_others if one.names in hidden]


def asks_that_fit(session: Session, member: Member, chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds asks that are posted in no channel and fit what a member follows or has helped with."""
    if not chosen.takes_asks:
        return []
    found = {
        one.id: one
        for one in stored_asks.open_in(session, member.team_id, None, now, MOST_ASKS)
        if one.channel is None and one.asker_id != member.id
    }
    if not found or is_overloaded(session, member, now):
        return []
    texts = {one.id: f"{one.words} {one.topics}" for one in found.values()}
    used = history.own_words(session, member.team_id, member.id, MOST_OWN_WORDS)
    known = people.by_id(session, member.team_id, [one.asker_id for one in found.values()])
    offered = {one.ask_id for one in stored_asks.offered_by(session, member.team_id, member.id)}
    return [
        Candidate("ask", one.key, found[one.key].asker_id, {"topic": one.topic})
        for one in topics.fitting(texts, topics.read(chosen.topics), used)
        if one.key not in offered and members.is_here(known[found[one.key].asker_id])
    ]


def introductions_that_wait(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds introductions that a member was asked about some days ago, and has not answered."""
    found = []
    for introduction, sides in introductions.open_for(session, member.team_id, member.id):
        side = next(one for one in sides if one.member_id == member.id)
        if side.answer is None and side.asked_at is not None and side.asked_at < now - ASKED_LONG_AGO:
            found.append(Candidate("stuck", side.id, introduction.connector_id))
    return found


def calls_that_wait(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds calls of which all reminders were sent, some time ago."""
    return [
        Candidate("call", turn.id, str(callback.member_id or callback.contact_id))
        for callback, turn in callbacks.open_of(session, member.team_id, member.id)
        if turn.due_at < now - DUE_LONG_AGO
    ]


def help_to_pass_on(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds help that a member got, and thanked for, one to three days ago."""
    found = history.thanked_between(session, member.team_id, member.id, now - HELPED[0], now - HELPED[1])
    zone = when.zone_named(member.zone)
    return [
        Candidate("pass on", act.root_id, act.helper_id, {"day": f"on {act.recorded_at.astimezone(zone):%A}"})
        for act in found
        if act.helper_id
    ]


def ties_gone_quiet(session: Session, member: Member, _chosen: Nudging, now: datetime) -> list[Candidate]:
    """Finds ties that have been quiet for long, and are likely to stay so."""
    events = history.agreed_with(session, member.team_id, member.id)
    last: dict[str, datetime] = {}
    for giver, receiver, _, at in events:
        other = receiver if giver == member.id else giver
        last[other] = max(at, last.get(other, at))
    quiet = [one for one in network.drifting(events, member.id, now) if one.alert]
    here = people.by_id(session, member.team_id, [str(one.member) for one in quiet])
    return [
        Candidate("quiet", str(one.member), str(one.member),
                  {"days": (now - last[str(one.member)]).days, "chance": round(one.probability, 2)})
        for one in quiet
        if members.is_here(here[str(one.member)])
    ]  # fmt: skip


SOURCES: Sequence[Source] = (
    introductions_that_wait,
    asks_that_fit,
    calls_that_wait,
    help_to_pass_on,
    ties_gone_quiet,
)


def is_overloaded(session: Session, member: Member, now: datetime) -> bool:
    """Says whether somebody has given so much lately that no ask is brought to them."""
    given = history.given_since(session, member.team_id, member.id, now - LOAD_SEEN)
    if network.load(given, member.id, now) <= LEAST_LOAD:
        return False
    everybody = history.given_since(session, member.team_id, None, now - LOAD_SEEN)
    return network.is_overloaded(everybody, member.id, now)


def _in_turns(found: Sequence[Iterable[Candidate]]) -> list[Candidate]:
    """Returns the first of each source, then the second of each, in the sources' order."""
    turns = [list(one) for one in found]
    return [one[turn] for turn in range(max(map(len, turns), default=0)) for one in turns if turn < len(one)]
