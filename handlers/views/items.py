"""What members read of events: one as part of a nudge, and the answer to whoever goes."""

from dataclasses import dataclass

from handlers.views.kit import Block, Message, actions, button, clipped, context, notice, section
from storage.tables import Item


@dataclass(frozen=True)
class Shown:
    """An event as somebody reads it: its day in words, its time unless it is of whole days, and in how many days it is."""

    item: Item
    day: str
    time: str | None
    days_ahead: int


def event(shown: Shown, *others: Block) -> list[Block]:
    """Is an event in a nudge; `others` are the nudge's own buttons beside *I am going*, such as *Not this*."""
    item = shown.item
    called = clipped(item.title)
    if item.is_cancelled:
        return [section(f"*It does not take place:* {called}, {shown.day}")]
    place = [context(clipped(item.place))] if item.place else []
    go = button("I am going", "items.going", item.id, reads=f"I am going: {called}")
    link = (
        [button("Read more", "items.read", url=item.url, reads=f"Read more: {called}")]
        if item.url and len(others) < 2
        else []
    )
    return [section(f"*{_when(shown)}:* {called}, {shown.day}"), *place, actions(go, *link, *others)]


def in_notice(shown: Shown) -> str:
    """Returns an event as a notification has it."""
    return notice(f"{_when(shown)}: ", shown.item.title, f", {shown.day}")


def heard(shown: Shown, *, is_going: bool, wants_to_meet: bool) -> Message:
    """Answers whoever goes, or takes that back."""
    item = shown.item
    called, then = clipped(item.title), shown.time or shown.day
    if item.is_cancelled:
        return Message("It does not take place.", [section(f"*It does not take place:* {called}, {then}.")])
    back = button("Take it back", "items.stay", item.id)
    if not is_going:
        again = actions(button("I am going", "items.going", item.id))
        return Message("Taken back.", [section(f"*Taken back.* {called} stays in the calendar, {then}."), again])
    line = section(f"*You are going:* {called}, {then}.")
    if wants_to_meet:
        small = context("I suggest you to those alone who go and asked for the same.")
        return Message("You are going, and would like to meet others.", [line, section("You would like to meet others there."),
                       actions(back), small])  # fmt: skip
    row = actions(button("I would like to meet", "items.meet", item.id), back)
    small = context("Two who go are suggested to each other only if both asked for that. Nobody is told that you go.")
    return Message("You are going.", [line, section("Would you like to meet others who go?"), row, small])


def _when(shown: Shown) -> str:
    return {0: "Today", 1: "Tomorrow", 7: "In a week"}.get(shown.days_ahead, f"In {shown.days_ahead} days")
