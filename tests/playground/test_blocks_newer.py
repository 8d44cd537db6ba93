"""What the Block Kit judge knows of the blocks of 2025 and 2026: charts, tables, cards, containers, tasks."""

from __future__ import annotations

from typing import Any

import pytest

from playground.blocks import faults_in_blocks
from playground.blocks_types import BLOCKS, SURFACES
from tests.playground.block_samples import (
    BUTTON,
    CHART,
    DATA_TABLE,
    MESSAGE_BLOCKS,
    PIE,
    VIEW_BLOCKS,
    actions,
    at,
    plain,
)

Json = dict[str, Any]

CELL: Json = {"type": "raw_text", "text": "a"}
WORDS: Json = {"type": "rich_text", "elements": []}
DIVIDER: Json = {"type": "divider"}
CARD: Json = {"type": "card", "title": plain("Ana")}
FORGET: Json = {"type": "icon_button", "icon": "trash", "text": plain("Forget")}
TASK: Json = {"type": "task_card", "task_id": "1", "title": "Look", "status": "complete"}
CONTAINER: Json = {"type": "container", "title": plain("This week"), "child_blocks": [DIVIDER]}


def segments(count: int) -> Json:
    return PIE | {"chart": {"type": "pie", "segments": [{"label": "a", "value": 1}] * count}}


def lines(count: int, points: int = 1, label: int = 1) -> Json:
    labels = [str(number).zfill(label) for number in range(points)]
    data = [{"label": text, "value": 1} for text in labels]
    series = [{"name": f"Line {number}", "data": data} for number in range(count)]
    return CHART | {"chart": {"type": "bar", "series": series, "axis_config": {"categories": labels}}}


def plotted(label: str, name: str = "Kept") -> Json:
    chart: Json = CHART["chart"]
    more = {"name": name, "data": [{"label": "Jan", "value": 1}, {"label": label, "value": 2}]}
    return CHART | {"chart": chart | {"series": [*chart["series"], more]}}


@pytest.mark.parametrize(
    ("type_", "surfaces"),
    [
        ("alert", {"modal"}),
        ("card", {"message", "home"}),
        ("carousel", {"message", "home"}),
        ("context_actions", {"message"}),
        ("data_table", {"message"}),
        ("data_visualization", {"message"}),
        ("markdown", {"message"}),
        ("plan", {"message"}),
        ("table", {"message"}),
        ("task_card", {"message"}),
    ],
)
def test_a_newer_block_is_taken_only_on_its_own_surfaces(type_: str, surfaces: set[str]) -> None:
    block = next(block for block in MESSAGE_BLOCKS + VIEW_BLOCKS if block["type"] == type_)
    refusal = at("/blocks/0/type", f"unsupported type: {type_}")
    for surface in ("message", "modal", "home"):
        expected = [] if surface in surfaces else refusal
        assert faults_in_blocks([block], surface) == expected


def test_every_block_type_has_a_surface_and_a_sample() -> None:
    assert set(BLOCKS) == {name for names in SURFACES.values() for name in names}
    assert set(BLOCKS) == {block["type"] for block in MESSAGE_BLOCKS + VIEW_BLOCKS}


def test_a_message_takes_one_table_and_two_charts() -> None:
    table: Json = {"type": "table", "rows": [[{"type": "raw_text", "text": "Ana"}]]}
    assert faults_in_blocks([table, CHART, PIE], "message") == []
    assert faults_in_blocks([table, table], "message") == at("/blocks", "no more than 1 table blocks allowed")
    says = "no more than 2 data_visualization blocks allowed"
    assert faults_in_blocks([CHART, PIE, CHART], "message") == at("/blocks", says)


def test_markdown_is_counted_over_the_whole_message() -> None:
    half: Json = {"type": "markdown", "text": "x" * 6000}
    assert faults_in_blocks([half, half], "message") == []
    assert faults_in_blocks([half, half, {"type": "markdown", "text": "x"}], "message") == at(
        "/blocks", "markdown must be less than 12001 characters in all"
    )


# the most, so many things or characters -> a block, the pointer within it
MOST = [
    (6, segments, "chart/segments"),
    (6, lines, "chart/series"),
    (100, lambda count: {"type": "table", "rows": [[CELL]] * count}, "rows"),
    (20, lambda count: {"type": "table", "rows": [[CELL] * count]}, "rows/0"),
    (20, lambda count: {"type": "table", "rows": [[CELL]], "column_settings": [None] * count}, "column_settings"),
    (201, lambda count: DATA_TABLE | {"rows": [[CELL]] * count}, "rows"),
    (10, lambda count: CONTAINER | {"child_blocks": [DIVIDER] * count}, "child_blocks"),
    (10, lambda count: {"type": "carousel", "elements": [CARD] * count}, "elements"),
    (5, lambda count: {"type": "context_actions", "elements": [FORGET] * count}, "elements"),
]
LONGEST = [
    (50, lambda text: PIE | {"title": text}, "title"),
    (150, lambda text: CONTAINER | {"title": plain(text)}, "title/text"),
    (150, lambda text: CARD | {"title": plain(text)}, "title/text"),
    (150, lambda text: CARD | {"subtitle": plain(text)}, "subtitle/text"),
    (200, lambda text: CARD | {"body": plain(text)}, "body/text"),
    (255, lambda text: TASK | {"task_id": text}, "task_id"),
    (4000, lambda text: actions(BUTTON | {"agent_prompt": text}), "elements/0/agent_prompt"),
]


@pytest.mark.parametrize(("most", "block", "pointer"), MOST)
def test_a_newer_block_may_hold_so_many_and_no_more(most: int, block: Any, pointer: str) -> None:
    assert faults_in_blocks([block(most)], "message") == []
    (told,) = faults_in_blocks([block(most + 1)], "message")
    assert told == f"no more than {most} items allowed [json-pointer:/blocks/0/{pointer}]"


@pytest.mark.parametrize(("most", "block", "pointer"), LONGEST)
def test_a_text_in_a_newer_block_may_be_so_long_and_no_longer(most: int, block: Any, pointer: str) -> None:
    assert faults_in_blocks([block("x" * most)], "message") == []
    (told,) = faults_in_blocks([block("x" * (most + 1))], "message")
    assert told == f"must be less than {most + 1} characters [json-pointer:/blocks/0/{pointer}]"


def test_a_chart_takes_twenty_points_with_labels_of_twenty_characters() -> None:
    assert faults_in_blocks([lines(6, points=20, label=20)], "message") == []
    assert len(faults_in_blocks([lines(1, points=21)], "message")) == 2  # the data, and the categories
    assert len(faults_in_blocks([lines(1, label=21)], "message")) == 2


@pytest.mark.parametrize(
    ("block", "says"),
    [
        (plotted("Mar"), "labels must match `axis_config.categories`"),
        (plotted("Feb", name="Made"), "series names must be unique"),
        (PIE | {"chart": {"type": "pie", "segments": [{"label": "a", "value": 0}]}}, "must be greater than 0"),
        (PIE | {"chart": {"type": "radar", "segments": []}}, "unsupported type: radar"),
        (DATA_TABLE | {"rows": [[CELL], [CELL, CELL]]}, "every row must have the same number of cells"),
        (DATA_TABLE | {"rows": [[WORDS], [CELL]]}, "unsupported type: rich_text"),
        (DATA_TABLE | {"page_size": 101}, "must be at most 100"),
        (DATA_TABLE | {"page_size": 2.5}, "must provide an integer"),
        (PIE | {"chart": {"type": "pie", "segments": [{"label": "a", "value": "1"}]}}, "must provide a number"),
        (CARD | {"title": "Ana"}, "must provide an object"),
        ({"type": "card", "subtitle": plain("Ana")}, "must define either `hero_image` or `title`"),
        (CONTAINER | {"is_collapsible": True, "has_header_divider": True}, "has_header_divider cannot be set"),
        (CONTAINER | {"is_collapsible": "yes"}, "must provide a boolean"),
        (CONTAINER | {"child_blocks": [CONTAINER]}, "unsupported type: container"),
        (TASK | {"status": "done"}, "must be a valid enum value"),
        (DATA_TABLE | {"rows": [[CELL]]}, "must provide at least 2 items"),
    ],
)
def test_slack_refuses_a_newer_block_that_does_not_add_up(block: Json, says: str) -> None:
    assert faults_in_blocks([plotted("Feb"), PIE, DATA_TABLE], "message") == []
    (told,) = faults_in_blocks([block], "message")
    assert told.startswith(says)
