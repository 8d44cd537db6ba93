"""What a connector reads of introductions, before and after people are asked. Until all have said yes, no text says who answered.

What those who are asked read: `introduction_asks.py`. The group chat, and whether they met: `meetings.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot import when
from handlers.views.kit import Block, Message, actions, button, context, listed, name, question, quote, section
from storage.tables import Introduction, Side
from storage.tables.introductions import OPEN

PRIVATE = "Reasons stay private, always."
ONLY_YOU = "Only you see this."
MOST_SHOWN = 5  # on Home; each can be taken back where it was begun, too
ALONE = "Each is asked alone and in private. Nothing opens until {all} say yes."


@dataclass(frozen=True)
class Shown:
    """An introduction as one of its people reads it: `names` by side, in order; the `side` is the reader's own, if they have one.

    `closes` is the day on which it closes and `hears_by` the one on which the reader hears of it, both as the reader reads days.
    The reader's answer `waits` to be given, maybe where one `is_asked_again`; `again` and `chosen` say what else they chose.
    `chat` is what became of the first words in the group chat, as the outbox has it.
    """

    introduction: Introduction
    sides: Sequence[Side]
    names: Mapping[str, str]
    connector: str
    closes: str = ""
    hears_by: str = ""
    side: Side | None = None
    again: str = ""
    is_asked_again: bool = False
    waits: bool = True
    chosen: str = ""
    chat: str = "sent"
    is_connector_here: bool = True
    slack_ids: Sequence[str] = field(default_factory=tuple)

    @property
    def all_names(self) -> list[str]:
        """The names of all who are introduced."""
        return list(self.names.values())

    @property
    def others(self) -> list[str]:
        """The names of those to whom the reader is introduced."""
        return [one for side_id, one in self.names.items() if self.side is None or side_id != self.side.id]

    @property
    def all(self) -> str:
        """How many all are, in a word."""
        return all_of(self.sides)

    @property
    def is_chat_open(self) -> bool:
        """Whether the group chat is there, as far as anybody knows."""
        return self.chat in ("sent", "unconfirmed")


@dataclass(frozen=True)
class Mine:
    """The introductions on a member's Home: those they make, those that wait for their answer, and those that wait to be told of.

    An answer is waited for until it is given, and once more after a *Not now*.
    """

    made: Sequence[Shown] = ()
    asked: Sequence[Shown] = ()
    unsaid: Sequence[Shown] = ()


NO_INTRODUCTIONS = Mine()


def all_of(people: Sequence[object]) -> str:
    """Says how many all of two or three are, in a word."""
    return "both" if len(people) == 2 else "all"


def approval(people: Sequence[str], lines: Sequence[str]) -> list[Block]:
    """Returns what each of them will read, word for word."""
    blocks: list[Block] = []
    for who, line in zip(people, lines, strict=True):
        blocks += [section(f"*{name(who)} will read:*"), quote(line)]
    return [*blocks, context(ALONE.format(all=all_of(people)))]


def to_approve(people: Sequence[str], lines: Sequence[str], draft_id: str) -> Message:
    """Shows the connector what everybody will read, before anybody does."""
    row = actions(
        button(ask_label(people), "introductions.ask", draft_id),
        button("Change", "introductions.open", draft_id),
        button("Leave it", "introductions.leave", draft_id),
    )
    return Message(f"What {listed(people)} will read, each alone", [*approval(people, lines), row])


def ask_label(people: Sequence[str]) -> str:
    """Says what the button does that has them asked."""
    return "Ask them both" if len(people) == 2 else "Ask all three"


def being_asked(shown: Shown) -> Message:
    """Answers the connector that people are asked, or says what has become of it since."""
    people, introduction = listed(shown.all_names), shown.introduction
    if introduction.state == "withdrawn":
        return taken_back(shown)
    if introduction.is_outside:
        undo = [actions(button("Undo", "introductions.withdraw", introduction.id))]
        line = f"*Noted: you sent it.* I will ask in a week whether {people} met."
        return _plainly(line, *(undo if introduction.state == "passed on" else []))
    if introduction.state == "expired":
        return closed_for_connector(shown)
    if introduction.state not in OPEN:
        return _plainly(f"*{people} {shown.all} said yes.* {'The chat is open.' if shown.is_chat_open else ''}".strip())
    line = f"*{people} are being asked.* You will hear by {shown.hears_by}."
    back = button("Take it back", "introductions.withdraw", introduction.id)
    small = context(f"Possible until {shown.all} have said yes. Answers stay private.")
    return _plainly(line, actions(back), small)


def taken_back(shown: Shown) -> Message:
    """Answers the connector that nobody is asked any more."""
    if shown.introduction.is_outside:
        return _plainly("*Undone.* I will not ask whether they met.")
    return _plainly("*Taken back.* Nobody is asked any more. Whoever said yes reads that you took it back.")


def left_alone() -> Message:
    """Answers that nobody was asked."""
    return _plainly("*Left as it is.* Nobody was asked.")


def closed_for_connector(shown: Shown) -> Message:
    """Tells the connector that nothing opens: in the same words, whatever the reason."""
    text = f"{listed(shown.all_names)}: this one will not go ahead. Thank you for thinking of them {shown.all}."
    return Message(text, [section(text), context(PRIVATE)])


def texts_to_send(shown: Sequence[tuple[str, str]], draft_id: str, *, is_outside: bool) -> Message:
    """Shows a connector what to send to those whom the bot does not message; pairs of a name and the text."""
    people = listed([who for who, _ in shown])
    why = "I message nobody outside Slack." if is_outside else "I ask members alone."
    blocks: list[Block] = [section(f"*A text for you to send to {people}.* {why}")]
    for who, text in shown:
        blocks += [*([section(f"*For {name(who)}:*")] if len(shown) > 1 else []), quote(text)]
    row = actions(button("I sent it", "introductions.ask", draft_id), button("Edit", "introductions.open", draft_id))
    small = context("Ask the others yourself first. Only you see this, and I will ask only you whether they met.")
    return Message(f"A text for you to send to {people}", [*blocks, row, small])


def text_for(who: str, others: Sequence[str], line: str) -> str:
    """Returns the text that a connector can send on: a question first, then their own words."""
    return f"{who.split(' ')[0]}, may I introduce you to {' and '.join(others)}? {line}"


def remind(names: Sequence[str], introduction_id: str) -> Message:
    """Reminds a connector of a draft that they kept."""
    text = f"You wanted to introduce {listed(names)}, and there is room for it now. Do you still?"
    read = button("Read it first", "introductions.reopen", introduction_id)
    return Message(text, [section(f"*{text}*"), actions(read), context("Nobody has been asked.")])


def kept_until(until: datetime, zone: str) -> Message:
    """Answers that a draft is kept until somebody can be asked."""
    return _plainly(f"*Kept.* I will remind you on {when.show_day(until, zone)}. Nobody was asked.", context(ONLY_YOU))


def chosen() -> Message:
    """Answers that what one wants to be asked was kept."""
    return _plainly("*Saved.* It holds from now on.", context(ONLY_YOU))


def settings_line(a_month: int, rests_until: str) -> Block:
    """Returns the line of the settings that says how often one is asked, and leads to the form."""
    asks = "asks" if a_month != 1 else "ask"
    words = f"at most {a_month} {asks} in 30 days" if a_month else "you are asked about none"
    words = f"you are asked about none until {rests_until}" if rests_until and a_month else words
    return section(f"*Introductions:* {words}",
                   button("Change", "introductions.settings", reads="Change what introductions you are asked about"))  # fmt: skip


def on_home(made: Sequence[Shown], *, may_make: bool = True) -> list[Block]:
    """Returns the introductions somebody makes, as Home shows them; nothing for a guest, who makes none."""
    if not may_make:
        return []
    add = actions(button("Introduce two people", "introductions.open"))
    if not made:
        return [section("*Introductions.* Whom would you like to bring together? You approve the words first."), add]
    blocks: list[Block] = [section("*Introductions*")]
    for shown in made[:MOST_SHOWN]:
        asks = question("Take it back?", "Nobody is asked any more.", "Take it back", "Keep it")
        back = button("Take it back", "introductions.withdraw", shown.introduction.id, asks=asks,
                      reads=f"Take back: {listed(shown.all_names)}")  # fmt: skip
        blocks.append(section(f"{listed(shown.all_names)} are being asked. You will hear by {shown.hears_by}.", back))
    more = len(made) - MOST_SHOWN
    return [*blocks, *([context(f"And {more} more.")] if more > 0 else []), add]


def _plainly(line: str, *more: Block) -> Message:
    """Says one line, which a notification has without its marks."""
    return Message(line.replace("*", ""), [section(line), *more])
