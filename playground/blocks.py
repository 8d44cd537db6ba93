"""The Block Kit judge: whether Slack would take these blocks or this view, and if not, why, in Slack's words.

Here stand the rules about a message or view as a whole; what each block may hold is in the tables of blocks_types.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from playground.blocks_shapes import Json, fault, typed
from playground.blocks_types import BLOCKS, CONTENTS, VIEWS

MOST_OF_A_TYPE = {"table": 1, "data_visualization": 2}  # in one message
LONGEST_MARKDOWN = 12_000  # characters, over all markdown blocks of a message

Part = tuple[Json, str, str]
"""An object somewhere inside the blocks, the pointer to it, and the pointer to the block it stands in."""


def faults_in_blocks(blocks: object, surface: Literal["message", "modal", "home"]) -> list[str]:
    """Returns what Slack would say is wrong with blocks on a surface, each with a JSON pointer from `/blocks` on.

    Rules across blocks (ids used twice, one table a message) are looked at only when each block by itself is right.
    """
    return list(CONTENTS[surface](blocks, "/blocks")) or list(_faults_across(blocks, "/blocks"))


def faults_in_view(view: object) -> list[str]:
    """Returns what Slack would say is wrong with a modal or Home view, each with a JSON pointer from `/view` on.

    The size of its JSON (250 kB, `view_too_large`) is for the caller to look at.
    """
    faults = list(typed(VIEWS)(view, "/view"))
    if faults or not isinstance(view, dict):
        return faults
    return [*_faults_in_inputs(view), *_faults_across(view["blocks"], "/view/blocks")]


def _faults_across(blocks: object, at: str) -> Iterator[str]:
    parts = list(_parts(blocks, at, at))
    yield from _used_twice(parts, "block_id")
    yield from _used_twice(parts, "action_id")
    yield from _too_many(parts, at)
    focused = [where for part, where, _ in parts if part.get("focus_on_load")]
    for where in focused[1:]:
        yield fault("only one element may set `focus_on_load`", f"{where}/focus_on_load")


def _faults_in_inputs(view: Json) -> Iterator[str]:
    if view["type"] == "modal" and "submit" not in view:
        for place, block in enumerate(view["blocks"]):
            if block["type"] == "input":
                says = "must define `submit` to use an `input` block in modals"
                yield fault(says, f"/view/blocks/{place}/input")


def _parts(value: object, at: str, home: str) -> Iterator[Part]:
    if isinstance(value, dict):
        home = at if value.get("type") in BLOCKS else home
        yield value, at, home
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from _parts(part, f"{at}/{key}", home)


def _used_twice(parts: list[Part], name: str) -> Iterator[str]:
    """Yields a fault for a block_id used twice in all, and for an action_id used twice in one block."""
    seen = set()
    for part, at, home in parts:
        if name in part:
            key = (part[name], home if name == "action_id" else "")
            if key in seen:
                yield fault(f'`{name}` "{part[name]}" already exists', f"{at}/{name}")
            seen.add(key)


def _too_many(parts: list[Part], at: str) -> Iterator[str]:
    counted = Counter(part.get("type") for part, _, _ in parts)
    for name, most in MOST_OF_A_TYPE.items():
        if counted[name] > most:
            yield fault(f"no more than {most} {name} blocks allowed", at)
    if sum(len(part["text"]) for part, _, _ in parts if part.get("type") == "markdown") > LONGEST_MARKDOWN:
        yield fault(f"markdown must be less than {LONGEST_MARKDOWN + 1} characters in all", at)
