"""Where the Block Kit judge sees more than slack_sdk's own validators, and that no garbage makes it fall over."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import ActionsBlock, Block
from slack_sdk.models.views import View

from playground.blocks import faults_in_blocks, faults_in_view
from tests.playground.block_samples import (
    BUTTON,
    ELEMENTS,
    MESSAGE_BLOCKS,
    SECTION,
    VIEW_BLOCKS,
    actions,
    asked,
    modal,
    option,
    options,
    plain,
)

Json = dict[str, Any]

TEXT_INPUT: Json = {"type": "plain_text_input", "action_id": "why"}
SELECT: Json = {"type": "static_select", "action_id": "who", "options": options(2)}
CELL: Json = {"type": "raw_text", "text": "a"}


def said(*words: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(words)}]}


# What slack_sdk lets pass: why Slack refuses it, the block, and what the judge says.
MISSED: list[tuple[str, Json, str]] = [
    ("markup in a header", {"type": "header", "text": {"type": "mrkdwn", "text": "*Hi*"}}, "unsupported type: mrkdwn"),
    ("an empty section", {"type": "section", "text": plain("")}, "must be more than 0 characters"),
    ("a long field", {"type": "section", "fields": [plain("x" * 2001)]}, "must be less than 2001 characters"),
    ("an unknown field", SECTION | {"color": "red"}, "invalid additional property: color"),
    ("an empty button", actions(BUTTON | {"text": plain("")}), "must be more than 0 characters"),
    ("a button without words", actions({"type": "button", "text": None}), "must provide an object"),
    ("no button at all", actions(), "must provide at least 1 items"),
    ("no context at all", {"type": "context", "elements": []}, "must provide at least 1 items"),
    ("a button as context", {"type": "context", "elements": [BUTTON]}, "unsupported type: button"),
    ("a text field among actions", actions(TEXT_INPUT), "unsupported type: plain_text_input"),
    ("a text field beside a section", SECTION | {"accessory": TEXT_INPUT}, "unsupported type: plain_text_input"),
    ("one action_id twice", actions(*[BUTTON | {"action_id": "a"}] * 2), '`action_id` "a" already exists'),
    ("a long option value", asked(SELECT | {"options": [option("x" * 76)]}), "must be less than 76 characters"),
    ("eleven radio buttons", asked({"type": "radio_buttons", "options": options(11)}), "no more than 10 items allowed"),
    ("a choice not offered", asked(SELECT | {"initial_option": option("Zoe")}), "must be one of the provided options"),
    (
        "boxes ticked that are not there",
        asked({"type": "checkboxes", "options": options(2), "initial_options": options(3)}),
        "must be one of the provided options",
    ),
    (
        "no such day",
        actions({"type": "datepicker", "initial_date": "2026-02-30"}),
        "must be a valid date in the format",
    ),
    ("no such second", actions({"type": "datetimepicker", "initial_date_time": 12}), "must be at least 1000000000"),
    (
        "a shortest text above the longest",
        asked(TEXT_INPUT | {"min_length": 5, "max_length": 4}),
        "`min_length` must not be greater",
    ),
    ("an address without a scheme", actions(BUTTON | {"url": "example.com"}), "must be a valid url"),
    (
        "a picture Slack cannot fetch",
        {"type": "image", "image_url": "http://localhost/a.png", "alt_text": "a"},
        "downloading image failed",
    ),
    (
        "a picture behind Slack's own doors",
        {"type": "image", "image_url": "https://files.slack.com/a.png", "alt_text": "a"},
        "downloading image failed",
    ),
    ("no picture at all", {"type": "image", "alt_text": "a"}, "must define exactly one of"),
    (
        "a file named twice",
        {"type": "image", "alt_text": "a", "slack_file": {"id": "F1", "url": "https://example.com"}},
        "must define exactly one of `id` or `url`",
    ),
    ("a wide table", {"type": "table", "rows": [[CELL] * 21]}, "no more than 20 items allowed"),
    ("a broadcast to nobody", said({"type": "broadcast", "range": "all"}), "must be a valid enum value"),
    ("a color by its name", said({"type": "color", "value": "red"}), "must be a hex color"),
    (
        "an unknown style",
        said({"type": "text", "text": "a", "style": {"loud": True}}),
        "invalid additional property: loud",
    ),
    ("an empty word", said({"type": "text", "text": ""}), "must be more than 0 characters"),
]


@pytest.mark.parametrize(("why", "block", "says"), MISSED, ids=[why for why, _, _ in MISSED])
def test_slack_refuses_what_slack_sdk_lets_pass(why: str, block: Json, says: str) -> None:
    parsed = Block.parse(block)
    assert parsed is not None
    assert parsed.to_dict()  # this is where slack_sdk validates
    (told,) = faults_in_blocks([block], "message")
    assert told.startswith(says)


@pytest.mark.parametrize(
    ("element", "says"),
    [
        ({"type": "timepicker", "initial_time": "24:00"}, "must be a valid time in the format HH:mm"),
        (
            SELECT | {"option_groups": [{"label": plain("All"), "options": options(2)}]},
            "must define exactly one of `options` or `option_groups`",
        ),
        (BUTTON | {"style": "default"}, "must be a valid enum value"),
    ],
)
def test_slack_refuses_what_slack_sdk_refuses_too(element: Json, says: str) -> None:
    with pytest.raises(SlackObjectFormationError):
        ActionsBlock(elements=[element]).to_dict()
    (told,) = faults_in_blocks([actions(element)], "message")
    assert told.startswith(says)


@pytest.mark.parametrize(
    ("view", "says"),
    [
        (modal(SECTION | {"block_id": "a"}, SECTION | {"block_id": "a"}), '`block_id` "a" already exists'),
        (modal(*[asked(TEXT_INPUT | {"focus_on_load": True})] * 2), "only one element may set `focus_on_load`"),
        (modal(asked(TEXT_INPUT)) | {"submit": {"type": "mrkdwn", "text": "Go"}}, "unsupported type: mrkdwn"),
        ({key: part for key, part in modal(asked(TEXT_INPUT)).items() if key != "submit"}, "must define `submit`"),
        ({key: part for key, part in modal(SECTION).items() if key != "title"}, "missing required field: title"),
        (modal(SECTION, hash="1.a"), "invalid additional property: hash"),
    ],
    ids=["block_id twice", "focus twice", "markup on a button", "no submit", "no title", "a field Slack made"],
)
def test_slack_refuses_a_form_that_slack_sdk_lets_pass(view: Json, says: str) -> None:
    assert View(**view).to_dict()  # this is where slack_sdk validates
    (told,) = faults_in_view(view)
    assert told.startswith(says)


def test_an_option_of_a_group_may_be_chosen_at_first() -> None:
    groups = {"option_groups": [{"label": plain("Austin"), "options": options(2)}], "action_id": "who"}
    assert faults_in_blocks([asked({"type": "static_select", "initial_option": options(2)[1]} | groups)], "modal") == []


def paths(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from paths(part, (*path, key))


def with_part(whole: Any, path: tuple[Any, ...], part: object) -> Any:
    if not path:
        return part
    changed = place = copy.deepcopy(whole)
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = part
    return changed


GARBAGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=2),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "style", "options"]) | st.text(max_size=3), inner
        )
    ),
    max_leaves=8,
)
RIGHT = [SECTION, *MESSAGE_BLOCKS, *VIEW_BLOCKS, *(asked(element) for element in ELEMENTS.values())]
PLACES = [(modal(block), path) for block in RIGHT for path in paths(modal(block))]


@given(GARBAGE)
def test_garbage_is_refused_with_a_fault_and_never_an_exception(garbage: object) -> None:
    assert faults_in_view(garbage)
    assert faults_in_blocks(garbage, "message") or garbage == []


@given(st.sampled_from(PLACES), GARBAGE)
def test_garbage_anywhere_in_what_was_right_never_makes_an_exception(place: tuple[Json, Any], garbage: object) -> None:
    view = with_part(*place, garbage)
    blocks = view.get("blocks") if isinstance(view, dict) else view
    for told in (*faults_in_view(view), *faults_in_blocks(blocks, "message"), *faults_in_blocks(blocks, "home")):
        assert told.endswith("]")
        assert "[json-pointer:/" in told


@pytest.mark.parametrize("value", [None, {}, set(), object()], ids=["null", "an object", "a set", "a thing"])
def test_a_field_of_the_wrong_kind_is_refused_wherever_it_stands(value: object) -> None:
    for view, path in PLACES:
        if path and path[-1] in ("type", "text", "label", "elements", "options", "rows", "alt_text", "value"):
            assert faults_in_view(with_part(view, path, value)), (view, path)
