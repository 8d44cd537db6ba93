"""What is said about calls to return: the answer, the list, reminders, what became of a call. Their forms: `call_forms.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import when
from handlers.views.harmless import escape, in_line
from handlers.views.kit import Block, Message, actions, button, choice, context, name, notice, quote, section
from storage.tables import Callback, Turn

MOST_LISTED = 20  # two blocks each, of the 50 that Slack takes
MORE = {"tomorrow": "Tomorrow", "another": "Another time", "change": "Change", "drop": "Drop it"}
NOBODY_ELSE = "Only you see this."


@dataclass(frozen=True)
class Shown:
    """A callback as its owner reads it: one of its turns and the newest one, the name to call, and the owner's zone.

    `returned` counts the calls they returned this month.
    """

    callback: Callback
    turn: Turn
    latest: Turn
    name: str
    zone: str
    now: datetime
    returned: int = 0

    @property
    def who(self) -> str:
        """The name, harmless and whole."""
        return whole(self.name).translate({ord(mark): None for mark in "*~`"}) or "someone"

    @property
    def about(self) -> str:
        """What it is about, as it follows the name: "about the RFP", "to send the list"; "" for nothing."""
        return whole(about_words(self.callback.about))

    @property
    def due(self) -> str:
        """When the newest turn is due, to the minute and with its zone."""
        return when.show(self.latest.due_at, self.zone, self.now)

    @property
    def soon(self) -> str:
        """When it is due, as a list has it: today by name."""
        if when.is_same_day(self.latest.due_at, self.now, self.zone):
            return f"today {when.show_time(self.latest.due_at, self.zone)}"
        return self.due


def about_words(about: str) -> str:
    """Returns what a call is about with the word that joins it to a name; words that bring their own keep it."""
    first = about.split(" ", 1)[0].lower()
    return about if not about or first in _JOINS_ITSELF else f"about {about}"


def whole(words: str) -> str:
    """Makes a member's own words harmless within one line, and leaves nothing out."""
    return escape(in_line(words))


def noted(shown: Shown, remarks: Sequence[str] = ()) -> Message:
    """Answers with a call as it was noted; `remarks` say what was assumed."""
    if shown.latest.ended is not None or shown.turn.ended in ("called back", "moved", "taken back"):
        return became(shown)
    about = f", {shown.about}" if shown.callback.about else ""
    line = f"*Call {shown.who}:* {_repeating(shown, shown.due)}{about}"
    is_new = shown.latest.number == 1  # of one that is not, Undo would take all of it away
    other = (
        button("Undo", "callbacks.take_back", shown.latest.id)
        if is_new
        else button("Drop it", "callbacks.drop", shown.latest.id)
    )
    buttons = actions(button("Change", "callbacks.change", shown.latest.id), other)
    small = [*remarks, NOBODY_ELSE, f"{_short(shown.name)} is not messaged."]
    text = notice(f"Call {name(shown.name)}: {_repeating(shown, shown.due)}", _after_comma(shown))
    return Message(text, [section(line), *_note(shown), buttons, context(" ".join(small))])


def reminder(shown: Shown, number: int) -> Message:
    """Is a reminder, one of four, or what has become of the call since."""
    if shown.latest.ended is not None or shown.turn.ended not in (None, "taken back"):
        return became(shown)
    about = about_words(shown.callback.about)
    after, comma = (f" {about}", f", {about}") if about else ("", "")
    text = {
        1: f"Time to call {shown.name}{after}",
        2: f"{shown.name}{comma}: is today a good day to call?",
        3: f"Your call to {shown.name}{comma}: keep it, move it or drop it. All three are fine.",
        4: f"Last reminder: {shown.name}{comma}. It stays on your list, and I will leave it there.",
    }[number]
    first = f"*Call {shown.who}*{whole(after) and f' {whole(after)}'}." if number == 1 else whole(text)
    since = f"Noted {when.show_day(shown.callback.noted_at, shown.zone)}"
    line = f"{first} {since}:" if shown.callback.note else f"{first} {since}."
    turn_id = shown.latest.id
    buttons = [
        actions(
            button("Called back", "callbacks.called_back", turn_id),
            button("Tomorrow", "callbacks.tomorrow", turn_id),
            button("Another time", "callbacks.another_time", turn_id),
        ),
        actions(button("Drop it", "callbacks.drop", turn_id)),
    ]
    return Message(notice("", text), [section(line), *_note(shown), *buttons, context(NOBODY_ELSE)])


def became(shown: Shown) -> Message:
    """Is what became of a call."""
    turn_id, undo = shown.turn.id, button("Undo", "callbacks.undo", shown.turn.id)
    match shown.turn.ended:
        case "called back":
            calls = "call" if shown.returned == 1 else "calls"
            next_one = f" Next: {shown.due}." if shown.callback.every and shown.latest.ended is None else ""
            counted = f" {shown.returned} {calls} returned this month." if shown.returned else ""
            line = f"*Called back: {shown.who}.*{counted}{next_one}"
            buttons = actions(undo, button("Plan the next one", "callbacks.next", turn_id))
        case "moved" if shown.latest.ended is None:
            line = f"*Moved to {shown.due}:* {shown.who}"
            buttons = actions(undo, button("Show my calls", "callbacks.list"))
        case "dropped":
            line, buttons = f"*Dropped* from your list: {shown.who}.", actions(undo)
        case "passed" if shown.latest.ended is None:
            line = f"*That day has passed:* {shown.who}. Next: {shown.due}."
            buttons = actions(button("Show my calls", "callbacks.list"))
        case "taken back":
            line, buttons = "*Undone.* It is off your list.", actions(button("Show my calls", "callbacks.list"))
        case _:
            line = f"*This has changed since:* {shown.who}"
            line += f", {shown.due}." if shown.latest.ended is None else "."
            buttons = actions(button("Show my calls", "callbacks.list"))
    text = line.replace("*", "")
    return Message(text, [section(line), buttons])


def all_calls(shown: Sequence[Shown]) -> Message:
    """Is the list of what a member has to return."""
    if not shown:
        example = "`/callback Jane Doe (Acme) tomorrow 3pm about the RFP`"
        line = f"*No calls to return.* To add one: {example}"
        return Message(
            line.replace("*", "").replace("`", ""), [section(line), actions(button("Add a call", "callbacks.open"))]
        )
    first = shown[0]
    count = f"{len(shown)} {'call' if len(shown) == 1 else 'calls'} to return."
    blocks: list[Block] = [section(f"*{count}* The next one first.")]
    for one in shown[:MOST_LISTED]:
        blocks += [section(listed(one)), _row(one)]
    hidden = len(shown) - MOST_LISTED
    more = f"And {hidden} later {'one' if hidden == 1 else 'ones'}. " if hidden > 0 else ""
    blocks += [actions(button("Add a call", "callbacks.open")), context(f"{more}{NOBODY_ELSE}")]
    return Message(notice(f"{count} Next: {name(first.name)}, {first.soon}", _after_comma(first), "."), blocks)


def listed(one: Shown) -> str:
    """Returns a call as a line of a list."""
    about = f", {one.about}" if one.callback.about else ""
    return f"*{one.who},* {_repeating(one, one.soon)}{about}"


def due_on_home(one: Shown) -> list[Block]:
    """Returns a call that is due as Home shows it among what needs attention."""
    return [section(f"Call {listed(one)}"), _row(one)]


def on_home(later: Sequence[Shown], most: int, *, has_more: bool = False) -> list[Block]:
    """Returns the calls to return as Home shows them: the next few, each with a menu; `has_more` says that others are due."""
    add = button("Add a call", "callbacks.open")
    if not later and not has_more:
        return [section("*No calls to return.* `/callback` notes one, and I remind you.", add)]
    buttons = actions(add, button("Show my calls", "callbacks.list"))
    lines = [section(f"Call {listed(one)}", _menu(), about=one.turn.id) for one in later[:most]]
    return [section("*Calls to return*" if lines else "*No other calls to return.*"), *lines, buttons]


def ask_time(
    who: str, typed: str, why: str, words: str, choices: Sequence[str], pickers: Block, draft_id: str
) -> Message:
    """Asks when to remind; `why` says whether there was no time, an unclear or a past one. `choices` are those in words."""
    whom = name(who)
    shown = name(words or typed) if words or typed else ""
    question = f"When should I remind you to call {whom}?"
    if why == "past":
        line = f'*"{shown}" has passed.* {question}'
    elif why == "unclear" and shown:
        line = f'*When do you mean, for {whom}?* "{shown}" can be read in more than one way.'
    else:
        line = f"*{question}*" + (f' I found no time in "{shown}".' if shown else "")
    asked: Block = pickers
    if choices:
        offered = [button(label, f"callbacks.choose.{number}", draft_id) for number, label in enumerate(choices[:2])]
        asked = actions(*offered, button("Pick a time", "callbacks.pick", draft_id))
    small = context(f"Nothing is noted yet. {NOBODY_ELSE}")
    return Message(line.replace("*", ""), [section(line), asked, small])


_JOINS_ITSELF = frozenset({"to", "for", "because", "if", "whether", "when", "with", "before", "after", "and", "about"})


def _repeating(one: Shown, due: str) -> str:
    return f"{when.every_in_words(one.callback.every)}, next {due}" if one.callback.every else due


def _short(words: str) -> str:
    """Returns the first name of somebody; all of it where it is no name with a first one, such as "the bank"."""
    whole = words.split(" (", 1)[0]
    first = whole.split(" ", 1)[0]
    return name(first if first[:1].isupper() and not first.endswith(".") else whole)


def _after_comma(one: Shown) -> str:
    """Returns what a call is about as it ends a notification, in the member's own words."""
    return f", {about_words(one.callback.about)}" if one.callback.about else ""


def _menu() -> Block:
    """Returns the menu of all that can be done about a call."""
    return choice("callbacks.more", {"done": "Called back", **MORE})


def _row(one: Shown) -> Block:
    reads = f"Called back: {one.who}"
    done = button("Called back", "callbacks.called_back", one.turn.id, reads=reads)
    return actions(done, choice("callbacks.more", MORE, hint="More")) | {"block_id": one.turn.id}


def _note(shown: Shown) -> list[Block]:
    return [quote(shown.callback.note)] if shown.callback.note else []
