"""What `/network` tells a member of their network, each number with how sure it is; and why giving pays here."""

from collections.abc import Sequence

from bot.insights import INTRODUCE, MEET, Insights, ToIntroduce, ToMeet
from bot.months import Month
from bot.paying import ENOUGH, Paying
from handlers.views.drawing import can_draw
from handlers.views.kit import Block, Form, Message, actions, button, context, divider, name, quote, section
from handlers.views.network import last_month, month_line

ONLY_YOU = "Only you see this."
_LONGEST_LABEL = 24


def network(mine: Month, ties: tuple[int, int], told: Insights, home_url: str) -> Message:
    """Answers `/network`."""
    line = month_line(mine)
    picture = (button("Send me the picture", "network.picture"),) if ties[0] and can_draw() else ()
    leads = actions(
        *picture, button("Why giving pays here", "network.why"), button("Open Home", "home.open", url=home_url)
    )
    blocks = [section(line), context(last_month(mine)), *_measures(ties, told), leads]
    for one in told.to_meet:
        blocks += [divider(), *_to_meet(one)]
    for pair in told.to_introduce:
        blocks += [divider(), *_to_introduce(pair)]
    return Message(line.replace("*", ""), [*blocks, context(ONLY_YOU)])


def ask_form(introducer: str, asker: str, other: str, keeps: str) -> Form:
    """Shows what somebody would read who is asked to introduce two, before it is sent."""
    who = name(introducer)
    blocks = [
        section(f"*{who} will read:*"),
        quote(request(asker, other)),
        context(f"{who} gets it as a message from me. Nobody else hears of it."),
    ]
    return Form(
        "Ask for an introduction", blocks, "network.asked", submit=f"Send to {introducer}"[:_LONGEST_LABEL], keeps=keeps
    )


def request(asker: str, other: str) -> str:
    """Returns what somebody reads who is asked to introduce two."""
    return f"{asker} would like to meet {other}. You know both: would you introduce them?"


def asked(asker: str, other: str, about: str) -> Message:
    """Asks somebody to introduce two."""
    first, second = name(asker), name(other)
    row = actions(
        button("Introduce them", "network.introduce", about, reads=f"Introduce {asker} and {other}"),
    )
    text = f"{first} would like to meet {second}. Would you introduce them?"
    small = context("No answer is fine too. You approve the words, and both are asked before anything opens.")
    return Message(text, [section(f"*{first} would like to meet {second}.* You know both."), row, small])


def sent(introducer: str) -> Message:
    """Answers that somebody is asked."""
    line = f"*Sent to {name(introducer)}.* Whether anything comes of it is theirs to say."
    return Message(line.replace("*", ""), [section(line), context(ONLY_YOU)])


def left_out() -> Message:
    """Answers *Not this*."""
    return Message("Left out.", [section("*Left out.* I will not suggest this one again."), context(ONLY_YOU)])


def why(paying: Paying) -> Message:
    """Answers *Why giving pays here*, with this workspace's own numbers beside textbook models."""
    if not paying.is_enough:
        so_far = f"{paying.first} first good {'turn' if paying.first == 1 else 'turns'} so far"
        if not paying.first:
            so_far = "Good turns have six months to be returned"
        line = f"*Too early to say.* {so_far}, and an honest figure needs {ENOUGH}."
        return Message(line.replace("*", ""), [section(line), *_models(None), context(ONLY_YOU)])
    share, low, high = (round(100 * one) for one in (paying.share, paying.low, paying.high))
    counted = f"{paying.returned} of {paying.first} first good turns here were returned within six months"
    line = f"*{counted}:* {share}%, likely between {low}% and {high}%."
    return Message(line.replace("*", ""), [section(line), *_models(paying), context(ONLY_YOU)])


def _measures(ties: tuple[int, int], told: Insights) -> list[Block]:
    count, new = ties
    if not count:
        return [section("*My network:* it begins with the first help you and somebody else agree on.")]
    words = f"{count:,} {'tie' if count == 1 else 'ties'}" + (f", {new:,} new this month" if new else "")
    gave = f"you helped {_people(told.helped)} here" if told.helped else ""
    got = f"{_people(told.helped_by)} helped you" if told.helped_by else ""
    both = "; ".join(filter(None, [gave, got]))
    lines = [f"*My network:* {words}.{f' {both[0].upper()}{both[1:]}.' if both else ''}", _pace(told)]
    if told.reach:
        others = f"{told.reach} {'other' if told.reach == 1 else 'others'}"
        lines.append(f"People you helped went on to help {others}. I cannot tell whether your help caused it.")
    return [section("\n".join(filter(None, lines)))]


def _pace(told: Insights) -> str:
    pace = told.velocity
    if not pace.new_ties:
        return ""
    ties = f"{pace.new_ties} new {'tie' if pace.new_ties == 1 else 'ties'} in 4 weeks"
    likely = f"likely {pace.a_week.low:.2g} to {pace.a_week.high:.2g} a week"
    trend = (
        " Too early to call a trend." if pace.is_too_early else " That is faster than before." if pace.is_faster else ""
    )
    return f"{ties}, {likely}.{trend}"


def _to_meet(one: ToMeet) -> list[Block]:
    who, knows = name(one.member.name), name(one.introducer.name)
    line = (
        f"*You and {who} have {_people(one.in_common)} in common; {knows} knows you both.*"
        " In tests, about 1 in 11 such suggestions came true by themselves."
    )
    ask = button(
        f"Ask {one.introducer.name}"[:_LONGEST_LABEL], "network.ask", f"{one.introducer.id}:{one.member.id}",
        reads=f"Ask {one.introducer.name} to introduce you to {one.member.name}"[:75],
    )  # fmt: skip
    return [section(line), actions(ask, _not_this(f"{MEET}:{one.about}", one.member.name))]


def _to_introduce(pair: ToIntroduce) -> list[Block]:
    one, other = name(pair.one.name), name(pair.other.name)
    line = f"*{one} and {other} have {_people(pair.in_common)} in common,* and nobody knows them both better than you."
    if pair.in_common == 1:
        line = f"*{one} and {other} might like to meet.* You are the one person they have in common."
    introduce = button(
        "Introduce them", "network.introduce", f"{pair.one.id}:{pair.other.id}",
        reads=f"Introduce {pair.one.name} and {pair.other.name}"[:75],
    )  # fmt: skip
    return [
        section(line),
        actions(introduce, _not_this(f"{INTRODUCE}:{pair.about}", f"{pair.one.name} and {pair.other.name}")),
    ]


def _not_this(about: str, who: str) -> Block:
    return button("Not this", "network.not_this", about, reads=f"Not this: {who}"[:75])


def _models(paying: Paying | None) -> Sequence[Block]:
    """Returns the models in plain words: Nowak, Five rules for the evolution of cooperation, Science 314 (2006)."""
    own = f" Here that is about {paying.break_even:.1f} times." if paying is not None else ""
    worth = "it is worth more times its cost than one divided by the chance that it is returned"
    direct = f"*Between two:* in the simplest model a good turn repays its giver if {worth}.{own}"
    seen = "*By being seen:* where others know of help, it holds if the share who know is larger than its cost beside its worth."
    near = "*By the network:* where people keep to few ties, help holds if it is worth more times its cost than they have ties."
    which = "Textbook models with this group's numbers" if paying is not None else "Textbook models"
    label = f"{which}, not a forecast. Most people report helping for other reasons."
    return [section(direct), section(seen), section(near), section(label)]


def _people(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"
