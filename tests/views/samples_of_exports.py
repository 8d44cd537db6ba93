"""Every message about exports, and what stands above the files."""

from collections.abc import Callable

from bot.exports import MINE, PUBLIC
from handlers.views import exports
from handlers.views.kit import Form, Message, section

COUNTS = {
    "good_turns": 41,
    "introductions": 6,
    "calls": 9,
    "contacts": 0,
    "asks": 3,
    "offers": 2,
    "nudges": 12,
    "events": 1,
}
ONE = dict.fromkeys(COUNTS, 0) | {"good_turns": 1}


def above(words: str) -> Message:
    """Returns what stands above files as the message that it is."""
    return Message(words, [section(words)])


EXPORTS: dict[str, Callable[[], Message | Form]] = {
    "export_on_its_way": lambda: exports.on_its_way(MINE),
    "export_ledger_on_its_way": lambda: exports.on_its_way(PUBLIC),
    "export_ready": lambda: above(exports.ready(COUNTS)),
    "export_ready_one": lambda: above(exports.ready(ONE)),
    "export_ready_nothing": lambda: above(exports.ready(dict.fromkeys(COUNTS, 0))),
    "export_ledger_ready": lambda: above(exports.ledger_ready({"by_name": 1, "asks": 2}, 1200)),
    "export_ledger_ready_nothing": lambda: above(exports.ledger_ready({"by_name": 0, "asks": 0}, 0)),
    "export_not_granted": lambda: exports.not_sent(MINE, "missing_scope"),
    "export_not_taken": lambda: exports.not_sent(MINE, "file_uploads_disabled"),
    "export_no_room": lambda: exports.not_sent(PUBLIC, "storage_limit_reached"),
    "export_not_sent": lambda: exports.not_sent(MINE, "is_archived"),
    "export_not_confirmed": lambda: exports.not_confirmed(MINE),
}
