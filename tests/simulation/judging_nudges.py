"""What was seen of nudges against what their people chose: not too often, in hours, not unwanted, of nobody away."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlmodel import col, select

from bot import nudges
from playground.workspace import Sight
from storage.database import Database
from storage.tables import Member, Nudging, Outgoing
from tests.cast import CAST
from tests.simulation.answering_nudges import Nudged
from tests.simulation.nudges import PERIODS
from tests.simulation.people import Span, is_in_hours
from tests.simulation.world import World

Fault = tuple[str, str]

# A nudge comes at its hour, or up to half a day after it; and half a day before the period is over it may be time already.
A_DAY = timedelta(days=1)
_NUDGE, _QUESTION = "For you: ", "I have paused your nudges"
# What names somebody for what they asked for or did themselves; whoever is hidden may be named so.
_OF_THEIR_OWN = ("{}'s ask", "{}'s introduction", "a call to {}", "after {}'s help", "news for {}", "{} goes too")


def faults_of_nudges(
    world: World, members: Sequence[Nudged], posted: Sequence[Sight], slack: timedelta, gone: Mapping[str, datetime]
) -> Iterator[Fault]:
    """Yields what is wrong with members' nudges. `slack` is how long one may be on its way, `gone` who is for good."""
    everybody = {one.who: [*one.away, *([(gone[one.who], None)] if one.who in gone else [])] for one in members}
    hidden = {one.who: one.hidden for one in members}
    workspace = world.slack.workspace("T1")
    for one in members:
        direct = workspace.direct("im", [workspace.bot_user, str(CAST[one.who]["id"])])
        mine = [sight for sight in posted if direct is not None and sight.channel == direct.id]
        got = [sight for sight in mine if sight.text.startswith(_NUDGE)]
        asked = [sight.at for sight in mine if sight.text.startswith(_QUESTION)]
        for sight in got:
            yield from (
                (name, f"the nudge to {one.who} at {sight.at}")
                for name in _unwanted(one, sight, asked, slack, everybody)
            )
            for who in everybody:
                if _is_named(sight, who, slack, everybody[who], hidden[who]):
                    yield "names who is away", f"{who}, in the nudge to {one.who} at {sight.at}"
        for at in asked:
            if not is_in_hours(at, one.who, slack):
                yield "outside hours", f"the question to {one.who} at {at}"
        yield from (("too often", f"the nudge to {one.who} at {at}") for at in _too_soon(one, got))


def faults_of_clocks(database: Database) -> Iterator[Fault]:
    """Yields whose nudges are on and have no clock, which would bring none any more, or two; and whose are off and have one."""
    with database.reading() as session:
        waiting = (
            Outgoing.team_id == "T1",
            Outgoing.kind == nudges.CLOCK,
            col(Outgoing.state).in_(("pending", "sending")),
        )
        clocks = list(session.exec(select(Outgoing.member_id).where(*waiting)))
        chosen = session.exec(select(Nudging.member_id, Nudging.state).where(Nudging.team_id == "T1")).all()
        here = session.exec(select(Member).where(Member.team_id == "T1")).all()
    is_here = {one.id: not one.is_gone and one.left_at is None for one in here}
    for member_id, state in chosen:
        wanted = int(state == "on" and is_here[member_id])
        if clocks.count(member_id) != wanted:
            yield "lost" if clocks.count(member_id) < wanted else "doubled", f"the clock of {member_id}'s nudges"


def _unwanted(
    one: Nudged, sight: Sight, asked: Sequence[datetime], slack: timedelta, away: Mapping[str, Sequence[Span]]
) -> Iterator[str]:
    """Yields why a nudge was not wanted when it came."""
    if not is_in_hours(sight.at, one.who, slack):
        yield "outside hours"
    if _is_within(sight.at, [*one.paused, *one.later], slack):
        yield "while paused"
    if _is_within(sight.at, away[one.who], slack):
        yield "after leaving"
    before = [(at, every) for at, every in one.every if at <= sight.at]
    is_off = not before or (before[-1][1] is None and sight.at > before[-1][0] + slack)
    questions = [at for at in asked if at + slack < sight.at]
    if is_off or (questions and not any(at > questions[-1] for at in one.begun if at <= sight.at)):
        yield "after stop"


def _is_named(sight: Sight, who: str, slack: timedelta, away: Sequence[Span], hidden: Sequence[Span]) -> bool:
    """Says whether a nudge names somebody who is away; or who is hidden, but for what they asked for or did themselves."""
    named = who.title()
    if named not in sight.text:
        return False
    others = sight.text
    for words in _OF_THEIR_OWN:
        others = others.replace(words.format(named), "")
    return _is_within(sight.at, away, slack) or (named in others and _is_within(sight.at, hidden, slack))


def _too_soon(one: Nudged, got: Sequence[Sight]) -> Iterator[datetime]:
    """Yields when one came before the period was over, or before the longer wait after those in which nothing was pressed."""
    ignored = 0
    for last, this in pairwise(got):
        is_begun_anew = any(last.at <= at <= this.at for at in one.begun)
        ignored = 0 if last.ts in one.pressed or is_begun_anew else min(ignored + 1, nudges.IGNORED)
        in_force = [PERIODS[every] for at, every in _in_force(one, this.at) if every is not None]
        wait = max(min(in_force, default=timedelta(0)), timedelta(days=7 * 2**ignored) if ignored else timedelta(0))
        if this.at < last.at + wait - A_DAY:
            yield this.at


def _in_force(one: Nudged, at: datetime) -> list[tuple[datetime, str | None]]:
    """Returns what was chosen in the last day before a moment, and what held before that."""
    before = [chosen for chosen in one.every if chosen[0] <= at]
    return [
        chosen
        for number, chosen in enumerate(before)
        if number == len(before) - 1 or before[number + 1][0] > at - A_DAY
    ]


def _is_within(at: datetime, spans: Sequence[Span], slack: timedelta) -> bool:
    return any(since + slack < at and (until is None or at < until) for since, until in spans)
