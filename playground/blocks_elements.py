"""Slack's block elements and the small objects inside them, as a table: field -> kind, limit, needed or not.

To add an element: one entry in ELEMENTS, its name in the tuple of every place that may hold it.
Facts: @slack/types and slack_sdk's models; where those two differ, the stricter one.
"""

from __future__ import annotations

from collections.abc import Iterator

from playground.blocks_rich_text import RICH_TEXT, URL
from playground.blocks_shapes import (
    Json,
    Kind,
    Rule,
    boolean,
    day,
    either,
    fault,
    integer,
    listing,
    matching,
    need,
    not_above,
    one_of,
    shape,
    some,
    string,
    typed,
)

ID = string(255)
SELECTS = tuple(f"{what}_select" for what in ("static", "external", "users", "conversations", "channels"))
PICKERS = (*SELECTS, *(f"multi_{name}" for name in SELECTS), "datepicker", "timepicker", "radio_buttons", "checkboxes")
TYPED_IN = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input")
PRESSED = ("button", "workflow_button", "overflow")
IN_SECTION = (*PICKERS, *PRESSED, "image")
IN_ACTIONS = (*PICKERS, *PRESSED, "datetimepicker")
IN_INPUT = (*PICKERS, *TYPED_IN, "datetimepicker", "file_input")

# Slack's servers fetch a picture themselves: its address must be public, and not one of Slack's own pages.
PICTURE_URL = matching(
    r"(?i)https?://(?!localhost|127\.|10\.|192\.168\.|([\w-]+\.)*slack\.com/)[^\s/]+\.\S+",
    "downloading image failed",
)


def plain_text(most: int) -> Kind:
    """Returns the kind of a text object without markup, of so many characters."""
    return typed({"plain_text": shape(text=need(string(most)), emoji=boolean)})


def any_text(most: int) -> Kind:
    """Returns the kind of a text object with or without markup, of so many characters."""
    return typed(
        {
            "plain_text": shape(text=need(string(most)), emoji=boolean),
            "mrkdwn": shape(text=need(string(most)), verbatim=boolean),
        }
    )


def among(initial: str) -> Rule:
    """Returns the rule that what is chosen at first is among the options, text and value alike."""

    def faults(value: Json, at: str) -> Iterator[str]:
        groups = [value.get("options", []), *(group["options"] for group in value.get("option_groups", []))]
        chosen = value.get(initial, [])
        for one in chosen if isinstance(chosen, list) else [chosen]:
            if not any(one in options for options in groups):
                yield fault("must be one of the provided options", f"{at}/{initial}")

    return faults


STYLE = one_of("primary", "danger")
CONFIRM = shape(
    title=need(plain_text(100)),
    text=need(any_text(300)),
    confirm=need(plain_text(30)),
    deny=need(plain_text(30)),
    style=STYLE,
)
# The value's limit is 75 in @slack/types and 150 in slack_sdk: the stricter one.
OPTION = shape(text=need(plain_text(75)), value=need(string(75)), description=plain_text(75))
MARKED_OPTION = shape(text=need(any_text(75)), value=need(string(75)), description=any_text(75))
LINKED_OPTION = shape(text=need(plain_text(75)), value=need(string(75)), description=plain_text(75), url=URL)
OPTIONS = {
    "options": listing(OPTION, 1, 100),
    "option_groups": listing(shape(label=need(plain_text(75)), options=need(listing(OPTION, 1, 100))), 1, 100),
}
FILTER = shape(
    some("include", "exclude_external_shared_channels", "exclude_bot_users"),
    include=listing(one_of("im", "mpim", "private", "public"), 1, 4),
    exclude_external_shared_channels=boolean,
    exclude_bot_users=boolean,
)
PICTURE = {"image_url": PICTURE_URL, "slack_file": shape(either("id", "url"), id=ID, url=URL)}
ONE_PICTURE = either(*PICTURE)
WORKFLOW = shape(
    trigger=need(
        shape(
            url=need(URL),
            customizable_input_parameters=listing(shape(name=need(ID), value=need(string())), 0, None),
        )
    )
)
FEEDBACK = shape(text=need(plain_text(75)), value=need(string(2000)), accessibility_label=string(75))

# What fields the elements share.
NAMED = {"action_id": ID}
ASKED = NAMED | {"confirm": CONFIRM, "focus_on_load": boolean}
HINTED = ASKED | {"placeholder": plain_text(150)}
MULTI = HINTED | {"max_selected_items": integer(1)}
WRITTEN = NAMED | {
    "focus_on_load": boolean,
    "placeholder": plain_text(150),
    "dispatch_action_config": shape(
        trigger_actions_on=listing(one_of("on_enter_pressed", "on_character_entered"), 1, 2),
    ),
}
LABELLED = NAMED | {"accessibility_label": string(75), "confirm": CONFIRM, "value": string(2000)}
SEEN_BY = listing(ID, 1, 10)
NUMBER = matching(r"-?\d+(\.\d+)?", "must be a number in a string")

ELEMENTS: dict[str, Kind] = {
    "button": shape(
        text=need(plain_text(75)),
        url=URL,
        style=STYLE,
        agent_prompt=string(4000),
        agent_prompt_display=string(),
        visible_to_user_ids=SEEN_BY,
        **LABELLED,
    ),
    "icon_button": shape(
        icon=need(one_of("trash")), text=need(plain_text(75)), visible_to_user_ids=SEEN_BY, **LABELLED
    ),
    "feedback_buttons": shape(positive_button=need(FEEDBACK), negative_button=need(FEEDBACK), **NAMED),
    "workflow_button": shape(
        text=need(plain_text(75)), workflow=need(WORKFLOW), style=STYLE, accessibility_label=string(75), **NAMED
    ),
    "overflow": shape(options=need(listing(LINKED_OPTION, 1, 5)), action_id=ID, confirm=CONFIRM),
    "image": shape(ONE_PICTURE, alt_text=need(string(2000)), **PICTURE),
    "radio_buttons": shape(
        among("initial_option"),
        options=need(listing(MARKED_OPTION, 1, 10)),
        initial_option=MARKED_OPTION,
        **ASKED,
    ),
    "checkboxes": shape(
        among("initial_options"),
        options=need(listing(MARKED_OPTION, 1, 10)),
        initial_options=listing(MARKED_OPTION, 1, 10),
        **ASKED,
    ),
    "datepicker": shape(initial_date=day, **HINTED),
    "timepicker": shape(
        initial_time=matching(r"([01]\d|2[0-3]):[0-5]\d", "must be a valid time in the format HH:mm"),
        timezone=ID,
        **HINTED,
    ),
    # Ten digits, as Slack asks for: seconds since 1970, from September 2001 on.
    "datetimepicker": shape(initial_date_time=integer(1_000_000_000, 9_999_999_999), **ASKED),
    "static_select": shape(either(*OPTIONS), among("initial_option"), initial_option=OPTION, **OPTIONS, **HINTED),
    "multi_static_select": shape(
        either(*OPTIONS), among("initial_options"), initial_options=listing(OPTION, 1, 100), **OPTIONS, **MULTI
    ),
    "external_select": shape(initial_option=OPTION, min_query_length=integer(), **HINTED),
    "multi_external_select": shape(initial_options=listing(OPTION, 1, 100), min_query_length=integer(), **MULTI),
    "users_select": shape(initial_user=ID, **HINTED),
    "multi_users_select": shape(initial_users=listing(ID, 1, None), **MULTI),
    "channels_select": shape(initial_channel=ID, response_url_enabled=boolean, **HINTED),
    "multi_channels_select": shape(initial_channels=listing(ID, 1, None), **MULTI),
    "conversations_select": shape(
        initial_conversation=ID,
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        filter=FILTER,
        **HINTED,
    ),
    "multi_conversations_select": shape(
        initial_conversations=listing(ID, 1, None), default_to_current_conversation=boolean, filter=FILTER, **MULTI
    ),
    "plain_text_input": shape(
        not_above("min_length", "max_length"),
        initial_value=string(3000, least=0),
        multiline=boolean,
        min_length=integer(0, 3000),
        max_length=integer(1, 3000),
        **WRITTEN,
    ),
    "email_text_input": shape(initial_value=string(), **WRITTEN),
    "url_text_input": shape(initial_value=URL, **WRITTEN),
    "number_input": shape(
        not_above("min_value", "max_value"),
        is_decimal_allowed=need(boolean),
        initial_value=NUMBER,
        min_value=NUMBER,
        max_value=NUMBER,
        **WRITTEN,
    ),
    "rich_text_input": shape(initial_value=typed(RICH_TEXT), min_lines=integer(1), max_lines=integer(1), **WRITTEN),
    "file_input": shape(filetypes=listing(ID, 1, None), max_files=integer(1, 10), **NAMED),
    "url": shape(url=need(URL), text=need(string())),
}
