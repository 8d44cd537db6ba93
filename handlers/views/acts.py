"""What is said about acts: to the one who records, and to the one who is told. Their forms are in `act_forms.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import kinds
from bot.ledger import Recorded, other_side
from handlers.views.kit import (
    Block,
    Message,
    actions,
    button,
    choice,
    context,
    name,
    names,
    notice,
    question,
    quote,
    section,
)
from storage.acts import Entry

KIND_LABELS = {kind: label[0].upper() + label[1:] for kind, label in kinds.NAMES.items()}


@dataclass(frozen=True)
class Told:
    """An act as one of its two sides reads it; `has_summary` says that its channel has a weekly one."""

    entry: Entry
    reader_id: str
    names: Mapping[str, str]
    greets: bool = False
    has_summary: bool = False

    @property
    def other(self) -> str:
        """The name of the other side, harmless."""
        return name(self.names.get(other_side(self.entry.act, self.reader_id), ""))


def recorded(said: Recorded, can_share: bool = False) -> Message:
    """Answers the one who recorded, with the kind to correct, Undo and Edit."""
    standing = [entry for entry in said.entries if entry.stands]
    if not standing:
        return undone(said)
    first, people = standing[0], names(said.names)
    kind = kinds.NAMES[first.act.kind]
    outside = first.act.contact_id is not None and len(standing) == 1
    private = first.is_private and not outside
    opening = f"Recorded for {people}" if said.role == "gave" else f"Your thanks to {people} is recorded"
    opening += ", in private" if private else ""
    where = " outside this Slack" if outside else ""
    if first.act.is_guess:
        line = f"*{opening},*{where}{',' if outside else ''} as {kind}. That is my guess: change it if it is not right."
    else:
        line = f"*{opening},*{where}: {kind}" if outside else f"*{opening}:* {kind}"
    menu = choice("acts.kind", KIND_LABELS, first.act.kind, hint="Kind")
    buttons = [
        button("Undo", "acts.undo", said.said_id),
        button("Edit", "acts.edit", said.said_id),
    ]
    if can_share and private and first.channel is None:
        buttons.append(button("Share to a channel", "acts.share", said.said_id))
    blocks = [
        section(line, menu, about=said.said_id),
        *quoted(first),
        actions(*buttons),
        context(_who_reads(said, standing)),
    ]
    return Message(f"{opening}: {kind}", blocks)


def undone(said: Recorded) -> Message:
    """Answers that a statement was taken back."""
    if all(entry.act.contact_id for entry in said.entries):
        line = "*Undone.* It counts nowhere."
    elif all(entry.act.source == "introduction" for entry in said.entries):
        line = "*Undone.* It counts nowhere. The introduction itself stays as it is."
    elif said.is_long_ago:
        line = "*Undone.* It counts nowhere. Messages about it are more than 90 days old and stay as they are."
    elif said.was_told:
        whose = f"{names(said.names)}'s message now says" if len(said.names) == 1 else "their messages now say"
        line = f"*Undone.* It counts nowhere, and {whose} that you took it back."
    else:
        line = f"*Undone.* It counts nowhere. {names(said.names)} {'was' if len(said.names) == 1 else 'were'} not told."
    return Message(line.replace("*", ""), [section(line)])


def told(act: Told) -> Message:
    """Is the quiet message about an act, as things stand: to thank, fix or remove; thanked; taken back; removed."""
    entry, other = act.entry, act.other
    if entry.reversal is not None:
        if entry.reversal.written_by == act.reader_id:
            who = f"On Home, {other} sees it as removed, without a reason."
            return Message(
                "Removed. It counts for nobody.",
                [section(f"*Removed.* It counts for nobody and is in no summary. {who}")],
            )
        return Message(
            f"{other} took this good turn back.", [section(f"*{other} took this good turn back.* It counts nowhere.")]
        )
    if act.reader_id == entry.act.helper_id:
        return _thanked_you(act)
    if entry.is_confirmed:
        return _you_thanked(act)
    end = ". Inside: what Good Turn is, and how to stop it." if act.greets else ". Thank, fix or remove it inside."
    text = notice(f"{other} recorded a good turn for you: ", entry.act.words, end)
    blocks = [
        section(f"*{other} recorded a good turn for you:* {kinds.NAMES[entry.act.kind]}"),
        *quoted(entry),
        actions(
            button("Thanks, it helped", "acts.thank", entry.act.root_id),
            button("Fix it", "acts.fix", entry.act.root_id),
            removal(entry),
        ),
        context(
            f"No answer needed.{' After your thanks, the weekly summary may name you both.' if act.has_summary else ''}"
        ),
    ]
    return Message(text, blocks)


def helped(act: Told) -> Message:
    """Tells the helper that somebody says it helped, with the word they added."""
    entry, other = act.entry, act.other
    if not entry.stands:
        return Message(
            f"{other} removed this good turn.", [section(f"*{other} removed this good turn.* It counts for nobody.")]
        )
    if entry.thanks is None:
        return Message(
            f"{other} took the thanks back.", [section(f"*{other} took the thanks back.* Your good turn stands.")]
        )
    blocks = [section(f"*{other} says it helped:* {kinds.NAMES[entry.act.kind]}"), *quoted(entry)]
    if entry.thanks.words:
        blocks += [section(f"{other} adds:"), quote(entry.thanks.words)]
    return Message(notice(f"{other} says it helped: ", entry.act.words), blocks)


def fixed(act: Told) -> Message:
    """Tells the one who recorded an act what the other side changed in it."""
    entry, other = act.entry, act.other
    if not entry.stands:
        return Message(
            f"{other} removed this good turn.", [section(f"*{other} removed this good turn.* It counts for nobody.")]
        )
    line = f"{other} changed the good turn you recorded: "
    private = ". It is private now." if entry.is_private else ""
    blocks = [section(f"*{line.strip()}* {kinds.NAMES[entry.act.kind]}{private}"), *quoted(entry)]
    if entry.act.helped_id == act.reader_id and not entry.is_confirmed:
        blocks.append(actions(button("Thanks, it helped", "acts.thank", entry.act.root_id)))
    return Message(notice(line, entry.act.words), blocks)


def noted(act: Told) -> Message:
    """Is the one private line to somebody whose emoji recorded a thanks."""
    if not act.entry.stands:
        return Message("Undone. It counts nowhere.", [section("*Undone.* It counts nowhere.")])
    line = f"*Your thanks to {act.other} is recorded.* Taking the emoji off undoes it."
    blocks = [section(line), actions(button("Undo", "acts.undo", act.entry.act.said_id)), context("Only you see this.")]
    return Message(f"Your thanks to {act.other} is recorded.", blocks)


def _thanked_you(act: Told) -> Message:
    """Is the quiet message to somebody who was thanked."""
    entry, other = act.entry, act.other
    words = entry.act.words or "a message of yours"
    text = notice(
        f"{other} thanks you: ", words, ". Inside: what Good Turn is, and how to stop it." if act.greets else ""
    )
    kind = kinds.NAMES[entry.act.kind]
    if entry.act.source == "ask":
        text = notice(f"{other}'s ask is solved, and {other} says you helped: ", words)
    line = (
        f"*{other}'s ask is solved, and {other} says you helped:*"
        if entry.act.source == "ask"
        else f"*{other} thanks you:* {kind}"
        if entry.act.words
        else f"*{other} thanks you* for a message in <#{entry.channel}>"
    )
    keep = () if entry.is_private else (button("Keep it private", "acts.private", entry.act.root_id),)
    named = "The weekly summary may name you both. Leave your name out on Home. " if act.has_summary else ""
    where = "It is private: no summary has it. " if entry.is_private else named
    blocks = [
        section(line),
        *quoted(entry),
        actions(*keep, button("Fix it", "acts.fix", entry.act.root_id), removal(entry)),
        context(f"{where}No answer needed."),
    ]
    return Message(text, blocks)


def _you_thanked(act: Told) -> Message:
    entry = act.entry
    added = [section("You added:"), quote(entry.thanks.words)] if entry.thanks and entry.thanks.words else []
    buttons = actions(
        button("Change your word" if added else "Add a word", "acts.word", entry.act.root_id),
        button("Undo", "acts.unthank", entry.act.root_id),
    )
    text = f"You thanked {act.other}."
    return Message(text, [section(f"*{text}*"), *quoted(entry), *added, buttons])


def removal(entry: Entry) -> Block:
    """Returns the button with which whoever was told of an act removes it, once they have answered the question."""
    asks = question(
        "Remove this one for good?",
        "It will count for nobody and cannot be brought back.",
        "Remove it",
        "Keep it",
        is_grave=True,
    )
    return button("Remove it", "acts.remove", entry.act.root_id, asks=asks)


def _who_reads(said: Recorded, standing: list[Entry]) -> str:
    """Says who will see it, and who is not messaged: contacts never are."""
    people = [one for one, entry in zip(said.names, said.entries, strict=True) if entry.act.contact_id is None]
    outside = [one for one in said.names if one not in people]
    not_messaged = (
        f" {names([one.partition(' ')[0] for one in outside])} {_is(outside)} not messaged." if outside else ""
    )
    if not people:
        return f"Only you see the {'name' if len(outside) == 1 else 'names'}.{not_messaged}"
    if all(entry.is_private for entry in standing):
        return f"Only you and {names(people)} see this. No summary has it.{not_messaged}"
    counts = _what_the_summary_does(said, standing, people) if said.has_summary else ""
    return f"{names(people)} {'gets' if len(people) == 1 else 'each get'} a quiet message.{counts}{not_messaged}"


def _what_the_summary_does(said: Recorded, standing: list[Entry], people: Sequence[str]) -> str:
    """Says what the channel's weekly summary does with a statement, before it does."""
    where = f"<#{standing[0].channel}>"
    if said.role == "got":
        return f" {where}'s weekly summary counts it, and may quote you."
    agrees = f"{names(people)} agrees" if len(people) == 1 else "they agree"
    return f" {where}'s weekly summary counts it, and names nobody unless {agrees}."


def _is(people: Sequence[str]) -> str:
    return "is" if len(people) == 1 else "are"


def quoted(entry: Entry) -> list[Block]:
    """Returns an act's words as a quotation; a thanks by emoji has none."""
    return [quote(entry.act.words)] if entry.act.words else []
