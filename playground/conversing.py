"""People talk: messages, slash commands, reactions, DMs and channels."""

from __future__ import annotations

import uuid

from playground import events, membership
from playground.access import is_closed
from playground.deliveries import COMMAND, UNREACHABLE
from playground.errors import SlackError
from playground.payloads import command_payload
from playground.posting import open_direct, post, remove
from playground.responses import show_answer
from playground.slack import PlaygroundError, Slack, channel_in, person_in
from playground.typed import command_text, escaped
from playground.workspace import Conversation, Json, Message, Person, Workspace

MOST_IN_GROUP = 9


def say(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Says something in a conversation; text that begins with a slash is a command."""
    conversation = _where(workspace, person, request)
    if is_closed(workspace, conversation):
        raise PlaygroundError("Nobody can write here any more.")
    text = str(request.get("text", "")).strip()
    if not text:
        raise PlaygroundError("There is nothing to send.")
    if text.startswith("/"):
        return _command(slack, workspace, person, conversation, text, bool(request.get("thread_ts")))
    thread_ts = _thread(conversation, request)
    message = Message("", person.id, escaped(text), thread_ts=thread_ts, client_msg_id=str(uuid.uuid4()))
    post(slack, workspace, conversation, message)
    events.said(slack, workspace, conversation, message)
    return {"channel": conversation.id, "ts": message.ts}


def delete(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Deletes one's own message, or puts away an ephemeral one."""
    conversation, message = find_message(workspace, person, request)
    if message.user != person.id and message.to != person.id:
        raise PlaygroundError("You can only delete your own messages.")
    remove(slack, workspace, conversation, message)
    return {}


def react(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Puts an emoji on a message."""
    conversation, message = find_message(workspace, person, request)
    if message.to is not None:
        raise PlaygroundError("Nobody can react to a message that only you see.")
    name = str(request.get("name", "")).strip(":")
    if not name:
        raise PlaygroundError("Which emoji?")
    membership.react(slack, workspace, conversation, message, person.id, name)
    return {}


def unreact(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Takes one's emoji off a message."""
    conversation, message = find_message(workspace, person, request)
    name = str(request.get("name", "")).strip(":")
    membership.unreact(slack, workspace, conversation, message, person.id, name)
    return {}


def open_conversation(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Looks at a conversation, which marks it read; the app hears when its DM is opened."""
    conversation = _where(workspace, person, request)
    if conversation.messages:
        conversation.read_until[person.id] = next(reversed(conversation.messages))
    slack.changed()
    if conversation.kind == "im" and workspace.bot_user in conversation.members:
        events.home_opened(slack, workspace, person.id, conversation.id, "messages")
    return {}


def open_dm(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Opens the DM with somebody."""
    return {"channel": direct_with(slack, workspace, person, request.get("user")).id}


def open_group(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Opens the group DM of oneself and the people named."""
    others = [person_in(workspace, one).id for one in request.get("users", [])]
    people = list(dict.fromkeys([person.id, *others]))
    if not 3 <= len(people) <= MOST_IN_GROUP:
        raise PlaygroundError("A group DM has three to nine people, you included.")
    conversation, _ = open_direct(slack, workspace, people)
    _show_in_sidebar(conversation, person)
    return {"channel": conversation.id}


def invite(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Brings somebody, or the app, into a channel one is in."""
    conversation = _where(workspace, person, request)
    guest = person_in(workspace, request.get("user"))
    if conversation.kind in ("im", "mpim") or conversation.archived:
        raise PlaygroundError("Nobody can be invited here.")
    membership.join(slack, workspace, conversation, guest.id, person.id)
    return {}


def leave(slack: Slack, workspace: Workspace, person: Person, request: Json) -> Json:
    """Leaves a channel."""
    conversation = _where(workspace, person, request)
    if conversation.kind in ("im", "mpim"):
        raise PlaygroundError("A direct message cannot be left.")
    membership.leave(slack, workspace, conversation, person.id)
    return {}


def direct_with(slack: Slack, workspace: Workspace, person: Person, other: object) -> Conversation:
    """Returns the DM of two people, opened if need be."""
    conversation, _ = open_direct(slack, workspace, [person.id, person_in(workspace, other).id])
    _show_in_sidebar(conversation, person)
    return conversation


def find_message(workspace: Workspace, person: Person, where: Json) -> tuple[Conversation, Message]:
    """Returns a message this person can see, an ephemeral one to them included."""
    conversation = _where(workspace, person, where)
    ts = str(where.get("ts"))
    message = conversation.messages.get(ts) or conversation.whispers.get(ts)
    if message is None or message.to not in (None, person.id):
        raise PlaygroundError("That message is not there any more.")
    return conversation, message


def _where(workspace: Workspace, person: Person, request: Json) -> Conversation:
    conversation = channel_in(workspace, request.get("channel"))
    if person.id not in conversation.members:
        raise PlaygroundError(f"{person.real_name or person.name} is not in that conversation.")
    return conversation


def _thread(conversation: Conversation, request: Json) -> str | None:
    if not request.get("thread_ts"):
        return None
    parent = conversation.messages.get(str(request["thread_ts"]))
    if parent is None:
        raise PlaygroundError("That thread is not there any more.")
    return parent.thread_ts or parent.ts


def _command(
    slack: Slack, workspace: Workspace, person: Person, conversation: Conversation, typed: str, in_thread: bool
) -> Json:
    name, text = [*typed.split(maxsplit=1), ""][:2]
    command = slack.manifest.commands.get(name)
    if command is None or not workspace.installed or "commands" not in workspace.scopes:
        slack.notify(workspace, person.id, f"{name} is not a valid command.")
        return {}
    if in_thread:
        slack.notify(workspace, person.id, f"{name} is not supported in threads.")
        return {}
    text = command_text(workspace, text.strip(), command.should_escape)
    payload = command_payload(slack, workspace, conversation, person, name, text)

    def show(answer: object) -> None:
        _show_command_answer(slack, workspace, conversation, person, typed, answer)

    def explain(status: str) -> None:
        error = "dispatch_failed" if status == UNREACHABLE else "operation_timeout"
        slack.notify(workspace, person.id, f'{name} failed with the error "{error}"')

    slack.deliveries.send(COMMAND, workspace.id, name, payload, show, explain)
    return {}


def _show_command_answer(
    slack: Slack, workspace: Workspace, conversation: Conversation, person: Person, typed: str, answer: object
) -> None:
    given = {"text": answer} if isinstance(answer, str) else answer
    if not isinstance(given, dict) or not given:
        return
    if given.get("response_type") == "in_channel":
        post(slack, workspace, conversation, Message("", person.id, escaped(typed)))
    try:
        show_answer(slack, workspace, conversation, person.id, given)
    except SlackError as error:
        name = typed.split()[0]
        slack.notify(
            workspace, person.id, f'{name} failed with the error "{error.code}" {" ".join(error.messages)}'.strip()
        )


def _show_in_sidebar(conversation: Conversation, person: Person) -> None:
    if person.id not in conversation.opened_by:
        conversation.opened_by.append(person.id)
