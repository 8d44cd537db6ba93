"""Members who press a button that they see: the newest that fits, in their own DM, a group chat, an answer or a channel."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playground.workspace import Conversation, Message, Sight
from tests.cast import AUSTIN, CAST
from tests.simulation.world import World


@dataclass(frozen=True)
class Pressed:
    """What became of pressing a button: what it stood for, and what could be read meanwhile."""

    value: str
    status: str
    seen: list[Sight]

    @property
    def said(self) -> str:
        """All the words."""
        return " ".join(f"{one.text} {one.blocks}" for one in self.seen)

    @property
    def is_sure(self) -> bool:
        """Whether the one who pressed knows if it counts."""
        return self.status == "acked" and "I do not know whether" not in self.said

    @property
    def counts(self) -> bool:
        """Whether it counts, as far as the one who pressed was told."""
        return self.is_sure and "I could not save that" not in self.said

    def value_of(self, action: str) -> str | None:
        """Returns what a button stands for that was shown in answer."""
        blocks = [block for sight in self.seen for block in sight.blocks or []]
        elements = [element for block in blocks for element in block.get("elements", [])]
        return next((str(one["value"]) for one in elements if one.get("action_id") == action), None)


def press(
    world: World, who: str, action: str, fits: Callable[[Any, str], bool], picked: str | None = None
) -> Pressed | None:
    """Presses the newest button or menu of an action that fits, given its block and its value; None if there is none."""
    workspace, user = world.slack.workspace("T1"), str(CAST[who]["id"])
    for channel, message in _in_sight(world, user):
        for block in message.blocks or []:
            for element in block.get("elements", []):
                value = str(element.get("value") or block["block_id"])
                if element.get("action_id") == action and fits(message.blocks, value):
                    where = {"message": {"channel": channel, "ts": message.ts}}
                    shown, what = len(workspace.seen), {"block_id": block["block_id"], "action_id": action}
                    answer = world.act(user, "press", where=where, picked=picked, **what)
                    return Pressed(value, str(answer.get("status")), workspace.seen[shown:])
    return None


def _in_sight(world: World, user: str) -> Iterator[tuple[str, Message]]:
    """Yields the messages that the bot wrote to somebody, the newest of each place first."""
    workspace = world.slack.workspace("T1")
    mine: list[Conversation] = [
        one for one in workspace.conversations.values() if one.kind in ("im", "mpim") and user in one.members
    ]
    for place in mine:
        if workspace.bot_user in place.members:
            yield from ((place.id, one) for one in reversed(place.messages.values()))
    channel = workspace.conversations[AUSTIN]
    yield from ((AUSTIN, one) for one in reversed(channel.whispers.values()) if one.to == user)
    yield from ((AUSTIN, one) for one in reversed(channel.messages.values()) if one.user == workspace.bot_user)
