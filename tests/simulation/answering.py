"""People who are asked whether a post is there, and who look and say so truly."""

from collections.abc import Collection
from datetime import datetime
from random import Random
from typing import Any

from handlers.outbound import lookups
from storage import outbox, workspaces
from storage.database import Session
from tests.cast import CAST
from tests.simulation.world import World


def answer_for_posts(world: World, gone: Collection[str], chance: Random) -> None:
    """Has each look at the posts they are asked about, and say truly whether they are there, if they feel like it."""
    workspace = world.slack.workspace("T1")
    for who in ("alice", "bob", "carol", "dan"):
        user = str(CAST[who]["id"])
        direct = workspace.direct("im", [workspace.bot_user, user])
        messages = list(direct.messages.values()) if direct is not None else []
        surfaces: list[tuple[Any, Any]] = [
            ({"message": {"channel": direct.id, "ts": one.ts}}, one.blocks or []) for one in messages if direct
        ]
        if home := workspace.homes.get(user):
            surfaces.append(({"view": home.id}, home.blocks))
        for where, block_id, row_id in _questions(surfaces):
            is_there = _is_there(world, row_id)
            if who not in gone and is_there is not None and chance.random() < 0.7:
                answer = "posts.there" if is_there else "posts.again"
                world.act(user, "press", where=where, block_id=block_id, action_id=answer, picked=None)


def _questions(surfaces: list[tuple[Any, Any]]) -> list[tuple[Any, str, str]]:
    """Returns where it is asked whether a post is there, and about which."""
    return [
        (where, str(block["block_id"]), str(element["value"]))
        for where, blocks in surfaces
        for block in blocks
        for element in block.get("elements", [])
        if element.get("action_id") == "posts.there"
    ]


def _is_there(world: World, row_id: str) -> bool | None:
    """Returns whether a post is to be seen, as whoever looks for it would find; None while the bot does not answer."""

    def mark(session: Session, now: datetime) -> str:
        row = outbox.find(session, "T1", row_id)
        assert row is not None
        return lookups.mark_of(workspaces.meet(session, "T1", now).key, row.key)

    came_to_its_end, wanted = world.does(mark)
    if not came_to_its_end:
        return None
    rooms = world.slack.workspace("T1").conversations.values()
    carried = [one.metadata or {} for room in rooms for one in room.messages.values()]
    return any(one.get("event_payload", {}).get("id") == wanted for one in carried)
