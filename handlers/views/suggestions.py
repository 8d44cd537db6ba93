"""Suggestions as their member reads them: each names a person or an event, says why it comes, and has a button that does it.

Each has two wordings, so that none comes twice running.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from handlers.views.kit import LABEL_CHARACTERS, Block, actions, button, clipped, context, listed, name, quote, section

_LIKELY = 0.6  # from here on a quiet tie is said to stay quiet
_LONGEST_LABEL = 24


@dataclass(frozen=True)
class Shown:
    """A suggestion as it is read: the people's names, words of somebody's, and facts in words.

    `url` is where its button leads, for those that lead out of this bot.
    """

    source: str
    value: str
    names: Sequence[str]
    wording: int = 0
    outcome: str = "shown"
    words: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    url: str | None = None

    @property
    def name(self) -> str:
        """The names, harmless."""
        return listed(self.names)


class _Kind(NamedTuple):
    """How suggestions of one source are said; `short` is for the notification. One that opens a form `stays` after a press."""

    do: str
    lines: tuple[Callable[[Shown], str], ...]
    short: Callable[[Shown], str]
    stays: bool = False


def suggestion(one: Shown) -> list[Block]:
    """Is a suggestion in a nudge."""
    kind = _KINDS[one.source]
    lines = [section(kind.lines[one.wording % len(kind.lines)](one))]
    if one.words:
        lines.append(quote(one.words))
    if one.outcome == "not this":
        return [*lines, context("Left out. I will not suggest this one again.")]
    if one.outcome == "done" and not kind.stays:
        return lines
    whom = " and ".join(one.names)
    label = kind.do.format(whom)[:_LONGEST_LABEL]
    do = button(label, "nudges.do", one.value, url=one.url, reads=f"{label}: {whom}"[:LABEL_CHARACTERS])
    return [
        *lines,
        actions(do, button("Not this", "nudges.not_this", one.value, reads=f"Not this: {whom}"[:LABEL_CHARACTERS])),
    ]


def in_short(suggestions: Sequence[Shown]) -> str:
    """Returns what is suggested as a notification has it, the names not yet harmless."""
    return ", ".join(_KINDS[one.source].short(one) for one in suggestions)


def _why(one: Shown, otherwise: str) -> str:
    topic = one.facts.get("topic")
    return f"You follow {name(topic)}." if topic else otherwise


def _quiet(one: Shown) -> str:
    days = one.facts.get("days", 0)
    likely = (
        "About two in three ties like this stay quiet for another two months."
        if one.facts.get("chance", 0) > _LIKELY
        else "About half of such gaps close by themselves."
    )
    return f"{days} days since you last helped each other. {likely}"


def _event(one: Shown) -> str:
    place = f", {clipped(one.facts['place'])}" if one.facts.get("place") else ""
    calendar = clipped(one.facts["calendar"])
    return f"{one.facts['then']}{place}. {_why(one, f'It is in the calendar of {calendar}.')}"


def _in_common(one: Shown) -> str:
    count = one.facts.get("in_common", 0)
    if count == 1:
        return "You are the one person they have in common."
    return f"They have {count} people in common, and nobody knows them both better than you."


_HELPED = "You have helped with the like."
_KINDS = {
    "stuck": _Kind(
        "Answer",
        (
            lambda one: f"*{one.name} would like to introduce you to somebody.* Yes, not now and no are all fine.",
            lambda one: f"*An introduction by {one.name} is open.* Your answer stays private unless all say yes.",
        ),
        lambda one: f"{one.names[0]}'s introduction",
    ),
    "ask": _Kind(
        "I can help",
        (
            lambda one: f"*{one.name} asks for help, by {one.facts['until']}.* {_why(one, _HELPED)}",
            lambda one: f"*Could you help {one.name}, by {one.facts['until']}?* {_why(one, _HELPED)}",
        ),
        lambda one: f"{one.names[0]}'s ask",
    ),
    "call": _Kind(
        "Called back",
        (
            lambda one: f"*A call to {one.name} is on your list.* It stays there until you say so.",
            lambda one: f"*Is this a day to call {one.name}?* It is on your list.",
        ),
        lambda one: f"a call to {one.names[0]}",
    ),
    "there": _Kind(
        "Write to {}",
        (
            lambda one: f"*{one.name} goes to {clipped(one.facts['called'])} too.* You both asked to meet others there.",
            lambda one: f"*You could meet {one.name} at {clipped(one.facts['called'])}.* Both of you asked for that.",
        ),
        lambda one: f"{one.names[0]} goes too",
    ),
    "item": _Kind(
        "Share with {}",
        (
            lambda one: f"*News that {one.name} may care about.* {one.name} follows {name(one.facts['topic'])}.",
            lambda one: f"*Is this something for {one.name}?* It is about {name(one.facts['topic'])}, which {one.name} follows.",
        ),
        lambda one: f"news for {one.names[0]}",
        stays=True,
    ),
    "event": _Kind(
        "I am going",
        (
            lambda one: f"*{one.facts['ahead']}: {one.name}.* {_event(one)}",
            lambda one: f"*{one.name} is {one.facts['ahead'].lower()}.* {_event(one)}",
        ),
        lambda one: one.names[0],
    ),
    "pass on": _Kind(
        "Record a good turn",
        (
            lambda one: f"*{one.name} helped you {one.facts['day']}.* Pass one on when you can.",
            lambda one: f"*After {one.name}'s help {one.facts['day']}:* is there somebody you could help?",
        ),
        lambda one: f"after {one.names[0]}'s help",
        stays=True,
    ),
    "quiet": _Kind(
        "Plan a call",
        (
            lambda one: f"*Is a hello to {one.name} due?* {_quiet(one)}",
            lambda one: f"*How is {one.name}?* {_quiet(one)}",
        ),
        lambda one: f"a hello to {one.names[0]}?",
        stays=True,
    ),
    "introduce": _Kind(
        "Introduce them",
        (
            lambda one: f"*Should {one.name} meet?* {_in_common(one)}",
            lambda one: f"*{one.name} might like to meet.* {_in_common(one)}",
        ),
        lambda one: f"{one.names[0]} and {one.names[1]}",
        stays=True,
    ),
}  # fmt: skip
