"""The forms about introductions: who and in which words, what all will read, when to ask again, and what one wants asked."""

from collections.abc import Sequence
from datetime import date

from bot.openness import MOST_A_MONTH
from bot.proposals import MOST_LINE
from handlers.views.introductions import approval, ask_label
from handlers.views.kit import Block, Form, context, field_for, option, people_field, text_field

PLACES = ("First person", "Second person", "Third person")


def draft_form(
    draft_id: str,
    *,
    slack_ids: Sequence[str],
    outsider: str,
    names: Sequence[str],
    lines: Sequence[str],
    is_business: bool,
) -> Form:
    """Is the form of who is introduced and what each of them reads; `names` are those in the order of the lines, if known."""
    blocks: list[Block] = []
    for number, label in enumerate(PLACES):
        chosen = slack_ids[number : number + 1]
        element = people_field(f"person_{number + 1}", chosen, several=False)
        blocks.append(field_for(f"person_{number + 1}", label, element, optional=True))
    outside = text_field("outsider", outsider, most=150, hint="Jane Doe (Acme)")
    blocks.append(field_for("outsider", "Or someone outside Slack", outside, optional=True,
                            hint="You get a text to send: I message nobody outside Slack. Fill their line last."))  # fmt: skip
    for number in range(len(PLACES)):
        written = lines[number] if number < len(lines) else ""
        line = text_field(f"line_{number + 1}", written, most=MOST_LINE, lines=True)
        blocks.append(field_for(f"line_{number + 1}", _label(number, names), line, optional=number > 1))
    blocks.append(_business(is_business))
    blocks.append(context("You read it all once more before anybody is asked."))
    return Form("Introduce people", blocks, "introductions.drafted", submit="Read it first", keeps=draft_id)


def approval_form(people: Sequence[str], lines: Sequence[str], draft_id: str) -> Form:
    """Shows what everybody will read, to be approved."""
    return Form(
        "What they will read",
        approval(people, lines),
        "introductions.approved",
        submit=ask_label(people),
        close="Back",
        keeps=draft_id,
    )


def again_form(side_id: str, first: date, last: date) -> Form:
    """Asks for the day on which to ask once more."""
    field = field_for(
        "day", "Ask me once more on", {"type": "datepicker", "action_id": "day", "initial_date": str(first)}
    )
    return Form("Pick a day", [field, context(f"Before {last:%a} {last.day} {last:%b}, when it closes. Nobody is told.")],
                "introductions.again_on", submit="Save", keeps=side_id)  # fmt: skip


def rest_form(side_id: str, first: date) -> Form:
    """Asks until when somebody wants no more to be asked about."""
    field = field_for(
        "day", "Ask me about none until", {"type": "datepicker", "action_id": "day", "initial_date": str(first)}
    )
    small = "Who would like to introduce you reads that you are at capacity until then, and nothing else."
    return Form("At capacity", [field, context(small)], "introductions.resting", submit="Save", keeps=side_id)


def settings_form(a_month: int, rests_until: date | None, unwanted: Sequence[str]) -> Form:
    """Is the form of what one wants to be asked; `unwanted` are Slack ids."""
    day: Block = {"type": "datepicker", "action_id": "day"} | (
        {"initial_date": str(rests_until)} if rests_until else {}
    )
    blocks = [
        field_for("a_month", "Asks in 30 days, at most", text_field("a_month", str(a_month), most=2),
                  hint=f"From 0 to {MOST_A_MONTH}. With 0 you are asked about none."),
        field_for("day", "At capacity until", day, optional=True, hint="Until then you are asked about none."),
        field_for("unwanted", "Do not introduce me to", people_field("unwanted", unwanted), optional=True,
                  hint="In confidence: nobody is told, and you are not asked."),
        context("Only you see this."),
    ]  # fmt: skip
    return Form("Introductions", blocks, "introductions.chosen", submit="Save")


def _label(number: int, names: Sequence[str]) -> str:
    if number < len(names) and len(names) > 1:
        others = " and ".join(one.split(" ")[0] for place, one in enumerate(names) if place != number)
        return f"Line for {names[number].split(' ')[0]}, about {others}"[:48]
    return ("What the first person reads", "What the second person reads", "What a third person reads, if any")[number]


def _business(is_business: bool) -> Block:
    ticked = option("business", "It is business")
    box: Block = {"type": "checkboxes", "action_id": "business", "options": [ticked]}
    box |= {"initial_options": [ticked]} if is_business else {}
    return field_for("business", "Business?", box, optional=True, hint="It counts as a referral when all say yes.")
