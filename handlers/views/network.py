"""What `/network` answers: one's month, pausing, leaving and coming back."""

from collections.abc import Sequence

from bot.exports import MINE
from bot.months import Month
from handlers.views import hours
from handlers.views.erasing import delete_button
from handlers.views.exports import export_button
from handlers.views.kit import Block, Form, Message, actions, button, context, field_for, section


def month_line(mine: Month) -> str:
    """Returns the line of one's measures this month; what is none is left out, and if all are, that is said kindly."""
    counted = _counted(mine.people_helped, mine.calls_returned, mine.referrals_shared)
    if mine.referrals_met:
        counted[-1] += f", {mine.referrals_met} met"
    return f"*My month:* {' · '.join(counted)}" if counted else "*My month* has room for a first good turn."


def last_month(mine: Month) -> str:
    """Returns the small print under one's month: last month's measures."""
    counted = _counted(mine.people_helped_before, mine.calls_returned_before, mine.referrals_shared_before)
    return f"Last month: {' · '.join(counted)}. {_PRIVATE}" if counted else _PRIVATE


_PRIVATE = "Only you see these numbers."


def _counted(helped: int, returned: int, shared: int) -> list[str]:
    people = f"{helped} {'person' if helped == 1 else 'people'} helped"
    calls = f"{returned} {'call' if returned == 1 else 'calls'} returned"
    referrals = f"{shared} {'referral' if shared == 1 else 'referrals'} shared"
    return [words for count, words in ((helped, people), (returned, calls), (shared, referrals)) if count]


def settings(words: str, paused_until: str | None, reach: Sequence[Block], home_url: str) -> Message:
    """Answers `/network settings`: one's hours in words, one's pause, the lines of what may reach one, the rest."""
    if paused_until:
        pause = section(f"*Paused until {paused_until}.*", button("End it now", "network.resume"))
    else:
        what = "What I say of my own accord waits for the day you name."
        pause = section(
            f"*Pause:* off. {what}", button("Pause", "network.pause", reads="Pause what I say of my own accord")
        )
    leads = actions(button("Open Home", "home.open", url=home_url), button("All commands", "help.all"))
    blocks = [hours.line(words), pause, *reach, leads, context("Only you see this.")]
    return Message("Your settings: working hours, pause, and more on Home.", blocks)


def paused(until: str) -> Message:
    """Answers that the bot keeps quiet until a day."""
    waits = "What I say of my own accord waits. Reminders at your times and quiet messages about help still come."
    line = f"*Paused until {until}.* {waits}"
    blocks = [section(line), actions(button("End it now", "network.resume"), button("Change", "network.pause"))]
    return Message(f"Paused until {until}.", blocks)


def resumed() -> Message:
    """Answers that the pause is over."""
    return Message("The pause is over.", [section("*The pause is over.* Welcome back.")])


def pause_form() -> Form:
    """Is the form that asks for the day on which a pause ends."""
    picker = {"type": "datepicker", "action_id": "day"}
    blocks = [
        field_for("day", "Until which day?", picker, hint="I start again at 9:00 AM of that day."),
        context("Only you see this. Reminders at a time you gave, and quiet messages about help, still come."),
    ]
    return Form("Pause Good Turn", blocks, "network.paused", submit="Pause")


def left() -> Message:
    """Answers that somebody has left."""
    line = "*You have left Good Turn.* I will not write to you, name you or suggest you."
    line += " Your data stays; take it along or delete it whenever you like."
    come_back = button("Come back", "network.come_back")
    return Message(
        "You have left Good Turn.", [section(line), actions(come_back, export_button(MINE), delete_button())]
    )


def back() -> Message:
    """Answers that somebody has come back."""
    line = "*Welcome back.* Help you give and get is recorded again."
    return Message("Welcome back.", [section(line), actions(button("Record a good turn", "acts.open"))])
