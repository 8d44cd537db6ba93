"""Nudges as their member reads them: up to three suggestions, each with a name, a reason and a button; and the settings.

Each suggestion has two wordings, so that none comes twice running.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

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
    quote,
    radio,
    section,
)
from handlers.views.schedules import DAYS

ONLY_YOU = "Only you see this."
EVERY = {"weekly": "Every week", "fortnightly": "Every other week", "monthly": "Every four weeks"}
WHETHER = {"on": "On", "off": "Off"}
ASKS, FOUND = "asks", "found"
REACH = {ASKS: "Asks that fit my topics", FOUND: "Suggestions to others that they meet me"}
HELD = "One in four is left out by chance, to learn whether they help."
_HINT = f"With commas between them, up to {MOST_CHARACTERS} characters."
_LIKELY = 0.6  # from here on a quiet tie is said to stay quiet


@dataclass(frozen=True)
class Shown:
    """A suggestion as it is read: the person's name, words of somebody's, and facts in words."""

    source: str
    value: str
    name: str
    wording: int = 0
    outcome: str = "shown"
    words: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


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
        blocks += [*([divider()] if blocks else []), *_suggestion(one)]
    first = ", ".join(_in_short(one) for one in suggestions)
    small = context(f"{ONLY_YOU} You chose {when_chosen}.")
    leads = actions(button("Change or stop", "nudges.open"))
    return Message(notice("For you: ", first), [*blocks, divider(), leads, small])


def paused(state: str) -> Message:
    """Asks how to go on after three that nothing was pressed in."""
    if state != "paused":
        line = "*Your nudges go on.*" if state == "on" else "*Your nudges are off.* Home turns them on."
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
        field_for("whether", "Nudges", radio("whether", WHETHER, "on")),
        field_for("every", "How often?", choice("every", EVERY, shown.every)),
        field_for("weekday", "On which day?", choice("weekday", DAYS, str(shown.weekday))),
        field_for("wall", "At what time?", {"type": "timepicker", "action_id": "wall", "initial_time": f"{shown.wall:%H:%M}"}),
        *topic_views.fields(shown.topics, shown.listed, label="Topics you follow", hint=_HINT),
        field_for("reach", "What may reach you", reach, optional=True),
        context(f"At most three suggestions at a time, in your working hours. {HELD} {ONLY_YOU}"),
    ]  # fmt: skip
    return Form("Nudges", blocks, "nudges.chosen", submit="Save")


def _suggestion(one: Shown) -> list[Block]:
    lines = [section(_LINES[one.source][one.wording % len(_LINES[one.source])](one))]
    if one.words:
        lines.append(quote(one.words))
    if one.outcome == "not this":
        return [*lines, context("Left out. I will not suggest this one again.")]
    if one.outcome == "done":
        return lines
    do = button(_DO[one.source], "nudges.do", one.value, reads=f"{_DO[one.source]}: {one.name}"[:75])
    return [*lines, actions(do, button("Not this", "nudges.not_this", one.value, reads=f"Not this: {one.name}"[:75]))]


def _asks(one: Shown) -> str:
    topic = one.facts.get("topic")
    return f"You follow {name(topic)}." if topic else "You have helped with the like."


def _quiet(one: Shown) -> str:
    days = one.facts.get("days", 0)
    likely = (
        "About two in three ties like this stay quiet for another two months."
        if one.facts.get("chance", 0) > _LIKELY
        else "About half of such gaps close by themselves."
    )
    return f"{days} days since you last helped each other. {likely}"


_DO = {
    "ask": "I can help",
    "stuck": "Answer",
    "call": "Called back",
    "pass on": "Record a good turn",
    "quiet": "Plan a call",
}
_LINES = {
    "ask": (
        lambda one: f"*{name(one.name)} asks for help, by {one.facts['until']}.* {_asks(one)}",
        lambda one: f"*Could you help {name(one.name)}, by {one.facts['until']}?* {_asks(one)}",
    ),
    "stuck": (
        lambda one: f"*{name(one.name)} would like to introduce you to somebody.* Yes, not now and no are all fine.",
        lambda one: f"*An introduction by {name(one.name)} is open.* Your answer stays private unless all say yes.",
    ),
    "call": (
        lambda one: f"*A call to {name(one.name)} is on your list.* It stays there until you say so.",
        lambda one: f"*Is this a day to call {name(one.name)}?* It is on your list.",
    ),
    "pass on": (
        lambda one: f"*{name(one.name)} helped you {one.facts['day']}.* Pass one on when you can.",
        lambda one: f"*After {name(one.name)}'s help {one.facts['day']}:* is there somebody you could help?",
    ),
    "quiet": (
        lambda one: f"*Is a hello to {name(one.name)} due?* {_quiet(one)}",
        lambda one: f"*How is {name(one.name)}?* {_quiet(one)}",
    ),
}


def _in_short(one: Shown) -> str:
    return {
        "ask": f"{one.name}'s ask",
        "stuck": f"{one.name}'s introduction",
        "call": f"a call to {one.name}",
        "pass on": f"after {one.name}'s help",
        "quiet": f"a hello to {one.name}?",
    }[one.source]
