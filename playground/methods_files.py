"""files.*: the three-step upload (address, bytes, completion) and files.info."""

from __future__ import annotations

import mimetypes

from playground.access import writable
from playground.errors import SlackError
from playground.objects import file_object
from playground.posting import checked_blocks, post, thread_of
from playground.slack import Slack
from playground.workspace import Conversation, File, Json, Message, Workspace

MOST_CHANNELS = 100  # files.completeUploadExternal


def receive_bytes(slack: Slack, team: str, file_id: str, content: bytes) -> bool:
    """Takes the bytes of an upload; returns False for an upload nobody announced or of another length."""
    workspace = slack.workspaces.get(team)
    file = workspace.files.get(file_id) if workspace else None
    if file is None or file.complete or len(content) != file.length:
        return False
    file.content = content
    return True


def _get_upload_url(slack: Slack, workspace: Workspace, given: Json) -> Json:
    kind = mimetypes.guess_type(given["filename"])[0] or "application/octet-stream"
    created = int(slack.clock().timestamp())
    file = File(
        workspace.new_id("F"), given["filename"], kind, given["length"], given.get("alt_txt", ""), created=created
    )
    workspace.files[file.id] = file
    return {"upload_url": f"{slack.base_url}/upload/{workspace.id}/{file.id}", "file_id": file.id}


def _complete(slack: Slack, workspace: Workspace, given: Json) -> Json:
    if not isinstance(given["files"], list) or not all(isinstance(one, dict) for one in given["files"]):
        raise SlackError("invalid_arguments", ["[ERROR] must be a list of files [json-pointer:/files]"])
    files = [_uploaded(workspace, one) for one in given["files"]]
    channels = str(given.get("channels") or given.get("channel_id") or "")
    names = [one for one in channels.split(",") if one]
    if len(names) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    conversations = [writable(slack, workspace, one) for one in names]
    blocks = checked_blocks(slack, workspace, given["blocks"]) if given.get("blocks") else None
    for file, described in zip(files, given["files"], strict=True):
        file.title = described.get("title", "") or file.name
        file.complete = True
    for conversation in conversations:
        _share(slack, workspace, conversation, files, given, blocks)
    return {"files": [file_object(workspace, one) for one in files]}


def _share(
    slack: Slack,
    workspace: Workspace,
    conversation: Conversation,
    files: list[File],
    given: Json,
    blocks: list[Json] | None,
) -> None:
    thread_ts = thread_of(conversation, given.get("thread_ts"))
    text = given.get("initial_comment") or ""
    ids = [one.id for one in files]
    message = Message("", workspace.bot_user, text, blocks, thread_ts=thread_ts, by_app=True, files=ids)
    post(slack, workspace, conversation, message)
    for file in files:
        file.channels.append(conversation.id)


def _info(_slack: Slack, workspace: Workspace, given: Json) -> Json:
    file = workspace.files.get(str(given["file"]))
    if file is None or not file.complete:
        raise SlackError("file_not_found")
    return {"file": file_object(workspace, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def _uploaded(workspace: Workspace, described: Json) -> File:
    file = workspace.files.get(described.get("id", ""))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    return file


FILES = {
    "files.getUploadURLExternal": _get_upload_url,
    "files.completeUploadExternal": _complete,
    "files.info": _info,
}
