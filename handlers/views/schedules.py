"""When a channel's weekly summary comes: the question to whoever invited the bot, its form, and one after quiet weeks."""

from collections.abc import Sequence
from datetime import time

from handlers.views.kit import (
    Block,
    Form,
    Message,
    actions,
    button,
    choice,
    context,
    field_for,
    section,
)

DAYS = {"0": "Monday", "1": "Tuesday", "2": "Wednesday", "3": "Thursday", "4": "Friday", "5": "Saturday", "6": "Sunday"}
LEFT_OUT, SHOWN = "left out", "shown"
MOST_ZONES = 100  # entries that a menu holds


class Schedule:
    """A channel's summary as somebody reads of it who may choose: when it comes, and next, in words."""

    def __init__(self, channel: str, state: str, weekday: int, wall: time, zone: str, next_in_words: str) -> None:
        self.channel, self.state, self.weekday, self.wall, self.zone = channel, state, weekday, wall, zone
        self.next_in_words = next_in_words

    @property
    def words(self) -> str:
        """When it comes, in words."""
        if self.state == "off":
            return "no weekly summary"
        day, hour = DAYS[str(self.weekday)], f"{self.wall:%I:%M %p}".lstrip("0")
        place = self.zone.rpartition("/")[2].replace("_", " ")
        rests = f", paused until {self.next_in_words}" if self.state == "paused" else ""
        return f"{day}s at {hour}, {place}{rests}"


def offer(shown: Schedule, zones: Sequence[str], *, is_shared: bool, is_inviter: bool = True) -> Message:
    """Asks whoever invited the bot when the summary should come; or an admin, where nobody is known to have."""
    where = f"<#{shown.channel}>"
    opening = f"Thank you for inviting me to {where}." if is_inviter else f"I am in {where}, without a weekly summary."
    line = f"*{opening}* Once a week I tell the channel who was helped, and how. Nobody is ranked."
    until = (
        "It is shared with another company, so none comes until you save."
        if is_shared
        else f"Until you choose: {shown.words}."
    )
    small = context(f"{until} I read no messages. Change this on Home.")
    text = f"{f'You invited Good Turn to {where}.' if is_inviter else opening} When should the weekly summary come?"
    return Message(text, [section(line), *_question(shown, zones), small])


def shared(shown: Schedule, zones: Sequence[str], *, is_over: bool = False) -> Message:
    """Asks the owner of a summary, once, whether it should come to a channel that another company is in by now, or was in."""
    since, why = (
        "is shared with another company now",
        "People of both companies would read it, so none comes until you save.",
    )
    if is_over:
        since, why = "was shared with another company for a time", "None comes until you save."
    text = f"<#{shown.channel}> {since}. Should its weekly summary go on?"
    small = context("The channel is not told. People of the other company are in no summary. Change this on Home.")
    return Message(text, [section(f"*{text}* {why}"), *_question(shown, zones), small])


def kept(shown: Schedule) -> Message:
    """Answers when the summary comes from now on."""
    where = f"<#{shown.channel}>"
    change = actions(button("Change", "summaries.open", shown.channel, reads="Change when the summary comes"))
    if shown.state == "off":
        line = f"*No weekly summary in {where}.* The channel is not told."
    elif shown.state == "paused":
        line = f"*Paused.* {where} has its summary again from {shown.next_in_words}. The channel is not told."
    else:
        line = f"*Kept.* {where} has its summary on {shown.words}. Next: {shown.next_in_words}."
    return Message(line.replace("*", ""), [section(line), change])


def form(shown: Schedule, zones: Sequence[str]) -> Form:
    """Is the form of when a channel's summary comes."""
    day, hour, zone = _pickers(shown, zones)
    blocks = [
        section(f"The weekly summary of <#{shown.channel}>"),
        field_for("weekday", "Day", day),
        field_for("wall", "Time", hour),
        field_for("zone", "Zone", zone),
        context("It names only help both sides agreed on, and nobody who left their name out."),
    ]
    return Form("Weekly summary", blocks, "summaries.chosen", submit="Save", keeps=shown.channel)


def quiet(shown: Schedule, weeks: int, *, is_open: bool) -> Message:
    """Asks the owner, after quiet weeks, whether the summary should go on."""
    where = f"<#{shown.channel}>"
    if not is_open:
        return kept(shown)
    day = DAYS[str(shown.weekday)]
    text = (
        f"{where} has had {('no', 'one', 'two', 'three')[min(weeks, 3)]} quiet weeks. Should the {day} summary go on?"
    )
    row = actions(
        button("Keep it", "summaries.keep", shown.channel),
        button("Pause for a month", "summaries.pause", shown.channel),
        button("Stop it", "summaries.stop", shown.channel),
    )
    small = "The channel is not told. Until you answer I post only when there is something to tell."
    return Message(text, [section(f"*{text}*"), row, context(small)])


def on_home(shown: Sequence[Schedule], count: int) -> list[Block]:
    """Returns the first of so many channels whose summary somebody may choose, as Home shows them."""
    blocks = [
        section(f"<#{one.channel}>: {one.words}", _more(one))
        for one in shown
    ]  # fmt: skip
    more = [context(f"And {count - len(shown)} more.")] if count > len(shown) else []
    return [section("*Weekly summaries*"), *blocks, *more] if blocks else []


def name_line(*, is_unnamed: bool) -> Block:
    """Returns the line of the settings that says whether summaries may name somebody."""
    words = "left out" if is_unnamed else "shown, where both sides agreed"
    label = "Show it" if is_unnamed else "Leave it out"
    reads = "Show my name in summaries" if is_unnamed else "Leave my name out of summaries"
    wanted = SHOWN if is_unnamed else LEFT_OUT
    return section(f"*My name in summaries:* {words}", button(label, "summaries.name", wanted, reads=reads))


def named(*, is_unnamed: bool) -> Message:
    """Answers whether summaries may name somebody from now on."""
    line = (
        "*Left out.* Summaries count you and never name you."
        if is_unnamed
        else "*Shown* where both sides agreed on the help."
    )
    return Message(line.replace("*", ""), [section(line), context("Only you see this.")])


def _more(shown: Schedule) -> Block:
    return button("Change", "summaries.open", shown.channel, reads="Change when this channel's summary comes")


def _question(shown: Schedule, zones: Sequence[str]) -> tuple[Block, Block]:
    """Returns what asks when a summary should come: what can be picked, and the buttons."""
    pick = actions(*_pickers(shown, zones)) | {"block_id": f"when {shown.channel}"}
    return pick, actions(
        button("Save", "summaries.save", shown.channel, reads="Save when the summary comes"),
        button("No weekly summary", "summaries.stop", shown.channel),
        button("See an example", "summaries.example", shown.channel),
    )


def _pickers(shown: Schedule, zones: Sequence[str]) -> tuple[Block, Block, Block]:
    known = list(dict.fromkeys([shown.zone, *zones, "UTC"]))[:MOST_ZONES]
    return (
        choice("summaries.weekday", DAYS, str(shown.weekday), hint="Day"),
        {"type": "timepicker", "action_id": "summaries.wall", "initial_time": f"{shown.wall:%H:%M}"},
        choice("summaries.zone", {one: one.replace("_", " ")[:75] for one in known}, shown.zone, hint="Zone"),
    )
