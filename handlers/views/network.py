"""What `/network` answers: one's month, pausing, leaving and coming back."""

from handlers.views import hours
from handlers.views.kit import Form, Message, actions, button, context, field_for, section


def month(helped: int, before: int, home_url: str) -> Message:
    """Answers `/network`: one's own numbers, with last month beside them."""
    line = month_line(helped)
    blocks = [
        section(line),
        actions(button("Record a good turn", "acts.open"), button("Open Home", "home.open", url=home_url)),
        context(last_month(before)),
    ]
    return Message(line.replace("*", ""), blocks)


def month_line(helped: int) -> str:
    """Returns the line that says how many people one helped this month; a zero is said kindly."""
    if helped == 0:
        return "*My month* has room for a first good turn."
    return f"*My month:* {helped} {'person' if helped == 1 else 'people'} helped"


def last_month(before: int) -> str:
    """Returns the small print under one's month; a zero is left out."""
    return f"Last month: {before}. Only you see these numbers." if before else "Only you see these numbers."


def settings(words: str, paused_until: str | None, home_url: str) -> Message:
    """Answers `/network settings`: one's hours in words, one's pause, and the way to the rest."""
    if paused_until:
        pause = section(f"*Paused until {paused_until}.*", button("End it now", "network.resume"))
    else:
        what = "What I say of my own accord waits for the day you name."
        pause = section(
            f"*Pause:* off. {what}", button("Pause", "network.pause", reads="Pause what I say of my own accord")
        )
    leads = actions(button("Open Home", "home.open", url=home_url), button("All commands", "help.all"))
    blocks = [hours.line(words), pause, leads, context("Only you see this.")]
    return Message("Your settings: working hours, pause, and more on Home.", blocks)


def paused(until: str) -> Message:
    """Answers that the bot keeps quiet until a day."""
    line = f"*Paused until {until}.* What I say of my own accord waits. Quiet messages about help still come."
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
        context("Only you see this. Quiet messages about help you got or gave still come."),
    ]
    return Form("Pause Good Turn", blocks, "network.paused", submit="Pause")


def left() -> Message:
    """Answers that somebody has left."""
    line = "*You have left Good Turn.* I will not write to you, name you or suggest you. Your data stays."
    return Message("You have left Good Turn.", [section(line), actions(button("Come back", "network.come_back"))])


def back() -> Message:
    """Answers that somebody has come back."""
    line = "*Welcome back.* Help you give and get is recorded again."
    return Message("Welcome back.", [section(line), actions(button("Record a good turn", "acts.open"))])
