"""What is said about asks and offers: the post, what the asker reads, what a helper reads. The forms: `ask_forms.py`."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.views.kit import Block, Message, actions, button, context, name, names, notice, quote, section
from storage.tables import Ask

ONLY_YOU = "Only you see this."
STATE = {"solved": "Solved", "closed": "Closed"}


@dataclass(frozen=True)
class Shown:
    """An ask as somebody reads it: who asks, and its last day in words. `offers` are the names of those who offered."""

    ask: Ask
    asker: str
    until: str
    offers: Sequence[str] = ()


def posted(shown: Shown) -> Message:
    """Is an ask in its channel; once it is over it says so, and names no helper."""
    who, ask = name(shown.asker), shown.ask
    if not ask.words:
        return Message(f"{STATE[ask.state]}. What was asked is no longer kept.")
    if ask.state != "open":
        line = f"{STATE[ask.state]}: {who} asked for this."
        return Message(
            notice(f"{STATE[ask.state]}: {who} asked for ", ask.words), [section(f"*{line}*"), quote(ask.words)]
        )
    topics = f"Topics: {name(ask.topics)}. " if ask.topics else ""
    return Message(
        _asks_for(shown),
        [
            section(f"*{who} asks for this, by {shown.until}:*"),
            quote(ask.words),
            row_of(ask.id, shown.asker),
            context(f"{topics}Offers go to {who} alone."),
        ],
    )


def row_of(ask_id: str, asker: str) -> Block:
    """Returns the two answers to an ask."""
    return actions(
        button("I can help", "asks.offer", ask_id, reads=f"I can help {asker}"[:75]),
        button("I know someone", "asks.someone", ask_id, reads=f"I know someone for {asker}"[:75]),
    )


def asked(shown: Shown) -> Message:
    """Answers the asker with the ask as it stands."""
    ask = shown.ask
    if ask.state != "open":
        line = "*It is solved.* Those who helped have your thanks." if ask.state == "solved" else "*It is closed.*"
        return Message(line.replace("*", ""), [section(line), quote(ask.words)])
    if ask.channel:
        where = f"Everyone in <#{ask.channel}> sees it."
    else:
        where = "It is posted nowhere: those whose topics fit read of it in their next nudge."
    line = f"*Asked, until {shown.until}.* {where}"
    small = context("Offers come to you alone. When that day has come I ask you whether it is solved.")
    return Message(line.replace("*", ""), [section(line), quote(ask.words), _owners_row(ask.id), small])


def reminder(shown: Shown) -> Message:
    """Asks the asker, on the day, whether it is solved."""
    ask = shown.ask
    if ask.state != "open":
        return asked(shown)
    text = notice("Is your ask solved? You asked for ", ask.words)
    row = actions(
        button("It is solved", "asks.solved", ask.id),
        button("Keep it open", "asks.keep", ask.id),
        button("Close it quietly", "asks.close", ask.id),
    )
    small = "Without an answer it closes by itself in a week. Only you see this."
    return Message(text, [section("*Is your ask solved?*"), quote(ask.words), row, context(small)])


def offered(shown: Shown, helper: str, state: str, about: str) -> Message:
    """Tells the asker of an offer, with what became of it."""
    ask, who = shown.ask, name(helper)
    if state == "taken back":
        return Message(f"{who} took the offer back.", [section(f"*{who} took the offer back.*"), quote(ask.words)])
    if ask.state != "open":
        return asked(shown)
    lines = {
        "offered": f"*{who} can help with your ask:*",
        "accepted": f"*You said yes to {who}.* {who} knows.",
        "covered": f"*You are covered.* {who} does not hear of this.",
    }
    accept = () if state == "accepted" else (button("Accept the offer", "asks.accept", about),)
    covered = (button("I am covered", "asks.covered", about),) if state == "offered" else ()
    row = actions(*accept, *covered, button("It is solved", "asks.solved", ask.id))
    small = {"offered": f"{who} hears of your choice only if it is yes. Nobody else sees the offer."}.get(
        state, ONLY_YOU
    )
    text = notice(f"{who} can help with your ask: ", ask.words)
    return Message(text, [section(lines.get(state, lines["offered"])), quote(ask.words), row, context(small)])


def heard(shown: Shown, *, is_offered: bool) -> Message:
    """Answers whoever offered, or took it back."""
    who = name(shown.asker)
    if not is_offered:
        return Message("Taken back.", [section(f"*Taken back.* {who}'s ask stays open.")])
    line = f"*{who} hears that you can help.* Nobody else sees your offer."
    row = actions(button("Take it back", "asks.take_back", shown.ask.id))
    small = context(f"You hear from me if {who} says yes, and when the ask is over.")
    return Message(line.replace("*", ""), [section(line), row, small])


def accepted(shown: Shown, url: str) -> Message:
    """Tells a helper that the asker said yes."""
    who = name(shown.asker)
    line = f"*{who} said yes to your offer.* Write to each other now."
    row = actions(button(f"Message {shown.asker}"[:24], "asks.message", url=url))
    text = notice(f"{who} said yes to your offer: ", shown.ask.words)
    return Message(text, [section(line), quote(shown.ask.words), *([row] if shown.ask.state == "open" else [])])


def closed(shown: Shown) -> Message:
    """Tells a helper that an ask they offered for is over."""
    line = f"*{name(shown.asker)}'s ask is closed.* Thank you for offering."
    return Message(line.replace("*", ""), [section(line), quote(shown.ask.words)])


def on_home(shown: Sequence[Shown]) -> list[Block]:
    """Returns a member's own open asks as Home shows them."""
    ask = button("Ask for help", "asks.open")
    if not shown:
        return [section("*No open asks.* What would help you? You choose who sees it.", ask)]
    blocks = []
    for one in shown:
        offers = f" Offers: {names(one.offers)}." if one.offers else ""
        words = name(one.ask.words)
        blocks.append(
            section(
                f"{words}, until {one.until}.{offers}",
                button("It is solved", "asks.solved", one.ask.id, reads=f"It is solved: {one.ask.words}"[:75]),
            )
        )
    return [section("*My asks*", ask), *blocks]


def _asks_for(shown: Shown) -> str:
    return notice(f"{name(shown.asker)} asks for ", shown.ask.words, f", by {shown.until}")


def _owners_row(ask_id: str) -> Block:
    return actions(
        button("It is solved", "asks.solved", ask_id),
        button("Close it quietly", "asks.close", ask_id),
    )
