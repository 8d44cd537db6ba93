"""The forms about acts: recording and editing, fixing, adding a word, sharing to a channel."""

from typing import Any

from bot.acts import MOST_CHARACTERS
from handlers.views.acts import KIND_LABELS, Told
from handlers.views.kit import Block, Form, choice, context, field_for, people_field, radio, text_field

GUESS = "guess"
LONGEST_FIELD = 3000  # as many as Slack takes: what is too long is shown, to be shortened, and not cut
WHO_SEES = {"channel": "The channel may count it", "private": "Only those named and me"}


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
    people = people_field("people", slack_ids)
    people["focus_on_load"] = True
    blocks: list[Block] = [
        field_for("people", "Who is it about?" if asks_role else who, people, optional=True),
        field_for("outsiders", "Not in this Slack", text_field("outsiders", outsiders, most=1500, hint="Jane Doe (Acme)"),
                  hint="Name (Company). Only you see it, and nobody is messaged.", optional=True),
        field_for("words", "What happened?", text_field("words", words, most=LONGEST_FIELD, lines=True)),
        field_for("kind", "Kind of help", choice("kind", options, kind or GUESS)),
    ]  # fmt: skip
    if asks_role:
        blocks.insert(0, field_for("role", "Who helped?", radio("role", roles, role)))
    if channel is not None:
        seen_by = radio("sees", WHO_SEES, "private" if is_private else "channel")
        blocks.append(field_for("sees", "Who may see it?", seen_by))
        blocks.append(context("Each person named gets one quiet message. Nobody else is told by me."))
    else:
        blocks.append(context("Only you and the people named see it. Each gets one quiet message."))
    title = "Edit this good turn" if callback_id == "acts.edited" else "Record a good turn"
    return Form(title, blocks, callback_id, submit="Save" if callback_id == "acts.edited" else "Record it", keeps=keeps)


def fix_form(act: Told, helper_slack_id: str | None) -> Form:
    """Is the form in which the one who was told corrects an act; the person helped may also name another helper."""
    entry, root_id = act.entry, act.entry.act.root_id
    words = text_field("words", entry.act.words, most=LONGEST_FIELD, lines=True)
    blocks = [
        field_for("kind", "Kind of help", choice("kind", KIND_LABELS, entry.act.kind)),
        field_for("words", "What happened?", words),
    ]
    if helper_slack_id is not None:
        blocks.append(field_for("helper", "Who helped?", people_field("helper", [helper_slack_id], several=False)))
    if entry.channel is not None and not entry.is_stated_private:
        seen_by = radio("sees", WHO_SEES, "private" if entry.is_private else "channel")
        blocks.append(field_for("sees", "Who may see it?", seen_by))
    blocks.append(context(f"{act.other} is told what you changed."))
    return Form("Fix this good turn", blocks, "acts.fixed", submit="Save", keeps=root_id)


def word_form(act: Told) -> Form:
    """Is the form in which somebody adds a word to their thanks, with the one they added before."""
    written = act.entry.thanks.words if act.entry.thanks else None
    words = text_field("words", written or "", most=MOST_CHARACTERS, lines=True)
    blocks = [
        field_for("words", "Your word of thanks", words),
        context(
            f"{act.other} reads it, and the weekly summary may quote it."
            if act.has_summary
            else f"Only {act.other} reads it."
        ),
    ]
    return Form("Add a word", blocks, "acts.word_added", submit="Send it", keeps=act.entry.act.root_id)


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
