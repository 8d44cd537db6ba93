"""A network whose future is known: the walk finds who will meet, better than what is popular, and by when things were."""

import random
from collections import Counter
from collections.abc import Callable

from bot.network import Event, Suggestion, suggest_introductions
from bot.network.events import pair_of
from bot.network.ties import draw_graph
from tests.bot.networks import DAY, NOW, planted


def _names(found: list[Suggestion]) -> list[str]:
    return [one.member for one in found]


def test_the_walk_foresees_a_planted_network_and_loses_by_shuffled_times(figure: Callable[[str], None]) -> None:
    hits: Counter[str] = Counter()
    asked = 0
    for seed in range(3):
        events = planted(seed)
        known, later = (
            [one for one in events if one.at <= NOW - 120 * DAY],
            [one for one in events if one.at > NOW - 120 * DAY],
        )
        asked += _count_hits(hits, known, later, random.Random(seed))
    shares = {method: count / asked for method, count in hits.items()}
    figure(f"suggestions in a planted network, hit@10: {shares}")
    assert shares["walk"] > 1.5 * shares["most ties"]
    assert shares["walk"] > 2 * shares["chance"]
    assert shares["walk"] > shares["walk, times shuffled"] + 0.03


def _count_hits(hits: Counter[str], known: list[Event], later: list[Event], chance: random.Random) -> int:
    now = NOW - 120 * DAY
    graph = draw_graph(known, now)
    times = chance.sample([one.at for one in known], len(known))
    shuffled = [event._replace(at=at) for event, at in zip(known, times, strict=True)]
    new = {pair_of(*one[:2]) for one in later if one.giver in graph and one.receiver not in graph[one.giver]}
    members = sorted({one for pair in new for one in pair} & graph.keys())
    for member in members:
        others = sorted(graph.keys() - graph[member].keys() - {member})
        lists = {
            "walk": _names(suggest_introductions(known, member, now, half_life=60)),
            "walk, times shuffled": _names(suggest_introductions(shuffled, member, now, half_life=60)),
            "most ties": sorted(others, key=lambda one: -len(graph[one]))[:10],
            "chance": chance.sample(others, min(10, len(others))),
        }
        for method, found in lists.items():
            hits[method] += any(pair_of(member, one) in new for one in found)
    return len(members)
