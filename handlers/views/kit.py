"""Messages, forms and the blocks they are made of.

Blocks are plain dictionaries: five blocks of slack_sdk's models cost 400 us to build and check, more than the whole of a `/give`
beside the commit; the golden files are checked against Slack's limits instead.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.views.harmless import UNSEEN, escape, in_line, unescape
from storage.tables.people import NAMELESS

Block = dict[str, Any]
CHART = "data_visualization"

CLIP_CHARACTERS = 80  # a display name in Slack can have as many
NOTICE_CHARACTERS = 150  # a notification's text; what a member wrote may be cut to fit, and ends in "..." then
SECTION_CHARACTERS = 3_000  # of a section's text: https://docs.slack.dev/reference/block-kit/blocks/section-block
LABEL_CHARACTERS = (
    75  # of what a screen reader says: https://docs.slack.dev/reference/block-kit/block-elements/button-element
)
TITLE_CHARACTERS = 24  # of a form's title, submit and close: https://docs.slack.dev/reference/views

NO_WORDS = "(no longer kept)"  # what stands where words were: Slack takes no quotation of nothing

_MARKS = dict.fromkeys(map(ord, "*~`"))


@dataclass(frozen=True)
class Message:
    """What is said: `text` is the notification and what screen readers read, `blocks` the message itself.

    `instead` is what stands in the place of its buttons where there can be none. `gathers` are the Slack ids of those in whose
    group chat it is said, which is opened first.
    """

    text: str
    blocks: Sequence[Block] = field(default_factory=list)
    instead: str = "What you can do about it is on Home."
    gathers: tuple[str, ...] = ()
    ends: bool = False

    def ending(self) -> "Message":
        """Returns it as the end of what was begun in forms: closing it closes all that lie under it."""
        return replace(self, ends=True)

    def body(self) -> dict[str, Any]:
        """Returns it as Slack's posting methods take it, without previews of links."""
        blocks = list(self.blocks) or [section(self.text)]
        return {"text": self.text, "blocks": blocks, "unfurl_links": False, "unfurl_media": False}

    def plainer(self) -> dict[str, Any]:
        """Returns it as words alone, for a Slack that does not take its blocks; it says where to find what was on buttons."""
        said = "\n".join(_words_of(list(self.blocks))) or self.text
        last = f"\n{self.instead}" if _has_controls(list(self.blocks)) else ""
        kept = re.sub(r"(?:&[a-z]*|<[^>]*)$", "", said[: SECTION_CHARACTERS - len(last)])
        return {"text": self.text, "blocks": [section(kept + last)], "unfurl_links": False, "unfurl_media": False}

    def answer(self) -> dict[str, Any]:
        """Returns it as an answer that only the person who acted sees."""
        return {"response_type": "ephemeral", "text": self.text, "blocks": list(self.blocks) or [section(self.text)]}

    def view(self, title: str = "Good Turn") -> dict[str, Any]:
        """Returns it as a form without fields, for an answer inside a form."""
        blocks = [block for block in self.blocks if block["type"] != CHART]  # Slack takes a chart in messages alone
        view = Form(title, blocks or [section(self.text)], callback_id="answer", close="Done").view()
        return view | ({"clear_on_close": True} if self.ends else {})


@dataclass(frozen=True)
class Form:
    """A form: its fields are blocks. `keeps` is the id of what it is about; nothing else travels with it."""

    title: str
    blocks: Sequence[Block]
    callback_id: str
    submit: str | None = None
    close: str = "Cancel"
    keeps: str = ""

    def view(self) -> dict[str, Any]:
        """Returns it as Slack's view methods take it."""
        view = {
            "type": "modal",
            "callback_id": self.callback_id,
            "private_metadata": self.keeps,
            "title": plain(self.title),
            "close": plain(self.close),
            "blocks": list(self.blocks),
        }
        return view | ({"submit": plain(self.submit)} if self.submit else {})


def name(words: str) -> str:
    """Makes a name harmless, also inside bold text, within one line and at its beginning, where a > would quote the line."""
    shown = in_line(words.translate(_MARKS)).lstrip("> ")[:CLIP_CHARACTERS].rstrip()
    return escape(shown) if shown.strip(UNSEEN) else "someone"


def listed(people: Sequence[str]) -> str:
    """Lists all the names: "Raj and Mira", "Raj, Mira and Bo"."""
    shown = [name(one) for one in people]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def clipped(words: str) -> str:
    """Makes words that are given back within a sentence harmless and short: Slack takes 3,000 characters, a reader fewer."""
    return name(words if len(words) <= CLIP_CHARACTERS else words[: CLIP_CHARACTERS - 3] + "...")


def names(people: Sequence[str]) -> str:
    """Lists names: two take "and", three are listed, from four on two stand for the others."""
    shown = [name(one) for one in people]
    if len(shown) > 3:
        shown = [*shown[:2], f"{len(shown) - 2} others"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def notice(before: str, words: str, after: str = "") -> str:
    """Returns a notification with a member's words in it, if there are any; they are cut where the whole would not fit."""
    if not words:
        return before.removesuffix(" ").removesuffix(":") + after
    words = in_line(words)
    room = max(NOTICE_CHARACTERS - len(before) - len(after), 3)
    if len(words) > room:
        words, after = words[: room - 3].rstrip() + "...", after.removeprefix(".")
    return f"{before}{escape(words)}{after}"


def plain(words: str) -> Block:
    """Returns a plain text object."""
    return {"type": "plain_text", "text": words, "emoji": True}


def mrkdwn(words: str) -> Block:
    """Returns a text object that Slack reads marks in; of addresses and channel names in it Slack makes no links by itself."""
    return {"type": "mrkdwn", "text": words, "verbatim": True}


def section(words: str, accessory: Block | None = None, *, about: str | None = None) -> Block:
    """Returns a paragraph, with a control right of it if one is given; `about` is the id of what a menu there is about."""
    extras = {"accessory": accessory, "block_id": about}
    return {"type": "section", "text": mrkdwn(words)} | {key: one for key, one in extras.items() if one is not None}


def quote(words: str) -> Block:
    """Returns a member's words as a quotation in which Slack reads nothing: no mention, no link, no mark."""
    text = {"type": "text", "text": words or NO_WORDS}
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [text]}]}


def context(words: str) -> Block:
    """Returns small print."""
    return {"type": "context", "elements": [mrkdwn(words)]}


def divider() -> Block:
    """Returns a line across."""
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    """Returns a row of buttons, three at the most: a phone shows no more side by side."""
    return {"type": "actions", "elements": list(elements)}


def button(
    label: str, action: str, about: str = "", *, asks: Block | None = None, url: str | None = None, reads: str = ""
) -> Block:
    """Returns a button: `action` is what it does, `about` the id of what to, `asks` a question to be answered first.

    `url` is where it leads, and `reads` what a screen reader says where the label comes more than once, escaped as in mrkdwn.
    """
    block: Block = {"type": "button", "text": plain(label), "action_id": action}
    label_read = unescape(reads)[:LABEL_CHARACTERS]
    extras = {"value": about or None, "confirm": asks, "url": url, "accessibility_label": label_read or None}
    return block | {key: value for key, value in extras.items() if value is not None}


def question(title: str, words: str, yes: str, no: str, *, is_grave: bool = False) -> Block:
    """Returns a question that a button asks before it acts."""
    block = {"title": plain(title), "text": plain(words), "confirm": plain(yes), "deny": plain(no)}
    return block | ({"style": "danger"} if is_grave else {})


def choice(action: str, options: Mapping[str, str], chosen: str | None = None, *, hint: str = "Choose") -> Block:
    """Returns a menu: `options` maps values to labels."""
    block: Block = {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain(hint),
        "options": [option(value, label) for value, label in options.items()],
    }
    return block | ({"initial_option": option(chosen, options[chosen])} if chosen else {})


def radio(action: str, options: Mapping[str, str], chosen: str) -> Block:
    """Returns a choice of which all answers are seen."""
    shown = [option(value, label) for value, label in options.items()]
    initial = option(chosen, options[chosen])
    return {"type": "radio_buttons", "action_id": action, "options": shown, "initial_option": initial}


def option(value: str, label: str) -> Block:
    """Returns one answer of a menu or a radio field."""
    return {"text": plain(label), "value": value}


def people_field(action: str, chosen: Sequence[str] = (), *, several: bool = True, most: int | None = None) -> Block:
    """Returns a field for people; `chosen` are Slack ids, and nobody stands for those whose data was deleted."""
    chosen = [one for one in chosen if not one.startswith(NAMELESS)]
    if not several:
        block: Block = {"type": "users_select", "action_id": action}
        return block | ({"initial_user": chosen[0]} if chosen else {})
    block = {"type": "multi_users_select", "action_id": action}
    extras = {"initial_users": list(chosen) or None, "max_selected_items": most}
    return block | {key: value for key, value in extras.items() if value is not None}


def text_field(action: str, written: str = "", *, most: int, lines: bool = False, hint: str = "") -> Block:
    """Returns a field for text of at most so many characters."""
    block: Block = {"type": "plain_text_input", "action_id": action, "multiline": lines, "max_length": most}
    extras = {"initial_value": written[:most] or None, "placeholder": plain(hint) if hint else None}
    return block | {key: value for key, value in extras.items() if value is not None}


def field_for(block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """Returns a field of a form with its label; mistakes about it are shown under it by its `block_id`."""
    block = {"type": "input", "block_id": block_id, "label": plain(label), "element": element, "optional": optional}
    return block | ({"hint": plain(hint)} if hint else {})


def _words_of(part: Any) -> list[str]:
    """Returns what is written in blocks, in order, without what stands on their buttons and in their menus."""
    if isinstance(part, list):
        return [line for one in part for line in _words_of(one)]
    if not isinstance(part, dict) or part.get("type") in ("actions", "divider"):
        return []
    if part.get("type") == "text":  # of rich text: a member's words, not yet escaped
        return [f"> {escape(line)}" for line in str(part["text"]).splitlines()]
    if part.get("type") in ("mrkdwn", "plain_text"):
        return [str(part["text"])]
    return [line for key in ("text", "fields", "elements") for line in _words_of(part.get(key))]


def _has_controls(blocks: list[Block]) -> bool:
    """Says whether there is something in blocks to press or to choose from."""
    return any(block["type"] == "actions" or "accessory" in block for block in blocks)
