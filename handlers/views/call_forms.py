"""The forms about calls to return: noting or changing one, and another time for it."""

from datetime import datetime

from bot.callbacks import MOST_ABOUT, MOST_NOTE
from handlers.views.kit import Block, Form, actions, button, choice, context, field_for, people_field, text_field

REPEATS = {
    "never": "Does not repeat",
    "weekdays": "Every working day, Mon to Fri",
    "weekly": "Every week",
    "fortnightly": "Every other week",
    "monthly": "Every month",
}
LONGEST = 3000  # as many as Slack takes: what is too long is shown, to be shortened, and not cut
ONLY_YOU = "Only you see this. Nobody is messaged but you."


def call_form(
    callback_id: str,
    keeps: str,
    *,
    slack_id: str | None,
    outsider: str,
    about: str,
    note: str,
    wall: datetime,
    every: str | None = None,
) -> Form:
    """Is the form of a call; `wall` is the time shown in it, and `every` the repeat in words that it has now."""
    repeats = {**({"kept": f"{every[0].upper()}{every[1:]}"[:75]} if every else {}), **REPEATS}
    who = people_field("person", [slack_id] if slack_id else [], several=False)
    blocks = [
        field_for("person", "Who is it to call?", who, optional=True),
        field_for("outsiders", "Not in this Slack", text_field("outsiders", outsider, most=150, hint="Jane Doe (Acme)"),
                  hint="Name (Company). Only you see it.", optional=True),
        field_for("about", "What about?", text_field("about", about, most=LONGEST, hint="the RFP"), optional=True,
                  hint=f"Up to {MOST_ABOUT} characters."),
        field_for("day", "Which day?", date_field(wall)),
        field_for("time", "At what time?", time_field(wall)),
        field_for("every", "Does it repeat?", choice("every", repeats, "kept" if every else "never")),
        field_for("note", "A note to yourself", text_field("note", note, most=LONGEST, lines=True), optional=True,
                  hint=f"It comes with the reminder. Up to {MOST_NOTE} characters."),
        context(ONLY_YOU),
    ]  # fmt: skip
    title = "Change this call" if callback_id == "callbacks.changed" else "A call to return"
    return Form(title, blocks, callback_id, submit="Save", keeps=keeps)


def another_time_form(turn_id: str, wall: datetime) -> Form:
    """Is the form that asks for another time."""
    blocks = [
        field_for("day", "Which day?", date_field(wall)),
        field_for("time", "At what time?", time_field(wall)),
        context(ONLY_YOU),
    ]
    return Form("Another time", blocks, "callbacks.moved", submit="Move it", keeps=turn_id)


def pickers(wall: datetime, draft_id: str) -> Block:
    """Returns a day, a time and a button that saves both, for a message."""
    return actions(date_field(wall), time_field(wall), button("Save", "callbacks.picked", draft_id))


def date_field(wall: datetime) -> Block:
    """Returns a field for a day."""
    return {"type": "datepicker", "action_id": "callbacks.day", "initial_date": wall.date().isoformat()}


def time_field(wall: datetime) -> Block:
    """Returns a field for a time of day."""
    return {"type": "timepicker", "action_id": "callbacks.time", "initial_time": f"{wall:%H:%M}"}
