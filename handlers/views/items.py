"""What members read of events: the answer to whoever goes. In a nudge: `suggestions.py`."""

from dataclasses import dataclass

from handlers.views.kit import Message, actions, button, clipped, context, notice, section
from storage.tables import Item

_WHY = "You read this because you said that you are going."


@dataclass(frozen=True)
class Shown:
    """An event as somebody reads it: its day in words, its time unless it is of whole days, and in how many days it is."""

    item: Item
    day: str
    time: str | None
    days_ahead: int

    @property
    def ahead(self) -> str:
        """In how many days it is, in words."""
        return {0: "Today", 1: "Tomorrow", 7: "In a week"}.get(self.days_ahead, f"In {self.days_ahead} days")


def changed(shown: Shown, *, is_back: bool = False) -> Message:
    """Tells whoever goes to an event that it is called off, or when it takes place; `is_back` where it had been called off."""
    item = shown.item
    called = clipped(item.title)
    if item.is_cancelled:
        line = f"*It does not take place:* {called}, {shown.day}."
        return Message(notice("It does not take place: ", item.title), [section(line), context(_WHY)])
    then = shown.time or shown.day
    place = f", {clipped(item.place)}" if item.place else ""
    row = actions(button("I am not going", "items.stay", item.id))
    line = (
        f"*It takes place:* {called} is {then}{place}." if is_back else f"*A new time:* {called} is {then} now{place}."
    )
    head = "It takes place: " if is_back else "A new time: "
    return Message(notice(head, item.title, f", {then}"), [section(line), row, context(_WHY)])


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
