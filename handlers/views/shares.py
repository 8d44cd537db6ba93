"""What members read of news that one shares with another."""

from urllib.parse import urlsplit

from handlers.views.acts import Told, quoted, removal
from handlers.views.kit import (
    TITLE_CHARACTERS,
    Block,
    Form,
    Message,
    actions,
    button,
    context,
    field_for,
    name,
    notice,
    quote,
    section,
    text_field,
)

_WHEN = "{} gets it in working hours."
_LONGEST = 3000  # as many as Slack takes: what is too long is shown, to be shortened, and not cut
STOPS = "News comes from people you have exchanged help with, until you choose otherwise."


def form(sharer: str, other: str, words: str, url: str | None, keeps: str) -> Form:
    """Shows what somebody will read, before it is sent, with room for a line of one's own."""
    who = name(other)
    leads = [context(f"With a button that leads to {name(urlsplit(url).hostname or '')}.")] if url else []
    blocks = [
        section(f"*{who} will read:*"),
        section(_opening(sharer)),
        quote(words),
        *leads,
        field_for("line", "A line of your own", text_field("line", "", most=_LONGEST, hint="Page 3 is about your site."),
                  optional=True, hint="It comes before the title."),
        context(f"{_WHEN.format(who)} It is recorded as timely information, between you two. {who} can remove it."),
    ]  # fmt: skip
    return Form("Share news", blocks, "shares.sent", submit=f"Share with {other}"[:TITLE_CHARACTERS], keeps=keeps)


def sent(other: str, said_id: str) -> Message:
    """Answers whoever shared."""
    line = f"*Shared with {name(other)}.* It is recorded as timely information, and no summary has it."
    undo = actions(button("Undo", "acts.undo", said_id))
    return Message(
        line.replace("*", ""), [section(line), undo, context(f"{_WHEN.format(name(other))} Only you see this.")]
    )


def shared(act: Told, url: str | None, *, is_first: bool) -> Message:
    """Brings somebody news in the name of whoever shared it; the first one says how to stop."""
    entry = act.entry
    end = ". Inside: what Good Turn is, and how to stop it." if act.greets else ""
    read = [button("Read it", "items.read", url=url)] if url else []
    row = actions(
        *read,
        button("Thanks, it helped", "acts.thank", entry.act.root_id),
        removal(entry),
    )
    stop: list[Block] = (
        [section(STOPS, button("Choose", "nudges.open", reads="Choose who may share news"))] if is_first else []
    )
    last = context("No answer needed. Only you two see this.")
    blocks = [section(_opening(act.other)), *quoted(entry), row, *stop, last]
    return Message(notice(f"{act.other} thought of you: ", entry.act.words, end), blocks)


def _opening(sharer: str) -> str:
    return f"*{name(sharer)} thought of you:*"
