"""Putting messages into conversations, and the checks every post goes through, whoever posts."""

from __future__ import annotations

import json

from playground.blocks import faults_in_blocks
from playground.elements import with_ids
from playground.errors import SlackError
from playground.slack import Slack
from playground.workspace import Conversation, Json, Message, Person, Workspace

LONGEST_TEXT = 40_000  # chat.postMessage
LONGEST_UPDATE = 4_000  # chat.update: msg_too_long
LARGEST_METADATA = 16_384  # Slack publishes no number; this one is ours


def checked_content(slack: Slack, workspace: Workspace, given: Json, longest: int = LONGEST_TEXT) -> Json:
    """Returns text, blocks, attachments and metadata ready to be kept; raises Slack's own errors."""
    text = given.get("text") or given.get("markdown_text") or ""
    blocks, attachments = given.get("blocks"), given.get("attachments")
    if given.get("markdown_text") and (given.get("text") or blocks):
        raise SlackError("markdown_text_conflict")
    if not isinstance(text, str) or not (text.strip() or blocks or attachments or given.get("files")):
        raise SlackError("no_text")
    if len(text) > longest:
        raise SlackError("msg_too_long")
    if attachments and not isinstance(attachments, list):
        raise SlackError("invalid_attachments")
    return {
        "text": text,
        "blocks": checked_blocks(slack, workspace, blocks) if blocks else None,
        "attachments": attachments or None,
        "metadata": _checked_metadata(given.get("metadata")),
    }


def checked_blocks(slack: Slack, workspace: Workspace, blocks: object) -> list[Json]:
    """Returns a message's blocks with ids filled in; raises invalid_blocks with Slack's messages."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    faults = faults_in_blocks(blocks, "message") or faults_in_files(workspace, blocks)
    if faults:
        raise SlackError("invalid_blocks", errors=faults, messages=[f"[ERROR] {one}" for one in faults])
    return with_ids(blocks, lambda prefix: f"{prefix}{slack.number():04d}")


def faults_in_files(workspace: Workspace, blocks: list[Json]) -> list[str]:
    """Returns a fault for every image whose `slack_file` is not an uploaded file of this workspace."""
    faults = []
    for place, block in enumerate(blocks):
        asked = block.get("slack_file") if block.get("type") == "image" else None
        if asked is None:
            continue
        file = workspace.files.get(asked.get("id", asked.get("url", "").rpartition("/")[2]))
        if file is None or not file.complete:
            faults.append(f"invalid slack file [json-pointer:/blocks/{place}/slack_file]")
    return faults


def post(slack: Slack, workspace: Workspace, conversation: Conversation, message: Message) -> Message:
    """Puts a finished message at the end of a conversation and shows it; its ts is given here."""
    message.ts = conversation.next_ts(slack.clock())
    if message.to is None:
        conversation.messages[message.ts] = message
        if message.thread_ts:
            conversation.threads.setdefault(message.thread_ts, []).append(message.ts)
        conversation.read_until[message.user] = message.ts
    else:
        conversation.whispers[message.ts] = message
    slack.see(workspace, "posted" if message.to is None else "whispered", conversation, message)
    return message


def post_as_app(
    slack: Slack,
    workspace: Workspace,
    conversation: Conversation,
    content: Json,
    to: str | None = None,
    thread_ts: str | None = None,
) -> Message:
    """Posts checked content in the app's name; `to` makes it ephemeral for one person."""
    message = Message("", workspace.bot_user, **content, by_app=True, to=to, thread_ts=thread_ts)
    return post(slack, workspace, conversation, message)


def edit(slack: Slack, workspace: Workspace, conversation: Conversation, message: Message, content: Json) -> None:
    """Replaces a message's content where it stands, and shows that it was edited."""
    message.text = content["text"]
    message.blocks = content["blocks"]
    message.attachments = content["attachments"]
    if content["metadata"] is not None:
        message.metadata = content["metadata"]
    now = slack.clock()
    message.edited_ts = f"{int(now.timestamp())}.000000"
    message.failed_for.clear()
    slack.see(workspace, "edited", conversation, message)


def remove(slack: Slack, workspace: Workspace, conversation: Conversation, message: Message) -> None:
    """Takes a message away."""
    kept = conversation.messages if message.to is None else conversation.whispers
    del kept[message.ts]
    slack.see(workspace, "deleted", conversation, message)


def open_direct(slack: Slack, workspace: Workspace, people: list[str]) -> tuple[Conversation, bool]:
    """Returns the one DM or group DM of exactly these people, and whether it was there already."""
    kind = "im" if len(set(people)) <= 2 else "mpim"
    found = workspace.direct(kind, people)
    if found is not None:
        return found, True
    conversation = Conversation(
        id=workspace.new_id("D" if kind == "im" else "C"),
        kind=kind,
        name="" if kind == "im" else _group_name(workspace, people),
        members=list(dict.fromkeys(people)),
        created=int(slack.clock().timestamp()),
        creator=people[0],
    )
    workspace.conversations[conversation.id] = conversation
    slack.changed()
    return conversation, False


def thread_of(conversation: Conversation, thread_ts: object) -> str | None:
    """Returns the ts of the thread a reply goes to; a reply to a reply joins the same thread."""
    if not thread_ts:
        return None
    parent = conversation.messages.get(str(thread_ts))
    if parent is None:
        raise SlackError("cannot_reply_to_message")
    return parent.thread_ts or parent.ts


def disabled_reason(person: Person) -> str | None:
    """Returns why the app cannot write to somebody directly, or None."""
    if person.deleted:
        return "user_disabled"
    return "cannot_dm_bot" if person.is_bot else None


def _checked_metadata(metadata: object) -> Json | None:
    if metadata in (None, "", {}):
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return metadata


def _group_name(workspace: Workspace, people: list[str]) -> str:
    return "mpdm-" + "--".join(workspace.people[one].name for one in people) + "-1"
