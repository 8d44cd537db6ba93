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
    values = (surface.get("state") or {}).get("values") or {}
    return {block_id: block for block_id, block in values.items() if block is not None}


def _held(state: Mapping[str, Any] | None) -> Any:
    if state is None:
        return ""
    option, ticked = state.get("selected_option"), state.get("selected_options")
    if option or ticked:
        held = option.get("value") if option else [one.get("value") or "" for one in ticked or ()]
    else:
        held = next((state[key] for key in _HELD_IN if state.get(key)), "")
    return [_typed(one) for one in held] if isinstance(held, list) else _typed(held)


def _typed(held: Any) -> Any:
    """Returns a text without what PostgreSQL does not keep, and nobody types."""
    return held.replace("\0", "") if isinstance(held, str) else held or ""
