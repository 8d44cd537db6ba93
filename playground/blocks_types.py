"""Slack's blocks and views as a table: field -> kind, limit, needed or not, and which surface takes which block.

To add a block: one entry in BLOCKS, its name in the SURFACES that take it.
Facts: docs.slack.dev/reference/block-kit/blocks, @slack/types and slack_sdk's models; where they differ, the stricter.
"""

from __future__ import annotations

from collections.abc import Iterator

from playground.blocks_elements import (
    ELEMENTS,
    ID,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    ONE_PICTURE,
    PICTURE,
    any_text,
    plain_text,
)
from playground.blocks_rich_text import RICH_TEXT, URL
from playground.blocks_shapes import (
    Json,
    Kind,
    Needed,
    Rule,
    boolean,
    either,
    fault,
    integer,
    listing,
    need,
    number,
    one_of,
    or_null,
    shape,
    some,
    string,
    typed,
)


def block(*rules: Rule, **fields: Kind | Needed) -> Kind:
    """Returns the kind of a block: these fields, no others, and a block_id."""
    return shape(*rules, block_id=ID, **fields)


def unbroken_series(chart: Json, at: str) -> Iterator[str]:
    """Yields a fault for a series named twice, and for one whose labels are not the chart's categories."""
    names = [series["name"] for series in chart["series"]]
    for place, series in enumerate(chart["series"]):
        if series["name"] in names[:place]:
            yield fault("series names must be unique", f"{at}/series/{place}/name")
        if {point["label"] for point in series["data"]} != set(chart["axis_config"]["categories"]):
            yield fault("labels must match `axis_config.categories`", f"{at}/series/{place}/data")


def slices_of_something(pie: Json, at: str) -> Iterator[str]:
    """Yields a fault for a slice that is nothing or less."""
    for place, segment in enumerate(pie["segments"]):
        if segment["value"] <= 0:
            yield fault("must be greater than 0", f"{at}/segments/{place}/value")


def even_rows(table: Json, at: str) -> Iterator[str]:
    """Yields a fault for a row longer or shorter than the first, and for rich text in the first."""
    rows = table["rows"]
    for place, row in enumerate(rows):
        if len(row) != len(rows[0]):
            yield fault("every row must have the same number of cells", f"{at}/rows/{place}")
    for place, cell in enumerate(rows[0]):
        if cell["type"] == "rich_text":
            yield fault("unsupported type: rich_text", f"{at}/rows/0/{place}/type")


def plain_divider(container: Json, at: str) -> Iterator[str]:
    """Yields a fault for a container that is collapsible and has a header divider too."""
    if container.get("is_collapsible") and container.get("has_header_divider"):
        yield fault("has_header_divider cannot be set when is_collapsible is true", f"{at}/has_header_divider")


CONTEXT: dict[str, Kind] = {
    "image": ELEMENTS["image"],
    "plain_text": shape(text=need(string(3000)), emoji=boolean),
    "mrkdwn": shape(text=need(string(3000)), verbatim=boolean),
}
CELL = typed(
    RICH_TEXT
    | {
        "raw_text": shape(text=need(string())),
        "raw_number": shape(value=need(number), text=need(string())),
    }
)
CHART_LABEL = need(string(20))
POINT = shape(label=CHART_LABEL, value=need(number))
PLOT = shape(
    unbroken_series,
    series=need(listing(shape(name=CHART_LABEL, data=need(listing(POINT, 1, 20))), 1, 6)),
    axis_config=need(shape(categories=need(listing(string(20), 1, 20)), x_label=string(50), y_label=string(50))),
)
CHARTS: dict[str, Kind] = {
    "pie": shape(slices_of_something, segments=need(listing(POINT, 1, 6))),
    "bar": PLOT,
    "area": PLOT,
    "line": PLOT,
}
ICON = typed(ELEMENTS, "image")

BLOCKS: dict[str, Kind] = {
    "divider": block(),
    "header": block(text=need(plain_text(150)), level=integer(1, 4)),
    "section": block(
        some("text", "fields"),
        text=any_text(3000),
        fields=listing(any_text(2000), 1, 10),
        accessory=typed(ELEMENTS, *IN_SECTION),
        expand=boolean,
    ),
    "context": block(elements=need(listing(typed(CONTEXT), 1, 10))),
    "actions": block(elements=need(listing(typed(ELEMENTS, *IN_ACTIONS), 1, 25))),
    "input": block(
        label=need(plain_text(2000)),
        element=need(typed(ELEMENTS, *IN_INPUT)),
        hint=plain_text(2000),
        optional=boolean,
        dispatch_action=boolean,
    ),
    "image": block(ONE_PICTURE, alt_text=need(string(2000)), title=plain_text(2000), **PICTURE),
    "rich_text": RICH_TEXT["rich_text"],
    "markdown": block(text=need(string(12_000))),
    "video": block(
        alt_text=need(string()),
        video_url=need(URL),
        thumbnail_url=need(URL),
        title=need(plain_text(199)),
        title_url=URL,
        description=plain_text(3000),
        provider_icon_url=URL,
        provider_name=string(),
        author_name=string(49),
    ),
    "table": block(
        rows=need(listing(listing(CELL, 1, 20), 1, 100)),
        column_settings=listing(or_null(shape(align=one_of("left", "center", "right"), is_wrapped=boolean)), 0, 20),
    ),
    "data_table": block(
        even_rows,
        caption=need(string()),
        rows=need(listing(listing(CELL, 1, 20), 2, 201)),
        page_size=integer(1, 100),
        row_header_column_index=integer(0, 19),
    ),
    "data_visualization": block(title=need(string(50)), chart=need(typed(CHARTS))),
    "card": block(
        some("hero_image", "title", "actions", "body"),
        hero_image=ICON,
        icon=ICON,
        title=any_text(150),
        subtitle=any_text(150),
        body=any_text(200),
        actions=listing(typed(ELEMENTS, *IN_ACTIONS), 1, 25),
    ),
    "alert": block(text=need(any_text(200)), level=one_of("default", "info", "warning", "error", "success")),
    "task_card": block(
        task_id=need(ID),
        title=need(string()),
        status=need(one_of("pending", "in_progress", "complete", "error")),
        details=typed(RICH_TEXT),
        output=typed(RICH_TEXT),
        sources=listing(typed(ELEMENTS, "url"), 0, None),
    ),
    "context_actions": block(elements=need(listing(typed(ELEMENTS, "feedback_buttons", "icon_button"), 1, 5))),
}
BLOCKS["carousel"] = block(elements=need(listing(typed(BLOCKS, "card"), 1, 10)))
BLOCKS["plan"] = block(title=need(string()), tasks=listing(typed(BLOCKS, "task_card"), 0, None))

EVERYWHERE = ("actions", "context", "divider", "header", "image", "rich_text", "section", "video")
BLOCKS["container"] = block(
    either("title", "rich_text_title"),
    plain_divider,
    child_blocks=need(listing(typed(BLOCKS, *EVERYWHERE), 1, 10)),
    title=plain_text(150),
    rich_text_title=typed(RICH_TEXT),
    subtitle=any_text(150),
    icon=ICON,
    width=one_of("narrow", "standard", "wide", "full"),
    is_collapsible=boolean,
    default_collapsed=boolean,
    has_header_divider=boolean,
)

MESSAGES_ONLY = ("context_actions", "data_table", "data_visualization", "markdown", "plan", "table", "task_card")
# A modal is listed for cards too, but has been seen to refuse them.
SURFACES: dict[str, tuple[str, ...]] = {
    "message": (*EVERYWHERE, *MESSAGES_ONLY, "card", "carousel", "container", "input"),
    "modal": (*EVERYWHERE, "alert", "container", "input"),
    "home": (*EVERYWHERE, "card", "carousel", "container", "input"),
}
CONTENTS: dict[str, Kind] = {
    surface: listing(typed(BLOCKS, *names), 0 if surface == "message" else 1, 50 if surface == "message" else 100)
    for surface, names in SURFACES.items()
}

KEPT = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
VIEWS: dict[str, Kind] = {
    "home": shape(blocks=need(CONTENTS["home"]), **KEPT),
    "modal": shape(
        title=need(plain_text(24)),
        blocks=need(CONTENTS["modal"]),
        submit=plain_text(24),
        close=plain_text(24),
        clear_on_close=boolean,
        notify_on_close=boolean,
        submit_disabled=boolean,
        **KEPT,
    ),
}
