"""What is said about exports: that they are on their way, the words above the files, and that they did not come."""

from collections.abc import Mapping, Sequence

from bot.exports import MINE
from handlers.views.kit import Block, Message, actions, button, context, section

# What Slack says where a workspace takes no files of ours, and what is to be done about it.
NOT_GRANTED = frozenset({"missing_scope", "not_allowed_token_type", "no_permission"})
NOT_TAKEN = frozenset(
    {"file_uploads_disabled", "file_uploads_except_images_disabled", "file_type_not_allowed", "access_denied",
     "posting_to_channel_denied", "restricted_action"}
)  # fmt: skip
NO_ROOM = frozenset({"storage_limit_reached", "file_upload_size_restricted"})
_WHAT = {
    "good_turns": "good turn", "introductions": "introduction", "calls": "call", "contacts": "contact", "asks": "ask",
    "offers": "offer", "nudges": "suggestion", "events": "event",
}  # fmt: skip
HOW_TO_READ = (
    "Times are of the zone named here. In a CSV a ' stands before what a spreadsheet would compute;"
    " in this file every word is as it was written."
)


def on_its_way(kind: str) -> Message:
    """Answers that files are being made, whether they were asked for now or before."""
    what = "Your data is" if kind == MINE else "The public ledger is"
    first = f"*{what} on its way.* It comes into our conversation in a moment, as files."
    small = "Only you get it." if kind == MINE else "Only you get it. Nothing private is in it."
    return Message(first.replace("*", ""), [section(first), context(small)])


def ready(counts: Mapping[str, int]) -> str:
    """Is what stands above a member's files."""
    counted = [_count(counts[part], one) for part, one in _WHAT.items() if counts.get(part)]
    files = f"{_listed(counted)}, as CSV and JSON" if counted else "nothing is recorded yet, and the file says so"
    return f"Your Good Turn data is ready: {files}"


def ledger_ready(counts: Mapping[str, int], counted: int) -> str:
    """Is what stands above a workspace's public ledger; of so many good turns nobody is named."""
    by_name, asks = counts["by_name"], counts["asks"]
    if not by_name and not counted and not asks:
        return "The public ledger is ready: no good turn belongs to a channel yet, and the file says so"
    named = [f"{_count(by_name, 'good turn')} by name"] if by_name else []
    others = [f"{_count(counted, 'good turn')} counted without names"] if counted else []
    posted = [_count(asks, "ask")] if asks else []
    return f"The public ledger is ready: {_listed([*named, *others, *posted])}, as CSV and JSON"


def not_sent(kind: str, error: str) -> Message:
    """Tells whoever asked for files that they could not be sent, and what can be done."""
    what = "your data" if kind == MINE else "the public ledger"
    line, then = f"I could not send {what}.", "Slack did not take the files. Nothing was lost; export once more."
    if error in NOT_GRANTED:
        then = "This workspace has not allowed me to send files yet: an admin adds files:write and installs me anew."
    elif error in NOT_TAKEN:
        then = "This workspace does not take such files from apps. Its Slack admins can allow them."
    elif error in NO_ROOM:
        then = "This workspace has no room left for files of this size. Its Slack admins can make some."
    return Message(f"{line} {then}", [section(f"*{line}* {then}"), actions(export_button(kind, "Export once more"))])


def not_confirmed(kind: str) -> Message:
    """Tells whoever asked for files that they may not have come, and how to have them made anew."""
    what = "your data" if kind == MINE else "the public ledger"
    line = f"Slack did not confirm the files with {what}."
    then = "If they are not here, have them made anew."
    return Message(f"{line} {then}", [section(f"*{line}* {then}"), actions(export_button(kind, "Export once more"))])


def export_button(kind: str, label: str = "Export") -> Block:
    """Is the button that has files made."""
    action, reads = (
        ("exports.mine", "Export my data") if kind == MINE else ("exports.ledger", "Export the public ledger")
    )
    return button(label, action, reads=reads)


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
