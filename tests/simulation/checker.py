"""What was seen against what was due: every difference has a name, and a run is good when there is none."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import col, select

from bot.when import Rhythm
from handlers.outbound import lookups
from playground.workspace import Sight
from storage.database import Database
from storage.tables import Member, Outgoing, Workspace
from tests.cast import CAST
from tests.simulation.calls import faults_of_calls
from tests.simulation.doubts import (
    asks_of_unconfirmed,
    calls_of_unconfirmed,
    introductions_of_unconfirmed,
    summaries_of_unconfirmed,
    words_of_unconfirmed,
)
from tests.simulation.judging_asks import due_of_asks, faults_of_asks
from tests.simulation.judging_introductions import due_of_introductions, faults_of_introductions
from tests.simulation.judging_nudges import faults_of_clocks, faults_of_nudges
from tests.simulation.news import faults_of_news
from tests.simulation.repeating import faults_of_repeating
from tests.simulation.story import Promise, Story, occurrences
from tests.simulation.weekly import due_of_weekly, faults_of_weekly
from tests.simulation.wire import LATEST_LANDING
from tests.simulation.world import World

# A message is claimed in time, goes out within the fence, and lands at the latest so much later.
ON_ITS_WAY = timedelta(seconds=10 + LATEST_LANDING + 1)
_WORD = re.compile(r"\b([NGCR]\d+[ngcr])\b")


@dataclass
class Verdict:
    """The faults found, by name, each with what it is about; and how much was looked at."""

    due: int = 0
    seen: int = 0
    unconfirmed: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing was wrong."""
        return not self.faults

    def counts(self) -> Counter[str]:
        """Returns how often each fault was found."""
        return Counter(name for name, _ in self.faults)


def judge(world: World, story: Story, database: Database) -> Verdict:
    """Compares what people saw with what was due."""
    verdict = Verdict()
    posted = [
        sight for sight in world.slack.workspace("T1").seen if sight.what == "posted" and sight.user == _bot(world)
    ]
    verdict.seen = len(posted)
    rows = _rows(database)
    key = _key(database)
    verdict.faults += _faults_of_rows(world, posted, rows, key)
    verdict.faults += _faults_of_leaving(world, story, posted)
    verdict.faults += _not_shown(world, rows, posted, key, _readers(database, story))
    by_word: dict[str, list[Sight]] = {}
    for sight in posted:
        for word in set(_WORD.findall(sight.text)):
            by_word.setdefault(word, []).append(sight)
    states = {row.subject: row.state for row in rows if row.kind == "notice"}
    verdict.unconfirmed = sum(row.state == "unconfirmed" or row.kind == "notice.unconfirmed" for row in rows)
    for promise in story.promises:
        verdict.due += 1
        verdict.faults += _faults_of(world, story, promise, by_word.get(promise.word, []), states.get(promise.word))
    verdict.due += len(story.acts) + sum(len(call.plans) for call in story.calls)
    unconfirmed = calls_of_unconfirmed(database, rows)
    unsure = unconfirmed | {call.word for call in story.calls if call.who in story.may_be_gone}
    # Whoever came back is reminded anew of the calls that were open.
    back = {one.who for one in story.nudged if one.away}
    calls = [call for call in story.calls if call.who not in back]
    verdict.faults += faults_of_calls(calls, by_word, unsure, ON_ITS_WAY, world.clockwork.now)
    days = {call.word: _days(call.rhythm, story, world) for call in story.repeating}
    verdict.due += sum(len(days[call.word]) - 1 for call in story.repeating if call.since is not None)
    left = {call.word for call in story.repeating if call.who in story.may_be_gone}
    verdict.faults += faults_of_repeating(story.repeating, days, by_word, unconfirmed | left, story.looked_at)
    verdict.faults += _faults_of_acts(story, by_word, words_of_unconfirmed(database, rows))
    now = world.clockwork.now
    verdict.due += due_of_weekly(story.weekly, now)
    summaries_in_doubt = summaries_of_unconfirmed(rows)
    verdict.faults += faults_of_weekly(story.weekly, posted, story.looked_at, summaries_in_doubt, ON_ITS_WAY, now)
    in_doubt = introductions_of_unconfirmed(rows)
    verdict.due += due_of_introductions(story.introductions)
    verdict.faults += faults_of_introductions(
        world,
        story.introductions,
        posted,
        ON_ITS_WAY,
        in_doubt,
        {*story.may_be_gone, *(one.who for one in story.nudged if one.paused)},
    )
    verdict.due += due_of_asks(story.asks)
    asks_in_doubt = asks_of_unconfirmed(database, rows) | words_of_unconfirmed(database, rows)
    verdict.faults += faults_of_asks(world, story.asks, posted, ON_ITS_WAY, asks_in_doubt)
    verdict.faults += faults_of_nudges(world, story.nudged, posted, ON_ITS_WAY, story.gone)
    verdict.faults += faults_of_clocks(database)
    verdict.due += sum(bool(one.was_sent) for one in story.news)
    verdict.faults += faults_of_news(world, story.news, posted, story.may_be_gone, asks_in_doubt)
    return verdict


def _faults_of(
    world: World, story: Story, promise: Promise, seen: list[Sight], state: str | None
) -> Iterator[tuple[str, str]]:
    """Yields what is wrong with one notice."""
    about = promise.word
    if len(seen) > 1:
        yield "doubled", about
    is_excused = state in ("unconfirmed", "expired") or promise.may_be_cancelled or not promise.is_made
    if not seen and not is_excused and not _was_gone(promise, story):
        yield "lost", about
    if not seen and state == "expired" and promise.not_after is None:
        yield "lost", about
    for sight in seen:
        if promise.is_cancelled:
            yield "after cancel", about
        if sight.at < promise.due_at:
            yield "early", about
        if promise.not_after is not None and sight.at > promise.not_after + ON_ITS_WAY:
            yield "stale", about
        place = world.slack.workspace("T1").conversations[sight.channel]
        is_theirs = sight.channel == promise.channel if promise.channel else CAST[promise.who]["id"] in place.members
        if not is_theirs or (promise.channel is None and place.kind != "im"):
            yield "wrong person", about


def _faults_of_acts(story: Story, by_word: dict[str, list[Sight]], unconfirmed: set[str]) -> Iterator[tuple[str, str]]:
    """Yields what is wrong with the quiet messages about acts."""
    for act in story.acts:
        told = [one for one in by_word.get(act.word, []) if "recorded a good turn for you" in one.text]
        if len(told) > 1:
            yield "doubled", act.word
        is_excused = act.may_be_undone or act.whom in story.may_be_gone or act.word in unconfirmed
        if act.is_recorded and not told and not is_excused:
            yield "lost", act.word


def _faults_of_rows(world: World, posted: list[Sight], rows: list[Outgoing], key: str) -> Iterator[tuple[str, str]]:
    """Yields where the outbox does not say what people saw; every row is looked at, notices to owners included."""
    marks = _marks(world, posted)
    for row in rows:
        count = marks[lookups.mark_of(key, row.key)]
        about = f"{row.key} ({row.state})"
        if count > 1:
            yield "doubled", about
        if row.state == "sent" and count == 0:
            yield "lost", about
        if row.state in ("pending", "sending") and row.due_at <= world.clockwork.now - ON_ITS_WAY:
            yield "lost", about
        if count and row.state in ("cancelled", "expired", "dead"):
            yield "said, and the outbox says it was not", about


def _was_gone(promise: Promise, story: Story) -> bool:
    """Says whether somebody had left, or soon would, when a notice was due to their own DM."""
    left_at = story.may_be_gone.get(promise.who)
    return promise.channel is None and left_at is not None and promise.due_at > left_at - timedelta(days=2)


def _faults_of_leaving(world: World, story: Story, posted: list[Sight]) -> Iterator[tuple[str, str]]:
    """Yields what somebody saw who had left."""
    workspace = world.slack.workspace("T1")
    for who, left_at in story.gone.items():
        direct = workspace.direct("im", [workspace.bot_user, str(CAST[who]["id"])])
        for sight in posted:
            if direct is not None and sight.channel == direct.id and sight.at > left_at + ON_ITS_WAY:
                yield "after leaving", sight.text


def _not_shown(
    world: World, rows: list[Outgoing], posted: list[Sight], key: str, readers: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Yields the unconfirmed posts that nobody was shown: the owner by a notice, or the one they are to on Home.

    Where that one has left or is gone there is nobody to show it to; it stays in the operator's list.
    """
    workspace = world.slack.workspace("T1")
    marks = _marks(world, posted)
    for row in rows:
        if row.state != "unconfirmed":
            continue
        if row.channel is not None:
            if not marks[lookups.mark_of(key, f"notice:{row.id}:unconfirmed")]:
                yield "not shown", row.key
        elif row.member_id in readers:
            home = workspace.homes.get(readers[row.member_id])
            if home is None or "Slack did not confirm" not in str(home.content):
                yield "not shown", row.key


def _days(rhythm: Rhythm, story: Story, world: World) -> list[datetime]:
    """Returns the instants of a rhythm that had come a while before the end, and the next."""
    settled = world.clockwork.now - ON_ITS_WAY * 20
    found = occurrences(rhythm, story.start.date() - timedelta(days=8), world.clockwork.now.date() + timedelta(days=9))
    past = [at for _, at in found if story.start <= at <= settled]
    return [*past, min(at for _, at in found if at > settled)]


def _marks(world: World, posted: list[Sight]) -> Counter[str]:
    """Counts what was seen by the id that its post carried."""
    conversations = world.slack.workspace("T1").conversations
    marks: Counter[str] = Counter()
    for sight in posted:
        metadata = conversations[sight.channel].messages[sight.ts].metadata or {}
        marks[metadata.get("event_payload", {}).get("id", "")] += 1
    return marks


def _readers(database: Database, story: Story) -> dict[str, str]:
    """Returns the Slack ids of the members who are here and take part, by our id.

    Whoever was deactivated before the bot met them has gone without an event that says so.
    """
    gone = {str(CAST[who]["id"]) for who in story.gone}
    here = (Member.team_id == "T1", col(Member.is_gone).is_(False), col(Member.left_at).is_(None))
    with database.reading() as session:
        met = session.exec(select(Member).where(*here)).all()
    return {member.id: member.slack_id for member in met if member.slack_id not in gone}


def _key(database: Database) -> str:
    with database.reading() as session:
        workspace = session.exec(select(Workspace).where(Workspace.team_id == "T1")).first()
    return workspace.key if workspace is not None else ""


def _rows(database: Database) -> list[Outgoing]:
    with database.reading() as session:
        return list(session.exec(select(Outgoing).where(Outgoing.team_id == "T1", Outgoing.verb == "post")))


def _bot(world: World) -> str:
    return world.slack.workspace("T1").bot_user
