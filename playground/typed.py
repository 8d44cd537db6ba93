"""What a person types, turned into Slack's own text: escaping, mentions, links. Pure."""

from __future__ import annotations

import re

from playground.workspace import Workspace

_TOKEN = re.compile(r"<(?:@[A-Z0-9]+|#[A-Z0-9]+|![a-z]+)(?:\|[^>]*)?>")
_LINK = re.compile(r"https?://[^\s<>]+")
_EVERYBODY = re.compile(r"(?<![\w@])@(channel|here|everyone)\b")
_MENTION = re.compile(r"<([@#])([A-Z0-9]+)(?:\|[^>]*)?>")


def escaped(text: str) -> str:
    """Returns typed text as Slack keeps it: mention tokens stay, &, < and > are escaped, links are wrapped."""
    parts = []
    last = 0
    for token in _TOKEN.finditer(text):
        parts += [_escape(text[last : token.start()]), token.group()]
        last = token.end()
    return "".join([*parts, _escape(text[last:])])


def command_text(workspace: Workspace, text: str, should_escape: bool) -> str:
    """Returns what a command's `text` holds; mentions carry names with should_escape, and are plain without."""
    shown = escaped(text) if should_escape else text
    return _MENTION.sub(lambda found: _named(workspace, found, should_escape), shown)


def _escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _EVERYBODY.sub(r"<!\1>", text)
    return _LINK.sub(lambda link: f"<{link.group()}>", text)


def _named(workspace: Workspace, found: re.Match[str], should_escape: bool) -> str:
    sign, key = found.groups()
    if sign == "@":
        person = workspace.people.get(key)
        name = person.name if person else None
    else:
        channel = workspace.conversations.get(key)
        name = None if channel is None else channel.name if channel.kind == "channel" else ""
    if name is None:
        return found.group()
    return f"<{sign}{key}|{name}>" if should_escape else f"{sign}{name}"
