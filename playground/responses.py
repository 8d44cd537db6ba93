"""response_url: the app answers an interaction where it happened, with no channel rights asked.

No faults are put in here: nothing that was promised rides on these answers.
"""

from __future__ import annotations

from datetime import timedelta

from playground.errors import SlackError
from playground.posting import checked_content, edit, post_as_app, remove, thread_of
from playground.slack import ResponseUrl, Slack
from playground.traffic import FROM_BOT
from playground.workspace import Conversation, Json, Message, Workspace

MOST_USES = 5  # docs.slack.dev, handling user interaction: 5 times within 30 minutes
LIVES = timedelta(minutes=30)


def respond(slack: Slack, key: str, given: object) -> tuple[int, str]:
    """Answers one POST to a response_url with an HTTP status and a body, and records it."""
    url = slack.response_urls.get(key)
    team = url.team if url else ""
    exchange = slack.traffic.record(slack.clock(), FROM_BOT, "response_url", given, team)
    try:
        _answer(slack, url, given)
        status, body = 200, "ok"
    except SlackError as error:
        status, body = int(str(error.fields.get("status", 400))), error.code
    slack.traffic.finish(exchange, slack.clock(), body, "ok" if status == 200 else body)
    return status, body


def show_answer(slack: Slack, workspace: Workspace, conversation: Conversation, user: str, given: Json) -> Message:
    """Posts a command's answer: ephemeral to who typed it, or in_channel for all. Raises Slack's errors."""
    content = checked_content(slack, workspace, given)
    to = None if given.get("response_type") == "in_channel" else user
    thread_ts = thread_of(conversation, given.get("thread_ts"))
    return post_as_app(slack, workspace, conversation, content, to=to, thread_ts=thread_ts)


def _answer(slack: Slack, url: ResponseUrl | None, given: object) -> None:
    workspace = slack.workspaces.get(url.team) if url else None
    if url is None or workspace is None or not workspace.installed:
        raise SlackError("invalid_url", status=404)
    if slack.clock() - url.issued_at > LIVES:
        raise SlackError("expired_url", status=404)
    if url.uses >= MOST_USES:
        raise SlackError("used_url", status=404)
    if not isinstance(given, dict):
        raise SlackError("invalid_payload")
    url.uses += 1
    conversation = workspace.conversations[url.channel]
    original = _original(conversation, url)
    if given.get("delete_original") and original is not None:
        remove(slack, workspace, conversation, original)
    elif given.get("replace_original") and original is not None:
        edit(slack, workspace, conversation, original, checked_content(slack, workspace, given))
    elif not given.get("delete_original"):
        show_answer(slack, workspace, conversation, url.user, given)


def _original(conversation: Conversation, url: ResponseUrl) -> Message | None:
    """The message the interaction began on; a command has none, and people's own messages are not the app's."""
    kept = conversation.whispers if url.whisper else conversation.messages
    message = kept.get(url.ts or "")
    return message if message is not None and message.by_app else None
