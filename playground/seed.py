"""Builds workspaces from a cast: plain data that says who is there, and where. Holds the page's own cast too.

A cast is {"team": {id, name, domain}, "people": [...], "channels": [...], "messages": [...],
"tokens": {"bot", "app"}, "bot": {id, name, real_name}, "installed": true},
or {"teams": [cast, cast, ...]} for several workspaces.
"""

from __future__ import annotations

from datetime import timedelta

from playground.slack import PlaygroundError, Slack
from playground.workspace import Conversation, Json, Message, Person, Workspace

AUSTIN = {
    "team": {"id": "T0AUSTIN", "name": "Austin Builders", "domain": "austin-builders"},
    "people": [
        {"id": "U0ANA", "name": "ana", "real_name": "Ana Torres", "is_admin": True, "is_owner": True},
        {"id": "U0RAJ", "name": "raj", "real_name": "Raj Patel"},
        {"id": "U0MIRA", "name": "mira", "real_name": "Mira Keller", "tz": "America/New_York"},
        {"id": "U0BO", "name": "bo", "real_name": "Bo Lindqvist", "tz": "Europe/Stockholm", "locale": "sv-SE"},
        {"id": "U0LENA", "name": "lena", "real_name": "Lena Okafor", "tz": "America/Los_Angeles"},
        {"id": "U0KIM", "name": "kim", "real_name": "Kim Park", "is_restricted": True},
        {"id": "U0THEO", "name": "theo", "real_name": "Theo Marsh", "deleted": True},
        {"id": "U0BUILD", "name": "build-bot", "real_name": "Build Bot", "is_bot": True},
    ],
    "channels": [
        {"name": "austin-chapter", "members": "all", "bot": True, "topic": "Who is building what, and who can help"},
        {"name": "general", "members": "all", "topic": "News for everybody"},
        {"name": "proposals", "members": ["U0ANA", "U0RAJ", "U0MIRA", "U0LENA"], "topic": "RFPs and bids"},
    ],
    "messages": [
        {"channel": "general", "user": "U0BO", "text": "Good morning from Stockholm. It snows.", "minutes_ago": 190},
        {
            "channel": "austin-chapter",
            "user": "U0ANA",
            "text": "The airport RFP went out today. Raj, this one has your name on it.",
            "minutes_ago": 170,
        },
        {
            "channel": "austin-chapter",
            "user": "U0RAJ",
            "text": "Thank you! Does anybody know a surveyor who is free next week?",
            "minutes_ago": 164,
        },
        {
            "channel": "austin-chapter",
            "user": "U0LENA",
            "text": "Ours was very good last time. I will send you the name.",
            "minutes_ago": 151,
        },
        {
            "channel": "austin-chapter",
            "user": "U0MIRA",
            "text": "Who here has built with mass timber? A client asks, and I would rather hear it from someone who did.",
            "minutes_ago": 96,
        },
        {
            "channel": "austin-chapter",
            "user": "U0BO",
            "text": "Two schools and a town hall. Happy to talk it through.",
            "minutes_ago": 88,
        },
        {
            "channel": "proposals",
            "user": "U0MIRA",
            "text": "I could use a second pair of eyes on the library bid before Friday.",
            "minutes_ago": 45,
        },
    ],
    "tokens": {"bot": "xoxb-playground", "app": "xapp-playground"},
}


def reset(slack: Slack, cast: Json) -> None:
    """Starts afresh with the workspaces of this cast; raises PlaygroundError for a cast that names nobody known."""
    casts = cast.get("teams") or [cast]
    slack.start_afresh()
    for one in casts:
        _build(slack, one)
        slack.app_token = one.get("tokens", {}).get("app", slack.app_token)
    slack.changed()


def _build(slack: Slack, cast: Json) -> None:
    team = cast.get("team", {})
    bot: Json = {"id": "U0PLAYGROUNDBOT", "name": slack.manifest.bot_name, "real_name": slack.manifest.name}
    bot |= cast.get("bot", {})
    number = len(slack.workspaces) + 1
    team_id = team.get("id", f"T{number:08d}")
    default_token = "xoxb-playground" if number == 1 else f"xoxb-playground-{team_id}"
    workspace = Workspace(
        id=team_id,
        name=team.get("name", "Playground"),
        domain=team.get("domain", "playground"),
        bot_user=bot["id"],
        bot_token=cast.get("tokens", {}).get("bot", default_token),
        scopes=tuple(cast.get("scopes", slack.manifest.scopes)),
        installed=cast.get("installed", True),
    )
    if workspace.id in slack.workspaces or slack.workspace_of(workspace.bot_token):
        raise PlaygroundError(f"Two workspaces are called {workspace.id}, or have the same token.")
    slack.workspaces[workspace.id] = workspace
    now = int(slack.clock().timestamp())
    for fields in cast.get("people", []):
        unknown = set(fields) - set(Person.__annotations__)
        if unknown:
            raise PlaygroundError(f"A person has no {', '.join(sorted(unknown))}.")
        workspace.people[fields["id"]] = Person(**{"updated": now} | fields)
    workspace.people[bot["id"]] = Person(**bot, is_bot=True, updated=now)
    for fields in cast.get("channels", []):
        add_channel(slack, workspace, fields)
    _write_messages(slack, workspace, cast.get("messages", []))


def add_channel(slack: Slack, workspace: Workspace, fields: Json) -> Conversation:
    """Adds a channel; `members` are ids or handles or "all", `bot` puts the app in."""
    conversation = Conversation(
        id=fields.get("id") or workspace.new_id("C"),
        kind="private" if fields.get("private") else "channel",
        name=str(fields["name"]).removeprefix("#"),
        members=members_of(workspace, fields),
        archived=bool(fields.get("archived")),
        shared=bool(fields.get("shared")),
        topic=fields.get("topic", ""),
        created=int(slack.clock().timestamp()),
    )
    conversation.creator = conversation.members[0] if conversation.members else workspace.bot_user
    workspace.conversations[conversation.id] = conversation
    return conversation


def members_of(workspace: Workspace, fields: Json) -> list[str]:
    """Returns the ids of the members a cast names for a channel."""
    named = fields.get("members", "all")
    if named == "all":
        members = [one.id for one in workspace.people.values() if not one.deleted and one.id != workspace.bot_user]
    else:
        members = [person_id(workspace, one) for one in named]
    if fields.get("bot") and workspace.bot_user not in members:
        members.append(workspace.bot_user)
    return members


def person_id(workspace: Workspace, named: str) -> str:
    """Returns the id of a person named by id or by handle."""
    if named in workspace.people:
        return named
    found = next((one.id for one in workspace.people.values() if one.name == named), None)
    if found is None:
        raise PlaygroundError(f"There is nobody called {named}.")
    return found


def _write_messages(slack: Slack, workspace: Workspace, messages: list[Json]) -> None:
    now = slack.clock()
    for fields in sorted(messages, key=lambda one: -float(one.get("minutes_ago", 0))):
        conversation = workspace.named(fields["channel"]) or workspace.conversations.get(fields["channel"])
        if conversation is None:
            raise PlaygroundError(f"There is no channel {fields['channel']}.")
        ts = conversation.next_ts(now - timedelta(minutes=float(fields.get("minutes_ago", 0))))
        user = person_id(workspace, fields["user"])
        conversation.messages[ts] = Message(ts, user, fields["text"])
        conversation.read_until = dict.fromkeys(conversation.members, ts)
