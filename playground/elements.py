"""Interactive elements: what a person's pick means in Slack's JSON, and what a form's state is. Pure."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

from playground.workspace import Json

# element type -> (key of the value in state and actions, key of the initial value in the element)
STATEFUL = {
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "external_select": ("selected_option", "initial_option"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", ""),
}
STATELESS = ("button", "overflow", "workflow_button", "icon_button", "feedback_buttons")
FORMATS = {  # what Slack's client checks before it sends anything
    "email_text_input": (r"[^@\s]+@[^@\s]+\.[^@\s]+$", "Please enter a valid email address."),
    "url_text_input": (r"https?://\S+$", "Please enter a valid URL."),
    "number_input": (r"-?\d+(\.\d+)?$", "Please enter a number."),
}
MANY = ("selected_options", "selected_users", "selected_conversations", "selected_channels", "files")


class WrongPickError(Exception):
    """A pick that this element does not offer; the text says so to the person."""


def with_ids(blocks: list[Json], new_id: Callable[[str], str]) -> list[Json]:
    """Returns a copy of the blocks in which every block has a block_id and every element an action_id."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", new_id("b"))
    for _, element in interactive(blocks):
        element.setdefault("action_id", new_id("a"))
    return blocks


def interactive(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yields each interactive element with the block it stands in, in reading order."""
    for block in blocks:
        for element in _elements(block):
            yield block, element


def find(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """Returns the block and the element with these ids, or None."""
    found = interactive(blocks)
    return next((one for one in found if one[0].get("block_id") == block_id and one[1]["action_id"] == action_id), None)


def state_values(blocks: list[Json], picks: Json) -> Json:
    """Returns Slack's `state.values` for `{block_id: {action_id: picked}}`; what is not given keeps its initial value."""
    values: Json = {}
    for block, element in interactive(blocks):
        if element["type"] not in STATEFUL:
            continue
        values.setdefault(block["block_id"], {})[element["action_id"]] = _value(block, element, picks)
    return values


def check_picks(blocks: list[Json], picks: Json) -> None:
    """Raises WrongPickError for a pick that its element does not offer; unknown places are left out."""
    for block, element in interactive(blocks):
        given = picks.get(block["block_id"], {})
        if element["type"] in STATEFUL and element["action_id"] in given:
            picked_value(element, given[element["action_id"]])


def picked_value(element: Json, picked: Any) -> Json:
    """Returns what Slack puts into `state` and `actions` for this pick; raises WrongPickError for one not on offer."""
    kind = element["type"]
    if kind == "overflow":
        return {"type": kind, "selected_option": _option(element, picked)}
    if kind in STATELESS:
        return {"type": kind, "value": element.get("value", "")} if "value" in element else {"type": kind}
    key = STATEFUL[kind][0]
    if key in MANY:
        chosen = list(picked or [])
        return {"type": kind, key: [_option(element, one) for one in chosen] if key == "selected_options" else chosen}
    if picked in (None, ""):
        return {"type": kind, key: None}
    if key == "selected_option":
        return {"type": kind, key: _option(element, picked)}
    if kind == "datetimepicker":
        return {"type": kind, key: int(picked)}
    if kind == "rich_text_input":
        return {"type": kind, key: _rich_text(str(picked))}
    return {"type": kind, key: str(picked)}


def is_empty(value: Json) -> bool:
    """Returns whether a state value says that nothing was filled in."""
    return all(not part for key, part in value.items() if key != "type")


def fault_in_text(element: Json, value: Json) -> str | None:
    """Returns what Slack's client says under a text field that it will not send, or None."""
    text = value.get("value")
    if not isinstance(text, str) or not text:
        return None
    pattern, fault = FORMATS.get(element["type"], ("", ""))
    if not re.match(pattern, text):
        return fault
    if len(text) < element.get("min_length", 0):
        return f"This must be at least {element['min_length']} characters."
    if len(text) > element.get("max_length", 3000):
        return f"This must be at most {element.get('max_length', 3000)} characters."
    return None


def _elements(part: object) -> Iterator[Json]:
    if isinstance(part, list):
        for one in part:
            yield from _elements(one)
    if not isinstance(part, dict):
        return
    if part.get("type") in STATEFUL or part.get("type") in STATELESS:
        yield part
        return
    for value in part.values():
        if isinstance(value, dict | list):
            yield from _elements(value)


def _value(block: Json, element: Json, picks: Json) -> Json:
    given = picks.get(block["block_id"], {})
    if element["action_id"] not in given:
        return _initial_value(element)
    try:
        return picked_value(element, given[element["action_id"]])
    except WrongPickError:  # the app changed the choices under a pick: Slack starts over with the initial one
        return _initial_value(element)


def _initial_value(element: Json) -> Json:
    key, initial = STATEFUL[element["type"]]
    return {"type": element["type"], key: element.get(initial, [] if key in MANY else None)}


def _option(element: Json, picked: Any) -> Json:
    groups = element.get("option_groups", [])
    options = [*element.get("options", []), *(one for group in groups for one in group["options"])]
    wanted = picked["value"] if isinstance(picked, dict) else picked
    for option in options:
        if option.get("value") == wanted:
            return dict(option)
    raise WrongPickError(f"“{wanted}” is not one of the choices.")


def _rich_text(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
