"""What the fields of a form or of a message hold, as Slack tells it."""

from collections.abc import Mapping
from typing import Any

_HELD_IN = (
    "value",
    "selected_user",
    "selected_users",
    "selected_conversation",
    "selected_channel",
    "selected_date",
    "selected_time",
)


def in_block(surface: Mapping[str, Any], block_id: str) -> Any:
    """Returns what the field in a block holds: text, a value, an id, or a list of values or ids; "" for nothing."""
    return next((_held(state) for state in (_values(surface).get(block_id) or {}).values()), "")


def with_action(surface: Mapping[str, Any], action_id: str) -> Any:
    """Returns what the field of this action holds, in whichever block it stands; "" for nothing."""
    return next((_held(block[action_id]) for block in _values(surface).values() if action_id in block), "")


def _values(surface: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    return (surface.get("state") or {}).get("values") or {}


def _held(state: Mapping[str, Any]) -> Any:
    option, ticked = state.get("selected_option"), state.get("selected_options")
    if option or ticked:
        return option["value"] if option else [one["value"] for one in ticked or ()]
    held = next((state[key] for key in _HELD_IN if state.get(key)), "")
    return (
        held.replace("\0", "") if isinstance(held, str) else held
    )  # PostgreSQL keeps no such character, and nobody types one
