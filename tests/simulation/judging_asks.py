"""What was seen of asks against what their people know: the post, who heard of offers and answers, nothing once it is over."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as wall_time

from playground.workspace import Sight
from tests.cast import AUSTIN, CAST
from tests.simulation.asks import Offered, Wished
from tests.simulation.people import is_in_hours
from tests.simulation.world import World

Fault = tuple[str, str]

SOON = timedelta(days=2)  # what is said at once, by a process that is away for a day
LATE = timedelta(days=5)  # until the next working morning, over a weekend, with the same
STAYS_OPEN = timedelta(days=7)


@dataclass(frozen=True)
class _Seen:
    """What the bot posted, and how long a message may be on its way."""

    world: World
    posted: Sequence[Sight]
    slack: timedelta

    @property
    def now(self) -> datetime:
        return self.world.clockwork.now

    def alone(self, who: str, *words: str) -> list[datetime]:
        """Returns when somebody was told something of these words, and nobody else."""
        workspace = self.world.slack.workspace("T1")
        direct = workspace.direct("im", [workspace.bot_user, str(CAST[who]["id"])])
        found = [one for one in self.posted if direct is not None and one.channel == direct.id]
        return [one.at for one in found if all(word in f"{one.text} {one.blocks}" for word in words)]


def faults_of_asks(
    world: World, asks: Sequence[Wished], posted: Sequence[Sight], slack: timedelta, in_doubt: Collection[str]
) -> Iterator[Fault]:
    """Yields what is wrong with the messages about asks. `slack` is how long one may be on its way.

    `in_doubt` are the words of those of which a message is not known to have arrived.
    """
    seen = _Seen(world, posted, slack)
    for one in asks:
        is_certain = one.is_sure and one.word not in in_doubt
        for name, what in (fault for check in (_post, _reminders, _end) for fault in check(one, seen)):
            if name == "doubled" or (one.is_sure and (is_certain or name != "lost") and one.who not in one.gone):
                yield name, f"{what} of {one.word} by {one.who}"
        for offered in one.offers.values():
            are_here = not {one.who, offered.who} & set(one.gone)
            for name, what in (fault for check in (_offer, _yes, _thanks) for fault in check(one, offered, seen)):
                if name == "doubled" or (one.is_sure and are_here and (is_certain or name != "lost")):
                    yield name, f"{what} of {offered.who} for {one.word} by {one.who}"


def due_of_asks(asks: Sequence[Wished]) -> int:
    """Returns how many messages were due that are told by the plan alone: posts, offers and reminders."""
    made = [one for one in asks if one.days]
    return sum(
        bool(one.channel) + len(one.days) + sum(bool(each.spans) for each in one.offers.values()) for one in made
    )


def _post(one: Wished, seen: _Seen) -> Iterator[Fault]:
    """It stands once where it was asked, nowhere else, and not once it is over; then it has no button any more."""
    posts = [sight for sight in seen.posted if f"{one.who.title()} asks for {one.word}," in sight.text]
    if len(posts) > 1:
        yield "doubled", "the post"
    if any(sight.channel != one.channel for sight in posts):
        yield "wrong person", "the post"
    for sight in seen.posted:
        is_open = sight in posts or f"'s ask is open: {one.word}" in sight.text
        if is_open and one.ended_at is not None and sight.at > one.ended_at + seen.slack:
            yield "after cancel", "the post"
    is_due = one.channel is not None and one.asked_at is not None and one.asked_at + SOON < _over_at(one, seen.now)
    if is_due and not posts:
        yield "lost", "the post"
    if one.days and _over_at(one, seen.now) + SOON < seen.now:
        messages = seen.world.slack.workspace("T1").conversations[AUSTIN].messages
        if any("asks.offer" in str(messages[sight.ts].blocks) for sight in posts):
            yield "lost", "that it is over, under the post"


def _reminders(one: Wished, seen: _Seen) -> Iterator[Fault]:
    """The asker is asked once for each day until which it is open, on it or later, in working hours, and while it is open."""
    told = seen.alone(one.who, "Is your ask solved?", one.word)
    if len(told) > max(len(one.days), 1) and one.is_sure:
        yield "doubled", "a reminder"
    for at in told:
        if not is_in_hours(at, one.who, seen.slack):
            yield "outside hours", "a reminder"
        if at > _over_at(one, seen.now) + seen.slack and one.ended_at is not None:
            yield "after cancel", "a reminder"
    for number, (until, since) in enumerate(one.days):
        due_at = max(datetime.combine(until, wall_time(0), one.zone), since)
        ends = [one.days[number + 1][1]] if number + 1 < len(one.days) else []
        of_day = [at for at in told if at >= due_at and all(at < end + seen.slack for end in ends)]
        is_due = due_at + LATE < min(_over_at(one, seen.now), *ends, seen.now) and not _may_wait(one, one.who, due_at)
        if is_due and not of_day:
            yield "lost", "a reminder"
    if one.days and told and min(told) < datetime.combine(one.days[0][0], wall_time(0), one.zone):
        yield "early", "a reminder"


def _end(one: Wished, seen: _Seen) -> Iterator[Fault]:
    """Who offered and was not thanked hears once that it is over, in working hours; nobody else does."""
    over_at = _over_at(one, seen.now)
    for who, offered in one.offers.items():
        told = seen.alone(who, "ask is closed.", one.word)
        if len(told) > 1:
            yield "doubled", "that it is closed"
        waits = offered.since is not None and who not in one.thanked
        if told and (not waits or min(told) < over_at):
            yield "early", f"that it is closed, to {who},"
        is_due = over_at + LATE < seen.now and not _may_wait(one, who, over_at)
        if is_due and waits and not told and who not in one.gone:
            yield "lost", f"that it is closed, to {who},"
        if any(not is_in_hours(at, who, seen.slack) for at in told):
            yield "outside hours", "that it is closed"


def _offer(one: Wished, offered: Offered, seen: _Seen) -> Iterator[Fault]:
    """The asker alone is told of an offer, once, while it stands."""
    words = f"{offered.who.title()} can help with your ask"
    told = seen.alone(one.who, words, one.word)
    if len(told) > 1:
        yield "doubled", "the offer"
    everybody = [sight for sight in seen.posted if words in sight.text and one.word in sight.text]
    if len(everybody) > len(told):
        yield "wrong person", "the offer"
    over_at = _over_at(one, seen.now)
    for at in told:
        if not any(since <= at <= (until or seen.now) + seen.slack for since, until in offered.spans):
            yield "after cancel" if any(since <= at for since, _ in offered.spans) else "early", "the offer"
        if one.ended_at is not None and at > one.ended_at + seen.slack:
            yield "after cancel", "the offer"
    if not told and any(since + SOON < min(until or seen.now, over_at) for since, until in offered.spans):
        yield "lost", "the offer"


def _yes(one: Wished, offered: Offered, seen: _Seen) -> Iterator[Fault]:
    """The helper is told once that the asker said yes, and not before."""
    told = seen.alone(offered.who, f"{one.who.title()} said yes to your offer", one.word)
    if len(told) > 1:
        yield "doubled", "the yes"
    if told and (offered.accepted_at is None or min(told) < offered.accepted_at):
        yield "early", "the yes"
    if any(one.ended_at is not None and at > one.ended_at + seen.slack for at in told):
        yield "after cancel", "the yes"
    stands = offered.accepted_at is not None and offered.since is not None and offered.since <= offered.accepted_at
    if not told and stands and offered.accepted_at + SOON < _over_at(one, seen.now):  # type: ignore[operator]
        yield "lost", "the yes"


def _thanks(one: Wished, offered: Offered, seen: _Seen) -> Iterator[Fault]:
    """Whoever helped hears so once."""
    told = seen.alone(offered.who, f"{one.who.title()} says you helped", one.word)
    if len(told) > 1:
        yield "doubled", "the thanks"
    if told and offered.who not in one.thanked:
        yield "early", "the thanks"
    if not told and offered.who in one.thanked and one.ended_at is not None and one.ended_at + SOON < seen.now:
        yield "lost", "the thanks"


def _over_at(one: Wished, now: datetime) -> datetime:
    """Returns when an ask was ended, or closed by itself, a week after its day."""
    if not one.days:
        return now
    closes_at = datetime.combine(one.days[-1][0] + timedelta(days=1), wall_time(0), one.zone) + STAYS_OPEN
    return min(one.ended_at or closes_at, closes_at)


def _may_wait(one: Wished, who: str, since: datetime) -> bool:
    """Says whether somebody was paused when something was due to them, so that it waits."""
    return any(begun < since + LATE and (until is None or until > since) for begun, until in one.paused.get(who, ()))
