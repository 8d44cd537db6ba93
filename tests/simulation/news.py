"""News and events in one run: what a feed and a calendar bring, who shares what with whom, and who goes where."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from bot import items, shares
from bot.errors import Mistake
from bot.items import Found
from playground.workspace import Sight
from storage import items as stored
from storage import members as people
from storage.database import Session, add_if_new
from storage.tables import Feed, Member
from tests.cast import CAST
from tests.simulation.people import PEOPLE
from tests.simulation.world import World

TOPIC = "surveyors"
_AGAIN = timedelta(minutes=1)


@dataclass
class Shared:
    """News that one shares with another: `was_sent` is None where it is not known whether it counted."""

    word: str
    who: str
    other: str
    was_sent: bool | None = False


def plan_news(world: World, number: int, start: datetime, length: timedelta) -> list[Shared]:
    """Plans what comes, who shares it and who goes; returns what is shared, to be judged."""
    chance = Random(f"news {number}")
    found = []
    for one in range(int(length.days / 6)):
        at = start + length * chance.random()
        who, other = chance.sample(PEOPLE, 2)
        shared = Shared(f"W{700 + one}w", who, other)
        world.clockwork.at(at, partial(_bring, world, shared.word, at + timedelta(days=chance.uniform(4, 12))))
        world.clockwork.at(at + timedelta(hours=chance.uniform(1, 60)), partial(_share, world, shared, f"share:{one}"))
        for who in PEOPLE:
            if chance.random() < 0.6:
                world.clockwork.at(at + timedelta(hours=chance.uniform(1, 60)), partial(_go, world, who, shared.word))
        found.append(shared)
    return found


def faults_of_news(
    world: World,
    planned: Sequence[Shared],
    posted: Sequence[Sight],
    gone: Mapping[str, datetime],
    in_doubt: Collection[str],
) -> Iterator[tuple[str, str]]:
    """Yields what is wrong with the news that were shared; what somebody is `gone` from may be missing."""
    workspace = world.slack.workspace("T1")
    for one in planned:
        direct = workspace.direct("im", [workspace.bot_user, str(CAST[one.other]["id"])])
        opening = f"{one.who.title()} thought of you: "
        seen = [sight for sight in posted if sight.text.startswith(opening) and one.word in sight.text]
        if len(seen) > 1:
            yield "doubled", f"the news {one.word}"
        if any(direct is None or sight.channel != direct.id for sight in seen):
            yield "wrong person", f"the news {one.word}"
        if seen and one.was_sent is False:
            yield "after cancel", f"the news {one.word}, which were not sent"
        is_excused = any(one.word in words for words in in_doubt) or {one.who, one.other} & gone.keys()
        if not seen and one.was_sent and not is_excused:
            yield "lost", f"the news {one.word}"


def _bring(world: World, word: str, starts_at: datetime) -> None:
    """Has a feed bring news and a calendar an event, each about a topic."""

    def bring(session: Session, now: datetime) -> None:
        (dan,) = people.meet(session, "T1", [str(CAST["dan"]["id"])], now)
        for kind in ("feed", "calendar"):
            feed = Feed(team_id="T1", id=kind, url=f"https://example.org/{kind}", added_by=dan.id, added_at=now, next_at=now,
                        kind=kind, title=kind, body_at=now)  # fmt: skip
            add_if_new(session, Feed, feed.model_dump())
            found = Found(f"{kind}{word}", f"{TOPIC} {word}", published_at=now if kind == "feed" else None,
                          starts_at=None if kind == "feed" else starts_at)  # fmt: skip
            items.keep(session, feed, [found], None, now)

    if not world.does(bring)[0]:
        world.clockwork.at(world.clockwork.now + _AGAIN, partial(_bring, world, word, starts_at))


def _share(world: World, shared: Shared, key: str) -> None:
    """Shares news, again until it is certain; what a rule forbids is not sent."""

    def share(session: Session, now: datetime) -> bool:
        actor, other = people.meet(session, "T1", [str(CAST[one]["id"]) for one in (shared.who, shared.other)], now)
        item_id = _item(session, actor, f"feed{shared.word}", "feed")
        if item_id is None:
            return False
        try:
            shares.send(session, actor, shares.about(item_id, other.id), "", now, key)
        except Mistake:
            return False
        return True

    is_certain, was_sent = world.does(share)
    shared.was_sent = was_sent if is_certain else None
    if not is_certain:
        world.clockwork.at(world.clockwork.now + _AGAIN, partial(_share, world, shared, key))


def _go(world: World, who: str, word: str) -> None:
    """Goes to an event, and asks to meet others."""

    def go(session: Session, now: datetime) -> None:
        (actor,) = people.meet(session, "T1", [str(CAST[who]["id"])], now)
        item_id = _item(session, actor, f"calendar{word}", "calendar")
        if item_id is not None and actor.left_at is None:
            items.meet(session, actor, item_id, now)

    world.does(go)


def _item(session: Session, actor: Member, key: str, feed_id: str) -> str | None:
    found = stored.known(session, actor.team_id, feed_id, [key])
    return found[key].id if key in found else None
