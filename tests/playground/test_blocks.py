"""What the Block Kit judge takes and refuses. What is right comes from slack_sdk's own classes, wherever it has one."""

from __future__ import annotations

from typing import Any

import pytest

from playground.blocks import faults_in_blocks, faults_in_view
from playground.blocks_elements import IN_ACTIONS, IN_INPUT, IN_SECTION
from tests.playground.block_samples import (
    BUTTON,
    ELEMENTS,
    MESSAGE_BLOCKS,
    SECTION,
    VIEW_BLOCKS,
    actions,
    asked,
    at,
    modal,
    option,
    options,
    plain,
)

Json = dict[str, Any]


@pytest.mark.parametrize("block", MESSAGE_BLOCKS, ids=lambda block: str(block["type"]))
def test_a_block_that_slack_sdk_builds_is_taken_in_a_message(block: Json) -> None:
    assert faults_in_blocks([block], "message") == []


@pytest.mark.parametrize("block", VIEW_BLOCKS, ids=lambda block: str(block["type"]))
def test_a_block_that_slack_sdk_builds_is_taken_in_a_form(block: Json) -> None:
    assert faults_in_view(modal(block)) == []


@pytest.mark.parametrize("name", sorted(ELEMENTS))
def test_an_element_that_slack_sdk_builds_is_taken_where_it_belongs_and_nowhere_else(name: str) -> None:
    element = ELEMENTS[name]
    for taken, block, pointer in (
        (IN_SECTION, SECTION | {"accessory": element}, "accessory"),
        (IN_ACTIONS, actions(element), "elements/0"),
        (IN_INPUT, asked(element), "element"),
    ):
        refusal = at(f"/blocks/0/{pointer}/type", f"unsupported type: {name}")
        assert faults_in_blocks([block], "message") == ([] if name in taken else refusal)


def test_slack_speaks_of_the_field_and_where_it_stands() -> None:
    blocks = [SECTION, actions(BUTTON, {"type": "button", "text": plain("x" * 76)})]
    assert faults_in_blocks(blocks, "message") == at(
        "/blocks/1/elements/1/text/text", "must be less than 76 characters"
    )
    assert faults_in_view(modal({"type": "header", "text": plain("")})) == at(
        "/view/blocks/0/text/text", "must be more than 0 characters"
    )
    assert faults_in_blocks([{"type": "header"}], "message") == at("/blocks/0", "missing required field: text")
    assert faults_in_blocks([SECTION | {"foo": 1}], "message") == at("/blocks/0", "invalid additional property: foo")
    assert faults_in_blocks([{"type": "foo"}], "message") == at("/blocks/0/type", "unsupported type: foo")
    assert faults_in_blocks([actions(BUTTON | {"confirm": "Sure?"})], "message") == at(
        "/blocks/0/elements/0/confirm", "must provide an object"
    )
    assert faults_in_blocks([{}], "message") == at("/blocks/0", "missing required field: type")
    assert faults_in_blocks([SECTION | {"accessory": None}], "home") == at(
        "/blocks/0/accessory", "must provide an object"
    )


# limit, a text of the length -> the block it stands in, and its pointer within the block
LENGTHS = [
    (3000, lambda text: SECTION | {"text": {"type": "mrkdwn", "text": text}}, "text/text"),
    (2000, lambda text: {"type": "section", "fields": [plain(text)]}, "fields/0/text"),
    (150, lambda text: {"type": "header", "text": plain(text)}, "text/text"),
    (12_000, lambda text: {"type": "markdown", "text": text}, "text"),
    (255, lambda text: SECTION | {"block_id": text}, "block_id"),
    (75, lambda text: actions(BUTTON | {"text": plain(text)}), "elements/0/text/text"),
    (255, lambda text: actions(BUTTON | {"action_id": text}), "elements/0/action_id"),
    (2000, lambda text: actions(BUTTON | {"value": text}), "elements/0/value"),
    (75, lambda text: actions(BUTTON | {"accessibility_label": text}), "elements/0/accessibility_label"),
    (2000, lambda text: asked({"type": "plain_text_input"}) | {"label": plain(text)}, "label/text"),
    (2000, lambda text: asked({"type": "plain_text_input"}) | {"hint": plain(text)}, "hint/text"),
    (150, lambda text: asked({"type": "plain_text_input", "placeholder": plain(text)}), "element/placeholder/text"),
    (75, lambda text: asked({"type": "static_select", "options": [option(text)]}), "element/options/0/text/text"),
    (
        75,
        lambda text: asked({"type": "static_select", "options": [option("Ana") | {"value": text}]}),
        "element/options/0/value",
    ),
    (2000, lambda text: {"type": "image", "image_url": "https://example.com/a.png", "alt_text": text}, "alt_text"),
]


@pytest.mark.parametrize(("most", "block", "pointer"), LENGTHS)
def test_a_text_may_be_as_long_as_its_limit_and_no_longer(most: int, block: Any, pointer: str) -> None:
    says = f"must be less than {most + 1} characters"
    assert faults_in_blocks([block("x" * most)], "message") == []
    assert faults_in_blocks([block("x" * (most + 1))], "message") == at(f"/blocks/0/{pointer}", says)
    assert faults_in_blocks([block("")], "message") == at(f"/blocks/0/{pointer}", "must be more than 0 characters")


CONFIRM: Json = {"title": plain("Sure?"), "text": plain("It goes."), "confirm": plain("Do it"), "deny": plain("No")}


@pytest.mark.parametrize(("field", "most"), [("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)])
def test_a_question_before_a_press_may_be_so_long(field: str, most: int) -> None:
    def press(length: int) -> list[Json]:
        return [actions(BUTTON | {"confirm": CONFIRM | {field: plain("x" * length)}})]

    assert faults_in_blocks(press(most), "home") == []
    says = f"must be less than {most + 1} characters"
    assert faults_in_blocks(press(most + 1), "home") == at(f"/blocks/0/elements/0/confirm/{field}/text", says)


# the most, so many things -> the block they stand in, and their pointer within the block
COUNTS = [
    (10, lambda count: {"type": "section", "fields": [plain("Ana")] * count}, "fields"),
    (10, lambda count: {"type": "context", "elements": [plain("Ana")] * count}, "elements"),
    (25, lambda count: actions(*[BUTTON] * count), "elements"),
    (100, lambda count: asked({"type": "static_select", "options": options(count)}), "element/options"),
    (5, lambda count: actions({"type": "overflow", "options": options(count)}), "elements/0/options"),
    (10, lambda count: asked({"type": "checkboxes", "options": options(count)}), "element/options"),
    (10, lambda count: asked({"type": "radio_buttons", "options": options(count)}), "element/options"),
]


@pytest.mark.parametrize(("most", "block", "pointer"), COUNTS)
def test_a_list_may_hold_so_many_and_no_more(most: int, block: Any, pointer: str) -> None:
    where = f"/blocks/0/{pointer}"
    for count in (1, most):
        assert faults_in_blocks([block(count)], "message") == []
    assert faults_in_blocks([block(most + 1)], "message") == at(where, f"no more than {most} items allowed")
    assert faults_in_blocks([block(0)], "message") == at(where, "must provide at least 1 items")


def test_a_message_takes_fifty_blocks_and_a_view_a_hundred() -> None:
    assert faults_in_blocks([SECTION] * 50, "message") == []
    assert faults_in_blocks([SECTION] * 51, "message") == at("/blocks", "no more than 50 items allowed")
    home = {"type": "home", "blocks": [SECTION] * 100}
    assert faults_in_view(home) == []
    assert faults_in_view(home | {"blocks": [SECTION] * 101}) == at("/view/blocks", "no more than 100 items allowed")
    assert faults_in_view(modal(*[SECTION] * 100)) == []
    assert faults_in_view(modal(*[SECTION] * 101)) == at("/view/blocks", "no more than 100 items allowed")


def test_a_block_id_stands_once_in_a_message_and_an_action_id_once_in_a_block() -> None:
    yes, no = BUTTON | {"action_id": "yes"}, BUTTON | {"action_id": "no"}
    first, second = SECTION | {"block_id": "a"}, SECTION | {"block_id": "b"}
    assert faults_in_blocks([first, second, actions(yes, no), actions(yes)], "message") == []
    assert faults_in_blocks([first, first], "message") == at("/blocks/1/block_id", '`block_id` "a" already exists')
    assert faults_in_blocks([actions(yes, yes)], "message") == at(
        "/blocks/0/elements/1/action_id", '`action_id` "yes" already exists'
    )


def test_an_input_in_a_form_needs_a_submit_button() -> None:
    form = modal(SECTION, asked({"type": "plain_text_input"}))
    assert faults_in_view(form) == []
    del form["submit"]
    says = "must define `submit` to use an `input` block in modals"
    assert faults_in_view(form) == at("/view/blocks/1/input", says)
    assert faults_in_view({"type": "home", "blocks": form["blocks"]}) == []
    assert faults_in_view(form | {"blocks": [SECTION]}) == []


def test_only_one_field_of_a_view_takes_the_focus() -> None:
    first = asked({"type": "plain_text_input", "focus_on_load": True})
    other = asked({"type": "users_select", "focus_on_load": False})
    assert faults_in_view(modal(first, other)) == []
    assert faults_in_view(modal(first, first)) == at(
        "/view/blocks/1/element/focus_on_load", "only one element may set `focus_on_load`"
    )


def test_a_form_has_a_short_title_and_only_the_fields_that_slack_knows() -> None:
    known = {"private_metadata": "x" * 3000, "callback_id": "x" * 255, "external_id": "x" * 255, "close": plain("No")}
    flags = {"clear_on_close": True, "notify_on_close": True, "submit_disabled": False}
    assert faults_in_view(modal(SECTION, **known, **flags)) == []
    assert faults_in_view(modal(SECTION, state={})) == at("/view", "invalid additional property: state")
    for field, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        says = f"must be less than {most + 1} characters"
        assert faults_in_view(modal(SECTION, **{field: "x" * (most + 1)})) == at(f"/view/{field}", says)
    for field in ("title", "submit", "close"):
        assert faults_in_view(modal(SECTION, **{field: plain("x" * 24)})) == []
        says = "must be less than 25 characters"
        assert faults_in_view(modal(SECTION, **{field: plain("x" * 25)})) == at(f"/view/{field}/text", says)


def test_what_belongs_to_a_form_is_refused_on_home() -> None:
    home = {"type": "home", "blocks": [SECTION], "private_metadata": "", "callback_id": "home"}
    assert faults_in_view(home) == []
    assert faults_in_view(home | {"submit": plain("Send")}) == at("/view", "invalid additional property: submit")
    assert faults_in_view(home | {"type": "workflow_step"}) == at("/view/type", "unsupported type: workflow_step")
    assert faults_in_view(home | {"blocks": []}) == at("/view/blocks", "must provide at least 1 items")
