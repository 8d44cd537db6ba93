"""chat.*: posting, changing and deleting the app's own messages."""

from __future__ import annotations

from datetime import timedelta

from playground.access import message_in, visible, writable
from playground.errors import RateLimitedError, SlackError
from playground.objects import message_object
from playground.posting import LONGEST_UPDATE, checked_content, edit, post_as_app, remove, thread_of
from playground.slack import Slack
from playground.workspace import Conversation, Json, Message, Workspace

ONE_A_SECOND = timedelta(seconds=1)  # 1 message per second per channel: docs.slack.dev, rate limits


def _post_message(slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation = writable(slack, workspace, given["channel"])
    content = checked_content(slack, workspace, given)
    thread_ts = thread_of(conversation, given.get("thread_ts"))
    _keep_pace(slack, workspace, conversation)
    message = post_as_app(slack, workspace, conversation, content, thread_ts=thread_ts)
    message.client_msg_id = given.get("client_msg_id")
    shown = message_object(workspace, conversation, message, with_metadata=True)
    return {"channel": conversation.id, "ts": message.ts, "message": shown}


def _post_ephemeral(slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation = writable(slack, workspace, given["channel"])
    person = workspace.people.get(str(given["user"]))
    if person is None or person.deleted or person.id not in conversation.members:
        raise SlackError("user_not_in_channel")
    content = checked_content(slack, workspace, given)
    thread_ts = thread_of(conversation, given.get("thread_ts"))
    _keep_pace(slack, workspace, conversation)
    message = post_as_app(slack, workspace, conversation, content, to=person.id, thread_ts=thread_ts)
    return {"message_ts": message.ts}


def _update(slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation, message = _own(workspace, given, "cant_update_message")
    if not {"text", "markdown_text", "blocks", "attachments"} & set(given):
        raise SlackError("no_text")
    kept = {"text": message.text, "blocks": message.blocks, "attachments": message.attachments}
    if given.get("markdown_text"):
        kept = {}
    content = checked_content(slack, workspace, kept | given, LONGEST_UPDATE)  # what is absent is retained: chat.update
    edit(slack, workspace, conversation, message, content)
    shown = message_object(workspace, conversation, message, with_metadata=True)
    return {"channel": conversation.id, "ts": message.ts, "text": message.text, "message": shown}


def _delete(slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation, message = _own(workspace, given, "cant_delete_message")
    remove(slack, workspace, conversation, message)
    return {"channel": conversation.id, "ts": message.ts}


def _get_permalink(_slack: Slack, workspace: Workspace, given: Json) -> Json:
    conversation = visible(workspace, given["channel"])
    message = message_in(conversation, given["message_ts"])
    digits = message.ts.replace(".", "")
    link = f"https://{workspace.domain}.slack.com/archives/{conversation.id}/p{digits}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={conversation.id}"
    return {"channel": conversation.id, "permalink": link}


def _own(workspace: Workspace, given: Json, refusal: str) -> tuple[Conversation, Message]:
    conversation = visible(workspace, given["channel"])
    message = message_in(conversation, given["ts"])
    if not message.by_app:
        raise SlackError(refusal)
    return conversation, message


def _keep_pace(slack: Slack, workspace: Workspace, conversation: Conversation) -> None:
    if not slack.pace:
        return
    now = slack.clock()
    key = (workspace.id, conversation.id)
    last = slack.last_posts.get(key)
    if last is not None and timedelta(0) <= now - last < ONE_A_SECOND:
        raise RateLimitedError(1)
    slack.last_posts[key] = now


CHAT = {
    "chat.postMessage": _post_message,
    "chat.postEphemeral": _post_ephemeral,
    "chat.update": _update,
    "chat.delete": _delete,
    "chat.getPermalink": _get_permalink,
}
