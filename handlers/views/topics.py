"""Topics: a workspace's list for admins to keep, and the fields in which members tick and type what they follow or ask about."""

from collections.abc import Sequence

from bot import topics
from handlers.views.harmless import in_line
from handlers.views.kit import Block, Form, Message, button, context, field_for, option, plain, section, text_field

LONGEST = 3_000  # as many as Slack takes: what is too long is shown, to be shortened, and not cut
TICKED = "ticked"


def fields(followed: str, listed: Sequence[str], *, label: str, hint: str) -> list[Block]:
    """Are the fields of topics: the workspace's list where there is one, and room for others."""
    ticked, typed = topics.divide(followed, listed)
    text = text_field("topics", typed, most=LONGEST, hint="mass timber, Colorado, estimating")
    if not listed:
        return [field_for("topics", label, text, optional=True, hint=hint)]
    others = f"Other {label[0].lower()}{label[1:]}"
    return [
        field_for(TICKED, label, _list(listed, ticked), optional=True, hint="From this workspace's list."),
        field_for("topics", others, text, optional=True, hint=hint),
    ]


def on_home(count: int) -> Block:
    """Is the line about the list in the admins' corner."""
    words = f"{count} to tick" if count else "no list yet. Members type what they follow"
    return section(f"*Topics:* {words}.", button("Change", "topics.open", reads="Change the list of topics"))


def form(listed: str) -> Form:
    """Is the form of the workspace's list."""
    text = text_field("topics", listed, most=LONGEST, lines=True, hint="mass timber, Colorado, estimating")
    hint = (
        f"With commas or lines between them: {topics.MOST_TOPICS} at most, of {topics.LONGEST_LISTED} characters each."
    )
    blocks = [
        field_for("topics", "Topics of this workspace", text, optional=True, hint=hint),
        context("Members can tick them for their nudges and asks. What you take out stays with those who follow it."),
    ]
    return Form("Topics", blocks, "topics.listed", submit="Save")


def kept(count: int) -> Message:
    """Answers how many topics there are to tick."""
    line = f"*Saved.* There {'is 1 topic' if count == 1 else f'are {count} topics'} to tick."
    if not count:
        line = "*Saved.* There is no list; members type what they follow."
    return Message(line.replace("*", ""), [section(line)])


def _list(listed: Sequence[str], ticked: Sequence[str]) -> Block:
    block: Block = {
        "type": "multi_static_select",
        "action_id": TICKED,
        "placeholder": plain("Choose"),
        "options": [_entry(one) for one in listed],
    }
    return block | ({"initial_options": [_entry(one) for one in ticked]} if ticked else {})


def _entry(topic: str) -> Block:
    return option(topic, in_line(topic) or "...")
