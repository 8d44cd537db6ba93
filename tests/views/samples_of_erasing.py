"""Every message about deleting one's data, and about removing people outside Slack."""

from collections.abc import Callable

from handlers.views import erasing
from handlers.views.kit import Form, Message

ERASING: dict[str, Callable[[], Message | Form]] = {
    "erasing_question_form": erasing.question,
    "erasing_deleted": erasing.deleted,
    "erasing_contacts_form": lambda: erasing.contacts_form({"jane": "Jane Doe (Acme)", "c2": "the bank"}, 2),
    "erasing_contacts_many_form": lambda: erasing.contacts_form({"jane": "Jane Doe (Acme)"}, 140),
    "erasing_contacts_none_form": lambda: erasing.contacts_form({}, 0),
    "erasing_contacts_removed": lambda: erasing.contacts_removed(2),
    "erasing_contacts_removed_one": lambda: erasing.contacts_removed(1),
}
