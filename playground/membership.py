"""Joining, leaving and reacting, by people and by the app alike: the change, and the event that follows from it."""

from __future__ import annotations

from playground import events
from playground.slack import Slack
from playground.workspace import Conversation, Message, Workspace


def join(slack: Slack, workspace: Workspace, conversation: Conversation, user: str, inviter: str | None = None) -> bool:
    """Puts somebody into a channel; returns False if they were in it."""
    if user in conversation.members:
        return False
    conversation.members.append(user)
    slack.changed()
    events.moved(slack, workspace, conversation, user, joined=True, inviter=inviter)
    return True


def leave(slack: Slack, workspace: Workspace, conversation: Conversation, user: str) -> None:
    """Takes somebody out of a channel."""
    conversation.members.remove(user)
    slack.changed()
    events.moved(slack, workspace, conversation, user, joined=False)


def react(
    slack: Slack, workspace: Workspace, conversation: Conversation, message: Message, user: str, name: str
) -> bool:
    """Puts a reaction on a message; returns False if it was there."""
    who = message.reactions.setdefault(name, [])
    if user in who:
        return False
    who.append(user)
    slack.changed()
    events.reacted(slack, workspace, conversation, message, user, name, added=True)
    return True


def unreact(
    slack: Slack, workspace: Workspace, conversation: Conversation, message: Message, user: str, name: str
) -> bool:
    """Takes a reaction off a message; returns False if it was not there."""
    who = message.reactions.get(name, [])
    if user not in who:
        return False
    who.remove(user)
    if not who:
        del message.reactions[name]
    slack.changed()
    events.reacted(slack, workspace, conversation, message, user, name, added=False)
    return True
