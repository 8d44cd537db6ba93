"""What is said once all have said yes: the group chat, the one prompt, whether they met, and what the connector hears of it."""

from collections.abc import Sequence

from bot.meetings import MOST_WORDS
from handlers.views.introductions import ONLY_YOU, Shown
from handlers.views.kit import (
    Block,
    Form,
    Message,
    actions,
    button,
    context,
    field_for,
    listed,
    name,
    quote,
    section,
    text_field,
)

# What each answer is called, by what is kept of it.
ANSWERS = {"met": "Met", "scheduled": "Scheduled", "not yet": "Not yet", "led to something": "It led to something"}


def hello(shown: Shown) -> Message:
    """Opens the group chat: who is introduced, what the connector wrote about each, and who starts."""
    people, first = shown.all_names, name(shown.all_names[0])
    text = f"{name(shown.connector)} introduces {listed(people)}. You {shown.all} said yes. {first}, you start."
    if len(people) == 2:
        second = name(people[1])
        meet = f"*{first}, meet {second}. {second}, meet {first}.*"
    else:
        meet = f"*{listed(people)}, meet each other.*"
    blocks: list[Block] = [section(f"{meet} You {shown.all} said yes to this. :wave:")]
    blocks += _written(shown)
    start = section(f"*{first}, you start:* say hello and offer two times.")
    if shown.introduction.written_at is not None:
        return Message(
            text, [*blocks, start, context("Noted: one of you has written.")], gathers=tuple(shown.slack_ids)
        )
    written = actions(button("I have written", "introductions.written", shown.introduction.id))
    small = context("I do not read this chat. The button tells me that all is well.")
    return Message(text, [*blocks, start, written, small], gathers=tuple(shown.slack_ids))


def opened(shown: Shown) -> Message:
    """Tells the connector that all said yes, and what became of their chat."""
    counted = " It counts as 1 referral shared." if shown.introduction.is_business else ""
    people, first = listed(shown.all_names), name(shown.all_names[0])
    if shown.is_chat_open:
        text = f"{people} {shown.all} said yes. The chat is open, and {first} starts.{counted}"
    else:
        text = f"{people} {shown.all} said yes, and I could not open their chat: please bring them together yourself.{counted}"
    first_sentence, _, rest = text.partition(". ")
    return Message(text, [section(f"*{first_sentence}.* {rest}" if rest else f"*{text}*")])


def prompt(shown: Shown) -> Message:
    """Prompts the one who was to start, once; or shows that it is written."""
    if shown.introduction.written_at is not None:
        return Message("Thank you. I know that one of you has written.",
                       [section("*Thank you.* I know that one of you has written.")])  # fmt: skip
    others = listed(shown.others)
    text = f"{others} said yes to meeting you. A hello from you gets it going."
    first = name(shown.others[0].split(" ")[0])
    example = f'For example: "Hi {first}, it is good to meet you here. Tuesday at 2 or Thursday at 10?"'
    written = actions(button("I have written", "introductions.written", shown.introduction.id))
    return Message(text, [section(f"*{text}*"), section(example), written, context("I will not prompt again.")])


def did_you_meet(shown: Shown, number: int | None = None) -> Message:
    """Asks whether they met, once and once more; or shows what the reader has said. Home shows it without a `number`."""
    assert shown.side is not None
    if shown.side.met in ("met", "led to something"):
        return _said(shown)
    again = {1: " I will ask once more.", 2: " I will not ask again."}.get(number or 0, "")
    if shown.side.met is None:
        line = f"*{_asked(shown)}{again if number == 2 else ' One tap is enough.'}*"
    elif number == 2:
        line = f"*{_asked(shown)}{again}* So far: {_so_far(shown.side.met)}."
    else:
        line = f"*{_so_far(shown.side.met).capitalize()}.*{again} Tap another when it changes."
    sees = ONLY_YOU if shown.introduction.is_outside else _others_do_not(shown.others)
    sees = f"{name(shown.connector)} sees your answer. {sees}" if _has_reader(shown) else sees
    return Message(line.replace("*", ""), [section(line), *_answers(shown), context(sees)])


def news(shown: Shown, what: str) -> Message:
    """Tells the connector what has become of an introduction; what is not so any more gives way to what is."""
    if not is_news(shown, what):
        what = next((one for one in _all_news(shown) if is_news(shown, one)), "open")
    people = listed(shown.all_names)
    blocks: list[Block] = []
    match what.split(" ")[0]:
        case "scheduled":
            text = f"{people} have set a time to meet."
        case "met":
            text = f"{people} met. Your introduction did that."
        case "differs":
            text = f"{_say(shown, 'met')} they met, {_say(shown, 'not yet')} not yet. I have kept {shown.all} answers."
        case "led":
            side = next(one for one in shown.sides if f"led {one.number}" == what)
            text = f"It led to something, says {name(shown.names[side.id])}."
            blocks = [section(f"*{text}* :tada:"), *([quote(side.words)] if side.words else [])]
        case "open":
            text = f"By now nobody says that {people} met."
        case _:
            text = f"I do not know whether {people} met, and have stopped asking. A word from you may help."
    return Message(text, blocks or [section(f"*{text}*")])


def is_news(shown: Shown, what: str) -> bool:
    """Says whether what the connector was told, or is to be, is so."""
    said = [side.met for side in shown.sides]
    if what.startswith("led"):
        return any(f"led {side.number}" == what and side.met == "led to something" for side in shown.sides)
    return {
        "scheduled": "scheduled" in said and "met" not in said and "led to something" not in said,
        "met": "met" in said and "led to something" not in said and "not yet" not in said,
        "differs": "met" in said and "not yet" in said,
    }.get(what, shown.introduction.state == "did not meet")


def _all_news(shown: Shown) -> list[str]:
    """Returns what there can be to tell, the best first."""
    return [*(f"led {side.number}" for side in shown.sides), "differs", "met", "scheduled", "unknown"]


def waiting_on_home(shown: Shown) -> list[Block]:
    """Returns the question whether they met, as Home shows it among what needs attention."""
    assert shown.side is not None
    answer = button("Answer", "meetings.look", shown.side.id, reads=f"Answer: {_asked(shown)}")
    return [section(_asked(shown), answer)]


def look_form(shown: Shown) -> Form:
    """Shows the question in a form, for whoever opened it on Home."""
    return Form("Did you meet?", did_you_meet(shown).blocks, "answer", close="Close")


def words_form(shown: Shown) -> Form:
    """Asks what it led to, in one's own words."""
    assert shown.side is not None
    field = text_field("words", shown.side.words or "", most=MOST_WORDS, lines=True)
    blocks = [field_for("words", "What came of it?", field), context(_reads(shown))]
    return Form("It led to something", blocks, "meetings.words", submit="Save", keeps=shown.side.id)


def _said(shown: Shown) -> Message:
    assert shown.side is not None
    people = listed(shown.all_names) if shown.introduction.is_outside else _you_and(shown.others)
    what = "met" if shown.side.met == "met" else "met, and it led to something"
    line = f"*{people} {what}.* {'Good to hear.' if shown.side.met == 'met' else 'That is good news.'}"
    words = [quote(shown.side.words)] if shown.side.words else []
    again = button("Change my answer", "meetings.change", shown.side.id)
    word = "Change the words" if shown.side.words else "Add a word"
    add = (button(word, "meetings.word", shown.side.id),) if shown.side.met == "led to something" else ()
    return Message(line.replace("*", ""), [section(line), *words, actions(*add, again), context(_reads(shown))])


def _reads(shown: Shown) -> str:
    return f"{name(shown.connector)} reads it." if _has_reader(shown) else ONLY_YOU


def _has_reader(shown: Shown) -> bool:
    return shown.is_connector_here and not shown.introduction.is_outside


def _asked(shown: Shown) -> str:
    """Asks whether they met."""
    people = (
        listed(shown.all_names) if shown.introduction.is_outside else _you_and(shown.others).replace("You", "you", 1)
    )
    return f"Did {people} meet?"


def _you_and(others: Sequence[str]) -> str:
    return listed(["You", *others])


def _written(shown: Shown) -> list[Block]:
    """Returns what the connector wrote; once, where all were written the same."""
    if len({side.line for side in shown.sides}) == 1:
        return [section(f"{name(shown.connector)} writes to you {shown.all}:"), quote(shown.sides[0].line)]
    blocks: list[Block] = []
    for side in shown.sides:
        about = listed([one for side_id, one in shown.names.items() if side_id != side.id])
        blocks += [section(f"{name(shown.connector)} about {about}:"), quote(side.line)]
    return blocks


def _so_far(met: str) -> str:
    return f"{ANSWERS[met].lower()}, {'good to hear' if met == 'scheduled' else 'and that is fine'}"


def _answers(shown: Shown) -> list[Block]:
    assert shown.side is not None
    whom = listed(shown.all_names if shown.introduction.is_outside else shown.others)
    buttons = [
        button(label, f"meetings.said.{number}", shown.side.id, reads=f"{label}: {whom}")
        for number, label in enumerate(ANSWERS.values())
    ]
    return [actions(*buttons[:2]), actions(*buttons[2:])]


def _others_do_not(others: Sequence[str]) -> str:
    return f"{listed(others)} {'does' if len(others) == 1 else 'do'} not."


def _say(shown: Shown, answer: str) -> str:
    people = [shown.names[side.id] for side in shown.sides if side.met == answer]
    return f"{listed(people)} {'says' if len(people) == 1 else 'say'}"
