"""The scopes the app asks for, each with what it is for."""

# As docs/admins.md explains them; a test keeps both equal to manifest.json.
WHAT_FOR = {
    "commands": "its commands and the message menu",
    "chat:write": "the quiet messages, and reminders of calls",
    "im:write": "opening the conversation in which it says them",
    "mpim:write": "opening the chat of people who are introduced, once all have said yes",
    "im:history": "hearing what is written to the bot itself, nothing else",
    "files:write": "sending you your data as files, into your own conversation with it",
    "users:read": "names, time zones, who is a guest, an app or gone",
    "reactions:read": "the one emoji",
    "channels:read": "hearing that it was invited to a channel, and by whom, or taken out, or that others share it; no message",
    "groups:read": "the same of private channels",
    "dnd:read": "letting what can wait wait while somebody has do-not-disturb on; you may leave it out",
}
OPTIONAL = frozenset({"dnd:read"})
