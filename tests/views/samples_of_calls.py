"""Every message and form about calls to return: Ana has to call Jane Doe (Acme), and Raj."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from handlers.views import call_forms, callbacks
from handlers.views.callbacks import Shown
from handlers.views.kit import Form, Message
from storage.tables import Callback, Turn

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DUE = datetime(2026, 3, 3, 21, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 4, 15, 0, tzinfo=UTC)
WALL = datetime(2026, 3, 3, 9, 0)  # noqa: DTZ001 - a wall time
EVERY = "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"
NOTE = "asked for our bid list"


def a_turn(due_at: datetime = DUE, **changes: Any) -> Turn:
    """Returns a turn of the call to Jane."""
    row: dict[str, Any] = {"team_id": "T1", "id": "turn1", "callback_id": "call1", "owner_id": "ana", "number": 1}
    return Turn(**(row | {"due_at": due_at, "day": date(2026, 3, 3)} | changes))


def shown(
    turn: Turn | None = None,
    latest: Turn | None = None,
    name: str = "Jane Doe (Acme)",
    returned: int = 0,
    **changes: Any,
) -> Shown:
    """Returns the call as Ana reads it; `latest` is the turn itself where none came after it."""
    row: dict[str, Any] = {
        "team_id": "T1",
        "id": "call1",
        "owner_id": "ana",
        "about": "the RFP",
        "note": "",
        "noted_at": NOW,
    }
    turn = turn or a_turn()
    return Shown(Callback(**(row | changes)), turn, latest or turn, name, "America/Chicago", NOW, returned)


def ended(how: str) -> Turn:
    """Returns a turn that has ended."""
    return a_turn(ended=how, ended_at=DUE)


_FORM: dict[str, Any] = {"slack_id": None, "outsider": "", "about": "", "note": "", "wall": WALL}
_PICKERS = call_forms.pickers(WALL, "draft1")
_TWO = ("Fri 6 Mar, 9:00 AM", "Fri 13 Mar, 9:00 AM")
_RAJ: dict[str, Any] = {"about": "to send the bid list", "name": "Raj"}

CALLS: dict[str, Callable[[], Message | Form]] = {
    "callbacks_noted": lambda: callbacks.noted(shown()),
    "callbacks_noted_for_a_member": lambda: callbacks.noted(shown(**_RAJ)),
    "callbacks_noted_with_a_guess": lambda: callbacks.noted(shown(note=NOTE), ["I took 3 as the afternoon."]),
    "callbacks_noted_again": lambda: callbacks.noted(shown(a_turn(number=2))),
    "callbacks_noted_long": lambda: callbacks.noted(shown(name=f"{'J' * 80} ({'A' * 60})", about="2x4 & <framing> " * 9)),
    "callbacks_reminder_long": lambda: callbacks.reminder(shown(name=f"{'J' * 80} (R&D)", about="2x4 & <framing> " * 9), 3),
    "callbacks_noted_for_no_name": lambda: callbacks.noted(shown(name="the bank")),
    "callbacks_noted_next_year": lambda: callbacks.noted(shown(a_turn(NEXT_YEAR), about="")),
    "callbacks_noted_repeating": lambda: callbacks.noted(shown(every=EVERY, starts="2026-03-06T09:00")),
    "callbacks_undone": lambda: callbacks.noted(shown(ended("taken back"))),
    "callbacks_called_back": lambda: callbacks.noted(shown(ended("called back"), returned=3)),
    "callbacks_called_back_first": lambda: callbacks.noted(shown(ended("called back"), returned=1)),
    "callbacks_called_back_repeating": lambda: callbacks.noted(
        shown(ended("called back"), a_turn(LATER), returned=3, every=EVERY, starts="2026-03-06T09:00")
    ),
    "callbacks_moved": lambda: callbacks.noted(shown(ended("moved"), a_turn(LATER))),
    "callbacks_dropped": lambda: callbacks.noted(shown(ended("dropped"))),
    "callbacks_changed_since": lambda: callbacks.became(shown(ended("changed"), a_turn(LATER))),
    "callbacks_passed": lambda: callbacks.became(shown(ended("passed"), a_turn(LATER), every=EVERY, starts="x")),
    **{
        f"callbacks_reminder_{number}": lambda number=number: callbacks.reminder(shown(note=NOTE), number)  # type: ignore[misc]
        for number in range(1, 5)
    },
    "callbacks_reminder_about_nothing": lambda: callbacks.reminder(shown(about=""), 1),
    "callbacks_reminder_to_do": lambda: callbacks.reminder(shown(**_RAJ), 1),
    "callbacks_reminder_answered": lambda: callbacks.reminder(shown(ended("called back"), returned=3), 1),
    "callbacks_reminder_open_again": lambda: callbacks.reminder(shown(a_turn(number=2)), 1),
    "callbacks_list": lambda: callbacks.all_calls(
        [shown(), shown(a_turn(LATER, id="turn2"), **_RAJ), shown(a_turn(LATER, id="turn3"), every=EVERY, starts="x")]
    ),
    "callbacks_list_one": lambda: callbacks.all_calls([shown()]),
    "callbacks_list_long": lambda: callbacks.all_calls(
        [shown(a_turn(id=f"turn{number}")) for number in range(11)]
    ),
    "callbacks_list_empty": lambda: callbacks.all_calls([]),
    "callbacks_ask_which": lambda: callbacks.ask_time(
        "Jane Doe (Acme)", "the RFP", "unclear", "next Friday", _TWO, _PICKERS, "draft1"
    ),
    "callbacks_ask_unclear": lambda: callbacks.ask_time("Raj", "", "unclear", "at 8 at 9", (), _PICKERS, "draft1"),
    "callbacks_ask_none": lambda: callbacks.ask_time("Raj", "after the thing", "none", "", (), _PICKERS, "draft1"),
    "callbacks_ask_nothing_said": lambda: callbacks.ask_time("Raj", "", "none", "", (), _PICKERS, "draft1"),
    "callbacks_ask_past": lambda: callbacks.ask_time("Raj", "", "past", "today 9am", (), _PICKERS, "draft1"),
    "callbacks_form": lambda: call_forms.call_form("callbacks.noted", "draft1", **_FORM),
    "callbacks_form_filled": lambda: call_forms.call_form(
        "callbacks.changed", "turn1", **(_FORM | {"outsider": "Jane Doe (Acme)", "about": "the RFP", "note": NOTE}),
        every="every other Friday",
    ),
    "callbacks_another_time_form": lambda: call_forms.another_time_form("turn1", WALL),
}  # fmt: skip
