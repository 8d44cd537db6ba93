"""What those read who are asked about an introduction: the question, their own answer, and that it is closed.

A no, a not now that outlives the fourteenth day and silence read the same to everybody else, word for word.
"""

from handlers.views.harmless import unescape
from handlers.views.introductions import PRIVATE, Shown
from handlers.views.kit import (
    LABEL_CHARACTERS,
    NOTICE_CHARACTERS,
    Block,
    Form,
    Message,
    actions,
    button,
    choice,
    context,
    listed,
    name,
    notice,
    quote,
    section,
)  # fmt: skip
from storage.tables.introductions import OPEN

AGAIN = {"3": "In three days", "7": "In a week", "pick": "Pick a day"}
MORE = {"rest": "At capacity until a day", "unwanted": "Not to {other}", "none": "No introductions"}


def ask(shown: Shown) -> Message:
    """Asks somebody, or shows what they answered and what has become of it."""
    assert shown.side is not None
    state = shown.introduction.state
    others = listed(shown.others)
    if state in OPEN:
        return _question(shown) if shown.waits else _answered(shown)
    if shown.side.answer == "no":
        line = "*Understood.* Nobody was told your answer, and it counts against nobody."
    elif state == "withdrawn":
        line = f"*{name(shown.connector)} took this back.* Nothing is asked of you any more."
    elif state == "expired":
        line = f"*This one is closed.* {name(shown.connector)} asked about {others}; nothing is asked of you any more."
    elif shown.is_chat_open:
        line = f"*You {shown.all} said yes.* Your group chat with {others} is open."
    elif state == "opening":
        line = f"*You {shown.all} said yes.* Your group chat with {others} opens now."
    else:
        line = (
            f"*You {shown.all} said yes.* I could not open your chat: {name(shown.connector)} will bring you together."
        )
    return Message(line.replace("*", ""), [section(line)])


def look_form(shown: Shown) -> Form:
    """Shows the question in a form, for whoever opened it on Home."""
    return Form("An introduction", ask(shown).blocks, "answer", close="Close")


def waiting_on_home(shown: Shown) -> list[Block]:
    """Returns an introduction about which somebody is asked, as Home shows it among what needs attention."""
    assert shown.side is not None
    others = listed(shown.others)
    answer = button("Answer", "introductions.look", shown.side.id, reads=f"Answer: introduction to {others}")
    return [section(f"{name(shown.connector)} would like to introduce you to {others}", answer)]


def closed_for_side(shown: Shown) -> Message:
    """Tells somebody who said yes that nothing opens: in the same words, whatever the reason."""
    text = f"The introduction to {listed(shown.others)} will not go ahead for now. Thank you for being open to it."
    return Message(text, [section(text), context(PRIVATE)])


def taken_back_from(shown: Shown) -> Message:
    """Tells somebody who said yes that the connector took it back."""
    text = (
        f"{name(shown.connector)} took back the introduction to {listed(shown.others)}. Thank you for being open to it."
    )
    return Message(text, [section(text)])


def _question(shown: Shown) -> Message:
    assert shown.side is not None
    side_id, others = shown.side.id, listed(shown.others)
    first = f"{name(shown.connector)} would like to introduce you to {others}."
    rest = f"Yes, not now or no: your answer stays private unless you {shown.all} say yes."
    text = f"{first} {rest}"
    if len(text) > NOTICE_CHARACTERS:
        asked = notice(f"{name(shown.connector)} would like to introduce you to ", " and ".join(shown.others))
        text = f"{asked} Yes, not now or no?"
    answers = actions(
        button("Yes", "introductions.yes", side_id, reads=f"Yes, introduce me to {others}"),
        button("Not now", "introductions.not_now", side_id, reads=f"Not now, about {others}"),
        button("No", "introductions.no", side_id, reads=f"No, not to {others}"),
    )
    whom = "them" if len(shown.others) > 1 else unescape(others)
    menu = {key: words.format(other=whom)[:LABEL_CHARACTERS] for key, words in MORE.items()}
    more = actions(choice("introductions.more", menu, hint="More")) | {"block_id": side_id}
    small = f"No answer is fine too: this closes on {shown.closes}."
    small = f"{'Two' if shown.all == 'both' else 'Three'} yeses open a group chat with {name(shown.connector)}. {small}"
    again = [context("You asked me to ask once more. I will not ask a third time.")] if shown.is_asked_again else []
    return Message(text, [section(f"*{first}*"), quote(shown.side.line), answers, more, *again, context(small)])


def _answered(shown: Shown) -> Message:
    assert shown.side is not None
    side_id, others = shown.side.id, listed(shown.others)
    change = button("Change my answer", "introductions.change", side_id)
    if shown.side.answer == "yes":
        says = "says" if len(shown.others) == 1 else "say"
        line = f"*Thank you. If {others} {says} yes too, your group chat opens.* If not, you hear by {shown.hears_by}."
        return Message(line.replace("*", ""), [section(line), actions(change)])
    if shown.side.answer == "no":
        line = "*Understood.* Nobody is told your answer, and it counts against nobody."
        settings = [
            button("Change that", "introductions.settings", reads="Change what introductions you are asked about")
        ]
        chosen = [section(shown.chosen)] if shown.chosen else []
        buttons = actions(change, *(settings if shown.chosen else []))
        return Message(f"{line.replace('*', '')} {shown.chosen}".strip(), [section(line), *chosen, buttons])
    line = f"*Not now, then.* {shown.again or f'When may I ask once more about {others}? Nobody is told.'}"
    when = actions(choice("introductions.again_in", AGAIN, hint="Choose a day")) | {"block_id": side_id}
    ways = [] if shown.again else [when]
    return Message(line.replace("*", ""), [section(line), *ways, actions(change)])
