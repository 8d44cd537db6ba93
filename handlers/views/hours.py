"""The form in which members choose when they work, and the line that shows it."""

from collections.abc import Collection
from datetime import time

from bot import countries, working
from bot.working import WorkingTime
from handlers.views.kit import Block, Form, Message, button, context, field_for, option, section, text_field

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_COUNTRY = 60  # characters; the longest name of one has 44
COUNTRY_HINT = "Its name in English, or its two letters. Leave it empty for no holidays."


def line(words: str) -> Block:
    """Returns the line of the settings that shows somebody's hours and leads to the form."""
    return section(f"*Working hours:* {words}", button("Change", "hours.open", reads="Change your working hours"))


def form(hours: WorkingTime) -> Form:
    """Is the form of one's working hours, as they hold now."""
    place = working.place_of(hours)
    blocks = [
        field_for("starts", "Your day starts", _time("starts", hours.starts), hint=f"In {place}, as Slack has your zone."),
        field_for("ends", "Your day ends", _time("ends", hours.ends)),
        field_for("days", "On these days", _days(hours.days)),
        country_field("Country whose holidays you keep", hours.country),
        context(
            "Only you see this. What I say of my own accord waits for these hours. Quiet messages about help, and reminders at"
            " a time you gave, come at once."
        ),
    ]  # fmt: skip
    return Form("Working hours", blocks, "hours.chosen", submit="Save")


def country_field(label: str, code: str) -> Block:
    """Returns a field for a country: a menu holds a hundred entries, and there are more countries than that."""
    element = text_field("country", countries.name_of(code), most=LONGEST_COUNTRY, hint="Sweden, or SE")
    return field_for("country", label, element, optional=True, hint=COUNTRY_HINT)


def chosen(hours: WorkingTime) -> Message:
    """Answers that somebody's hours were kept, and what they are."""
    words, country = working.in_words(hours), countries.name_of(hours.country)
    kept = f"*Holidays:* {country}" if country else "*Holidays:* none"
    blocks = [section(f"*Saved.* You work {words}."), section(kept), context("Only you see this.")]
    return Message(f"Saved. You work {words}.", blocks)


def _time(action: str, wall: time) -> Block:
    return {"type": "timepicker", "action_id": action, "initial_time": f"{wall:%H:%M}"}


def _days(days: Collection[int]) -> Block:
    shown = [option(str(day), name) for day, name in enumerate(_DAYS)]
    ticked = [shown[day] for day in sorted(days)]
    return {"type": "checkboxes", "action_id": "days", "options": shown} | (
        {"initial_options": ticked} if ticked else {}
    )
