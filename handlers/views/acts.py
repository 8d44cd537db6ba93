"""What is said about acts: to the one who records, to the one who is told, and the forms of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot import kinds
from bot.acts import MOST_CHARACTERS, MOST_PEOPLE, Recorded
from handlers.views.kit import (
    Block,
    Form,
    Message,
    actions,
    button,
    choice,
    context,
    field_for,
    name,
    names,
    notice,
    people_field,
    question,
    quote,
    radio,
    section,
    text_field,
)
from storage.acts import Entry

GUESS = "guess"
KIND_LABELS = {kind: label[0].upper() + label[1:] for kind, label in kinds.NAMES.items()}
WHO_SEES = {"channel": "The channel may count it", "private": "Only the two of us"}


@dataclass(frozen=True)
class Told:
    """An act as one of its two sides reads it."""

    entry: Entry
    reader_id: str
    names: Mapping[str, str]
    greets: bool = False

    @property
    def other(self) -> str:
        """The name of the other side, harmless."""
        act = self.entry.act
        other_id = act.helper_id if self.reader_id == act.helped_id else act.helped_id
        return name(self.names.get(other_id or act.contact_id or "", ""))


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
    if first.act.is_guess:
        line = f"*{opening},* as {kind}. That is my guess: change it if it is not right."
    elif outside:
        line = f"*{opening},* outside this Slack: {kind}"
    else:
        line = f"*{opening}:* {kind}"
    buttons = [
        choice("acts.kind", KIND_LABELS, first.act.kind, hint="Kind"),
        button("Undo", "acts.undo", said.said_id),
        button("Edit", "acts.edit", said.said_id),
    ]
    if can_share and private and first.channel is None:
        buttons.append(button("Share to a channel", "acts.share", said.said_id))
    blocks = [
        section(line),
        *_quoted(first),
        actions(*buttons, block_id=said.said_id),
        context(_who_reads(said, standing)),
    ]
    return Message(f"{opening}: {kind}", blocks)


def undone(said: Recorded) -> Message:
    """Answers that a statement was taken back."""
    people = names(said.names)
    if all(entry.act.contact_id for entry in said.entries):
        line = "*Undone.* It counts nowhere."
    elif said.was_told:
        whose = f"{people}'s message now says" if len(said.names) == 1 else "their messages now say"
        line = f"*Undone.* It counts nowhere, and {whose} that you took it back."
    else:
        were = "was" if len(said.names) == 1 else "were"
        line = f"*Undone.* It counts nowhere. {people} {were} not told."
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
        *_quoted(entry),
        actions(
            button("Thanks, it helped", "acts.thank", entry.act.root_id),
            button("Fix it", "acts.fix", entry.act.root_id),
            _remove(entry),
        ),
        context("No answer needed."),
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
    blocks = [section(f"*{other} says it helped:* {kinds.NAMES[entry.act.kind]}"), *_quoted(entry)]
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
    private = " It is private now." if entry.is_private else ""
    blocks = [section(f"*{line.strip()}* {kinds.NAMES[entry.act.kind]}.{private}"), *_quoted(entry)]
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


def form(
    *,
    callback_id: str,
    keeps: str,
    role: str,
    slack_ids: list[str],
    outsiders: str = "",
    kind: str | None = None,
    words: str = "",
    channel: str | None = None,
    is_private: bool = False,
    asks_role: bool = False,
) -> Form:
    """Is the form of a statement, for recording and for editing. `channel` None leaves out who may see it: only the two can."""
    gave = role == "gave"
    options = {GUESS: "Let me guess", **KIND_LABELS}
    roles = {"gave": "I helped them", "got": "They helped me"}
    who = "Who did you help?" if gave else "Who helped you?"
    people = people_field("people", slack_ids, most=MOST_PEOPLE)
    people["focus_on_load"] = True
    blocks: list[Block] = [
        field_for("people", "Who is it about?" if asks_role else who, people, optional=True),
        field_for("outsiders", "Not in this Slack", text_field("outsiders", outsiders, most=200, hint="Jane Doe (Acme)"),
                  hint="Name (Company). Only you see it, and nobody is messaged.", optional=True),
        field_for("words", "What happened?", text_field("words", words, most=MOST_CHARACTERS, lines=True)),
        field_for("kind", "Kind of help", choice("kind", options, kind or GUESS)),
    ]  # fmt: skip
    if asks_role:
        blocks.insert(0, field_for("role", "What happened?", radio("role", roles, role)))
    if channel is not None:
        seen_by = radio("sees", WHO_SEES, "private" if is_private else "channel")
        blocks.append(field_for("sees", "Who may see it?", seen_by))
    blocks.append(context("Each person named gets one quiet message. Nobody else is told by me."))
    title = "Edit this good turn" if callback_id == "acts.edited" else "Record a good turn"
    return Form(title, blocks, callback_id, submit="Save" if callback_id == "acts.edited" else "Record it", keeps=keeps)


def fix_form(act: Told, helper_slack_id: str | None) -> Form:
    """Is the form in which the one who was told corrects an act; the person helped may also name another helper."""
    entry, root_id = act.entry, act.entry.act.root_id
    words = text_field("words", entry.act.words, most=MOST_CHARACTERS, lines=True)
    blocks = [
        field_for("kind", "Kind of help", choice("kind", KIND_LABELS, entry.act.kind)),
        field_for("words", "What happened?", words),
    ]
    if helper_slack_id is not None:
        blocks.append(field_for("helper", "Who helped?", people_field("helper", [helper_slack_id], several=False)))
    if entry.channel is not None:
        seen_by = radio("sees", WHO_SEES, "private" if entry.is_private else "channel")
        blocks.append(field_for("sees", "Who may see it?", seen_by))
    blocks.append(context(f"{act.other} is told what you changed."))
    return Form("Fix this good turn", blocks, "acts.fixed", submit="Save", keeps=root_id)


def word_form(root_id: str, written: str, other: str) -> Form:
    """Is the form in which somebody adds a word to their thanks."""
    words = text_field("words", written, most=MOST_CHARACTERS, lines=True)
    blocks = [
        field_for("words", "Your word of thanks", words),
        context(f"Only {other} reads it, unless you both agree to more."),
    ]
    return Form("Add a word", blocks, "acts.word_added", submit="Send it", keeps=root_id)


def share_form(said_id: str) -> Form:
    """Is the form in which a private statement is given to a channel."""
    channels: dict[str, Any] = {
        "type": "conversations_select",
        "action_id": "channel",
        "filter": {
            "include": ["public", "private"],
            "exclude_bot_users": True,
            "exclude_external_shared_channels": True,
        },
    }
    blocks = [
        field_for("channel", "Which channel?", channels),
        context("The channel counts it, and names nobody unless you both agree. Nothing is posted now."),
    ]
    return Form("Share to a channel", blocks, "acts.shared", submit="Share", keeps=said_id)


def _thanked_you(act: Told) -> Message:
    """Is the quiet message to somebody who was thanked."""
    entry, other = act.entry, act.other
    words = entry.act.words or "a message of yours"
    text = notice(
        f"{other} thanks you: ", words, ". Inside: what Good Turn is, and how to stop it." if act.greets else ""
    )
    for_what = "" if entry.act.words else f" for a message in <#{entry.channel}>"
    keep = () if entry.is_private else (button("Keep it private", "acts.private", entry.act.root_id),)
    where = "It is private: no summary has it. " if entry.is_private else ""
    blocks = [
        section(f"*{other} thanks you*{for_what}: {kinds.NAMES[entry.act.kind]}"),
        *_quoted(entry),
        actions(*keep, button("Fix it", "acts.fix", entry.act.root_id), _remove(entry)),
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
    return Message(text, [section(f"*{text}*"), *_quoted(entry), *added, buttons])


def _remove(entry: Entry) -> Block:
    asks = question(
        "Remove this one for good?",
        "It will count for nobody and cannot be brought back.",
        "Remove it",
        "Keep it",
        is_grave=True,
    )
    return button("Remove it", "acts.remove", entry.act.root_id, asks=asks)


def _who_reads(said: Recorded, standing: list[Entry]) -> str:
    people = names(said.names)
    if all(entry.act.contact_id for entry in standing):
        short = name(said.names[0].split(" (")[0].split()[0]) if len(standing) == 1 else "Nobody"
        return (
            f"Only you see the name. {short} is not messaged."
            if len(standing) == 1
            else "Only you see the names. Nobody is messaged."
        )
    if standing[0].is_private:
        return f"Only you and {people} see this. No summary has it."
    gets = "gets a quiet message" if len(said.names) == 1 else "each get a quiet message"
    return f"{people} {gets}."


def _quoted(entry: Entry) -> list[Block]:
    return [quote(entry.act.words)] if entry.act.words else []
