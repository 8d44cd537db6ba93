"""What was seen of introductions against what their people know: who was asked, what opened, and who heard what of it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.workspace import Sight
from tests.cast import CAST
from tests.simulation.introductions import Asked, Introduced
from tests.simulation.world import World

Fault = tuple[str, str]

# Until the next working morning, over a weekend, with a process that is away for a day.
LATE = timedelta(days=5)
CLOSES, WEEK, DAY = timedelta(days=14), timedelta(days=7), timedelta(days=1)
_FINAL = ("met", "led to something")


@dataclass(frozen=True)
class _Seen:
    """What the bot posted, and where each can read alone."""

    world: World
    posted: Sequence[Sight]
    slack: timedelta

    def alone(self, who: str, *words: str) -> list[datetime]:
        """Returns when somebody was told something of these words, and nobody else."""
        workspace = self.world.slack.workspace("T1")
        direct = workspace.direct("im", [workspace.bot_user, str(CAST[who]["id"])])
        found = [one for one in self.posted if direct is not None and one.channel == direct.id]
        return [one.at for one in found if all(word in one.text for word in words)]

    def due(self, at: datetime | None) -> bool:
        """Says whether what was due at a moment must have been seen by now."""
        return at is not None and at + LATE < self.world.clockwork.now


def faults_of_introductions(
    world: World,
    introductions: Sequence[Introduced],
    posted: Sequence[Sight],
    slack: timedelta,
    in_doubt: Collection[str],
    left: Collection[str],
) -> Iterator[Fault]:
    """Yields what is wrong with the messages about introductions. `slack` is how long one may be on its way.

    `in_doubt` are the ids of those of which a message is not known to have arrived, and `left` who may not be here any more.
    """
    seen = _Seen(world, posted, slack)
    for one in introductions:
        about = f"the introduction of {one.first.who} and {one.second.who} by {one.connector}"
        is_certain = one.is_sure and one.id not in in_doubt and not one.people & set(left)
        checks = (_asks, _chat, _closing, _prompt, _questions, _news)
        for name, what in (fault for check in checks for fault in check(one, seen)):
            # Where one of them leaves, what all said yes to does not open, and what one makes is closed.
            if (name != "lost" or is_certain) and (name != "early" or not one.people & set(left)):
                yield name, f"{what}, {about}"


def due_of_introductions(introductions: Sequence[Introduced]) -> int:
    """Returns how many messages were due that are told by the plan alone: asks, first words, and what closes."""
    made = [one for one in introductions if one.made_at is not None]
    return sum(2 + (1 if one.connected_at else 0) for one in made)


def _asks(one: Introduced, seen: _Seen) -> Iterator[Fault]:
    """Each is asked alone, once, and once more for each day that they chose; nobody is asked what is over."""
    for side in one.sides:
        asks = seen.alone(
            side.who, f"{one.connector.title()} would like to introduce you to {one.other(side).who.title()}."
        )
        if one.is_sure and len(asks) > 1 + len(side.asked_again):
            yield "doubled", "an ask"
        if asks and one.is_sure and (one.made_at is None or min(asks) < one.made_at - seen.slack):
            yield "early", "an ask"
        over_at = min((at for at in (one.withdrawn_at, one.connected_at) if at is not None), default=None)
        if one.is_sure and over_at is not None and any(at > over_at + seen.slack for at in asks):
            yield "after cancel", "an ask"
        is_over_at_once = (
            one.withdrawn_at is not None and one.made_at is not None and one.withdrawn_at < one.made_at + LATE
        )
        if not asks and seen.due(one.made_at) and not is_over_at_once:
            yield "lost", "an ask"
        yield from _asked_again(one, side, asks, seen)


def _asked_again(one: Introduced, side: Asked, asks: Sequence[datetime], seen: _Seen) -> Iterator[Fault]:
    """Whoever said not now is asked once more on their day, if nothing has changed by then and it is still open."""
    if side.answer != "not now" or not side.asked_again or side.answered_at is None or one.made_at is None:
        return
    at = side.asked_again[-1]
    if at < side.answered_at or one.withdrawn_at is not None or at + LATE * 2 > one.made_at + CLOSES:
        return
    again = [ask for ask in asks if ask > at]
    if len(side.asked_again) == 1 and not again and seen.due(at + LATE):
        yield "lost", "an ask once more"
    if any(ask < at + DAY for ask in again):
        yield "early", "an ask once more"


def _chat(one: Introduced, seen: _Seen) -> Iterator[Fault]:
    """The first words stand once, in a chat of exactly these people, and nowhere before all have said yes."""
    words = f"{one.connector.title()} introduces {one.first.who.title()} and {one.second.who.title()}."
    hellos = [sight for sight in seen.posted if words in sight.text]
    workspace = seen.world.slack.workspace("T1")
    people = {workspace.bot_user, *(str(CAST[who]["id"]) for who in one.people)}
    for sight in hellos:
        place = workspace.conversations[sight.channel]
        if place.kind != "mpim" or set(place.members) != people:
            yield "wrong person", "the first words"
    if len(hellos) > 1:
        yield "doubled", "the first words"
    if one.is_sure and hellos and (one.connected_at is None or hellos[0].at < one.connected_at - seen.slack):
        yield "early", "the first words"
    if not hellos and seen.due(one.connected_at):
        yield "lost", "the first words"
    opened = seen.alone(
        one.connector, f"{one.first.who.title()} and {one.second.who.title()} both said yes. The chat is open"
    )
    yield from _once("what its connector reads of it", opened, one, one.connected_at, seen)


def _closing(one: Introduced, seen: _Seen) -> Iterator[Fault]:
    """On the fourteenth day its connector and whoever said yes read one sentence, once; nobody else reads it."""
    stays_open = one.connected_at is None and one.withdrawn_at is None and one.made_at is not None
    closes_at = one.made_at + CLOSES if stays_open and one.made_at is not None else None
    both = f"{one.first.who.title()} and {one.second.who.title()}"
    told = seen.alone(one.connector, f"{both}: this one will not go ahead.")
    yield from _once("that it is closed", told, one, closes_at, seen)
    for side in one.sides:
        told = seen.alone(side.who, f"The introduction to {one.other(side).who.title()} will not go ahead for now.")
        yield from _once("that it is closed", told, one, closes_at if side.answer == "yes" else None, seen)
        taken_back = f"{one.connector.title()} took back the introduction to {one.other(side).who.title()}."
        told = seen.alone(side.who, taken_back)
        yield from _once("that it is taken back", told, one, one.withdrawn_at if side.answer == "yes" else None, seen)


def _prompt(one: Introduced, seen: _Seen) -> Iterator[Fault]:
    """The one who was to start is prompted once, a working day later, where nobody has said that they have written."""
    prompts = seen.alone(one.first.who, f"{one.second.who.title()} said yes to meeting you.")
    due_at = one.connected_at + DAY - timedelta(hours=2) if one.connected_at is not None else None
    if one.written_at is None:
        yield from _once("the prompt", prompts, one, due_at, seen, late=LATE)
    elif one.is_sure and any(at > one.written_at + seen.slack for at in prompts):
        yield "after cancel", "the prompt"


def _questions(one: Introduced, seen: _Seen) -> Iterator[Fault]:
    """Each is asked after a week whether they met, and after two where they have not said so."""
    for side in one.sides:
        asked = f"Did you and {one.other(side).who.title()} meet?"
        for number, words in ((1, "One tap is enough."), (2, "I will not ask again.")):
            due_at = one.connected_at + WEEK * number if one.connected_at is not None else None
            told = seen.alone(side.who, asked, words)
            if number == 1 or side.met is None:
                yield from _once(f"question {number}", told, one, due_at, seen, late=LATE * (number - 1))
            elif len(told) > 1:
                yield "doubled", f"question {number}"


def _news(one: Introduced, seen: _Seen) -> Iterator[Fault]:
    """The connector hears that they met, once, if somebody said so and nobody else."""
    both = f"{one.first.who.title()} and {one.second.who.title()}"
    said = [side for side in one.sides if side.met is not None]
    for words in (f"{both} met.", f"{both} have set a time to meet.", f"I do not know whether {both} met"):
        told = seen.alone(one.connector, words)
        if len(told) > 1:
            yield "doubled", words
        if told and one.is_sure and not said and "know" not in words:
            yield "early", words
    if said and all(side.met == "met" for side in said):
        answered_at = max(side.met_at for side in said if side.met_at is not None)
        if not seen.alone(one.connector, f"{both} met.") and seen.due(answered_at):
            yield "lost", "that they met"


def _once(
    what: str,
    told: Sequence[datetime],
    one: Introduced,
    due_at: datetime | None,
    seen: _Seen,
    late: timedelta = timedelta(0),
) -> Iterator[Fault]:
    """Yields what is wrong with a message that is to be read once from a moment on, or never where there is none."""
    if len(told) > 1:
        yield "doubled", what
    if told and one.is_sure and (due_at is None or min(told) < due_at - seen.slack):
        yield "early", what
    if not told and due_at is not None and seen.due(due_at + late):
        yield "lost", what
