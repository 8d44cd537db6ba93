"""Blocks and elements that are right: built by slack_sdk's own classes, or copied from Slack's pages where it has none."""

from __future__ import annotations

from typing import Any

from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks import basic_components as sdk_parts
from slack_sdk.models.blocks import block_elements as sdk_elements

Json = dict[str, Any]

PICTURE = "https://example.com/tree.png"


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text[:75] or "nothing"}


def options(count: int) -> list[Json]:
    return [option(f"Option {number}") for number in range(count)]


SECTION: Json = {"type": "section", "text": {"type": "mrkdwn", "text": "Theo said yes."}}
BUTTON: Json = {"type": "button", "text": plain("Yes")}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def asked(element: Json) -> Json:
    return {"type": "input", "label": plain("Who helped?"), "element": element}


def modal(*blocks: Json, **fields: object) -> Json:
    return {"type": "modal", "title": plain("Thank somebody"), "submit": plain("Send"), "blocks": list(blocks)} | fields


def at(place: str, says: str) -> list[str]:
    """Returns the one fault that is expected, at this place."""
    return [f"{says} [json-pointer:{place}]"]


ANA, RAJ = sdk.Option(label="Ana", value="U1", description="Architect"), sdk.Option(label="Raj", value="U2")
SURE = sdk.ConfirmObject(title="Sure?", text="It goes.", confirm="Do it", deny="No", style="danger")
ASKED: Json = {"action_id": "who", "focus_on_load": True}
HINTED: Json = ASKED | {"placeholder": "Choose", "confirm": SURE}
MANY: Json = HINTED | {"max_selected_items": 3}
GROUPS = [sdk.OptionGroup(label="Austin", options=[ANA, RAJ])]
WORDS = sdk.RichTextSectionElement(
    elements=[
        sdk.RichTextElementParts.Text(text="Hi ", style=sdk.RichTextElementParts.TextStyle(bold=True)),
        sdk.RichTextElementParts.Link(url="https://example.com", text="the plan", style={"italic": True}),
        sdk.RichTextElementParts.User(user_id="U1"),
        sdk.RichTextElementParts.UserGroup(usergroup_id="S1"),
        sdk.RichTextElementParts.Channel(channel_id="C1"),
        sdk.RichTextElementParts.Team(team_id="T1"),
        sdk.RichTextElementParts.Emoji(name="wave", skin_tone=2),
        sdk.RichTextElementParts.Broadcast(range="here"),
        sdk.RichTextElementParts.Date(timestamp=1_772_460_000, format="{date_short} {time}", fallback="Mon"),
        sdk.RichTextElementParts.Color(value="#F405B3"),
    ]
)
CODE = sdk.RichTextElementParts.Text(text="make try")
RICH_TEXT = sdk.RichTextBlock(
    block_id="rich",
    elements=[
        WORDS,
        sdk.RichTextListElement(elements=[WORDS], style="ordered", indent=1, offset=2, border=0),
        sdk.RichTextQuoteElement(elements=[CODE]),
        sdk.RichTextPreformattedElement(elements=[CODE], border=1),
    ],
)
IMAGE = sdk.ImageElement(image_url=PICTURE, alt_text="A tree")
YES = sdk.ButtonElement(text="Yes", action_id="yes", value="7", style="primary", confirm=SURE)
FEEDBACK = sdk.FeedbackButtonsElement(
    positive_button=sdk.FeedbackButtonObject(text="Good", value="+"),
    negative_button=sdk.FeedbackButtonObject(text="Bad", value="-", accessibility_label="It was no help"),
)
TRIGGER = sdk_parts.WorkflowTrigger(
    url="https://slack.com/shortcuts/Ft1/abc", customizable_input_parameters=[{"name": "who", "value": "U1"}]
)

_ELEMENTS = [
    YES,
    IMAGE,
    sdk_elements.WorkflowButtonElement(text="Start", action_id="start", workflow=sdk_parts.Workflow(trigger=TRIGGER)),
    sdk.OverflowMenuElement(action_id="more", confirm=SURE, options=[ANA, RAJ]),
    sdk.StaticSelectElement(options=[ANA, RAJ], initial_option=RAJ, **HINTED),
    sdk.StaticMultiSelectElement(option_groups=GROUPS, initial_options=[ANA], **MANY),
    sdk.ExternalDataSelectElement(min_query_length=2, **HINTED),
    sdk.ExternalDataMultiSelectElement(initial_options=[ANA], **MANY),
    sdk.UserSelectElement(initial_user="U1", **HINTED),
    sdk.UserMultiSelectElement(initial_users=["U1", "U2"], **MANY),
    sdk.ConversationSelectElement(
        default_to_current_conversation=True,
        response_url_enabled=False,
        filter=sdk.ConversationFilter(include=["im", "public"], exclude_bot_users=True),
        **HINTED,
    ),
    sdk.ConversationMultiSelectElement(initial_conversations=["C1"], **MANY),
    sdk.ChannelSelectElement(initial_channel="C1", **HINTED),
    sdk.ChannelMultiSelectElement(initial_channels=["C1"], **MANY),
    sdk.DatePickerElement(initial_date="2026-03-02", **HINTED),
    sdk.TimePickerElement(initial_time="09:30", timezone="America/Chicago", **HINTED),
    sdk.DateTimePickerElement(initial_date_time=1_772_460_000, confirm=SURE, **ASKED),
    sdk.RadioButtonsElement(options=[ANA, RAJ], initial_option=ANA, confirm=SURE, **ASKED),
    sdk.CheckboxesElement(options=[ANA, RAJ], initial_options=[ANA, RAJ], confirm=SURE, **ASKED),
    sdk.PlainTextInputElement(
        initial_value="Thanks",
        multiline=True,
        min_length=1,
        max_length=300,
        dispatch_action_config=sdk_parts.DispatchActionConfig(trigger_actions_on=["on_enter_pressed"]),
        placeholder="In your words",
        **ASKED,
    ),
    sdk.EmailInputElement(initial_value="ana@example.com", placeholder="Where to", **ASKED),
    sdk.UrlInputElement(initial_value="https://example.com", placeholder="Where", **ASKED),
    sdk.NumberInputElement(is_decimal_allowed=False, initial_value="3", min_value="-1", max_value="9", **ASKED),
    sdk.RichTextInputElement(action_id="why", initial_value=RICH_TEXT, placeholder="Why"),
    sdk_elements.FileInputElement(action_id="plan", filetypes=["pdf"], max_files=2),
]
ELEMENTS: dict[str, Json] = {element["type"]: element for element in (one.to_dict() for one in _ELEMENTS)}

CHART: Json = {
    "type": "data_visualization",
    "title": "Introductions",
    "chart": {
        "type": "line",
        "series": [{"name": "Made", "data": [{"label": "Jan", "value": 3}, {"label": "Feb", "value": 4.5}]}],
        "axis_config": {"categories": ["Jan", "Feb"], "x_label": "Month", "y_label": "Number"},
    },
}
PIE: Json = CHART | {"chart": {"type": "pie", "segments": [{"label": "Asked", "value": 45}]}}
DATA_TABLE: Json = {
    "type": "data_table",
    "caption": "Who helped",
    "rows": [[{"type": "raw_text", "text": "Name"}], [{"type": "raw_text", "text": "Ana"}]],
    "page_size": 5,
    "row_header_column_index": 0,
}
TASK = sdk.TaskCardBlock(
    task_id="1",
    title="Look around",
    status="complete",
    details=RICH_TEXT,
    sources=[sdk.UrlSourceElement(url="https://example.com", text="The plan")],
)
CARD = sdk.CardBlock(title="Ana Torres", subtitle="Architect", body="Knows timber.", icon=IMAGE, actions=[YES])
_ANYWHERE: list[Json] = [
    block.to_dict()
    for block in (
        sdk.DividerBlock(block_id="line"),
        sdk.HeaderBlock(text="Good turns"),
        sdk.SectionBlock(text="*Ana* helped", fields=["One", "Two"], accessory=YES, expand=True),
        sdk.ContextBlock(elements=[IMAGE, sdk.MarkdownTextObject(text="_now_"), sdk.PlainTextObject(text="here")]),
        sdk.ActionsBlock(elements=[YES, sdk.ButtonElement(text="No", action_id="no", url="https://example.com")]),
        sdk.InputBlock(
            label="Why", hint="A word", optional=True, dispatch_action=True, element=sdk.PlainTextInputElement()
        ),
        sdk.ImageBlock(image_url=PICTURE, alt_text="A tree", title="Timber"),
        sdk.ImageBlock(slack_file=sdk_parts.SlackFile(id="F1"), alt_text="A tree"),
        sdk.VideoBlock(
            alt_text="A saw",
            title="Sawing",
            title_url="https://example.com/saw",
            video_url="https://example.com/v",
            thumbnail_url=PICTURE,
            author_name="Ana",
        ),
        RICH_TEXT,
        sdk.ContainerBlock(title="This week", child_blocks=[sdk.DividerBlock()], width="wide", is_collapsible=True),
    )
]
MESSAGE_BLOCKS: list[Json] = [
    *_ANYWHERE,
    CHART,
    PIE,
    DATA_TABLE,
    *(
        block.to_dict()
        for block in (
            sdk.MarkdownBlock(text="# Hello"),
            sdk.TableBlock(
                rows=[[sdk.RawTextObject(text="a"), sdk.RawNumberObject(value=1.5, text="1.5"), RICH_TEXT]],
                column_settings=[None, {"align": "right", "is_wrapped": True}],
            ),
            CARD,
            sdk.CarouselBlock(elements=[CARD, CARD]),
            TASK,
            sdk.PlanBlock(title="My plan", tasks=[TASK]),
            sdk.ContextActionsBlock(
                elements=[FEEDBACK, sdk.IconButtonElement(icon="trash", text="Forget", action_id="forget")]
            ),
        )
    ),
]
VIEW_BLOCKS: list[Json] = [*_ANYWHERE, sdk.AlertBlock(text="Not sent yet", level="warning").to_dict()]
