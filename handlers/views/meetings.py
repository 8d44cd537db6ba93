"""What is said once all have said yes: the group chat, the one prompt, whether they met, and what the connector hears of it."""

from collections.abc import Sequence

from handlers.views.introductions import Shown, listed
from handlers.views.kit import (
    Block,
    Form,
    Message,
    actions,
    button,
    context,
    field_for,
    name,
    quote,
    section,
    text_field,
)

# What each answer is called, by what is kept of it.
ANSWERS = {"met": "Met", "scheduled": "Scheduled", "not yet": "Not yet", "led to something": "It led to something"}
MOST_WORDS = 500


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
    for side in shown.sides:
        about = listed([one for side_id, one in shown.names.items() if side_id != side.id])
        blocks += [section(f"{name(shown.connector)} about {about}:"), quote(side.line)]
    start = section(f"*{first}, you start:* say hello and offer two times.")
    if shown.introduction.written_at is not None:
        return Message(
            text, [*blocks, start, context("Noted: one of you has written.")], gathers=tuple(shown.slack_ids)
        )
    written = actions(button("I have written", "introductions.written", shown.introduction.id))
    small = context("I do not read this chat. The button tells me that all is well.")
    return Message(text, [*blocks, start, written, small], gathers=tuple(shown.slack_ids))


def opened(shown: Shown) -> Message:
    """Tells the connector that all said yes."""
    counted = " It counts as 1 referral shared." if shown.introduction.is_business else ""
    people, first = listed(shown.all_names), name(shown.all_names[0])
    text = f"{people} {shown.all} said yes. The chat is open, and {first} starts.{counted}"
    return Message(text, [section(text)])


def prompt(shown: Shown) -> Message:
    """Prompts the one who was to start, once; or shows that it is written."""
    if shown.introduction.written_at is not None:
        return Message("Thank you. It is noted that one of you has written.",
                       [section("*Thank you.* It is noted that one of you has written.")])  # fmt: skip
    others = listed(shown.others)
    text = f"{others} said yes to meeting you. A hello from you gets it going."
    first = name(shown.others[0].split(" ")[0])
    example = f'For example: "Hi {first}, it is good to meet you here. Tuesday at 2 or Thursday at 10?"'
    written = actions(button("I have written", "introductions.written", shown.introduction.id))
    return Message(text, [section(f"*{text}*"), section(example), written, context("I will not prompt again.")])


def did_you_meet(shown: Shown, number: int) -> Message:
    """Asks whether they met, once and once more; or shows what the reader has said."""
    assert shown.side is not None
    outside, others = shown.introduction.is_outside, listed(shown.others)
    asked = f"Did {listed(shown.all_names)} meet?" if outside else f"Did you and {others} meet?"
    if shown.side.met in ("met", "led to something"):
        return _said(shown, asked)
    text = f"{asked} {'One tap is enough.' if number == 1 else 'I will not ask again.'}"
    sees = (
        "Only you see this." if outside else f"{name(shown.connector)} sees your answer. {_others_do_not(shown.others)}"
    )
    said = [section(_so_far(shown.side.met))] if shown.side.met else []
    return Message(text, [section(f"*{text}*"), *said, *_answers(shown), context(sees)])


def news(shown: Shown, what: str) -> Message:
    """Tells the connector what has become of an introduction."""
    people = listed(shown.all_names)
    said = {shown.names[side.id]: side.met for side in shown.sides}
    blocks: list[Block] = []
    match what.split(" ")[0]:
        case "scheduled":
            text = f"{people} have set a time to meet."
        case "met":
            text = f"{people} met. Your introduction did that."
        case "differs":
            met = [who for who, answer in said.items() if answer in ("met", "led to something")]
            not_yet = [who for who, answer in said.items() if answer == "not yet"]
            text = f"{_say(met)} they met, {_say(not_yet)} not yet. I have kept {shown.all} answers."
        case "led":
            side = next(one for one in shown.sides if one.number == int(what.split(" ")[1]))
            text = f"It led to something, says {name(shown.names[side.id])}."
            blocks = [section(f"*{text}* :tada:"), *([quote(side.words)] if side.words else [])]
        case _:
            text = f"I do not know whether {people} met, and have stopped asking. A word from you may help."
    return Message(text, blocks or [section(f"*{text}*")])


def is_news(shown: Shown, what: str) -> bool:
    """Says whether what the connector was to be told is still so."""
    said, state = [side.met for side in shown.sides], shown.introduction.state
    if what.startswith("led"):
        return any(f"led {side.number}" == what and side.met == "led to something" for side in shown.sides)
    return {
        "scheduled": state == "checking in" and "scheduled" in said,
        "met": state == "met" and "not yet" not in said,
        "differs": state in ("met", "led to something") and "not yet" in said,
    }.get(what, state == "did not meet")


def look_form(shown: Shown) -> Form:
    """Shows the question in a form, for whoever opened it on Home."""
    return Form("Did you meet?", did_you_meet(shown, 1).blocks, "answer", close="Close")


def words_form(side_id: str) -> Form:
    """Asks what it led to, in one's own words."""
    field = text_field("words", most=MOST_WORDS, lines=True)
    blocks = [
        field_for("words", "What came of it?", field),
        context("Who introduced you reads it."),
    ]
    return Form("It led to something", blocks, "meetings.words", submit="Save", keeps=side_id)


def _said(shown: Shown, asked: str) -> Message:
    assert shown.side is not None
    assert shown.side.met is not None
    thanks = "Good to hear." if shown.side.met == "met" else "That is good news."
    sees = "Only you see this." if shown.introduction.is_outside else f"{name(shown.connector)} reads it."
    line = f"*{asked}* {ANSWERS[shown.side.met]}. {thanks}"
    words = [quote(shown.side.words)] if shown.side.words else []
    again = button("Change my answer", "meetings.change", shown.side.id)
    add = (button("Add a word", "meetings.word", shown.side.id),) if shown.side.met == "led to something" else ()
    return Message(line.replace("*", ""), [section(line), *words, actions(*add, again), context(sees)])


def _so_far(met: str) -> str:
    return f"You said: {ANSWERS[met].lower()}. {'Good to hear.' if met == 'scheduled' else 'That is fine.'}"


def _answers(shown: Shown) -> list[Block]:
    assert shown.side is not None
    buttons = [
        button(label, f"meetings.said.{number}", shown.side.id, reads=f"{label}: {listed(shown.others)}"[:75])
        for number, label in enumerate(ANSWERS.values())
    ]
    return [actions(*buttons[:2]), actions(*buttons[2:])]


def _others_do_not(others: Sequence[str]) -> str:
    return f"{listed(others)} {'does' if len(others) == 1 else 'do'} not."


def _say(people: Sequence[str]) -> str:
    return f"{listed(people)} {'says' if len(people) == 1 else 'say'}"
