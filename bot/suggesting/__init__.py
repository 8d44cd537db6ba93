"""What can be suggested to a member, each with a person and a reason; and the choice of three.

The order is that of SOURCES, one of each at first: what somebody waits for comes before what only might be good, and what is over
soon before what is not. Nobody is named twice in 30 days, what a member said *not this* to never comes again, and no sentence
comes twice running.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot import members
from bot.suggesting.acquaintance import help_to_pass_on, ties_gone_quiet, two_who_might_meet
from bot.suggesting.candidates import Candidate, Source
from bot.suggesting.news import events_ahead, news_to_share, others_who_go
from bot.suggesting.waiting import asks_that_fit, calls_that_wait, introductions_that_wait
from storage import members as people
from storage import nudges, outbox
from storage.database import Session
from storage.tables import Member, Nudging, Suggested

MOST = 3
NOBODY_TWICE, NO_WORDING_TWICE = timedelta(days=30), timedelta(days=400)
WORDINGS = 2  # of each suggestion
# What those who are named did not bring up themselves; who takes no news chooses so by itself. Who is not to be found is in none.
OF_OTHERS = frozenset({"quiet", "introduce"})
SOURCES: Sequence[Source] = (
    introductions_that_wait,
    asks_that_fit,
    calls_that_wait,
    others_who_go,
    news_to_share,
    events_ahead,
    help_to_pass_on,
    ties_gone_quiet,
    two_who_might_meet,
)


def choose(session: Session, member: Member, chosen: Nudging, now: datetime) -> list[tuple[Candidate, int]]:
    """Returns what to suggest to a member now, three at the most, each with the wording it has."""
    earlier = _read_by(session, member, now)
    left_out = nudges.unwanted(session, member.team_id, member.id)
    left_out |= {(one.source, one.about) for one in earlier if one.source == "event"}  # an event is shown once
    named = {who for one in earlier if one.at > now - NOBODY_TWICE for who in one.names.split()}
    last_wording = {one.source: one.wording for one in reversed(earlier)}
    found = [
        [one for one in source(session, member, chosen, now) if (one.source, one.about) not in left_out]
        for source in SOURCES
    ]
    hidden = hidden_among(session, member.team_id, [one for each in found for one in each])
    picked: list[Candidate] = []
    for candidate in _in_turns(found):
        if len(picked) == MOST:
            break
        is_free = named.isdisjoint(candidate.names) and candidate not in hidden
        if is_free and _are_here(session, member.team_id, candidate.names):
            picked.append(candidate)
            named.update(candidate.names)
    return [(one, (last_wording.get(one.source, WORDINGS - 1) + 1) % WORDINGS) for one in picked]


def hidden_among(session: Session, team_id: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Returns those that name somebody who chose not to be found, and did not bring it up."""
    of_others = [one for one in found if one.source in OF_OTHERS]
    named = {who for one in of_others for who in one.names}
    hidden = nudges.hidden_among(session, team_id, named) if named else set()
    return [one for one in of_others if not hidden.isdisjoint(one.names)]


def _read_by(session: Session, member: Member, now: datetime) -> list[Suggested]:
    """Returns what a member was suggested earlier, the newest first; what was not sent in the end can still be suggested."""
    made = nudges.suggested_since(session, member.team_id, member.id, now - NO_WORDING_TWICE)
    unsaid = outbox.unsaid(session, member.team_id, {one.nudge_id for one in made})
    return [one for one in made if one.nudge_id not in unsaid]


def _are_here(session: Session, team_id: str, ids: Sequence[str]) -> bool:
    """Says whether those of some people who are members take part; the others are contacts."""
    return all(map(members.is_here, people.by_id(session, team_id, ids).values()))


def _in_turns(found: Sequence[Iterable[Candidate]]) -> list[Candidate]:
    """Returns the first of each source, then the second of each, in the sources' order."""
    turns = [list(one) for one in found]
    return [one[turn] for turn in range(max(map(len, turns), default=0)) for one in turns if turn < len(one)]
