"""Nudges as their member reads them, and their settings. What each suggests: `suggestions.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.topics import MOST_CHARACTERS
from handlers.views import topics as topic_views
from handlers.views.kit import (
    Block,
    Form,
    Message,
    actions,
    button,
    choice,
    context,
    divider,
    field_for,
    name,
    notice,
    option,
    radio,
    section,
)
from handlers.views.schedules import DAYS
from handlers.views.suggestions import Shown, in_short, suggestion

ONLY_YOU = "Only you see this."
EVERY = {"weekly": "Every week", "fortnightly": "Every other week", "monthly": "Every four weeks"}
WHETHER = {"on": "On", "off": "Off"}
ASKS, FOUND = "asks", "found"
REACH = {ASKS: "Asks that fit my topics", FOUND: "Suggestions to others that they meet me"}
NEWS = {"ties": "People I have exchanged help with", "everybody": "Everybody here", "nobody": "Nobody"}
HELD = "One in four is left out by chance, to learn whether they help."
_HINT = f"With commas between them, up to {MOST_CHARACTERS} characters. Who may share news with you may read that you follow one."


@dataclass(frozen=True)
class Chosen:
    """What a member chose about nudges, for them to read. `next_at` is in words; `listed` are the topics that can be ticked."""

    state: str
    every: str
    weekday: int
    wall: time
    topics: str
    takes_asks: bool
    is_found: bool
    news_from: str = "ties"
    next_at: str = ""
    listed: Sequence[str] = ()

    @property
    def words(self) -> str:
        """When they come, in words."""
        hour = f"{self.wall:%I:%M %p}".lstrip("0")
        often = {"weekly": "", "fortnightly": ", every other week", "monthly": ", every four weeks"}[self.every]
        return f"{DAYS[str(self.weekday)]}s at {hour}{often}"


def nudge(suggestions: Sequence[Shown], when_chosen: str) -> Message:
    """Is a nudge."""
    blocks: list[Block] = []
    for one in suggestions:
        blocks += [*([divider()] if blocks else []), *suggestion(one)]
    small = context(f"{ONLY_YOU} You chose {when_chosen}.")
    leads = actions(button("Change or stop", "nudges.open"))
    return Message(notice("For you: ", in_short(suggestions)), [*blocks, divider(), leads, small])


def paused(state: str, next_at: str = "") -> Message:
    """Asks how to go on after three that nothing was pressed in; `next_at`, in words, is when they do."""
    if state != "paused":
        goes_on = f"*Your nudges go on.* The next one can come {next_at}."
        line = goes_on if state == "on" else "*Your nudges are off.* Home turns them on."
        return Message(line.replace("*", ""), [section(line)])
    text = "I have paused your nudges, as the last three went unanswered. Should they go on?"
    row = actions(button("Keep on", "nudges.keep"), button("Later", "nudges.later"), button("Stop", "nudges.stop"))
    small = "No answer leaves them off; Home turns them on. Everything else works as before."
    return Message(text, [section(f"*{text}*"), row, context(small)])


def chosen(shown: Chosen) -> Message:
    """Answers with what was chosen."""
    if shown.state != "on":
        return Message("Your nudges are off.", [section("*Your nudges are off.* What you chose is kept.")])
    line = f"*Nudges come {shown.words},* at most three suggestions at a time. {HELD}"
    follows = f"You follow {name(shown.topics)}. " if shown.topics else ""
    small = context(f"{follows}The next one can come {shown.next_at}. {ONLY_YOU}")
    return Message(line.replace("*", ""), [section(line), small])


def line(shown: Chosen) -> Block:
    """Returns the line of the settings that says whether nudges come, and leads to the form."""
    words = {"on": shown.words, "off": "off", "paused": "paused, as the last three went unanswered"}[shown.state]
    return section(f"*Nudges:* {words}", button("Change", "nudges.open", reads="Change your nudges"))


def form(shown: Chosen) -> Form:
    """Is the form of nudges and topics."""
    ticked = [key for key, holds in ((ASKS, shown.takes_asks), (FOUND, shown.is_found)) if holds]
    reach: Block = {
        "type": "checkboxes",
        "action_id": "reach",
        "options": [option(key, label) for key, label in REACH.items()],
    } | ({"initial_options": [option(key, REACH[key]) for key in ticked]} if ticked else {})
    blocks = [
        field_for("whether", "Nudges", radio("whether", WHETHER, "on" if shown.state == "on" else "off")),
        field_for("every", "How often?", choice("every", EVERY, shown.every)),
        field_for("weekday", "On which day?", choice("weekday", DAYS, str(shown.weekday))),
        field_for("wall", "At what time?", {"type": "timepicker", "action_id": "wall", "initial_time": f"{shown.wall:%H:%M}"}),
        *topic_views.fields(shown.topics, shown.listed, label="Topics you follow", hint=_HINT),
        field_for("reach", "What may reach you", reach, optional=True),
        field_for("news", "Who may share news with you?", choice("news", NEWS, shown.news_from)),
        context(f"At most three suggestions at a time, in your working hours. {HELD} {ONLY_YOU}"),
    ]  # fmt: skip
    return Form("Nudges", blocks, "nudges.chosen", submit="Save")
